// The whole window: reads the answers, edits the scene. Everything that Dear ImGui draws starts in draw().
#pragma once

#include <memory>
#include <span>

#include "app/session/scene.h"
#include "core/analysis/report.h"

namespace gradflow::ui {

class Window {
 public:
  /// One frame, between ImGui::NewFrame and ImGui::Render. `answers[i]` is the newest answer for
  /// scene.stacks[i], or nullptr before the first; it is stale (drawn dimmed) where its spec differs from the
  /// scene's.
  void draw(session::Scene& scene, std::span<const std::shared_ptr<const StackReport>> answers);
};

}  // namespace gradflow::ui
