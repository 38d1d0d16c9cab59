// A session inside a figure: SVG, PDF and PNG files and the tidy table carry what they were made from, so
// that the figure can be opened again. Where exactly it lies says README.md in this folder.
//
// The session goes in as one line of ASCII: JSON escapes (\u00e9) stand for all other characters, so that no
// program between writing and reading can change it by taking one encoding for another.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/io/input_error.h"
#include "core/spec/names.h"
#include "core/spec/text.h"

namespace gradflow {

enum class FigureFormat : unsigned char { svg, pdf, png, csv };

template <>
inline constexpr std::array kNames<FigureFormat>{
    Named<FigureFormat>{FigureFormat::svg, "svg", text_key("SVG file")},
    Named<FigureFormat>{FigureFormat::pdf, "pdf", text_key("PDF file")},
    Named<FigureFormat>{FigureFormat::png, "png", text_key("PNG file")},
    Named<FigureFormat>{FigureFormat::csv, "csv", text_key("tidy table")},
};

inline constexpr std::size_t kMaxFigureFileBytes = std::size_t{128} << 20U;

/// By the ending of the name: .svg, .pdf, .png, .csv, in small or large letters. Throws InputError.
FigureFormat figure_format_of(const std::filesystem::path& path);

/// By the content; nothing for what is none of them, such as a stack file.
std::optional<FigureFormat> figure_format(std::string_view bytes);

/// The figure with the JSON of a session in it. An SVG file needs a <title>, a PDF file the plain
/// cross-reference table of PDF 1.4, a table the header of core/io/tidy.h. Throws InputError.
std::string embed_session(std::string_view figure, FigureFormat format, std::string_view json);

/// The session of a figure, from anywhere: its JSON is still to be parsed. `name` is what sentences call the
/// file. Throws InputError, also for a figure that has none.
std::string embedded_session(std::string_view figure, std::string_view name);

/// A PNG file that says how large it is on paper.
std::string with_resolution(std::string_view png, int dots_per_inch);

}  // namespace gradflow
