#include "core/analysis/verdict_words.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>

#include "core/spec/names.h"
#include "core/spec/text.h"
#include "core/spec/wiring_words.h"

namespace gradflow::verdict {
namespace {

constexpr std::size_t kMostRanges = 3;  // more of them are counted instead of listed

struct Range {
  int first, last;
};

std::vector<Range> ranges_of(const std::vector<int>& layers) {
  std::vector<Range> ranges;
  for (int layer : layers) {
    if (!ranges.empty() && ranges.back().last + 1 == layer) {
      ranges.back().last = layer;
    } else {
      ranges.push_back({layer, layer});
    }
  }
  return ranges;
}

}  // namespace

std::string figure(double value) {
  if (!std::isfinite(value)) return std::string(tr("not finite"));
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", value);
  std::string digits(text);
  const std::size_t exponent = digits.find('e');
  if (exponent == std::string::npos) return digits;
  const bool negative = digits[exponent + 1] == '-';
  const std::size_t first = digits.find_first_not_of('0', exponent + 2);
  return digits.substr(0, exponent + 1) + (negative ? "-" : "") + digits.substr(first);
}

std::size_t letters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;  // not the continuation of a letter
  }));
}

std::string blocks(const std::vector<int>& layers) {
  if (layers.size() == 1) return tr("block {0}", {std::to_string(layers.front())});
  const std::vector<Range> ranges = ranges_of(layers);
  if (ranges.size() > kMostRanges) {
    return tr("{0} blocks from {1} to {2}",
              {std::to_string(layers.size()), std::to_string(layers.front()), std::to_string(layers.back())});
  }
  std::string text;
  for (const Range& range : ranges) {
    text += (text.empty() ? "" : ", ") + std::to_string(range.first);
    if (range.last > range.first) text += "–" + std::to_string(range.last);
  }
  return tr("blocks {0}", {text});
}

std::string in_words(SublayerKind kind) { return std::string(sublayer_words(kind)); }

std::string in_words(const std::vector<SublayerKind>& kinds) {
  std::string text;
  for (const SublayerKind kind : kinds) {
    text = text.empty() ? in_words(kind) : tr("{0} and {1}", {text, in_words(kind)});
  }
  return text;
}

std::string weight_symbol(std::string_view parameter) {
  std::string symbol(parameter.substr(parameter.find('.') + 1));
  for (char& c : symbol) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return symbol;
}

std::string in_words(SiteSet sites) {
  if (sites.empty()) return std::string(tr("no norm"));
  std::string text;
  for (const Named<Site>& site : kNames<Site>) {
    if (sites.contains(site.value)) text += (text.empty() ? "" : " + ") + std::string(tr(site.label));
  }
  return text;
}

std::string in_words(const Sublayers& sublayers) {
  std::string text;
  for (SublayerKind kind : kSublayerKinds) {
    const SublayerSpec* sublayer = sublayers.find(kind);
    if (sublayer == nullptr) continue;
    text += (text.empty() ? "" : ", ") + in_words(kind) + " " + in_words(sublayer->norm);
  }
  return text;
}

}  // namespace gradflow::verdict
