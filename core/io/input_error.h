// What the core throws at the border when something given from outside cannot be used.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace gradflow {

/// A file, a value or a place to write to that cannot be used. what() is one sentence: where, what came and
/// what is allowed.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::string_view sentence) : std::runtime_error(std::string(sentence)) {}
};

}  // namespace gradflow
