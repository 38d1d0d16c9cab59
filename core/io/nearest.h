// What a mistyped key was probably meant to be.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gradflow {

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other
/// (the restricted Damerau-Levenshtein distance).
int edit_distance(std::string_view left, std::string_view right);

/// The candidate nearest to `word`, or an empty one where none is near: more than a third of it would change.
std::string_view nearest(std::string_view word, std::span<const std::string> candidates);

}  // namespace gradflow
