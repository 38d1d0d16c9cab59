#include "core/io/figure_file.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>

#include "core/io/figure_parts.h"
#include "core/io/text_code.h"
#include "core/io/tidy.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

struct Codec {
  std::string (*embed)(std::string_view figure, std::string_view line);
  FoundSession (*find)(std::string_view bytes);
};

constexpr std::array<Codec, kNames<FigureFormat>.size()> kCodecs{{
    {embed_in_svg, find_in_svg},
    {embed_in_pdf, find_in_pdf},
    {embed_in_png, find_in_png},
    {embed_in_table, find_in_table},
}};

const Codec& codec(FigureFormat format) { return kCodecs[static_cast<std::size_t>(format)]; }

std::string_view without_byte_order_mark(std::string_view bytes) {
  return bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes;
}

/// The code point at `*at` of well-formed UTF-8; `*at` goes on behind it.
char32_t next_code_point(std::string_view text, std::size_t* at) {
  const auto lead = static_cast<unsigned char>(text[(*at)++]);
  const int more = lead < 0x80 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  char32_t point = more == 0 ? lead : lead & (0x3FU >> static_cast<unsigned>(more));
  for (int i = 0; i < more; ++i) point = point << 6U | (static_cast<unsigned char>(text[(*at)++]) & 0x3FU);
  return point;
}

void append_escape(char32_t unit, std::string* line) {
  std::array<char, 8> escape;
  std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(unit));
  *line += escape.data();
}

/// The same JSON value on one line, in ASCII. Line ends and what is not ASCII occur in JSON as layout and
/// within strings only.
std::string ascii_line(std::string_view json) {
  std::string line;
  for (std::size_t i = 0; i < json.size();) {
    const char32_t point = next_code_point(json, &i);
    if (point == U'\n' || point == U'\r') {
      while (i < json.size() && json[i] == ' ') ++i;
    } else if (point < 0x7F) {
      line += static_cast<char>(point);
    } else if (point < 0x10000) {
      append_escape(point, &line);
    } else {
      append_escape(0xD800 + ((point - 0x10000) >> 10U), &line);
      append_escape(0xDC00 + ((point - 0x10000) & 0x3FFU), &line);
    }
  }
  return line;
}

}  // namespace

FigureFormat figure_format_of(const std::filesystem::path& path) {
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  if (!ending.empty()) {
    if (const auto format = from_key<FigureFormat>(std::string_view(ending).substr(1))) return *format;
  }
  throw InputError(
      tr("{0} does not end in a format of figures; allowed is .svg, .pdf, .png, or .csv for the table",
         {clipped(path.string(), 200)}));
}

std::optional<FigureFormat> figure_format(std::string_view bytes) {
  bytes = without_byte_order_mark(bytes);
  if (bytes.starts_with("<")) return FigureFormat::svg;
  if (bytes.starts_with("%PDF-")) return FigureFormat::pdf;
  if (starts_like_png(bytes)) return FigureFormat::png;
  if (starts_like_table(bytes)) return FigureFormat::csv;
  return std::nullopt;
}

std::string embed_session(std::string_view figure, FigureFormat format, std::string_view json) {
  if (first_not_utf8(json)) throw InputError(tr("the session is not UTF-8, which JSON must be"));
  return codec(format).embed(figure, ascii_line(json));
}

std::string embedded_session(std::string_view figure, std::string_view name) {
  const std::string start = std::string(name) + ": ";
  const auto format = figure_format(figure);
  if (!format) {
    throw InputError(start +
                     std::string(tr("this is no figure; allowed are SVG, PDF and PNG files and tables")));
  }
  const std::string_view kind = tr(named(*format).label);
  FoundSession found = codec(*format).find(without_byte_order_mark(figure));
  if (!found.damage.empty()) {
    throw InputError(start + tr("this {0} is damaged or was cut short: {1}", {kind, tr(found.damage)}));
  }
  if (!found.text) {
    throw InputError(
        start + tr("there is no session in this {0}; figures that gradflow has exported have one", {kind}));
  }
  return std::move(*found.text);
}

}  // namespace gradflow
