// The letters of running text, measured; what draws with them is behind document.h. Cairo stays behind both.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace gradflow::figure {

enum class Letters : std::uint8_t { regular, emphasis, strong, strong_emphasis, code };

class Typeface;

class Faces {
 public:
  Faces();
  ~Faces();
  Faces(const Faces&) = delete;
  Faces& operator=(const Faces&) = delete;

  /// In the unit of `size`.
  double width(std::string_view text, Letters letters, double size);

  Typeface* of(Letters letters) { return faces_[static_cast<std::size_t>(letters)].get(); }

 private:
  std::vector<std::unique_ptr<Typeface>> faces_;  // by Letters
};

}  // namespace gradflow::figure
