// Undo and redo over every edit of the scene: once a frame the history is shown the scene as it is, and what
// has changed becomes a step.
//
//   steps   [s0] [s1] [s2] [s3]        undo: one to the left, redo: one to the right; an edit drops what lies
//                      ^ now           to the right of now and appends
//
// A drag is one step, and so is typing into one box: edits of one gesture replace its step. Selecting a stack
// only turns to it: no step. Input texts, which are large and rarely change, are shared between the steps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/session/scene.h"

namespace gradflow::session {

/// What the hand is on while it edits (a slider that is held, a box that is typed into, an arrow key): the
/// same number from frame to frame is one gesture.
using Gesture = std::uint64_t;
inline constexpr Gesture kNoGesture = 0;

class History {
 public:
  static constexpr std::size_t kMaxSteps = 200;  // that can be undone

  explicit History(const Scene& first);

  /// Once a frame, after the frame's edits. True where the scene differs from what the history last saw or
  /// gave back.
  bool follow(const Scene& scene, Gesture gesture);

  bool can_undo() const { return now_ > 0; }
  bool can_redo() const { return now_ + 1 < steps_.size(); }
  /// The scene one step back or forward; nothing where there is no step. Ends a gesture.
  std::optional<Scene> undo();
  std::optional<Scene> redo();

 private:
  using Text = std::shared_ptr<const std::string>;
  struct Step {
    Scene scene;                                                 // without the stacks' input texts
    std::vector<Text> texts;                                     // in the order of each_stack()
    friend bool operator==(const Step&, const Step&) = default;  // equal texts are shared, so pointers tell
  };

  Step step_of(const Scene& scene) const;
  Text shared(const std::string& text) const;
  Scene go_to(std::size_t step);
  void end_gesture();

  Scene current_;  // as seen or given back last
  std::deque<Step> steps_;
  std::size_t now_ = 0;
  Gesture gesture_ = kNoGesture;  // that the newest step belongs to, while it lasts
};

}  // namespace gradflow::session
