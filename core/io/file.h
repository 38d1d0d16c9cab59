// Whole files in and out. "-" stands for standard input and standard output.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace gradflow {

inline constexpr std::string_view kStandardStream = "-";

/// The bytes of a file of at most `limit` bytes. A larger one is refused before it is read (a pipe: once the
/// limit is passed). Throws InputError.
std::string read_file(const std::filesystem::path& path, std::size_t limit);

/// Puts `bytes` at `path`, whole or not at all, as OutputFile (core/io/output_file.h). Throws InputError.
void write_file(const std::filesystem::path& path, std::string_view bytes);

/// An input text: any bytes, at most kMaxTextBytes (core/spec/fields.h), at least one. Throws InputError.
std::string read_text_file(const std::filesystem::path& path);

}  // namespace gradflow
