// Many answers on several threads, given out in order: nothing that comes out depends on how many threads
// there are.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/analysis/report.h"
#include "core/spec/fields.h"

namespace gradflow {

/// Cores of this machine; 1 where it does not say.
int hardware_threads();

/// Answers question `index`. Nothing when `stop` was requested on the way.
using Answer = std::function<std::optional<StackReport>(int index, const std::stop_token& stop)>;
using OnAnswer = std::function<void(int index, StackReport report)>;

/// Answers the questions 0 to count - 1 on `threads` threads (no more than there are questions) and gives
/// every answer to `on_answer`, in order, on the caller's thread. Each thread has an Answer of its own, made
/// on it, which may keep buffers. Threads run no more than a few answers ahead of `on_answer`, so that memory
/// does not grow with the count.
///
/// False when `stop` was requested. What an answer throws is thrown here once the answers before it are given
/// out; no thread outlives the call.
bool answer_in_order(int count, int threads, const std::function<Answer()>& make_answer,
                     const OnAnswer& on_answer, const std::stop_token& stop = {});

/// One stack with `seeds` seeds, from its own upwards.
struct SeedsQuestion {
  StackSpec spec;
  int seeds = 1;
  int threads = 1;
  std::size_t memory_limit = kDefaultMemoryLimit;  // bytes, for the passes that run at the same time
};

/// analyze() of every seed; `on_answer` sees each as it comes. Nothing when `stop` was requested. Throws
/// InvalidSpec, also where there are no seeds or threads, or where the last seed would be beyond what a seed
/// can be.
std::optional<std::vector<StackReport>> analyze_seeds(const SeedsQuestion& question,
                                                      const OnAnswer& on_answer = {},
                                                      const std::stop_token& stop = {});

}  // namespace gradflow
