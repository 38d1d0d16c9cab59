// What a view shows, as a file: the figure as SVG, PDF or PNG, or the tidy table of all that it was drawn
// from. The session lies inside each, so that the file can be opened again (core/io/figure_file.h). The same
// scene and the same answers give the same bytes, in the window and without one.
#pragma once

#include <string>

#include "app/session/scene.h"
#include "app/ui/answers.h"
#include "core/io/figure_file.h"

namespace gradflow {

/// `measured` must hold the answers to the scene's stacks as they are and `pinned` those to its pins, with
/// the bands where the view has some (ui::shows_bands): the table has every seed's rows then. Throws
/// std::exception with a sentence.
std::string exported(const session::Scene& scene, const ui::Measurements& measured,
                     const ui::Measurements& pinned, FigureFormat format);

}  // namespace gradflow
