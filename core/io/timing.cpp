#include "core/io/timing.h"

#include <algorithm>
#include <cmath>

#include "core/io/json.h"

namespace gradflow {
namespace {

double three_places(double value) { return std::round(value * 1000) / 1000; }

OrderedJson json_of(const TimeSpread& spread) {
  return {{"median", three_places(spread.median)},
          {"min", three_places(spread.min)},
          {"max", three_places(spread.max)}};
}

}  // namespace

TimeSpread spread_of(std::vector<double> milliseconds) {
  std::sort(milliseconds.begin(), milliseconds.end());
  const std::size_t count = milliseconds.size();
  const double median = (milliseconds[(count - 1) / 2] + milliseconds[count / 2]) / 2;
  return {median, milliseconds.front(), milliseconds.back()};
}

std::string timing_json(const PassTiming& timing) {
  OrderedJson json;
  json["stack"] = timing.stack;
  json["precision"] = timing.precision;
  json["threads"] = timing.threads;
  json["pass_ms"] = json_of(timing.pass);
  json["products_ms"] = json_of(timing.products);
  json["ratio"] = three_places(timing.ratio);
  json["gflops"] = three_places(timing.gflops);
  json["peak_memory_mib"] = three_places(timing.peak_memory_mib);
  json["vector_width"] = timing.vector_width;
  return print_json(json);
}

}  // namespace gradflow
