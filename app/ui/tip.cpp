#include "app/ui/tip.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gradflow::ui {
namespace {

constexpr float kMaxWidth = 340;

}  // namespace

bool tip_is_due(const UiState& state) {
  return !state.tip_name.empty() && !state.tip_muted && state.tip_seconds < kTipDelay;
}

void draw_tip(const Ui& ui, float seconds) {
  UiState& state = ui.state();
  if (!std::exchange(state.tip_alive, false)) {
    state.tip_name.clear();
    state.tip_seconds = 0;
    return;
  }
  state.tip_seconds += seconds;
  if (state.tip_muted || state.tip_seconds < kTipDelay) return;
  const Font& font = ui.fonts().small;
  const float pad = ui.px(8);
  const float width = std::min(ui.px(kMaxWidth), ui.width(font, state.tip_text) + 1);
  const float height = ui.paragraph_height(font, width, state.tip_text);
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const Rect& about = state.tip_rect;
  const float gap = ui.px(6);
  Rect box{about.x, about.y + about.height + gap, width + 2 * pad, height + 2 * pad};
  if (box.y + box.height > screen.y) box.y = about.y - gap - box.height;
  box.x = std::round(std::clamp(box.x, 0.0F, std::max(0.0F, screen.x - box.width)));
  ImDrawList* list = ImGui::GetForegroundDrawList();
  const Theme& theme = ui.theme();
  list->AddRectFilled(ImVec2(box.x, box.y), ImVec2(box.x + box.width, box.y + box.height), theme.text,
                      ui.px(Metrics::kCorner));
  list->AddText(font.face, font.size, ImVec2(box.x + pad, box.y + pad), theme.ground, state.tip_text.data(),
                state.tip_text.data() + state.tip_text.size(), width);
}

}  // namespace gradflow::ui
