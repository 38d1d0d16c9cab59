#include "core/spec/asset.h"

#include <stdexcept>

namespace gradflow {

std::string_view asset(std::string_view path) {
  for (const Asset& entry : assets()) {
    if (entry.path == path) return entry.bytes;
  }
  throw std::out_of_range("no asset is called " + std::string(path));
}

std::vector<std::string> asset_names(std::string_view folder, std::string_view ending) {
  std::vector<std::string> names;
  for (const Asset& entry : assets()) {
    std::string_view path = entry.path;
    if (!path.starts_with(folder) || !path.ends_with(ending)) continue;
    path.remove_prefix(folder.size());
    path.remove_suffix(ending.size());
    names.emplace_back(path);
  }
  return names;
}

}  // namespace gradflow
