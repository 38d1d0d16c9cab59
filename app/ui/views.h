// What each view plots: one row a view, which tabs, plot and lists of quantities all read.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/figure/drawing.h"
#include "app/figure/quantity.h"
#include "app/figure/race.h"
#include "app/session/scene.h"
#include "app/ui/answers.h"

namespace gradflow::ui {

/// Which of the scene's quantities a view plots, and what its list offers.
struct QuantityChoice {
  std::string session::Scene::*quantity;
  std::vector<std::string> (*offered)(Answers source);
  std::string_view tip;
  std::string (*label)(std::string_view quantity) = figure::quantity_axis;
};

struct ViewKind {
  session::View view;
  std::string_view tip;
  Answers Measurements::*source;  // what it is drawn from
  figure::Drawing (*drawing)(const Measurements& measured, const session::Scene& scene);
  const QuantityChoice* choice;            // nullptr where there is nothing to choose
  Answers Measurements::*bands = nullptr;  // what several seeds are drawn from, where they are
};

/// The lanes of the scene with what is known of them.
std::vector<figure::RaceLane> race_lanes(const Measurements& measured, const session::Scene& scene);

const ViewKind& view_kind(session::View view);

using Ghosts = std::vector<std::shared_ptr<const StackReport>>;

/// The answers in `pinned` to the scene's pins, one entry a stack; nullptr where there is no pin, or only an
/// answer to an earlier one.
Ghosts ghosts_of(const Measurements& pinned, const session::Scene& scene);

/// What the scene's view draws, ghosts included; what is hidden, too.
figure::Drawing drawing_of(const Measurements& measured, Answers ghosts, const session::Scene& scene);

/// Takes out what the scene hides.
void leave_out_hidden(const session::Scene& scene, figure::Drawing* drawing);

/// Whether several seeds are measured, and their bands drawn. Where every weight of a stack has a curve,
/// bands would hide one another.
bool shows_bands(const session::Scene& scene);

/// What the scene's bands are drawn from; empty where it shows none.
Answers bands_of(const Measurements& measured, const session::Scene& scene);

}  // namespace gradflow::ui
