// The plot with its head: which view, which quantity, whose curves. The figure is built when an answer or the
// scene changes, not when it is drawn.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "app/figure/figure.h"
#include "app/session/scene.h"
#include "app/ui/answers.h"
#include "app/ui/legend.h"
#include "app/ui/plot.h"
#include "app/ui/ui.h"
#include "app/ui/views.h"

namespace gradflow::ui {

class PlotPanel {
 public:
  /// `dimmed[i]`, 0 to 1: how long what is drawn of stack i has not been that of the scene's stack i.
  void draw(const Ui& ui, const Rect& rect, const Measurements& measured, const std::vector<float>& dimmed,
            const PlotMotion& motion, session::Scene* scene);
  bool moving() const;

 private:
  void update(const Measurements& measured, const session::Scene& scene);
  void update_extent();
  void draw_views(const Ui& ui, const Rect& rect, session::View* view);
  void draw_quantity(const Ui& ui, const Rect& rect, std::string* quantity);
  void draw_legend(const Ui& ui, const Rect& rect, const session::Scene& scene);
  PlotState& plot() { return plots_[static_cast<std::size_t>(view_)]; }

  // What the figure was built from.
  std::vector<std::shared_ptr<const StackReport>> answers_, bands_;
  std::size_t seeds_ = 1;
  std::string quantity_;
  std::vector<int> depths_;
  session::View view_ = session::View::gradients;

  std::vector<std::string> quantities_, labels_;
  figure::Figure figure_;
  figure::Extent extent_;
  std::vector<bool> hidden_;   // one a curve
  std::vector<float> dimmed_;  // one a curve
  Legend legend_;
  std::array<PlotState, kNames<session::View>.size()> plots_;  // each view keeps its own axes
};

}  // namespace gradflow::ui
