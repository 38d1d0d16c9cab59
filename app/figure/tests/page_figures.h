// Figures for the tests of pages, and how often a page says something.
#pragma once

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "app/figure/figure.h"

namespace gradflow::figure {

inline Curve falling(std::size_t stack, const std::string& name, int count) {
  Curve curve{stack, name, {}, {}};
  for (int i = 0; i < count; ++i) {
    curve.x.push_back(i);
    curve.y.push_back(std::pow(10.0, -0.1 * i));
  }
  return curve;
}

inline Figure figure_of(std::vector<Curve> curves) {
  Figure figure;
  figure.x_label = "layer (0 is next to the input)";
  figure.y_label = "‖∂L/∂W₁‖ feed-forward";
  figure.curves = std::move(curves);
  return figure;
}

inline std::size_t count(const std::string& text, const std::string& part) {
  std::size_t times = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++times;
  return times;
}

}  // namespace gradflow::figure
