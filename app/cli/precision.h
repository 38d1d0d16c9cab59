// The option that says in which numbers a model is written or computed.
#pragma once

#include <CLI/CLI.hpp>

namespace gradflow::cli {

enum class Precision : unsigned char { f32, f64 };

/// --precision f32|f64.
void add_precision(CLI::App& options, Precision& precision, const std::string& help);

}  // namespace gradflow::cli
