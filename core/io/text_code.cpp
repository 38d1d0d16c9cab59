#include "core/io/text_code.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace gradflow {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

unsigned byte_at(std::string_view bytes, std::size_t place) {
  return static_cast<unsigned char>(bytes[place]);
}

/// A row of Unicode's table 3-7: lead bytes, the range of the second byte, and the length.
struct Utf8Form {
  unsigned lead_min, lead_max, second_min, second_max, length;
};
constexpr std::array<Utf8Form, 9> kUtf8Forms{{
    {0x00, 0x7F, 0x80, 0xBF, 1},
    {0xC2, 0xDF, 0x80, 0xBF, 2},
    {0xE0, 0xE0, 0xA0, 0xBF, 3},
    {0xE1, 0xEC, 0x80, 0xBF, 3},
    {0xED, 0xED, 0x80, 0x9F, 3},
    {0xEE, 0xEF, 0x80, 0xBF, 3},
    {0xF0, 0xF0, 0x90, 0xBF, 4},
    {0xF1, 0xF3, 0x80, 0xBF, 4},
    {0xF4, 0xF4, 0x80, 0x8F, 4},
}};

/// The length of the character at `place`, or 0 where there is none.
std::size_t character_length(std::string_view bytes, std::size_t place) {
  const unsigned lead = byte_at(bytes, place);
  for (const Utf8Form& form : kUtf8Forms) {
    if (lead < form.lead_min || lead > form.lead_max) continue;
    if (place + form.length > bytes.size()) return 0;
    for (std::size_t i = 1; i < form.length; ++i) {
      const unsigned byte = byte_at(bytes, place + i);
      const unsigned min = i == 1 ? form.second_min : 0x80U;
      const unsigned max = i == 1 ? form.second_max : 0xBFU;
      if (byte < min || byte > max) return 0;
    }
    return form.length;
  }
  return 0;
}

}  // namespace

std::optional<std::size_t> first_not_utf8(std::string_view bytes) {
  for (std::size_t place = 0; place < bytes.size();) {
    const std::size_t length = character_length(bytes, place);
    if (length == 0) return place;
    place += length;
  }
  return std::nullopt;
}

std::string to_base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = bytes.size() - i < 3 ? bytes.size() - i : 3;
    unsigned group = 0;
    for (std::size_t j = 0; j < 3; ++j) group = group << 8U | (j < count ? byte_at(bytes, i + j) : 0U);
    for (std::size_t j = 0; j < 4; ++j) {
      text += j <= count ? kAlphabet[group >> (18U - 6U * j) & 63U] : '=';
    }
  }
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::array<int, 256> value;
  value.fill(-1);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) value[byte_at(kAlphabet, i)] = static_cast<int>(i);
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int digit = i + padding >= text.size() ? 0 : value[byte_at(text, i)];
    if (digit < 0) return std::nullopt;
    bits = bits << 6U | static_cast<std::uint32_t>(digit);
    if (i % 4 != 3) continue;
    for (unsigned shift = 16;; shift -= 8) {
      bytes += static_cast<char>(bits >> shift & 0xFFU);
      if (shift == 0) break;
    }
    bits = 0;
  }
  bytes.resize(bytes.size() - padding);
  if (to_base64(bytes) != text) return std::nullopt;  // bits under the padding that are not 0
  return bytes;
}

std::string clipped(std::string_view text, std::size_t max_bytes) {
  std::string shown;
  for (std::size_t place = 0; place < text.size();) {
    const std::size_t length = character_length(text, place);
    const bool is_control = length == 1 && (byte_at(text, place) < 0x20 || byte_at(text, place) == 0x7F);
    const std::string_view character = length == 0 || is_control ? "\uFFFD" : text.substr(place, length);
    if (place + std::max(length, std::size_t{1}) > max_bytes) return shown + "…";
    shown += character;
    place += std::max(length, std::size_t{1});
  }
  return shown;
}

}  // namespace gradflow
