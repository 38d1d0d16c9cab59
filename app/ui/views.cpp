#include "app/ui/views.h"

#include <algorithm>
#include <array>
#include <variant>

#include "app/figure/band.h"
#include "app/figure/depth_law.h"
#include "app/figure/ghosts.h"
#include "app/figure/layers.h"
#include "app/figure/quantity.h"
#include "app/session/scene_edits.h"
#include "core/spec/text.h"

namespace gradflow::ui {
namespace {

using figure::Drawing;
using session::Scene;
using session::View;

constexpr QuantityChoice kGradients{
    &Scene::quantity, figure::plottable,
    text_key("What is plotted over the layers: the Frobenius norm of the loss gradient in one weight, in all "
             "weights of a layer, or of the residual stream; or each weight of one stack by itself.")};
constexpr QuantityChoice kLaws{&Scene::quantity, figure::depth_law_quantities,
                               text_key("Whose gradient in the last layer is plotted over depth: its "
                                        "Frobenius norm in one weight or in all weights of the layer.")};
constexpr QuantityChoice kForward{
    &Scene::forward_quantity, figure::forward_quantities,
    text_key(
        "What is plotted over the layers of the forward pass: the root mean square of the residual stream or "
        "of a branch, the mean cosine between tokens (rank collapse), or the entropy of attention.")};

std::vector<std::string> race_quantities(Answers) { return figure::race_quantities(); }
constexpr QuantityChoice kRace{
    &Scene::race_quantity, race_quantities,
    text_key(
        "What is plotted over the steps of the race: a number of each lane, or one of every layer as a map."),
    figure::race_quantity_axis};

Drawing training(const Measurements& measured, const Scene& scene) {
  return figure::race_drawing(race_lanes(measured, scene), scene.race_quantity, scene.race.step);
}

Drawing depth_law(const Measurements& measured, const Scene& scene) {
  std::vector<int> depths;
  for (const StackSpec& stack : scene.stacks) depths.push_back(stack.num_layers);
  const int deepest = depths.empty() ? 1 : *std::max_element(depths.begin(), depths.end());
  return figure::depth_law_figure(measured.laws, scene.quantity, depths, deepest, measured.law_bands,
                                  scene.seeds);
}

template <std::string Scene::*kQuantity>
Drawing over_layers(const Measurements& measured, const Scene& scene) {
  figure::Figure figure = figure::layer_figure(measured.passes, scene.*kQuantity);
  figure::add_bands(&figure, measured.passes, measured.bands, scene.*kQuantity, scene.seeds);
  return figure;
}

constexpr std::array<ViewKind, kNames<View>.size()> kViews{{
    {View::gradients, text_key("Each layer of the stacks as they are."), &Measurements::passes,
     over_layers<&Scene::quantity>, &kGradients, &Measurements::bands},
    {View::depth_law,
     text_key(
         "The last layer's gradient in stacks of every depth up to the slider's, and the exponent of depth."),
     &Measurements::laws, depth_law, &kLaws, &Measurements::law_bands},
    {View::forward,
     text_key("What the forward pass does over the layers: how the residual stream grows, tokens align, "
              "attention spreads."),
     &Measurements::passes, over_layers<&Scene::forward_quantity>, &kForward, &Measurements::bands},
    {View::heat_map,
     text_key("The gradient of every weight in every layer, a panel a stack, in one scale of colours."),
     &Measurements::passes,
     [](const Measurements& measured, const Scene&) -> Drawing { return figure::heat_map(measured.passes); },
     nullptr},
    {View::training,
     text_key(
         "The stacks are trained, side by side, and you watch: loss, gradients and updates, step by step."),
     &Measurements::passes, training, &kRace},
    {View::token,
     text_key("One vector of a few numbers goes through one block of each stack by hand, and a gradient back "
              "down its trunk."),
     &Measurements::passes,
     [](const Measurements&, const Scene& scene) -> Drawing {
       return figure::token_table(scene.stacks, scene.token);
     },
     nullptr},
}};

}  // namespace

const ViewKind& view_kind(View view) { return kViews[static_cast<std::size_t>(view)]; }

std::vector<figure::RaceLane> race_lanes(const Measurements& measured, const Scene& scene) {
  std::vector<figure::RaceLane> lanes;
  for (session::Lane& lane : session::lanes_of(scene)) {
    const std::size_t i = lanes.size();
    std::string label(1, figure::stack_letter(lane.stack));
    if (lane.warmup) label = tr("{0}, warmup {1}", {label, std::to_string(lane.training.warmup)});
    lanes.push_back({lane.stack, lane.warmup, std::move(lane.name), std::move(label),
                     i < measured.race.lanes.size() ? measured.race.lanes[i] : nullptr});
  }
  return lanes;
}

Ghosts ghosts_of(const Measurements& pinned, const Scene& scene) {
  const Answers answers = pinned.*view_kind(scene.view).source;
  Ghosts ghosts(scene.pinned.size());
  for (std::size_t i = 0; i < std::min(ghosts.size(), answers.size()); ++i) {
    const StackSpec* pin = session::pin_of(scene, i);
    if (pin != nullptr && answers[i] && answers[i]->spec == *pin) ghosts[i] = answers[i];
  }
  return ghosts;
}

figure::Drawing drawing_of(const Measurements& measured, Answers ghosts, const Scene& scene) {
  const ViewKind& kind = view_kind(scene.view);
  figure::Drawing drawing = kind.drawing(measured, scene);
  auto* figure = std::get_if<figure::Figure>(&drawing);
  if (figure == nullptr || scene.view == View::training) return drawing;
  if (figure::every_weight_of(scene.*(kind.choice->quantity))) return drawing;
  Measurements kept;
  kept.*kind.source = ghosts;
  figure::add_ghosts(figure, std::get<figure::Figure>(kind.drawing(kept, scene)), ghosts);
  return drawing;
}

void leave_out_hidden(const Scene& scene, figure::Drawing* drawing) {
  const auto hidden = [&](const auto& part) { return session::is_hidden(scene, part.stack); };
  if (auto* map = std::get_if<figure::HeatMap>(drawing)) {
    std::erase_if(map->panels, hidden);
    return;
  }
  if (auto* table = std::get_if<figure::TokenTable>(drawing)) {
    std::erase_if(table->panels, hidden);
    return;
  }
  auto& figure = std::get<figure::Figure>(*drawing);
  std::erase_if(figure.curves, hidden);
  std::erase_if(figure.absences, hidden);
}

bool shows_bands(const Scene& scene) {
  const ViewKind& kind = view_kind(scene.view);
  return scene.seeds > 1 && kind.bands != nullptr && !figure::every_weight_of(scene.*(kind.choice->quantity));
}

Answers bands_of(const Measurements& measured, const Scene& scene) {
  return shows_bands(scene) ? measured.*view_kind(scene.view).bands : Answers();
}

}  // namespace gradflow::ui
