// What the controls do to the scene, without anything drawn: pure functions on plain values.
#pragma once

#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <variant>

#include "app/session/scene.h"
#include "core/spec/stack.h"
#include "core/spec/text.h"
#include "core/spec/wiring.h"
#include "core/spec/wiring_words.h"

namespace gradflow::ui {

/// Puts the whole stack into a named wiring: every sub-layer's sites, residuals on, the skip rule, and (for
/// DeepNorm) the initialisation that belongs to it.
void apply_wiring(const NamedWiring& wiring, StackSpec* spec);

/// Which stacks an edit goes to: all where empty.
using Target = std::optional<std::size_t>;

template <class Edit>
void edit_stacks(session::Scene* scene, Target target, Edit edit) {
  for (std::size_t i = 0; i < scene->stacks.size(); ++i) {
    if (!target || *target == i) edit(&scene->stacks[i]);
  }
}

/// Linked stacks all get the depth, else the one; weights of a file keep theirs.
void set_depth(session::Scene* scene, std::size_t stack, int depth);

/// What was typed into a number box, or one sentence that says why it is no such number. Ranges are not
/// looked at: what can be written down goes into the scene, and the answer says what is wrong with it.
template <class T>
std::variant<T, std::string> parse_number(std::string_view text) {
  const std::string_view blank = " \t";
  const std::size_t first = text.find_first_not_of(blank);
  const std::size_t last = text.find_last_not_of(blank);
  const std::string_view word =
      first == std::string_view::npos ? std::string_view() : text.substr(first, last - first + 1);
  T value{};
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  // A stack with a NaN in it would differ from itself, and never be answered; an infinity cannot be saved.
  bool finite = true;
  if constexpr (std::is_floating_point_v<T>) finite = std::isfinite(value);
  if (error == std::errc() && end == word.data() + word.size() && finite) return value;
  if (error == std::errc::result_out_of_range) return tr("{0} is too large to be computed with.", {word});
  return std::is_floating_point_v<T> ? tr("\"{0}\" is not a number.", {word})
                                     : tr("\"{0}\" is not a whole number.", {word});
}

/// As short as reads back exactly.
template <class T>
std::string number_text(T value) {
  char text[64];
  const auto result = std::to_chars(text, text + sizeof text, value);
  return {text, result.ptr};
}

/// Whether a text box can hold these bytes as they are: valid UTF-8 without NUL.
bool is_editable_text(std::string_view bytes);

}  // namespace gradflow::ui
