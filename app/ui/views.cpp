#include "app/ui/views.h"

#include <algorithm>
#include <array>

#include "app/figure/band.h"
#include "app/figure/depth_law.h"
#include "app/figure/layers.h"
#include "app/figure/quantity.h"

namespace gradflow::ui {
namespace {

figure::Figure gradients(const Measurements& measured, const session::Scene& scene) {
  figure::Figure figure = figure::layer_figure(measured.passes, scene.quantity);
  figure::add_bands(&figure, measured.passes, measured.bands, scene.quantity, scene.seeds);
  return figure;
}

figure::Figure depth_law(const Measurements& measured, const session::Scene& scene) {
  std::vector<int> depths;
  for (const StackSpec& stack : scene.stacks) depths.push_back(stack.num_layers);
  const int deepest = depths.empty() ? 1 : *std::max_element(depths.begin(), depths.end());
  return figure::depth_law_figure(measured.laws, scene.quantity, depths, deepest);
}

constexpr std::array<ViewKind, kNames<session::View>.size()> kViews{{
    {session::View::gradients, "Each layer of the stacks as they are.", &Measurements::passes, gradients,
     figure::plottable},
    {session::View::depth_law,
     "The last layer's gradient in stacks of every depth up to the slider's, and the exponent of depth.",
     &Measurements::laws, depth_law, figure::depth_law_quantities},
}};

}  // namespace

const ViewKind& view_kind(session::View view) { return kViews[static_cast<std::size_t>(view)]; }

}  // namespace gradflow::ui
