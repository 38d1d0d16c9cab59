#include "app/ui/verdict_strip.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "app/session/scene_edits.h"
#include "app/ui/glyphs.h"
#include "core/training/verdict.h"

namespace gradflow::ui {
namespace {

constexpr float kLetter = 24, kSign = 28, kRowPad = 6, kDim = 0.4F;
constexpr float kOneLine = 48;  // letters' heights that most sentences take; in less, they wrap

/// Answers that can be compared with one another: all are the scene's own, or, under a moving slider, all
/// that it moves are of one depth.
bool belong_together(Answers answers, const std::vector<bool>& stale, const session::Scene& scene) {
  const bool all_current = std::find(stale.begin(), stale.end(), true) == stale.end();
  if (all_current || !scene.depth_linked) return all_current;
  const auto& moved = answers[std::min(session::linked_stack(scene), answers.size() - 1)];
  return std::all_of(answers.begin(), answers.end(), [&](const auto& answer) {
    if (!answer || !moved) return false;
    return !has_drawn_weights(answer->spec) || answer->spec.num_layers == moved->spec.num_layers;
  });
}

}  // namespace

void VerdictStrip::update(Answers answers, const std::vector<bool>& stale, const session::Scene& scene) {
  const bool same = std::equal(answers.begin(), answers.end(), judged_.begin(), judged_.end());
  const bool counted = verdicts_.size() == answers.size() && !racing_;
  if (!counted || !(same || !belong_together(answers, stale, scene))) {
    judged_.assign(answers.begin(), answers.end());
    verdicts_ = judge(answers);
    racing_ = false;
  }
  owners_.resize(verdicts_.size());
  std::iota(owners_.begin(), owners_.end(), std::size_t{0});
  hide(scene);
}

void VerdictStrip::update(const RaceView& race, const session::Scene& scene) {
  const std::vector<session::LanePlace> lanes = session::lane_places(scene);
  std::vector<const LaneReport*> reports;
  std::vector<std::string> names;
  owners_.clear();
  for (const session::LanePlace& lane : lanes) {
    const std::size_t i = owners_.size();
    reports.push_back(i < race.lanes.size() ? race.lanes[i].get() : nullptr);
    names.push_back(session::letter_of(lane));
    owners_.push_back(lane.stack);
  }
  if (!racing_ || verdicts_.size() != lanes.size() || names != names_ ||
      !std::equal(race.lanes.begin(), race.lanes.end(), raced_.begin(), raced_.end())) {
    raced_.assign(race.lanes.begin(), race.lanes.end());
    names_ = names;
    verdicts_ = judge_race(reports, names);
    for (std::size_t i = 0; i < lanes.size(); ++i) {
      if (lanes[i].warmup) verdicts_[i].sentence = tr("with warmup: {0}", {verdicts_[i].sentence});
    }
    racing_ = true;
  }
  hide(scene);
}

void VerdictStrip::hide(const session::Scene& scene) {
  hidden_.clear();
  for (const std::size_t owner : owners_) hidden_.push_back(session::is_hidden(scene, owner));
}

float VerdictStrip::height(const Ui& ui, float width, const Font& font, Hand hand) {
  // Where most sentences take two lines, few stacks get them from the start: what lies above stays in place.
  const auto shown = std::count(hidden_.begin(), hidden_.end(), false);
  const bool roomy = width >= kOneLine * font.size || shown > 3;
  const float least = font.size * (roomy ? 1 : 2);
  float height = ui.px(Metrics::kGap);
  for (std::size_t i = 0; i < verdicts_.size(); ++i) {
    if (hidden_[i]) continue;
    const float words = ui.paragraph_height(font, width - ui.px(kLetter + kSign), verdicts_[i].sentence);
    height += std::max(least, words) + ui.px(2 * kRowPad);
  }
  height_ = hand == Hand::busy ? std::max(height_, height) : height;
  return height_;
}

void VerdictStrip::draw(const Ui& ui, const Rect& rect, const Font& font,
                        const std::vector<float>& dimmed) const {
  const Theme& theme = ui.theme();
  float y = rect.y;
  for (std::size_t i = 0; i < verdicts_.size(); ++i) {
    if (hidden_[i]) continue;
    const Verdict& verdict = verdicts_[i];
    const float words = rect.width - ui.px(kLetter + kSign);
    const float text_height = ui.paragraph_height(font, words, verdict.sentence);
    const Rect row{rect.x, y, rect.width, text_height + ui.px(2 * kRowPad)};
    const std::size_t stack = owners_[i];
    const float dim = !racing_ && stack < dimmed.size() ? dimmed[stack] : 0;
    const auto shade = [&](ImU32 color) { return mix(color, theme.ground, kDim * dim); };
    const float line = row.y + ui.px(kRowPad);
    ui.control("verdict." + std::to_string(i), row, verdict.reason);
    ui.text_in(ui.fonts().title, {row.x, line, ui.px(kLetter), font.size}, Align::left,
               shade(theme.stack(stack)), std::string(1, figure::stack_letter(stack)));
    const float sign = font.size * 0.8F;
    const Rect sign_rect{row.x + ui.px(kLetter), line + (font.size - sign) / 2, sign, sign};
    draw_judgement(ui, verdict.judgement, sign_rect, shade(judgement_color(theme, verdict.judgement)));
    ui.paragraph(font, {row.x + ui.px(kLetter + kSign), line, words, 0}, shade(theme.text), verdict.sentence);
    y += row.height;
  }
}

}  // namespace gradflow::ui
