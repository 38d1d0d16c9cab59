#include "app/session/history.h"

#include <algorithm>
#include <utility>

namespace gradflow::session {

History::History(const Scene& first) : current_(first) { steps_.push_back(step_of(first)); }

History::Text History::shared(const std::string& text) const {
  for (std::size_t back = 0; back < 2 && back <= now_ && now_ - back < steps_.size(); ++back) {
    for (const Text& known : steps_[now_ - back].texts) {
      if (*known == text) return known;
    }
  }
  return std::make_shared<const std::string>(text);
}

History::Step History::step_of(const Scene& scene) const {
  Step step{scene, {}};
  each_stack(step.scene, [&](StackSpec& stack) {
    const auto same = std::find_if(step.texts.begin(), step.texts.end(),
                                   [&](const Text& text) { return *text == stack.input.text; });
    step.texts.push_back(same == step.texts.end() ? shared(stack.input.text) : *same);
    std::string().swap(stack.input.text);  // gives its memory back, too
  });
  return step;
}

void History::end_gesture() {
  if (gesture_ == kNoGesture) return;
  gesture_ = kNoGesture;
  // Dragged to and fro and left where it was: no step.
  if (now_ == 0 || !(steps_[now_] == steps_[now_ - 1])) return;
  steps_.pop_back();
  --now_;
}

bool History::follow(const Scene& scene, Gesture gesture) {
  if (gesture != gesture_) end_gesture();
  if (scene == current_) return false;
  current_.selected = scene.selected;
  if (scene == current_) {
    steps_[now_].scene.selected = scene.selected;
    return true;
  }
  current_ = scene;
  if (gesture_ != kNoGesture) {
    steps_[now_] = step_of(scene);
    return true;
  }
  Step step = step_of(scene);
  steps_.resize(now_ + 1);
  steps_.push_back(std::move(step));
  if (steps_.size() > kMaxSteps + 1) steps_.pop_front();
  now_ = steps_.size() - 1;
  gesture_ = gesture;
  return true;
}

Scene History::go_to(std::size_t step) {
  now_ = step;
  current_ = steps_[now_].scene;
  std::size_t next = 0;
  each_stack(current_, [&](StackSpec& stack) { stack.input.text = *steps_[now_].texts[next++]; });
  return current_;
}

std::optional<Scene> History::undo() {
  end_gesture();
  if (!can_undo()) return std::nullopt;
  return go_to(now_ - 1);
}

std::optional<Scene> History::redo() {
  end_gesture();
  if (!can_redo()) return std::nullopt;
  return go_to(now_ + 1);
}

}  // namespace gradflow::session
