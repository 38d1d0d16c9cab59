// The plot with its head: which view, which quantity, whose curves. The figure is built when an answer or the
// scene changes, not when it is drawn.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/session/scene.h"
#include "app/ui/answers.h"
#include "app/ui/heat_plot.h"
#include "app/ui/legend.h"
#include "app/ui/moment_plot.h"
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
  /// As the last draw() drew it; nullptr for what has no curves.
  const figure::Figure* figure() const { return std::get_if<figure::Figure>(&drawing_); }
  const figure::TokenTable* token() const { return std::get_if<figure::TokenTable>(&drawing_); }
  const figure::Drawing& drawing() const { return drawing_; }
  const std::string& quantity() const { return quantity_; }

 private:
  using Reports = std::vector<std::shared_ptr<const StackReport>>;
  void update(const Measurements& measured, Reports ghosts, const session::Scene& scene);
  void build(const Measurements& measured, const session::Scene& scene);
  void update_hidden(const session::Scene& scene);
  void draw_head(const Ui& ui, const Rect& rect, session::Scene* scene);
  void draw_views(const Ui& ui, const Rect& rect, session::View* view);
  void draw_quantity(const Ui& ui, const Rect& rect, session::Scene* scene);
  void draw_legend(const Ui& ui, const Rect& rect, session::Scene* scene);
  /// The curve whose name was clicked.
  std::optional<std::size_t> draw_drawing(const Ui& ui, const Rect& rect, const PlotMotion& motion);
  void draw_race(const Ui& ui, const Rect& place, const Measurements& measured, const PlotMotion& motion,
                 session::Scene* scene);
  std::size_t weight_entry(const std::string& name);

  // What the drawing was built from.
  Reports answers_, bands_, ghosts_;
  std::size_t seeds_ = 1;
  std::vector<bool> hidden_stacks_;
  std::string quantity_;
  std::vector<int> depths_;
  session::View view_ = session::View::gradients;
  session::Race race_;
  std::vector<std::shared_ptr<const LaneReport>> lanes_;
  TokenVectors token_;
  std::vector<StackSpec> stacks_;  // while the view is that of the token

  std::vector<std::string> quantities_, labels_;
  figure::Drawing drawing_;
  figure::Extent extent_;
  // One a curve or panel: whose it is, whether it is not shown, how dimmed it is.
  std::vector<std::size_t> owners_;
  std::vector<bool> hidden_;
  std::vector<float> dimmed_;

  Legend weight_legend_;                    // of the weights below, where each has a curve
  std::vector<std::string> known_weights_;  // so that a weight stays hidden when others come and go
  std::array<PlotState, kNames<session::View>.size()> plots_;  // each view keeps its own axes
  HeatState heat_;
  MomentPlot moment_;
};

}  // namespace gradflow::ui
