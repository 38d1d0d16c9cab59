#include "app/ui/hint.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "app/ui/ring.h"
#include "app/ui/widgets.h"
#include "core/spec/text.h"

namespace gradflow::ui {
namespace {

constexpr float kWidth = 328, kPad = 12, kInset = 12;

using Stacks = std::vector<StackSpec>;
using session::Scene;

template <class Fn>
bool any_differs(const Stacks& before, const Stacks& now, const Fn& part) {
  return !std::equal(
      before.begin(), before.end(), now.begin(), now.end(),
      [&](const StackSpec& left, const StackSpec& right) { return part(left) == part(right); });
}

bool depth_changed(const Stacks& before, const Scene& scene, const HintSigns&) {
  return any_differs(before, scene.stacks, [](const StackSpec& stack) { return stack.num_layers; });
}

bool wiring_changed(const Stacks& before, const Scene& scene, const HintSigns&) {
  return any_differs(before, scene.stacks, [](const StackSpec& stack) {
    return std::tuple(stack.sublayers, stack.overrides, stack.final_norm, stack.embedding_norm,
                      stack.norm.kind);
  });
}

bool verdict_read(const Stacks&, const Scene&, const HintSigns& signs) {
  return signs.verdict_read || signs.lessons_open;
}

using Names = std::vector<std::string>;
Names depth_names(const Scene&) { return {"depth.slider"}; }

Names wire_names(const Scene& scene) {
  const std::string attention = "stack." + std::to_string(scene.selected) + ".attention.";
  return {attention + "residual", attention + "norm.post"};
}

Names verdict_names(const Scene& scene) {
  return {"header.lessons", "verdict." + std::to_string(scene.stacks.size() - 1)};
}

struct HintStep {
  std::string_view words, more;  // more: where there are lessons
  bool (*done)(const Stacks& before, const Scene& scene, const HintSigns& signs);
  Names (*names)(const Scene& scene);
};
constexpr std::array<HintStep, 3> kSteps{{
    {text_key("Drag the depth slider below the plot, and watch both curves. Every point is measured anew "
              "while you "
              "drag."),
     "", depth_changed, depth_names},
    {text_key(
         "Click a wire or a socket of the block. A wire is cut, a norm comes in or goes out, and the curves "
         "answer at once."),
     "", wiring_changed, wire_names},
    {text_key(
         "Read the line below the plot: what was measured, and what it means. Rest the mouse on it for the "
         "reason."),
     text_key("The course is under Lessons."), verdict_read, verdict_names},
}};

}  // namespace

void Hint::enter(std::size_t step) {
  step_ = step;
  before_.clear();
}

void Hint::end() {
  step_.reset();
  ended_ = true;
}

bool Hint::take_end() { return std::exchange(ended_, false); }

void Hint::follow(const Scene& scene, const HintSigns& signs) {
  if (!step_) return;
  if (before_.size() != scene.stacks.size()) before_ = scene.stacks;
  const bool last = *step_ + 1 == kSteps.size();
  if (signs.lessons_open && !last) return;  // whose scenes are no doing of the user's
  if (signs.busy || !kSteps[*step_].done(before_, scene, signs)) return;
  if (last) return end();
  enter(*step_ + 1);
}

void Hint::draw(const Ui& ui, const Rect& place, const Scene& scene, const HintSigns& signs) {
  if (!step_) return;
  const HintStep& step = kSteps[*step_];
  std::string words(tr(step.words));
  if (signs.has_lessons && !step.more.empty()) words += " " + std::string(tr(step.more));
  const float pad = ui.px(kPad);
  const float width = ui.px(kWidth);
  const Font& font = ui.fonts().text;
  const float text = ui.paragraph_height(font, width - 2 * pad, words);
  const float head = ui.px(28);
  const float control = ui.px(Metrics::kControl);
  const float height = std::round(2 * pad + head + text + pad + control);
  const float inset = ui.px(kInset);
  const Rect card{std::round(place.x + inset), std::round(place.y + place.height - inset - height), width,
                  height};
  if (place.width < width + 2 * inset || card.y < place.y) return;

  ImGui::SetCursorScreenPos(ImVec2(card.x, card.y));
  ImGui::PushStyleColor(ImGuiCol_ChildBg, ui.theme().panel);
  constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoNavInputs | ImGuiWindowFlags_NoScrollbar |
                                      ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoScrollWithMouse;
  if (ImGui::BeginChild("hint", ImVec2(card.width, card.height), false, kFlags)) {
    ui.landmark("hint.panel", card);
    ui.draw()->AddRect(ImVec2(card.x, card.y), ImVec2(card.x + card.width, card.y + card.height),
                       ui.theme().grid, 0, 0, std::max(1.0F, ui.px(1)));
    const Rect row{card.x + pad, card.y + pad, width - 2 * pad, head};
    ui.text_in(font, {row.x, row.y, row.width, font.size}, Align::left, ui.theme().secondary,
               tr("First steps, {0} of {1}", {std::to_string(*step_ + 1), std::to_string(kSteps.size())}));
    ui.paragraph(font, {row.x, row.y + head, row.width, 0}, ui.theme().text, words);
    const float y = card.y + card.height - pad - control;
    const bool last = *step_ + 1 == kSteps.size();
    const std::string_view onward = last ? tr("Done") : tr("Next"), never = tr("Don't show again");
    const Rect next{row.x, y, chip_width(ui, onward) + ui.px(16), control};
    const float never_width = chip_width(ui, never) + ui.px(8);
    const Rect dismiss{row.x + row.width - never_width, y, never_width, control};
    const bool wants_next =
        button(ui, "hint.next", next, onward, last ? tr("Closes this card.") : tr("The next step."));
    const bool wants_end = !last && button(ui, "hint.dismiss", dismiss, never,
                                           tr("For good. Help > First steps brings it back."));
    if (wants_end || (wants_next && last)) {
      end();
    } else if (wants_next) {
      enter(*step_ + 1);
    }
  }
  ImGui::EndChild();
  ImGui::PopStyleColor();
  if (step_) ring_around(ui, kSteps[*step_].names(scene));
}

}  // namespace gradflow::ui
