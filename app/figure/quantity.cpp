#include "app/figure/quantity.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <optional>

#include "core/spec/names.h"

namespace gradflow::figure {
namespace {

constexpr std::string_view kGradient = "grad_norm/";
constexpr std::string_view kWeight = "weight_norm/";

struct Words {
  std::string_view quantity, label, axis;
};
constexpr std::array<Words, 3> kWholeLayer{{
    {"grad_norm/total", "all weights of a layer", "‖∂L/∂θ‖ of all weights of a layer"},
    {"stream_grad_norm", "stream gradient", "‖∂L/∂x‖ of the residual stream"},
    {"stream_rms", "stream RMS", "RMS of the residual stream"},
}};

struct Symbol {
  std::string_view key, symbol;
};
constexpr std::array<Symbol, 12> kWeights{{
    {"w_q", "W_Q"},
    {"w_k", "W_K"},
    {"w_v", "W_V"},
    {"w_o", "W_O"},
    {"w_1", "W₁"},
    {"w_2", "W₂"},
    {"w_gate", "W_gate"},
    {"b_1", "b₁"},
    {"b_2", "b₂"},
    {"b_gate", "b_gate"},
    {"weight", "γ"},
    {"bias", "β"},
}};

std::string symbol_of(std::string_view key) {
  for (const Symbol& row : kWeights) {
    if (row.key == key) return std::string(row.symbol);
  }
  std::string symbol(key);  // b_q is b_Q, as the papers write it
  if (symbol.size() == 3 && symbol[1] == '_') {
    symbol[2] = static_cast<char>(std::toupper(static_cast<unsigned char>(symbol[2])));
  }
  return symbol;
}

/// "norm_pre" is "pre norm", "q_norm" is "q norm".
std::string norm_of(std::string_view key) {
  constexpr std::string_view kSite = "norm_";
  if (key.starts_with(kSite)) return std::string(key.substr(kSite.size())) + " norm";
  std::string words(key);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

struct Parameter {
  std::string symbol, place;  // "W₁", "feed-forward"
};

std::string lower(std::string_view text) {
  std::string result(text);
  if (!result.empty()) result[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(result[0])));
  return result;
}

/// `name` as in the tidy table: SUBLAYER.WEIGHT or SUBLAYER.NORM.WEIGHT.
std::optional<Parameter> parameter_of(std::string_view name) {
  const std::size_t first = name.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const auto kind = from_key<SublayerKind>(name.substr(0, first));
  if (!kind) return std::nullopt;
  Parameter parameter{{}, lower(named(*kind).label)};
  std::string_view rest = name.substr(first + 1);
  if (const std::size_t second = rest.find('.'); second != std::string_view::npos) {
    parameter.place += ", " + norm_of(rest.substr(0, second));
    rest = rest.substr(second + 1);
  }
  parameter.symbol = symbol_of(rest);
  return parameter;
}

}  // namespace

std::string quantity_label(std::string_view quantity) {
  for (const Words& row : kWholeLayer) {
    if (row.quantity == quantity) return std::string(row.label);
  }
  for (const std::string_view prefix : {kGradient, kWeight}) {
    if (!quantity.starts_with(prefix)) continue;
    const auto parameter = parameter_of(quantity.substr(prefix.size()));
    if (parameter) return parameter->symbol + "  " + parameter->place;
  }
  return std::string(quantity);
}

std::string quantity_axis(std::string_view quantity) {
  for (const Words& row : kWholeLayer) {
    if (row.quantity == quantity) return std::string(row.axis);
  }
  for (const std::string_view prefix : {kGradient, kWeight}) {
    if (!quantity.starts_with(prefix)) continue;
    const auto parameter = parameter_of(quantity.substr(prefix.size()));
    if (!parameter) break;
    const std::string norm =
        prefix == kGradient ? "‖∂L/∂" + parameter->symbol + "‖" : "‖" + parameter->symbol + "‖";
    return norm + " " + parameter->place;
  }
  return std::string(quantity);
}

std::vector<std::string> plottable(std::span<const std::shared_ptr<const StackReport>> reports) {
  std::vector<std::string> list;
  std::transform(kWholeLayer.begin(), kWholeLayer.end(), std::back_inserter(list),
                 [](const Words& row) { return std::string(row.quantity); });
  for (const auto& report : reports) {
    if (!report) continue;
    for (const Series& series : report->series) {
      if (!series.quantity.starts_with(kGradient)) continue;
      if (std::find(list.begin(), list.end(), series.quantity) == list.end()) list.push_back(series.quantity);
    }
  }
  return list;
}

}  // namespace gradflow::figure
