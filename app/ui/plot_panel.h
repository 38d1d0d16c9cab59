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
#include "app/ui/plot.h"
#include "app/ui/ui.h"
#include "app/ui/views.h"

namespace gradflow::ui {

class PlotPanel {
 public:
  /// `pinned` answers the scene's pins. `dimmed[i]`, 0 to 1: how long what is drawn of stack i has not been
  /// that of the scene's stack i.
  void draw(const Ui& ui, const Rect& rect, const Measurements& measured, const Measurements& pinned,
            const std::vector<float>& dimmed, const PlotMotion& motion, session::Scene* scene);
  bool moving() const;
  /// As the last draw() drew it.
  const figure::Figure& figure() const { return figure_; }

 private:
  using Reports = std::vector<std::shared_ptr<const StackReport>>;
  void update(Answers answers, Reports ghosts, const session::Scene& scene);
  void build(Answers answers, const session::Scene& scene);
  void draw_views(const Ui& ui, const Rect& rect, session::View* view);
  void draw_quantity(const Ui& ui, const Rect& rect, std::string* quantity);
  void draw_legend(const Ui& ui, const Rect& rect, session::Scene* scene);
  PlotState& plot() { return plots_[static_cast<std::size_t>(view_)]; }

  // What the figure was built from.
  Reports answers_, ghosts_;
  std::vector<bool> hidden_stacks_;
  std::string quantity_;
  std::vector<int> depths_;
  session::View view_ = session::View::gradients;

  std::vector<std::string> quantities_, labels_;
  figure::Figure figure_;
  figure::Extent extent_;
  std::vector<bool> hidden_;                                   // one a curve
  std::vector<float> dimmed_;                                  // one a curve
  std::array<PlotState, kNames<session::View>.size()> plots_;  // each view keeps its own axes
};

}  // namespace gradflow::ui
