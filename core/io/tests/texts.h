// The texts of the window, as they stand in the sources: string literals handed to tr() or text_key().
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gradflow::test {

/// Of one C++ source, in its order. Throws std::invalid_argument for a literal that is written in a way not
/// read here, such as with \x41.
std::vector<std::string> texts_of_source(std::string_view source);

/// What reads like a sentence in one C++ source, two words next to each other, and is handed to neither of
/// them; programming errors (std::logic_error and its kind) are not said to a user and not counted.
std::vector<std::string> other_sentences_of_source(std::string_view source);

/// Of all sources below core/ and app/ that the window is built of, each text once, in the order of the
/// files.
std::vector<std::string> texts_of_tree(const std::filesystem::path& root);

/// Those sources, sorted, from `root`.
std::vector<std::filesystem::path> sources_of_window(const std::filesystem::path& root);

std::string content_of(const std::filesystem::path& file);

}  // namespace gradflow::test
