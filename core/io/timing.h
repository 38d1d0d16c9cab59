// What gradflow-cli bench prints: how long a pass takes beside its bare matrix products.
#pragma once

#include <string>
#include <vector>

namespace gradflow {

struct TimeSpread {
  double median = 0, min = 0, max = 0;  // milliseconds
  friend bool operator==(const TimeSpread&, const TimeSpread&) = default;
};

/// Of one or more times in milliseconds. The median of an even number of times is the mean of the middle two.
TimeSpread spread_of(std::vector<double> milliseconds);

struct PassTiming {
  std::string stack, precision;
  int threads = 1;  // that make a pass each, at the same time
  TimeSpread pass, products;
  double ratio = 0;   // of the medians
  double gflops = 0;  // products' operations of all threads over the pass' median time, 10^9 a second
  double peak_memory_mib = 0;  // of the process, with the passes and without the bare products
  int vector_width = 0;        // scalars in a vector register
};

/// An object of the keys stack, precision, threads, pass_ms, products_ms (each of median, min, max), ratio,
/// gflops, peak_memory_mib, vector_width. Times are rounded to the microsecond, the rest to three places.
std::string timing_json(const PassTiming& timing);

}  // namespace gradflow
