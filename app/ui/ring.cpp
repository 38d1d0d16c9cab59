#include "app/ui/ring.h"

#include <algorithm>

namespace gradflow::ui {

void ring_around(const Ui& ui, std::span<const std::string> names) {
  if (!ui.keys_free()) return;
  ImDrawList* list = ImGui::GetForegroundDrawList();
  const float gap = ui.px(4);
  for (const std::string& name : names) {
    const Landmark* place = ui.state().landmarks.find(name);
    if (place == nullptr || !place->visible) continue;
    const Rect& rect = place->rect;
    list->AddRect(ImVec2(rect.x - gap, rect.y - gap),
                  ImVec2(rect.x + rect.width + gap, rect.y + rect.height + gap), ui.theme().caution,
                  ui.px(Metrics::kPanelCorner), 0, std::max(2.0F, ui.px(2)));
  }
}

}  // namespace gradflow::ui
