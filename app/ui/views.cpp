#include "app/ui/views.h"

#include <algorithm>
#include <array>

#include "app/figure/depth_law.h"
#include "app/figure/layers.h"
#include "app/figure/quantity.h"

namespace gradflow::ui {
namespace {

figure::Figure depth_law(Answers laws, const session::Scene& scene) {
  std::vector<int> depths;
  for (const StackSpec& stack : scene.stacks) depths.push_back(stack.num_layers);
  const int deepest = depths.empty() ? 1 : *std::max_element(depths.begin(), depths.end());
  return figure::depth_law_figure(laws, scene.quantity, depths, deepest);
}

constexpr std::array<ViewKind, kNames<session::View>.size()> kViews{{
    {session::View::gradients, "Each layer of the stacks as they are.", &Measurements::passes,
     [](Answers passes, const session::Scene& scene) { return figure::layer_figure(passes, scene.quantity); },
     figure::plottable},
    {session::View::depth_law,
     "The last layer's gradient in stacks of every depth up to the slider's, and the exponent of depth.",
     &Measurements::laws, depth_law, figure::depth_law_quantities},
}};

}  // namespace

const ViewKind& view_kind(session::View view) { return kViews[static_cast<std::size_t>(view)]; }

}  // namespace gradflow::ui
