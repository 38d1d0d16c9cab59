// Boxes to type into. A number or a name reaches the scene on Enter or when the box is left; what is no
// number stays in the box, with the sentence that says so.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "app/ui/edits.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

enum class BoxLook : unsigned char { framed, plain };  // plain: looks like text until the mouse is on it

/// One line. Returns the text when it is committed; until then it waits in ui.state().edits under `name`.
std::optional<std::string> line_box(const Ui& ui, const std::string& name, const Rect& rect, const Font& font,
                                    const std::string& value, BoxLook look, std::string_view tip);

/// Several lines, edited in place; true when `text` changed.
bool text_area(const Ui& ui, const std::string& name, const Rect& rect, std::string* text,
               std::string_view tip);

/// The sentence under a box whose text is no number; empty when there is none.
std::string_view problem_of(const Ui& ui, std::string_view name);

/// A box for a number. A value that comes back is as typed, whatever its range.
template <class T>
std::optional<T> number_box(const Ui& ui, const std::string& name, const Rect& rect, T value,
                            std::string_view tip) {
  const auto committed = line_box(ui, name, rect, ui.fonts().text, number_text(value), BoxLook::framed, tip);
  if (!committed) return std::nullopt;
  std::variant<T, std::string> parsed = parse_number<T>(*committed);
  if (const T* number = std::get_if<T>(&parsed)) return *number;
  ui.state().edits[name] = {*committed, std::get<std::string>(parsed)};
  return std::nullopt;
}

}  // namespace gradflow::ui
