// The session in an SVG file: <metadata id="gradflow-session">JSON</metadata>, behind the title.
#include <array>
#include <charconv>

#include "core/io/figure_parts.h"
#include "core/io/input_error.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

constexpr std::string_view kElement = "<metadata";
constexpr std::string_view kId = "gradflow-session";
constexpr std::string_view kEnd = "</metadata>";
constexpr std::string_view kTitleEnd = "</title>\n";

struct Entity {
  char character;
  std::string_view name;
};
constexpr std::array<Entity, 5> kEntities{
    {{'&', "amp"}, {'<', "lt"}, {'>', "gt"}, {'"', "quot"}, {'\'', "apos"}}};

std::string escaped(std::string_view text) {
  std::string xml;
  for (const char character : text) {
    switch (character) {
      case '&': xml += "&amp;"; break;
      case '<': xml += "&lt;"; break;
      case '>': xml += "&gt;"; break;
      default: xml += character;
    }
  }
  return xml;
}

/// The character of "amp", "#38" or "#x26": of ASCII only, as nothing else was written.
std::optional<char> character_of(std::string_view name) {
  for (const Entity& entity : kEntities) {
    if (entity.name == name) return entity.character;
  }
  if (!name.starts_with('#')) return std::nullopt;
  name.remove_prefix(1);
  const bool hexadecimal = name.starts_with('x');
  if (hexadecimal) name.remove_prefix(1);
  unsigned number = 0;
  const auto [end, error] =
      std::from_chars(name.data(), name.data() + name.size(), number, hexadecimal ? 16 : 10);
  if (error != std::errc() || end != name.data() + name.size() || number == 0 || number > 0x7F) {
    return std::nullopt;
  }
  return static_cast<char>(number);
}

FoundSession unescaped(std::string_view xml) {
  constexpr std::size_t kLongestEntity = 8;
  std::string text;
  while (!xml.empty()) {
    const std::size_t plain = std::min(xml.find('&'), xml.size());
    text += xml.substr(0, plain);
    xml.remove_prefix(plain);
    if (xml.empty()) break;
    const std::size_t end = xml.substr(0, kLongestEntity).find(';');
    const auto character =
        end == std::string_view::npos ? std::nullopt : character_of(xml.substr(1, end - 1));
    if (!character) return {{}, text_key("its session has an \"&\" that begins no character")};
    text += *character;
    xml.remove_prefix(end + 1);
  }
  return {std::move(text)};
}

}  // namespace

std::string embed_in_svg(std::string_view figure, std::string_view line) {
  const std::size_t title = figure.find(kTitleEnd);
  if (title == std::string_view::npos)
    throw InputError(tr("the SVG file has no title to put the session behind"));
  const std::string element =
      std::string(kElement) + " id=\"" + std::string(kId) + "\">" + escaped(line) + std::string(kEnd) + "\n";
  const std::size_t place = title + kTitleEnd.size();
  return std::string(figure.substr(0, place)) + element + std::string(figure.substr(place));
}

FoundSession find_in_svg(std::string_view bytes) {
  for (std::size_t at = bytes.find(kElement); at != std::string_view::npos; at = bytes.find(kElement, at)) {
    const std::size_t tag_end = bytes.find('>', at);
    if (tag_end == std::string_view::npos) return {{}, text_key("a tag does not end")};
    const bool ours = bytes.substr(at, tag_end - at).find(kId) != std::string_view::npos;
    at = tag_end;
    if (!ours) continue;
    const std::size_t end = bytes.find(kEnd, at);
    if (end == std::string_view::npos) return {{}, text_key("its session does not end")};
    return unescaped(bytes.substr(tag_end + 1, end - tag_end - 1));
  }
  return {};
}

}  // namespace gradflow
