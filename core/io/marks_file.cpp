#include "core/io/marks_file.h"

#include "core/io/stack_json.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

constexpr int kFormat = 1;
constexpr std::string_view kFormatKey = "format", kMarksKey = "marks";

std::set<std::string> set_of(const Json& json, const Place& place) {
  if (!json.is_array()) place.refuse(shown(json), tr("a list of strings"));
  std::set<std::string> marks;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (!json[i].is_string()) place.at(i).refuse(shown(json[i]), tr("a string"));
    marks.insert(json[i].get<std::string>());
  }
  return marks;
}

}  // namespace

Marks parse_marks(std::string_view text, std::string_view name) {
  const Place place{std::string(name), ""};
  Json json = parse_json(text, place.file);
  if (!json.is_object()) place.refuse_with(tr("the file is {0}; allowed is a JSON object", {shown(json)}));
  take_format(json, place);
  const std::vector<std::string> keys{std::string(kFormatKey), std::string(kMarksKey)};
  Marks marks;
  for (const auto& [key, books] : json.items()) {
    if (key != kMarksKey) place.refuse_key(key, keys);
    const Place there = place.of(kMarksKey);
    if (!books.is_object()) there.refuse(shown(books), tr("a JSON object"));
    for (const auto& [book, list] : books.items()) marks[book] = set_of(list, there.of(book));
  }
  return marks;
}

std::string marks_json(const Marks& marks) {
  OrderedJson json = OrderedJson::object();
  json[std::string(kFormatKey)] = kFormat;
  OrderedJson& books = json[std::string(kMarksKey)] = OrderedJson::object();
  for (const auto& [book, list] : marks) books[book] = list;
  return print_json(json);
}

}  // namespace gradflow
