#include "core/io/language.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/io/json.h"
#include "core/io/place.h"
#include "core/io/text_code.h"
#include "core/spec/asset.h"

namespace gradflow {
namespace {

constexpr std::string_view kFolder = "languages/";
constexpr std::string_view kExtension = ".json";
constexpr std::size_t kShownBytes = 60;

std::set<char> holes(std::string_view text) {
  std::set<char> found;
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    if (text[i] == '{' && text[i + 2] == '}') found.insert(text[i + 1]);
  }
  return found;
}

std::string in_quotes(const std::string& text) { return '"' + clipped(text, kShownBytes) + '"'; }

Texts texts_of(std::string_view text, const std::string& where) {
  const Json json = parse_json(text, where);
  if (!json.is_object()) throw InputError(where + " is " + shown(json) + "; allowed is a JSON object");
  Texts texts;
  for (const auto& [key, value] : json.items()) {
    if (!value.is_string() || value.get_ref<const std::string&>().empty()) {
      throw InputError(where + ": " + in_quotes(key) + " is " + shown(value) +
                       "; allowed is a text that is not empty");
    }
    texts.emplace(key, value.get<std::string>());
  }
  return texts;
}

std::string path_of(const std::string& name) { return std::string(kFolder) + name + std::string(kExtension); }

}  // namespace

Catalogue parse_catalogue(std::string_view json, const std::string& where, const Texts& english) {
  Catalogue catalogue;
  for (auto& [key, text] : texts_of(json, where)) {
    std::string problem;
    if (!english.contains(key)) {
      problem = "is no text of the program";
    } else if (holes(key) != holes(text)) {
      problem = "has other {0} in its translation " + in_quotes(text);
    }
    if (problem.empty()) {
      catalogue.texts.emplace(key, text);
    } else {
      catalogue.problems.push_back(
          std::string(where).append(": ").append(in_quotes(key)).append(" ").append(problem));
    }
  }
  return catalogue;
}

Texts english_texts() { return texts_of(asset(path_of("en")), path_of("en")); }

std::vector<std::string> language_names() { return asset_names(kFolder, kExtension); }

Catalogue load_catalogue(const std::string& name) {
  const std::vector<std::string> names = language_names();
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    throw InputError("there is no language " + in_quotes(name) + "; there are " + listed(names));
  }
  if (name == "en") return {};
  return parse_catalogue(asset(path_of(name)), path_of(name), english_texts());
}

std::string language_of_environment(const std::function<const char*(const char*)>& variable) {
  std::string locale;  // such as "de_AT.UTF-8"
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = variable(name);
    if (value == nullptr || *value == '\0') continue;
    locale = value;
    break;
  }
  const std::vector<std::string> names = language_names();
  for (const char* end : {".@", "_.@"}) {
    std::string name = locale.substr(0, locale.find_first_of(end));
    if (std::find(names.begin(), names.end(), name) != names.end()) return name;
  }
  return "en";
}

}  // namespace gradflow
