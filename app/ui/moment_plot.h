// One step of a race over the layers: what its passes measured, a curve a lane.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/session/scene.h"
#include "app/ui/answers.h"
#include "app/ui/plot.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

class MomentPlot {
 public:
  /// The quantity is that of the gradient view, and chosen here as well.
  void draw(const Ui& ui, const Rect& rect, const Measurements& measured, const PlotMotion& motion,
            session::Scene* scene);
  bool moving() const { return state_.view.moving(); }

 private:
  void draw_head(const Ui& ui, const Rect& row, session::Scene* scene);
  void build(const Measurements& measured, const session::Scene& scene);

  std::vector<std::shared_ptr<const StackReport>> moments_;
  session::Race race_;
  std::string asked_, quantity_;
  std::vector<std::string> quantities_, labels_;  // that can be chosen
  int step_ = 0;
  std::vector<bool> hidden_stacks_;
  figure::Figure figure_;
  figure::Extent extent_;
  std::vector<bool> hidden_;
  std::vector<float> dimmed_;
  PlotState state_;
};

}  // namespace gradflow::ui
