// How the window is to look, as whoever makes it decides: a plain value without Dear ImGui.
#pragma once

namespace gradflow::ui {

enum class ThemeKind : unsigned char { dark, light };
enum class Timing : unsigned char { shown, hidden };
enum class Motion : unsigned char { full, reduced };

struct WindowOptions {
  ThemeKind theme = ThemeKind::dark;
  float scale = 1;                // High-DPI content scale times --scale; multiplies every length and font
  Timing timing = Timing::shown;  // hidden: no milliseconds in the header, so that pictures can be compared
  Motion motion = Motion::full;
};

}  // namespace gradflow::ui
