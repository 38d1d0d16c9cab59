// What a platform throws when it cannot show anything: no display, no OpenGL 3.3, no EGL.
#pragma once

#include <stdexcept>

namespace gradflow::platform {

/// what() is one sentence: what is missing and what to do about it.
class PlatformError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace gradflow::platform
