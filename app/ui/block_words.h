// What the block diagram says of its parts under the mouse: the literature's term, what it does, what was
// measured.
#pragma once

#include <string>
#include <string_view>

#include "app/ui/block_diagram.h"

namespace gradflow::ui {

/// The wire, the gradient measured on it, and how its thickness is to be read.
std::string wire_tip(const BlockView& view, const figure::WirePlace& place);
std::string residual_tip(const BlockView& view, const figure::WireLine& line);

/// Without what a click does; ends in a space.
std::string socket_tip(const figure::SocketPlace& place);
std::string_view norm_kind_tip();

}  // namespace gradflow::ui
