// "Check these numbers": picks a stack, shows how far its check is and then the table of what was held
// against what.
//
//   check.panel, check.close, check.start.I, check.stop, check.progress, check.result, check.row.K
#pragma once

#include <optional>

#include "app/session/checker.h"
#include "app/session/scene.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

/// What the user wants done; the window's owner does it.
struct CheckWish {
  std::optional<std::size_t> start;  // the stack
  bool stop = false;
};

/// The popup "check.panel" while it is open; ImGui::OpenPopup(kCheckPanel) opens it.
inline constexpr const char* kCheckPanel = "check.panel";
CheckWish draw_check_panel(const Ui& ui, const session::Scene& scene, const session::CheckStatus* status);

}  // namespace gradflow::ui
