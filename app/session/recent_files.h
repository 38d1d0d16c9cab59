// The files opened or saved last, newest first: one path a line of a text file.
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

namespace gradflow::session {

inline constexpr std::size_t kMaxRecentFiles = 8;

/// Those that are still there. A list that is missing or cannot be read is empty: nothing depends on it.
std::vector<std::filesystem::path> read_recent_files(const std::filesystem::path& list);

/// Puts `file` first. A path with a line break in it is not kept. Throws InputError.
void remember_file(const std::filesystem::path& list, const std::filesystem::path& file);

}  // namespace gradflow::session
