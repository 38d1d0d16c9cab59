#include "core/io/timing.h"

#include <gtest/gtest.h>

namespace gradflow {
namespace {

TEST(Timing, SpreadsAreOfSortedTimes) {
  EXPECT_EQ(spread_of({3, 1, 2}), (TimeSpread{2, 1, 3}));
  EXPECT_EQ(spread_of({4, 1, 2, 8}), (TimeSpread{3, 1, 8}));
  EXPECT_EQ(spread_of({5}), (TimeSpread{5, 5, 5}));
}

TEST(Timing, IsPrintedAsOneObject) {
  PassTiming timing;
  timing.stack = "Pre-LN";
  timing.precision = "f32";
  timing.threads = 2;
  timing.pass = {2.00049, 1.5, 3};
  timing.products = {1.25, 1, 2};
  timing.ratio = 1.6;
  timing.gflops = 120.5;
  timing.peak_memory_mib = 64;
  timing.vector_width = 16;
  const std::string json = timing_json(timing);
  for (const char* part :
       {"\"stack\": \"Pre-LN\"", "\"threads\": 2", "\"pass_ms\"", "\"median\": 2", "\"products_ms\"",
        "\"ratio\": 1.6", "\"gflops\": 120.5", "\"peak_memory_mib\": 64", "\"vector_width\": 16"}) {
    EXPECT_NE(json.find(part), std::string::npos) << part << " in " << json;
  }
}

}  // namespace
}  // namespace gradflow
