// Which part of the plane a plot shows, without anything drawn: it fits the data, grows at once and shrinks
// only when the hand has let go, until the hand zooms or pans it.
#pragma once

#include "app/figure/axis.h"
#include "app/ui/options.h"

namespace gradflow::ui {

/// Whether the user is in the middle of a movement (a mouse button or an arrow key is down, a sweep runs).
enum class Hand : unsigned char { free, busy };

class PlotView {
 public:
  using Axes = figure::Axes;

  /// Once a frame: `fitted` shows all of the data.
  void follow(const Axes& fitted, Hand hand, float seconds, Motion motion);

  /// By `factor` below 1 in, above 1 out, around a point given in fractions of the axes.
  void zoom(double x_fraction, double y_fraction, double factor);
  /// The content moves by these fractions of the axes, to the right and up.
  void pan(double x_fraction, double y_fraction);
  /// Back to following the data.
  void fit() { by_hand_ = false; }

  const Axes& axes() const { return axes_; }
  bool by_hand() const { return by_hand_; }
  bool moving() const { return moving_; }

 private:
  Axes axes_, from_, goal_;
  float progress_ = 1;  // of the shrinking, 0 to 1
  bool started_ = false, by_hand_ = false, moving_ = false;
};

}  // namespace gradflow::ui
