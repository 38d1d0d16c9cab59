// One pair of functions a format of core/io/figure_file.h: puts a line of ASCII into a figure, finds it
// again.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gradflow {

/// What a reader found in bytes that may be anybody's.
struct FoundSession {
  std::optional<std::string> text;  // nothing where the figure has no session
  std::string damage = {};          // what is wrong with the file, where it could not be looked through
};

std::string embed_in_svg(std::string_view figure, std::string_view line);
std::string embed_in_pdf(std::string_view figure, std::string_view line);
std::string embed_in_png(std::string_view figure, std::string_view line);
std::string embed_in_table(std::string_view table, std::string_view line);

FoundSession find_in_svg(std::string_view bytes);
FoundSession find_in_pdf(std::string_view bytes);
FoundSession find_in_png(std::string_view bytes);
FoundSession find_in_table(std::string_view bytes);
/// Whether a file begins with the columns of one of our tables.
bool starts_like_table(std::string_view bytes);

/// The first bytes of the format.
bool starts_like_png(std::string_view bytes);

}  // namespace gradflow
