#include "core/io/tidy.h"

#include "core/io/number.h"

namespace gradflow {

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string field = "\"";
  for (char byte : text) {
    if (byte == '"') field += '"';
    field += byte;
  }
  return field + '"';
}

std::string tidy_rows(const StackReport& report, std::optional<std::uint64_t> seed) {
  const std::string start = csv_field(report.spec.name) + ',' + (seed ? std::to_string(*seed) : "") + ',';
  std::string rows;
  const auto add = [&](const std::string& layer, const std::string& quantity, double value) {
    rows += start + layer + ',' + csv_field(quantity) + ',' + shortest(value) + '\n';
  };
  for (const Scalar& scalar : report.scalars) add("", scalar.quantity, scalar.value);
  for (const Series& series : report.series) {
    for (std::size_t i = 0; i < series.layers.size(); ++i) {
      add(std::to_string(series.layers[i]), series.quantity, series.values[i]);
    }
  }
  return rows;
}

}  // namespace gradflow
