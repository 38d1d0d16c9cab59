// What each view plots: one row a view, which tabs, plot and lists of quantities all read.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/figure/figure.h"
#include "app/figure/heat_map.h"
#include "app/session/scene.h"
#include "app/ui/answers.h"

namespace gradflow::ui {

/// What a view draws.
using Drawing = std::variant<figure::Figure, figure::HeatMap>;

/// Which of the scene's quantities a view plots, and what its list offers.
struct QuantityChoice {
  std::string session::Scene::*quantity;
  std::vector<std::string> (*offered)(Answers source);
  std::string_view tip;
};

struct ViewKind {
  session::View view;
  std::string_view tip;
  Answers Measurements::*source;  // what it is drawn from, but for bands
  Drawing (*drawing)(const Measurements& measured, const session::Scene& scene);
  const QuantityChoice* choice;  // nullptr where there is nothing to choose
};

const ViewKind& view_kind(session::View view);

}  // namespace gradflow::ui
