#include "app/cli/threads_option.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "app/cli/stack_options.h"
#include "core/analysis/seeds.h"
#include "core/io/input_error.h"
#include "core/spec/validate.h"

namespace gradflow::cli {
namespace {

int fitting(double bytes, std::size_t memory_limit) {
  const double count = std::floor(static_cast<double>(memory_limit) / bytes);
  return static_cast<int>(std::clamp(count, 1.0, static_cast<double>(kMaxThreads)));
}

}  // namespace

std::string gib(double bytes) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", bytes / std::exp2(30));
  return text;
}

void add_threads(CLI::App& options, int& threads) {
  threads = 0;
  add_whole_number(options, "--threads", threads, 1, kMaxThreads,
                   "Measure N seeds at the same time; the output is the same",
                   "one a core, as far as the memory limit allows");
}

void check_memory_of_threads(int threads, double bytes, std::size_t memory_limit, const std::string& work) {
  if (threads == 1 || threads * bytes <= static_cast<double>(memory_limit)) return;
  throw InputError("--threads is " + std::to_string(threads) + ", and that many " + work + " need " +
                   gib(threads * bytes) + " GiB of memory; the limit is " +
                   gib(static_cast<double>(memory_limit)) + " GiB, which allows " +
                   std::to_string(fitting(bytes, memory_limit)));
}

StackSpec stack_of_pass(std::span<const StackSpec> stacks, int seeds, int pass) {
  StackSpec spec = stacks[static_cast<std::size_t>(pass / seeds)];
  spec.seed += static_cast<std::uint64_t>(pass % seeds);
  return spec;
}

int passes_at_once(std::span<const StackSpec> stacks, int asked, int passes, std::size_t memory_limit) {
  double bytes = 1;
  for (const StackSpec& spec : stacks) bytes = std::max(bytes, pass_bytes(spec, sizeof(float)));
  if (asked == 0) return std::min({hardware_threads(), passes, fitting(bytes, memory_limit)});
  const int threads = std::min(asked, passes);
  check_memory_of_threads(threads, bytes, memory_limit, "passes");
  return threads;
}

}  // namespace gradflow::cli
