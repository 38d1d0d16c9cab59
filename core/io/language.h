// Languages of the window: files of assets/languages, each a JSON object of English texts and theirs.
//
//   {"Copied a summary in words": "Zusammenfassung in Worten kopiert", "{0} of {1}": "{0} von {1}"}
//
// en.json lists every text that there is. A text that another file leaves out stays English.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/input_error.h"
#include "core/spec/text.h"

namespace gradflow {

struct Catalogue {
  Texts texts;
  std::vector<std::string> problems;  // one sentence an entry that is left out
};

/// A catalogue from its text; an entry that is not in `english`, or whose holes are others than the key's, is
/// a problem. `where` starts every sentence. Throws InputError where it is no JSON object of strings.
Catalogue parse_catalogue(std::string_view json, const std::string& where, const Texts& english);

/// The list of all texts, each its own translation.
Texts english_texts();

/// The languages built into the program, sorted.
std::vector<std::string> language_names();

/// One of them. Throws InputError, with those that exist, where there is none of this name.
Catalogue load_catalogue(const std::string& name);

/// The language of the environment (LC_ALL, else LC_MESSAGES, else LANG) where it is built in, else "en".
/// `variable` returns the value of one, or nullptr.
std::string language_of_environment(const std::function<const char*(const char*)>& variable);

}  // namespace gradflow
