#include "app/figure/viridis.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace gradflow::figure {
namespace {

/// Every 17th of the 256 colours; between them a straight line is off by less than an eye can tell.
constexpr std::array<Rgb, 16> kStops{{
    {68, 1, 84},
    {72, 26, 108},
    {71, 47, 125},
    {65, 68, 135},
    {57, 86, 140},
    {49, 104, 142},
    {42, 120, 142},
    {35, 136, 142},
    {31, 152, 139},
    {34, 168, 132},
    {53, 183, 121},
    {84, 197, 104},
    {122, 209, 81},
    {165, 219, 54},
    {210, 226, 27},
    {253, 231, 37},
}};

std::uint8_t between(std::uint8_t from, std::uint8_t to, double part) {
  return static_cast<std::uint8_t>(std::lround(from + (to - from) * part));
}

}  // namespace

Rgb viridis(double fraction) {
  const double place = std::clamp(fraction, 0.0, 1.0) * (kStops.size() - 1);
  const std::size_t below = std::min(static_cast<std::size_t>(place), kStops.size() - 2);
  const double part = place - static_cast<double>(below);
  const Rgb& a = kStops[below];
  const Rgb& b = kStops[below + 1];
  return {between(a.r, b.r, part), between(a.g, b.g, part), between(a.b, b.b, part)};
}

}  // namespace gradflow::figure
