// What each view plots: one row a view, which tabs, plot and lists of quantities all read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/figure/drawing.h"
#include "app/session/scene.h"
#include "app/ui/answers.h"

namespace gradflow::ui {

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
  figure::Drawing (*drawing)(const Measurements& measured, const session::Scene& scene);
  const QuantityChoice* choice;  // nullptr where there is nothing to choose
  bool banded = false;           // several seeds are drawn as bands
};

const ViewKind& view_kind(session::View view);

/// Whether several seeds are measured, and their bands drawn. Where every weight of a stack has a curve,
/// bands would hide one another.
bool shows_bands(const session::Scene& scene);

}  // namespace gradflow::ui
