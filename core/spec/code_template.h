// Text with holes, of which assets/code writes Python:
//
//   {{name}}          the value of that name, which may be several lines
//   {{flag? text}}    the text behind the question mark, spaces and all, where the flag is up
//   LINE  #: a !b     the line, without what stands from its "#:" on, where a is up and b is not
//   #: if a !b        the lines up to "#: end", where the same holds; sections may nest
//
// A line that is not wanted leaves nothing behind, not even an empty line.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace gradflow {

struct TemplateFill {
  std::map<std::string, bool, std::less<>> flags;
  std::map<std::string, std::string, std::less<>> values;
};

/// Both throw std::out_of_range for a name that `fill` does not have.
std::string fill_template(std::string_view text, const TemplateFill& fill);
std::string fill_holes(std::string_view line, const TemplateFill& fill);  // {{...}} alone

}  // namespace gradflow
