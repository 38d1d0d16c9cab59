// What the window plots. Adding a view is one enumerator and one row here, and one row in app/ui/views.cpp.
#pragma once

#include "core/spec/names.h"

namespace gradflow::session {

enum class View : unsigned char { gradients, depth_law, forward, heat_map, training, token };

}  // namespace gradflow::session

namespace gradflow {

template <>
inline constexpr std::array kNames<session::View>{
    Named<session::View>{session::View::gradients, "gradients", text_key("Gradients")},
    Named<session::View>{session::View::depth_law, "depth-law", text_key("Depth law")},
    Named<session::View>{session::View::forward, "forward", text_key("Forward")},
    Named<session::View>{session::View::heat_map, "heat-map", text_key("Heat map")},
    Named<session::View>{session::View::training, "training", text_key("Training")},
    Named<session::View>{session::View::token, "token", text_key("One token")},
};

}  // namespace gradflow
