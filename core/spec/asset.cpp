#include "core/spec/asset.h"

#include <stdexcept>
#include <string>

namespace gradflow {

std::string_view asset(std::string_view path) {
  for (const Asset& entry : assets()) {
    if (entry.path == path) return entry.bytes;
  }
  throw std::out_of_range("no asset is called " + std::string(path));
}

}  // namespace gradflow
