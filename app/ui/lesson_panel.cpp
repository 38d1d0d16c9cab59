#include "app/ui/lesson_panel.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/figure/axis.h"
#include "app/ui/compat.h"
#include "app/ui/glyphs.h"
#include "app/ui/ring.h"
#include "app/ui/widgets.h"
#include "core/spec/text.h"

namespace gradflow::ui {
namespace {

constexpr float kColumn = 420, kLeastRest = 1000;  // of the width: the panel, what is left beside it
constexpr float kPresenterColumn = 372, kLeastPresenterRest = 360;
constexpr float kShareOfLine = 0.035F;
constexpr float kShare = 0.44F;  // of the height, at the bottom
constexpr float kMeasure = 760;  // longest line
constexpr float kHead = 40, kDot = 4.5F, kDotStep = 16, kPad = 14;

bool is_course(const lessons::Walk& walk) { return walk.place()->book == lessons::Book::course; }

std::string tip_of(const lessons::Number& number, const lessons::State& state) {
  const auto now = lessons::number_of(number.expression, state);
  const std::string measured = now ? figure::three_figures(*now) : std::string(tr("not measured"));
  return tr("{0}: told as {1}; in the scene as it is now {2}",
            {number.expression.text, number.shown, measured});
}

/// "Lesson 2, Watch the gradients diverge, page 3 of 7"
std::string words_of(const lessons::Walk& walk) {
  const lessons::Place& place = *walk.place();
  const std::string& title = walk.lesson()->title;
  if (!is_course(walk)) return title;
  return tr("Lesson {0}, {1}, page {2} of {3}",
            {std::to_string(place.lesson + 1), title, std::to_string(place.step + 1),
             std::to_string(walk.lesson()->steps.size())});
}

}  // namespace

void take_lesson_keys(lessons::Walk* walk, session::Scene* scene) {
  if (!walk->place()) return;
  if (compat::pressed_once(Key::page_down)) walk->next(scene);
  if (compat::pressed_once(Key::page_up)) walk->previous(scene);
}

Rect LessonPanel::lay_out(const Ui& ui, bool presenter, std::size_t lines, Rect* place) {
  const float gap = ui.px(Metrics::kMargin);
  const float column = ui.px(presenter ? kPresenterColumn : kColumn);
  if (place->width - column - gap >= ui.px(presenter ? kLeastPresenterRest : kLeastRest)) {
    place->width -= column + gap;
    return {place->x + place->width + gap, place->y, column, place->height};
  }
  const auto more = static_cast<float>(lines > 2 ? lines - 2 : 0);
  const float height = std::round(place->height * (kShare - kShareOfLine * more));
  place->height -= height + ui.px(Metrics::kGap);
  return {place->x, place->y + place->height + ui.px(Metrics::kGap), place->width, height};
}

/// Judged when an answer has changed, not when they are drawn.
const std::vector<Verdict>& LessonPanel::verdicts(Answers answers) {
  if (!std::equal(answers.begin(), answers.end(), judged_.begin(), judged_.end())) {
    judged_.assign(answers.begin(), answers.end());
    verdicts_ = judge(answers);
  }
  return verdicts_;
}

void LessonPanel::look(Answers answers, const RaceView& race, const session::Scene& scene,
                       lessons::Walk* walk) {
  walk->look({scene, answers, verdicts(answers), race.lanes});
}

void LessonPanel::draw_dots(const Ui& ui, const Rect& row, const lessons::Walk& walk) {
  const Theme& theme = ui.theme();
  const std::vector<lessons::Step>& steps = walk.lesson()->steps;
  const auto count = static_cast<float>(steps.size());
  const float step = std::min(ui.px(kDotStep), row.width / std::max(1.0F, count));
  float x = row.x;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Rect rect{x, row.y, step, row.height};
    const Hit hit = ui.control("lesson.step." + std::to_string(i), rect, steps[i].title);
    const bool here = i == walk.place()->step;
    const bool done = is_course(walk) && walk.progress().has_step(*walk.lesson(), i);
    const ImVec2 center(rect.center_x(), rect.center_y());
    const float radius = std::min(ui.px(kDot), step * 0.35F);
    const ImU32 color = here ? theme.text : hit.hovered ? theme.text : theme.secondary;
    if (done || here) {
      ui.draw()->AddCircleFilled(center, radius, done ? theme.good : color, 20);
    } else {
      ui.draw()->AddCircle(center, radius, color, 20, std::max(1.0F, ui.px(1.5F)));
    }
    if (here) ui.draw()->AddCircle(center, radius + ui.px(3), theme.text, 24, std::max(1.0F, ui.px(1.5F)));
    if (hit.clicked) {
      lessons::Place to = *walk.place();
      to.step = i;
      action_ = [to](lessons::Walk& turned, session::Scene* scene) { turned.open(to, scene); };
    }
    x += step;
  }
}

