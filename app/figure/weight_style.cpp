#include <array>

#include "app/figure/style.h"

namespace gradflow::figure {
namespace {

/// A matrix by the letter behind its w_, which its bias has behind b_.
struct Row {
  std::string_view letter;
  StackStyle style;
};
constexpr Rgb kVermilion{0xD5, 0x5E, 0x00}, kOrange{0xE6, 0x9F, 0x00};  // of Okabe and Ito, too
constexpr std::array<Row, 7> kMatrices{{
    {"q", kStackStyles[0]},
    {"k", kStackStyles[1]},
    {"v", {kStackStyles[2].on_dark, kStackStyles[2].on_light, Dash::solid, Marker::triangle}},
    {"o", {kStackStyles[3].on_dark, kStackStyles[3].on_light, Dash::solid, Marker::diamond}},
    {"1", {kStackStyles[4].on_dark, kStackStyles[4].on_light, Dash::solid, Marker::plus}},
    {"2", {kVermilion, kOrange, Dash::solid, Marker::cross}},
    {"gate", {kStackStyles[5].on_dark, kStackStyles[5].on_light, Dash::solid, Marker::circle}},
}};
/// Of a norm: the marker says whose it is and whether it is γ or β, the dashes where it sits.
StackStyle norm_style(std::string_view parameter, std::string_view leaf) {
  const bool gain = leaf == "weight";
  Marker marker = gain ? Marker::square : Marker::plus;
  if (parameter.starts_with("ffn.")) marker = gain ? Marker::diamond : Marker::cross;
  if (parameter.starts_with("cross_attention.")) marker = gain ? Marker::triangle : Marker::circle;
  Dash dash = Dash::solid;
  if (parameter.find(".norm_post.") != std::string_view::npos) dash = Dash::dashed;
  if (parameter.find(".norm_branch.") != std::string_view::npos) dash = Dash::dotted;
  return {kStackStyles[5].on_dark, kStackStyles[5].on_light, dash, marker, Stroke::thin};
}

}  // namespace

StackStyle weight_style(std::string_view parameter) {
  const bool cross = parameter.starts_with("cross_attention.");
  const std::string_view leaf = parameter.substr(parameter.rfind('.') + 1);
  for (const Row& row : kMatrices) {
    if (leaf.size() < 3 || leaf[1] != '_' || leaf.substr(2) != row.letter) continue;
    StackStyle style = row.style;
    if (cross) style.dash = Dash::dashed;
    if (leaf[0] == 'b') {
      style.dash = Dash::dotted;
      style.stroke = Stroke::thin;
    }
    return style;
  }
  return norm_style(parameter, leaf);
}

}  // namespace gradflow::figure
