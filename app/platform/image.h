// A picture in memory, and as a PNG file's bytes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gradflow::platform {

struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;  // [height x width x 3], the top row first
  friend bool operator==(const Image&, const Image&) = default;
};

/// The bytes of a PNG file; the same picture gives the same bytes. Throws std::bad_alloc where memory is
/// short.
std::string png(const Image& image);

}  // namespace gradflow::platform
