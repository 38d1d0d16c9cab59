// How a stack looks, on the screen and on paper: Okabe and Ito's palette, which colour-blind readers tell
// apart, and a line style and a marker of its own for those who see no colour at all.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gradflow::figure {

struct Rgb {
  std::uint8_t r = 0, g = 0, b = 0;
  friend bool operator==(const Rgb&, const Rgb&) = default;
};

enum class Dash : std::uint8_t { solid, dashed, dotted };
enum class Marker : std::uint8_t { circle, square, triangle, diamond, plus, cross };

/// How thick a line is: what a plot is about, and what accompanies it.
enum class Stroke : std::uint8_t { thick, thin };

struct StackStyle {
  Rgb on_dark, on_light;
  Dash dash;
  Marker marker;
  Stroke stroke = Stroke::thick;
  friend bool operator==(const StackStyle&, const StackStyle&) = default;
};

inline constexpr std::array<StackStyle, 6> kStackStyles{{
    {{0x56, 0xB4, 0xE9}, {0x00, 0x72, 0xB2}, Dash::solid, Marker::circle},
    {{0xE6, 0x9F, 0x00}, {0xD5, 0x5E, 0x00}, Dash::solid, Marker::square},
    {{0x00, 0x9E, 0x73}, {0x00, 0x9E, 0x73}, Dash::dashed, Marker::triangle},
    {{0xCC, 0x79, 0xA7}, {0xCC, 0x79, 0xA7}, Dash::dashed, Marker::diamond},
    {{0xF0, 0xE4, 0x42}, {0x00, 0x00, 0x00}, Dash::dotted, Marker::plus},
    {{0x9A, 0xA7, 0xB4}, {0x6B, 0x77, 0x83}, Dash::dotted, Marker::cross},
}};

constexpr const StackStyle& stack_style(std::size_t stack) {
  return kStackStyles[stack % kStackStyles.size()];
}

/// A, B, ...: what a stack is called in one letter.
constexpr char stack_letter(std::size_t stack) { return static_cast<char>('A' + stack % 26); }

/// How one weight of a stack looks among all of its weights: `parameter` as in the tidy table, such as
/// ffn.w_1. Matrices are thick and in colours, their biases thin and dotted in the same, norms thin and grey;
/// what belongs to cross-attention is dashed.
StackStyle weight_style(std::string_view parameter);

}  // namespace gradflow::figure
