// What each view plots: one row a view, which tabs, plot and lists of quantities all read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/figure/figure.h"
#include "app/session/scene.h"
#include "app/ui/answers.h"

namespace gradflow::ui {

struct ViewKind {
  session::View view;
  std::string_view tip;
  Answers Measurements::*source;  // what it is drawn from, but for bands
  figure::Figure (*figure)(const Measurements& measured, const session::Scene& scene);
  std::vector<std::string> (*quantities)(Answers source);  // what the list of quantities offers
};

const ViewKind& view_kind(session::View view);

}  // namespace gradflow::ui
