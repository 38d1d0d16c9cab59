// Code broken into rows of a panel: at blanks, behind brackets and commas; what goes on stands four columns
// further in, as a person would break it. Only for the eye: what is copied is the code as it is.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace gradflow::ui {

struct CodeRow {
  std::size_t indent = 0;  // columns
  std::string_view text;   // part of the code, without the blanks at both ends
  bool comment = false;    // or a docstring
  friend bool operator==(const CodeRow&, const CodeRow&) = default;
};

/// The rows point into `code`. A word that is longer than `columns` is cut.
std::vector<CodeRow> code_rows(std::string_view code, std::size_t columns);

}  // namespace gradflow::ui
