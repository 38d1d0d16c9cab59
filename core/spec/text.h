// Every text that the window shows, in the language chosen. The English text in the code is its own key, as
// in gettext; other languages are files of assets/languages.
#pragma once

#include <functional>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>

namespace gradflow {

/// English -> another language.
using Texts = std::map<std::string, std::string, std::less<>>;

/// The language of every tr() from now on; no texts are English. To be called before the first thread starts:
/// texts that are there already stay as they are.
void speak(std::string language, Texts texts);

/// "en", or the name of the catalogue.
const std::string& language();

/// The text in the language chosen; itself where that has no entry for it.
std::string_view tr(std::string_view english);

/// The same, with values for {0}, {1}, ..., which a language may put into another order.
std::string tr(std::string_view english, std::initializer_list<std::string_view> values);

/// A text in the English of a table, which whoever shows it hands to tr(): marks it for the list of all
/// texts.
constexpr const char* text_key(const char* english) { return english; }

}  // namespace gradflow
