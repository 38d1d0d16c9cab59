// The clock of the pulses that run back from the loss along the wires: it runs for some seconds after the
// wiring has changed or the mouse has moved over the diagram, then fades and lets the window sleep.
#pragma once

#include <optional>

#include "app/ui/options.h"
#include "core/spec/stack.h"

namespace gradflow::ui {

class Pulses {
 public:
  /// Once a frame, with the wiring that is drawn. `touched`: the mouse moves over the diagram.
  void follow(const Sublayers& wiring, bool touched, float seconds, Motion motion);

  bool running() const { return left_ > 0; }
  float way() const { return way_; }  // since the first of them left the loss, in pixels at scale 1
  float brightness() const;           // 0 to 1

 private:
  std::optional<Sublayers> wiring_;
  float left_ = 0;  // seconds
  float way_ = 0;
};

}  // namespace gradflow::ui
