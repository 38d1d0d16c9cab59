#include "app/cli/precision.h"

namespace gradflow::cli {

void add_precision(CLI::App& options, Precision& precision, const std::string& help) {
  const auto read = [&precision](const std::string& text) {
    if (text != "f32" && text != "f64") {
      throw CLI::ValidationError("--precision is " + text + "; allowed is f32 or f64");
    }
    precision = text == "f64" ? Precision::f64 : Precision::f32;
  };
  options.add_option_function<std::string>("--precision", read, help + " (default: f32)")
      ->type_name("f32|f64");
}

}  // namespace gradflow::cli
