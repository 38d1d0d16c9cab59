// The stacks' names with their lines, side by side above the plot.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "app/session/scene.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

/// What lines and names need, long names cut short.
float legend_width(const Ui& ui, const session::Scene& scene);

/// `off[i]`: stack i's curve is not shown. Returns the stack that was clicked; landmarks plot.legend.I.
std::optional<std::size_t> draw_legend_strip(const Ui& ui, const Rect& rect, const session::Scene& scene,
                                             const std::vector<bool>& off, std::string_view tip);

}  // namespace gradflow::ui
