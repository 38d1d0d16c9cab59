// The gradient plot with its head: which quantity, whose curves. The figure is built when an answer or the
// quantity changes, not when it is drawn.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/figure/figure.h"
#include "app/session/scene.h"
#include "app/ui/legend.h"
#include "app/ui/plot.h"
#include "app/ui/ui.h"
#include "core/analysis/report.h"

namespace gradflow::ui {

using Answers = std::span<const std::shared_ptr<const StackReport>>;

class LayerPanel {
 public:
  /// `dimmed[i]`, 0 to 1: how long answer i has not been that of the scene's stack i.
  void draw(const Ui& ui, const Rect& rect, Answers answers, const std::vector<float>& dimmed,
            const PlotMotion& motion, session::Scene* scene);
  bool moving() const { return plot_.view.moving(); }

 private:
  void update(Answers answers, const std::string& quantity);
  void update_extent();
  void draw_quantity(const Ui& ui, const Rect& rect, std::string* quantity);
  void draw_legend(const Ui& ui, const Rect& rect, const session::Scene& scene);

  std::vector<std::shared_ptr<const StackReport>> answers_;
  std::string quantity_;
  std::vector<std::string> quantities_, labels_;
  figure::Figure figure_;
  figure::Extent extent_;
  std::vector<bool> hidden_;   // one a curve
  std::vector<float> dimmed_;  // one a curve
  Legend legend_;
  PlotState plot_;
};

}  // namespace gradflow::ui
