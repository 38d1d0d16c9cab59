#include "app/figure/quantity.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <system_error>
#include <utility>

#include "app/figure/block.h"
#include "app/figure/style.h"
#include "core/spec/names.h"
#include "core/spec/text.h"
#include "core/spec/wiring_words.h"
#include "core/spec/zero_gradient.h"

namespace gradflow::figure {
namespace {

constexpr std::string_view kGradient = "grad_norm/";
constexpr std::string_view kEveryWeight = "every_weight/";
constexpr std::string_view kWeight = "weight_norm/";

struct Words {
  std::string_view quantity, label, axis;
  Scale scale = Scale::logarithmic;
  bool of_stream = false;
};
constexpr std::array<Words, 8> kWords{{
    {"grad_norm/total", text_key("all weights of a layer"), text_key("‖∂L/∂θ‖ of all weights of a layer")},
    {"stream_grad_norm", text_key("stream gradient"), text_key("‖∂L/∂x‖ of the residual stream"),
     Scale::logarithmic, true},
    {"stream_rms", text_key("stream RMS"), text_key("RMS of the residual stream"), Scale::logarithmic, true},
    {"branch_rms/attention", text_key("attention's branch RMS"), text_key("RMS of attention's branch")},
    {"branch_rms/cross_attention", text_key("cross-attention's branch RMS"),
     text_key("RMS of cross-attention's branch")},
    {"branch_rms/ffn", text_key("feed-forward's branch RMS"), text_key("RMS of the feed-forward's branch")},
    {"token_cosine", text_key("token cosine"), text_key("cosine between tokens"), Scale::linear, true},
    {"attention_entropy", text_key("attention entropy"), text_key("entropy of attention, nats"),
     Scale::linear},
}};

const Words* words_of(std::string_view quantity) {
  const auto row = std::find_if(kWords.begin(), kWords.end(),
                                [&](const Words& words) { return words.quantity == quantity; });
  return row == kWords.end() ? nullptr : &*row;
}

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

/// "pre" in the language chosen.
std::string_view site_words(std::string_view key) {
  const auto site = from_key<Site>(key);
  return site ? label_of(*site) : key;
}

/// "norm_pre" is "pre norm", "q_norm" is "q norm".
std::string norm_of(std::string_view key) {
  constexpr std::string_view kSite = "norm_";
  if (key.starts_with(kSite)) return tr("{0} norm", {site_words(key.substr(kSite.size()))});
  std::string words(key);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

/// "pre", "q": a norm where there is little room.
std::string tag_of(std::string_view key) {
  constexpr std::string_view kSite = "norm_";
  return std::string(key.starts_with(kSite) ? site_words(key.substr(kSite.size()))
                                            : key.substr(0, key.find('_')));
}

struct Parameter {
  std::string symbol, place, tag;  // "W₁", "feed-forward", "FFN"
};

/// `name` as in the tidy table: SUBLAYER.WEIGHT or SUBLAYER.NORM.WEIGHT.
std::optional<Parameter> parameter_of(std::string_view name) {
  const std::size_t first = name.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const auto kind = from_key<SublayerKind>(name.substr(0, first));
  if (!kind) return std::nullopt;
  Parameter parameter{{}, std::string(sublayer_words(*kind)), std::string(function_abbreviation(*kind))};
  std::string_view rest = name.substr(first + 1);
  if (const std::size_t second = rest.find('.'); second != std::string_view::npos) {
    const std::string_view norm = rest.substr(0, second);
    parameter.place += ", " + norm_of(norm);
    parameter.tag += " " + tag_of(norm);
    rest = rest.substr(second + 1);
  }
  parameter.symbol = symbol_of(rest);
  return parameter;
}

}  // namespace

std::string quantity_label(std::string_view quantity) {
  if (const Words* words = words_of(quantity)) return std::string(tr(words->label));
  if (const auto stack = every_weight_of(quantity)) {
    return tr("every weight of {0}", {std::string(1, stack_letter(*stack))});
  }
  for (const std::string_view prefix : {kGradient, kWeight}) {
    if (!quantity.starts_with(prefix)) continue;
    const auto parameter = parameter_of(quantity.substr(prefix.size()));
    if (parameter) return parameter->symbol + "  " + parameter->place;
  }
  return std::string(quantity);
}

std::string quantity_tag(std::string_view quantity) {
  const std::size_t slash = quantity.find('/');
  const auto parameter = parameter_of(quantity.substr(slash == std::string_view::npos ? 0 : slash + 1));
  return parameter ? parameter->symbol + " " + parameter->tag : quantity_label(quantity);
}

std::string quantity_axis(std::string_view quantity) {
  if (const Words* words = words_of(quantity)) return std::string(tr(words->axis));
  if (every_weight_of(quantity)) return "‖∂L/∂θ‖, " + quantity_label(quantity);
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

Scale quantity_scale(std::string_view quantity) {
  const Words* words = words_of(quantity);
  return words == nullptr ? Scale::logarithmic : words->scale;
}

bool is_of_stream(std::string_view quantity) {
  const Words* words = words_of(quantity);
  return words != nullptr && words->of_stream;
}

std::string every_weight(std::size_t stack) { return std::string(kEveryWeight) + std::to_string(stack); }

std::optional<std::size_t> every_weight_of(std::string_view quantity) {
  if (!quantity.starts_with(kEveryWeight)) return std::nullopt;
  quantity.remove_prefix(kEveryWeight.size());
  std::size_t stack = 0;
  const auto [end, error] = std::from_chars(quantity.data(), quantity.data() + quantity.size(), stack);
  if (error != std::errc() || end != quantity.data() + quantity.size()) return std::nullopt;
  return stack;
}

std::vector<std::string> weights_of(const StackReport& report) {
  std::vector<std::string> list;
  for (const Series& series : report.series) {
    if (series.quantity.starts_with(kGradient) && parameter_of(series.quantity.substr(kGradient.size()))) {
      list.push_back(series.quantity);
    }
  }
  return list;
}

bool is_round_off(const StackReport& report, std::string_view quantity) {
  if (!quantity.starts_with(kGradient)) return false;
  if (why_zero(report.spec, quantity.substr(kGradient.size())).empty()) return false;
  const Series* series = report.find(quantity);
  if (series == nullptr) return false;
  const std::vector<double>& values = series->values;
  return std::any_of(values.begin(), values.end(), [](double value) { return value != 0; }) &&
         std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

std::string left_out_words(const std::vector<std::string>& quantities) {
  std::string words;
  for (const std::string& quantity : quantities)
    words += (words.empty() ? "" : ", ") + quantity_tag(quantity);
  return words.empty() ? "" : tr("left out, zero in theory and round-off in measurement: {0}", {words});
}

std::vector<std::string> plottable(std::span<const std::shared_ptr<const StackReport>> reports) {
  std::vector<std::string> list{"grad_norm/total", "stream_grad_norm"};
  for (std::size_t i = 0; i < reports.size(); ++i) list.push_back(every_weight(i));
  for (const auto& report : reports) {
    if (!report) continue;
    for (std::string& weight : weights_of(*report)) {
      if (std::find(list.begin(), list.end(), weight) == list.end()) list.push_back(std::move(weight));
    }
  }
  return list;
}

std::vector<std::string> forward_quantities(std::span<const std::shared_ptr<const StackReport>> reports) {
  constexpr std::string_view kCross = "branch_rms/cross_attention";
  const bool has_cross = std::any_of(reports.begin(), reports.end(),
                                     [&](const auto& report) { return report && report->find(kCross); });
  std::vector<std::string> list;
  for (const Words& words : kWords) {
    const bool is_gradient = words.quantity.find("grad_norm") != std::string_view::npos;
    if (!is_gradient && (words.quantity != kCross || has_cross)) list.emplace_back(words.quantity);
  }
  return list;
}

}  // namespace gradflow::figure