float LessonPanel::draw_head(const Ui& ui, const Rect& row, const lessons::Walk& walk) {
  const float height = ui.px(Metrics::kControl);
  const float y = row.y + (row.height - height) / 2;
  float right = row.x + row.width;
  const auto next = [&](std::string_view label) {
    const float width = chip_width(ui, label) + ui.px(4);
    right -= width;
    const Rect rect{right, y, width, height};
    right -= ui.px(6);
    return rect;
  };
  if (button(ui, "lesson.leave", next(tr("Leave")), tr("Leave"),
             tr("Back to your own session, which is as you left it.")))
    action_ = [](lessons::Walk& turned, session::Scene* scene) { turned.leave(scene); };
  if (button(
          ui, "lesson.keep", next(tr("Keep")), tr("Keep"),
          tr("Takes these stacks into your own session, and leaves the lesson. Ctrl Z brings yours back.")))
    action_ = [](lessons::Walk& turned, session::Scene*) { turned.keep(); };
  if (button(ui, "lesson.again", next(tr("Again")), tr("Again"),
             tr("This page from its beginning, with its own scene.")))
    action_ = [](lessons::Walk& turned, session::Scene* scene) { turned.again(scene); };
  const bool last = walk.place()->step + 1 >= walk.lesson()->steps.size();
  const std::string_view onward = last && is_course(walk) && walk.has_next() ? tr("Next lesson") : tr("Next");
  if (walk.has_next() && button(ui, "lesson.next", next(onward), onward, tr("The next page (Page down).")))
    action_ = [](lessons::Walk& turned, session::Scene* scene) { turned.next(scene); };
  const Rect back = next(tr("Back"));  // its room is kept where there is no page before
  if (walk.has_previous() &&
      button(ui, "lesson.previous", back, tr("Back"), tr("The page before (Page up).")))
    action_ = [](lessons::Walk& turned, session::Scene* scene) { turned.previous(scene); };

  if (!is_course(walk)) return row.height;
  // The dots stand beside the buttons where there is room, else below.
  const float dots = ui.px(kDotStep) * static_cast<float>(walk.lesson()->steps.size());
  const bool beside = dots <= right - row.x - ui.px(12);
  const Rect place{row.x, beside ? y : row.y + row.height - ui.px(2), std::min(dots, row.width),
                   beside ? height : ui.px(20)};
  draw_dots(ui, place, walk);
  return beside ? row.height : row.height + ui.px(22);
}

/// What is wrong with the file, in place of a page.
float LessonPanel::draw_problems(const Ui& ui, const Rect& place, const lessons::CourseEntry& entry) {
  float y = ui.paragraph(ui.fonts().title, place, ui.theme().text, tr("This lesson cannot be read"));
  int count = 0;
  for (const lessons::Problem& problem : entry.parsed.problems) {
    y += ui.px(8);
    const Rect line{place.x, place.y + y, place.width, 0};
    const float height =
        ui.paragraph(ui.fonts().text, line, ui.theme().text, lessons::said(problem, entry.file));
    ui.landmark("lesson.problem." + std::to_string(count++), {line.x, line.y, line.width, height});
    y += height;
  }
  return y;
}

