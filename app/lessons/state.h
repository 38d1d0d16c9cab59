// What the conditions of a lesson are about: the scene, and what is measured of it so far.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "app/session/scene.h"
#include "core/analysis/report.h"
#include "core/analysis/verdict.h"
#include "core/training/report.h"

namespace gradflow::lessons {

/// What is missing, or answers an earlier question, is not measured yet. Nothing here is owned.
struct State {
  const session::Scene& scene;
  std::span<const std::shared_ptr<const StackReport>> answers = {};  // one a stack of the scene
  std::span<const Verdict> verdicts = {};                            // one an answer, as judge() says
  std::span<const std::shared_ptr<const LaneReport>> race = {};      // one a lane, as session::lanes_of()
};

/// The letter that a stack has on the screen and in lessons: A, B, ...
inline std::string letter(std::size_t stack) { return std::string(1, static_cast<char>('A' + stack)); }

}  // namespace gradflow::lessons
