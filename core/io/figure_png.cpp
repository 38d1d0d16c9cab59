// The session in a PNG file: a tEXt chunk (PNG specification, 11.3.4.3) with the keyword gradflow-session,
// behind the header.
#include <array>
#include <cmath>
#include <cstdint>

#include "core/io/figure_file.h"
#include "core/io/figure_parts.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

constexpr std::string_view kSignature = "\x89PNG\r\n\x1a\n";
constexpr std::string_view kKeyword{"gradflow-session\0", 17};
constexpr std::size_t kHeaderEnd = 8 + 25;  // signature and IHDR
constexpr std::size_t kFrame = 12;          // length, type and check sum around a chunk's data

constexpr std::array<std::uint32_t, 256> crc_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
    std::uint32_t value = byte;
    for (int bit = 0; bit < 8; ++bit) value = (value & 1U) != 0 ? 0xEDB88320U ^ value >> 1U : value >> 1U;
    table[byte] = value;
  }
  return table;
}

/// Of type and data, as annex D of the specification has it.
std::uint32_t check_sum(std::string_view bytes) {
  static constexpr auto kTable = crc_table();
  std::uint32_t sum = 0xFFFFFFFFU;
  for (const char byte : bytes) sum = kTable[(sum ^ static_cast<unsigned char>(byte)) & 0xFFU] ^ sum >> 8U;
  return ~sum;
}

std::string big_endian(std::uint32_t value) {
  std::string bytes;
  for (const unsigned shift : {24U, 16U, 8U, 0U}) bytes += static_cast<char>(value >> shift & 0xFFU);
  return bytes;
}

std::uint32_t from_big_endian(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8U | static_cast<unsigned char>(bytes[i]);
  return value;
}

std::string with_chunk(std::string_view png, std::string_view type, std::string_view data) {
  if (!starts_like_png(png) || png.size() < kHeaderEnd) throw InputError(tr("the PNG file has no header"));
  const std::string body = std::string(type) + std::string(data);
  const std::string chunk =
      big_endian(static_cast<std::uint32_t>(data.size())) + body + big_endian(check_sum(body));
  return std::string(png.substr(0, kHeaderEnd)) + chunk + std::string(png.substr(kHeaderEnd));
}

}  // namespace

bool starts_like_png(std::string_view bytes) { return bytes.starts_with(kSignature); }

std::string embed_in_png(std::string_view figure, std::string_view line) {
  return with_chunk(figure, "tEXt", std::string(kKeyword) + std::string(line));
}

std::string with_resolution(std::string_view png, int dots_per_inch) {
  const auto dots_per_metre = static_cast<std::uint32_t>(std::lround(dots_per_inch / 0.0254));
  const std::string data = big_endian(dots_per_metre) + big_endian(dots_per_metre) + '\1';
  return with_chunk(png, "pHYs", data);
}

FoundSession find_in_png(std::string_view bytes) {
  bytes.remove_prefix(kSignature.size());
  while (bytes.size() >= kFrame) {
    const std::size_t length = from_big_endian(bytes);
    if (length > bytes.size() - kFrame) return {{}, text_key("a chunk is longer than the file")};
    const std::string_view body = bytes.substr(4, 4 + length);
    const std::string_view type = body.substr(0, 4);
    const std::string_view data = body.substr(4);
    if (type == "IEND") return {};
    if (type == "tEXt" && data.starts_with(kKeyword)) {
      if (from_big_endian(bytes.substr(8 + length)) != check_sum(body)) {
        return {{}, text_key("the check sum of its session is wrong")};
      }
      return {std::string(data.substr(kKeyword.size()))};
    }
    bytes.remove_prefix(kFrame + length);
  }
  return {{}, text_key("its end is missing")};
}

}  // namespace gradflow
