// Text in lines.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace gradflow::figure {

/// The text broken at spaces into lines that are as long as `fits` allows. A word that does not fit is a line
/// of its own.
std::vector<std::string> broken_lines(std::string_view text,
                                      const std::function<bool(const std::string& line)>& fits);

}  // namespace gradflow::figure
