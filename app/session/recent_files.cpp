#include "app/session/recent_files.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <system_error>

#include "core/io/file.h"
#include "core/io/input_error.h"

namespace gradflow::session {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxListBytes = std::size_t{1} << 20U;

}  // namespace

std::vector<fs::path> read_recent_files(const fs::path& list) {
  std::string text;
  try {
    text = read_file(list, kMaxListBytes);
  } catch (const InputError&) {
    return {};
  }
  std::vector<fs::path> files;
  for (std::string_view rest = text; !rest.empty() && files.size() < kMaxRecentFiles;) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const fs::path file(rest.substr(0, end));
    std::error_code error;
    if (fs::is_regular_file(file, error)) files.push_back(file);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return files;
}

void remember_file(const fs::path& list, const fs::path& file) {
  if (file.native().find('\n') != std::string::npos) return;
  std::vector<fs::path> files = read_recent_files(list);
  std::erase(files, file);
  files.insert(files.begin(), file);
  if (files.size() > kMaxRecentFiles) files.resize(kMaxRecentFiles);
  std::string text;
  for (const fs::path& entry : files) text += entry.native() + '\n';
  std::error_code error;
  fs::create_directories(list.parent_path(), error);  // where that fails, write_file says why
  write_file(list, text);
}

}  // namespace gradflow::session
