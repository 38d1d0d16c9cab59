// How large everything is drawn: the monitor's and the user's scale, as far as the window has room for it.
#pragma once

namespace gradflow::ui {

enum class Layout : unsigned char { full, presenter, lesson };  // lesson: presented beside its page

/// `base` is the monitor's scale times --scale, `zoom` what the user has added; width and height in pixels, 0
/// while they are not known. Small windows shrink the layout instead of breaking it, very large ones (a wall)
/// enlarge it. In steps of an eighth there, since every scale has its own font atlas.
float drawn_scale(float base, float zoom, Layout layout, float width, float height);

}  // namespace gradflow::ui
