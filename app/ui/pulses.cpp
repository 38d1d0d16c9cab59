#include "app/ui/pulses.h"

#include <algorithm>
#include <cmath>

namespace gradflow::ui {
namespace {

constexpr float kSpeed = 110;          // pixels a second at scale 1
constexpr float kAfterEdit = 4;        // seconds
constexpr float kAfterTouch = 2.5F;    // seconds
constexpr float kFade = 0.5F;          // the last of them, in seconds
constexpr float kLongWay = 44 * 1024;  // a whole number of spacings: from there the way starts again

}  // namespace

void Pulses::follow(const Sublayers& wiring, bool touched, float seconds, Motion motion) {
  const bool edited = wiring_ && !(*wiring_ == wiring);
  wiring_ = wiring;
  left_ = std::max(0.0F, left_ - seconds);
  if (edited) left_ = kAfterEdit;
  if (touched) left_ = std::max(left_, kAfterTouch);
  if (motion == Motion::reduced) left_ = 0;
  if (running()) way_ = std::fmod(way_ + kSpeed * seconds, kLongWay);
}

float Pulses::brightness() const { return std::min(1.0F, left_ / kFade); }

}  // namespace gradflow::ui
