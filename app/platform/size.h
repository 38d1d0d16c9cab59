// Width and height of a window or a picture, in pixels.
#pragma once

namespace gradflow::platform {

struct Size {
  int width = 0;
  int height = 0;
  friend bool operator==(const Size&, const Size&) = default;
};

}  // namespace gradflow::platform
