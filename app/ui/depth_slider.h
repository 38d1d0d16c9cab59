// The depth slider: 1 to 128 layers on the track, 4096 in the box; by drag, wheel, arrow keys, typing, and a
// sweep that waits for every answer before it takes the next step.
#pragma once

#include <cstddef>
#include <vector>

#include "app/session/scene.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

inline constexpr int kTrackDepth = 128;  // at the right end of the track

class DepthSlider {
 public:
  /// `stale`: some answer is not yet that of the scene.
  void draw(const Ui& ui, const Rect& rect, bool stale, float seconds, session::Scene* scene);

  /// Whether Page up and Page down are its own; else they turn a lesson's pages.
  void use_page_keys(bool use) { page_keys_ = use; }
  bool sweeping() const { return sweeping_; }
  /// The mouse or an arrow key is on it, or the sweep runs.
  bool busy() const { return busy_ || sweeping_; }

 private:
  void draw_track(const Ui& ui, const Rect& track, session::Scene* scene);
  void take_mouse(const Hit& hit, const Track& x, session::Scene* scene);
  void take_keys(const Ui& ui, session::Scene* scene);
  void sweep(bool stale, float seconds, session::Scene* scene);
  void move(int layers, session::Scene* scene);
  int depth(const session::Scene& scene) const;
  void explain(const Ui& ui, const session::Scene& scene) const;

  std::size_t stack_ = 0;  // whose handle moves; of linked ones the first that does
  bool sweeping_ = false, busy_ = false, page_keys_ = true;
  float since_step_ = 0;  // seconds
};

}  // namespace gradflow::ui
