// An option that is one of the named choices of core/spec/names.h.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "core/spec/names.h"

namespace gradflow::cli {

/// --NAME A|B|C.
template <class E>
CLI::Option* add_choice(CLI::App& options, const std::string& name, E& value, const std::string& help) {
  const auto read = [&value, name](const std::string& text) {
    const std::optional<E> named = from_key<E>(text);
    if (!named) throw CLI::ValidationError(name + " is " + text + "; allowed are " + all_keys<E>());
    value = *named;
  };
  std::string keys;
  for (const Named<E>& row : kNames<E>) keys += (keys.empty() ? "" : "|") + std::string(row.key);
  return options.add_option_function<std::string>(name, read, help)->type_name(keys);
}

}  // namespace gradflow::cli
