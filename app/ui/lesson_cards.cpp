#include "app/ui/lesson_cards.h"

#include <algorithm>
#include <cmath>

#include "app/figure/axis.h"
#include "app/ui/glyphs.h"
#include "app/ui/panel_ground.h"
#include "app/ui/text_box.h"
#include "app/ui/widgets.h"
#include "core/spec/text.h"

namespace gradflow::ui {
namespace {

using lessons::Question;
using lessons::Reply;

constexpr float kPad = 12, kSign = 26, kRowPad = 5, kGap = 6, kBox = 140, kRing = 6.5F;

std::string task_name(std::size_t index) { return "lesson.task." + std::to_string(index); }
std::string question_name(std::size_t index) { return "lesson.question." + std::to_string(index); }

bool predicts(const Question& question) { return question.kind == Question::Kind::prediction; }

/// Nothing is left to be found out.
bool is_over(const Question& question, const Reply& reply) {
  return reply.told && (reply.right || reply.given_up || predicts(question));
}

}  // namespace

float LessonCards::draw(const lessons::Block& block, const Rect& place) {
  const float pad = ui_.px(kPad);
  const PanelGround ground(ui_);
  const Rect inner{place.x + pad, place.y + pad, place.width - 2 * pad, 0};
  const bool task = block.kind == lessons::Block::Kind::task;
  const float height = task ? draw_task(block.index, inner) : draw_question(block.index, inner);
  const Rect card{place.x, place.y, place.width, height + 2 * pad};
  ground.fill(card, ui_.theme().ground);
  ui_.landmark(task ? task_name(block.index) : question_name(block.index), card);
  return card.height;
}

/// Left of a text's first line; returns what it takes of the width.
float LessonCards::draw_sign(const Rect& place, Judgement judgement) {
  const float size = ui_.fonts().text.size * 0.8F;
  const float line = std::round(ui_.fonts().text.size * 1.28F);
  draw_judgement(ui_, judgement, {place.x, place.y + (line - size) / 2, size, size},
                 judgement_color(ui_.theme(), judgement));
  return ui_.px(kSign);
}

float LessonCards::draw_buttons(const std::string& name, const Rect& place, bool hint,
                                const LessonAction& hinted, std::string_view show, std::string_view show_tip,
                                const LessonAction& shown) {
  if (!hint && show.empty()) return 0;
  const float height = ui_.px(Metrics::kControl - 4);
  float x = place.x;
  const auto next = [&](std::string_view label) {
    const Rect rect{x, place.y + ui_.px(kGap), chip_width(ui_, label) + ui_.px(8), height};
    x += rect.width + ui_.px(kGap);
    return rect;
  };
  if (hint && button(ui_, name + ".hint", next(tr("Hint")), tr("Hint"), tr("A hint."))) action_ = hinted;
  if (!show.empty() && button(ui_, name + ".show", next(show), show, show_tip)) action_ = shown;
  return height + ui_.px(kGap);
}

float LessonCards::draw_task(std::size_t index, const Rect& inner) {
  const lessons::Task& task = walk_.step()->tasks[index];
  const lessons::TaskMark& mark = walk_.tasks()[index];
  const Theme& theme = ui_.theme();
  const float sign = ui_.px(kSign);
  if (mark.done) {
    draw_sign(inner, Judgement::good);
  } else {
    const float box = ui_.px(13);
    const float line = std::round(ui_.fonts().text.size * 1.28F);
    const ImVec2 corner(inner.x, std::round(inner.y + (line - box) / 2));
    ui_.draw()->AddRect(corner, ImVec2(corner.x + box, corner.y + box), theme.secondary, ui_.px(3), 0,
                        std::max(1.0F, ui_.px(1.5F)));
  }
  const Rect words{inner.x + sign, inner.y, inner.width - sign, 0};
  float y = blocks_.draw_spans(task.text, words, ui_.fonts().text, theme.text);
  if (mark.hinted) {
    y += ui_.px(kGap);
    y += blocks_.draw_spans(task.hint, {words.x, words.y + y, words.width, 0}, ui_.fonts().small,
                            theme.secondary);
  }
  if (mark.done) return y;
  const bool hint = !task.hint.empty() && !mark.hinted;
  y += draw_buttons(
      task_name(index), {words.x, words.y + y, words.width, 0}, hint,
      [index](lessons::Walk& walk, session::Scene*) { walk.hint_task(index); }, tr("Show me"),
      tr("Does it for you; the scene changes as if by your hand."),
      [index](lessons::Walk& walk, session::Scene* scene) { walk.do_task(index, scene); });
  return y;
}

/// An answer: a row that is clicked. Once it is known, whether it is right, and why.
float LessonCards::draw_choice(std::size_t index, std::size_t choice, const Rect& place) {
  const Question& question = walk_.step()->questions[index];
  const lessons::Choice& answer = question.choices[choice];
  const Reply& reply = walk_.replies()[index];
  const Theme& theme = ui_.theme();
  const bool chosen = reply.choice == choice;
  const bool over = is_over(question, reply);
  const bool right = reply.told && lessons::right_choice(question, reply.measured) == choice;
  const float sign = ui_.px(kSign), pad = ui_.px(kRowPad), side = ui_.px(8);
  const RichLayout words = lay_out(ui_, answer.text, place.width - sign - 2 * side, ui_.fonts().text);
  const Rect row{place.x, place.y, place.width, words.height + 2 * pad};
  const bool open = !over && (!reply.given() || reply.told);
  if (open) {
    const Hit hit = ui_.control(question_name(index) + ".choice." + std::to_string(choice), row, "");
    ui_.fill(row, hit.hovered ? theme.control_hovered : theme.control);
    if (hit.clicked)
      action_ = [index, choice](lessons::Walk& walk, session::Scene* scene) {
        walk.choose(index, choice, scene);
      };
  } else {
    ui_.landmark(question_name(index) + ".choice." + std::to_string(choice), row);
    if (chosen || (over && right)) ui_.fill(row, theme.control);
  }
  const Rect inside{row.x + side, row.y + pad, row.width - 2 * side, 0};
  if (reply.told && (chosen || (over && right))) {
    draw_sign(inside, right ? Judgement::good : Judgement::bad);
  } else {
    const ImVec2 center(inside.x + ui_.px(kRing), inside.y + words.line / 2);
    ui_.draw()->AddCircle(center, ui_.px(kRing), theme.secondary, 24, std::max(1.0F, ui_.px(1.5F)));
    if (chosen) ui_.draw()->AddCircleFilled(center, ui_.px(kRing - 3), theme.text, 24);
  }
  const ImU32 shade = over && !right && !chosen ? theme.secondary : theme.text;
  draw_rich(ui_, question_name(index), words, inside.x + sign, inside.y, shade, {});
  float height = row.height;
  const bool explained = reply.told && !answer.because.empty() && (chosen || (over && right));
  if (!explained) return height;
  height += ui_.px(kGap);
  height += blocks_.draw_spans(answer.because, {inside.x + sign, place.y + height, inside.width - sign, 0},
                               ui_.fonts().text, theme.text);
  return height + ui_.px(kGap);
}

/// Where a number is to be typed.
float LessonCards::draw_box(std::size_t index, const Rect& place) {
  const Question& question = walk_.step()->questions[index];
  const Reply& reply = walk_.replies()[index];
  if (is_over(question, reply)) return 0;
  const std::string box = question_name(index) + ".answer";
  const std::string shown = reply.number ? figure::three_figures(*reply.number) : std::string();
  const Rect rect{place.x, place.y, ui_.px(kBox), ui_.px(Metrics::kControl + 2)};
  const auto typed =
      line_box(ui_, box, rect, ui_.fonts().text, shown, BoxLook::framed, tr("A number; Enter hands it in."));
  const Rect check{rect.x + rect.width + ui_.px(Metrics::kGap), rect.y,
                   chip_width(ui_, tr("Check")) + ui_.px(8), rect.height};
  button(ui_, question_name(index) + ".check", check, tr("Check"), tr("Hands the number in."));
  if (typed && !typed->empty() && *typed != shown) {
    std::string plain = *typed;
    std::replace(plain.begin(), plain.end(), ',', '.');
    const auto parsed = parse_number<double>(plain);
    if (const double* number = std::get_if<double>(&parsed)) {
      action_ = [index, value = *number](lessons::Walk& walk, session::Scene* scene) {
        walk.answer(index, value, scene);
      };
    } else {
      ui_.state().edits[box] = {*typed, std::get<std::string>(parsed)};
    }
  }
  const std::string problem(problem_of(ui_, box));
  if (problem.empty()) return rect.height;
  const Rect words{place.x, place.y + rect.height + ui_.px(4), place.width, 0};
  return rect.height + ui_.px(4) + ui_.paragraph(ui_.fonts().small, words, ui_.theme().bad, problem);
}

/// What is said of the answer as a whole.
float LessonCards::draw_outcome(std::size_t index, const Rect& place) {
  const Question& question = walk_.step()->questions[index];
  const Reply& reply = walk_.replies()[index];
  const Theme& theme = ui_.theme();
  const Font& font = ui_.fonts().text;
  if (!reply.given()) return 0;
  const float line = std::round(font.size * 1.28F);
  if (!reply.told) {
    ui_.text_in(font, {place.x, place.y, place.width, line}, Align::left, theme.secondary, tr("Measuring…"));
    return line;
  }
  float y = 0;
  const bool over = is_over(question, reply);
  if (reply.number || (question.answer && over)) {
    const std::string measured = over ? figure::three_figures(*reply.measured) : std::string();
    const std::string said = reply.number ? figure::three_figures(*reply.number) : std::string();
    const std::string words = !over          ? std::string(tr("Not so. Try once more."))
                              : reply.number ? tr("You said {0}. Measured: {1}", {said, measured})
                                             : tr("Measured: {0}", {measured});
    const float sign = reply.number ? draw_sign(place, reply.right ? Judgement::good : Judgement::bad) : 0.0F;
    ui_.text_in(font, {place.x + sign, place.y, place.width - sign, line}, Align::left, theme.text, words);
    y += line + ui_.px(kGap);
  }
  if (over && !question.because.empty())
    y += blocks_.draw_spans(question.because, {place.x, place.y + y, place.width, 0}, font, theme.text);
  return y;
}

float LessonCards::draw_question(std::size_t index, const Rect& inner) {
  const Question& question = walk_.step()->questions[index];
  const Reply& reply = walk_.replies()[index];
  const Theme& theme = ui_.theme();
  float y =
      blocks_.draw_spans(question.text, inner, {ui_.fonts().strong.face, ui_.fonts().text.size}, theme.text);
  const auto place = [&] { return Rect{inner.x, inner.y + y, inner.width, 0}; };
  y += ui_.px(kGap + 2);
  for (std::size_t i = 0; i < question.choices.size(); ++i) {
    y += draw_choice(index, i, place()) + ui_.px(4);
  }
  if (question.choices.empty()) y += draw_box(index, place()) + ui_.px(kGap);
  y += draw_outcome(index, place());
  if (reply.hinted) {
    y += ui_.px(kGap);
    y += blocks_.draw_spans(question.hint, place(), ui_.fonts().small, theme.secondary);
  }
  const bool over = is_over(question, reply);
  const bool wrong = reply.told && !over;
  y += draw_buttons(
      question_name(index), place(), !over && !question.hint.empty() && !reply.hinted,
      [index](lessons::Walk& walk, session::Scene*) { walk.hint_question(index); },
      wrong ? tr("Show me") : std::string_view(), tr("Says the answer."),
      [index](lessons::Walk& walk, session::Scene* scene) { walk.give_up(index, scene); });
  return y;
}

}  // namespace gradflow::ui