float LessonPanel::draw_page(const Ui& ui, const Rect& place, const lessons::Walk& walk,
                             const lessons::State& state) {
  if (!walk.entry()->parsed.problems.empty() || walk.step() == nullptr)
    return draw_problems(ui, place, *walk.entry());
  const lessons::Step& step = *walk.step();
  const auto follow = [&](const std::string& target) {
    action_ = [target, &ui](lessons::Walk& turned, session::Scene* scene) {
      if (turned.follow(target, scene)) return;
      ImGui::SetClipboardText(target.c_str());
      ui.state().remark = tr("Copied the address {0}", {target});
    };
  };
  const auto hooks = [&](const std::vector<lessons::Number>& numbers) {
    return RichHooks{[&](std::size_t number) { return tip_of(numbers.at(number), state); }, follow};
  };
  LessonCards* cards = nullptr;
  LessonBlocks blocks(
      ui, "lesson.page", hooks(step.numbers),
      [&](const lessons::Block& block, const Rect& card) { return cards->draw(block, card); });
  LessonCards drawn(ui, walk, &blocks, &action_);
  cards = &drawn;
  float y = ui.paragraph(ui.fonts().small, place, ui.theme().secondary, words_of(walk));
  y += ui.paragraph(ui.fonts().title, {place.x, place.y + y, place.width, 0}, ui.theme().text, step.title);
  y += ui.px(8);
  const auto rest = [&] { return Rect{place.x, place.y + y, place.width, 0}; };
  if (walk.place()->step == 0 && !walk.lesson()->summary.empty()) {
    LessonBlocks summary(ui, "lesson.summary", hooks(walk.lesson()->numbers), {});
    y += summary.draw(walk.lesson()->summary, rest()) + ui.px(10);
  }
  return y + blocks.draw(step.blocks, rest());
}

/// What has just been said of an answer may lie below the panel's end: it is brought up, the question with
/// it.
void LessonPanel::show_what_is_told(const Ui& ui, const Rect& body, const lessons::Walk& walk) {
  std::vector<bool> told;
  for (const lessons::Reply& reply : walk.replies()) told.push_back(reply.told);
  for (std::size_t i = 0; i < told.size(); ++i) {
    const bool news = told[i] && told_.size() == told.size() && !told_[i];
    const Landmark* card = ui.state().landmarks.find("lesson.question." + std::to_string(i));
    if (!news || card == nullptr) continue;
    const float below = card->rect.y + card->rect.height + ui.px(kPad) - (body.y + body.height);
    const float above = card->rect.y - body.y;
    if (below > 0) ImGui::SetScrollY(ImGui::GetScrollY() + std::min(below, std::max(0.0F, above)));
  }
  told_ = std::move(told);
}

void LessonPanel::draw(const Ui& ui, const Rect& rect, Answers answers, const RaceView& race,
                       lessons::Walk* walk, session::Scene* scene) {
  ui.fill(rect, ui.theme().panel, Metrics::kPanelCorner);
  ui.landmark("lesson.panel", rect);
  const float pad = ui.px(kPad);
  action_ = nullptr;
  const float head =
      ui.px(4) + draw_head(ui, {rect.x + pad, rect.y + ui.px(4), rect.width - 2 * pad, ui.px(kHead)}, *walk);
  const Rect body{rect.x, rect.y + head, rect.width, std::max(1.0F, rect.height - head - ui.px(4))};
  ImGui::SetCursorScreenPos(ImVec2(body.x, body.y));
  ImGui::PushStyleColor(ImGuiCol_ChildBg, IM_COL32(0, 0, 0, 0));
  constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoNavInputs | ImGuiWindowFlags_NoSavedSettings;
  if (ImGui::BeginChild("lesson", ImVec2(body.width, body.height), false, kFlags)) {
    ui.landmark("lesson.page", body);
    if (std::exchange(turn_, walk->turns()) != walk->turns()) ImGui::SetScrollY(0);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float width = std::min(body.width - 2 * pad - ui.px(12), ui.px(kMeasure));
    const float height = draw_page(ui, {origin.x + pad, origin.y, width, 0}, *walk,
                                   {*scene, answers, verdicts(answers), race.lanes});
    ImGui::SetCursorScreenPos(ImVec2(origin.x, origin.y + height));
    ImGui::Dummy(ImVec2(1, pad));
    show_what_is_told(ui, body, *walk);
  }
  ImGui::EndChild();
  ImGui::PopStyleColor();
  if (const LessonAction wanted = std::exchange(action_, nullptr)) wanted(*walk, scene);
}

void LessonPanel::point(const Ui& ui, const lessons::Walk& walk) {
  if (walk.step() != nullptr) ring_around(ui, walk.step()->highlight);
}

}  // namespace gradflow::ui
