#include "core/analysis/seeds.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <limits>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "core/analysis/analyze.h"
#include "core/spec/text.h"
#include "core/spec/validate.h"

namespace gradflow {
namespace {

class InOrder {
 public:
  InOrder(int count, int threads, const std::function<Answer()>& make_answer)
      : make_answer_(make_answer), end_(count), ahead_(2 * static_cast<std::size_t>(threads)) {}
  InOrder(const InOrder&) = delete;
  InOrder& operator=(const InOrder&) = delete;
  ~InOrder() { halt_.request_stop(); }  // and the threads are joined

  void start(int threads) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  }

  void halt() { halt_.request_stop(); }

  /// Waits for the next answer in order. Nothing when it will not come.
  std::optional<StackReport> next() {
    std::unique_lock lock(mutex_);
    const bool there = came_.wait(lock, halt_.get_token(), [&] { return !slots_.empty() && slots_[0].done; });
    if (!there) return std::nullopt;
    Slot slot = std::move(slots_.front());
    slots_.pop_front();
    ++given_out_;
    room_.notify_one();
    if (slot.error) std::rethrow_exception(slot.error);
    return std::move(slot.report);
  }

 private:
  struct Slot {
    bool done = false;
    std::optional<StackReport> report;
    std::exception_ptr error;
  };

  void work() {
    Answer answer;
    while (const auto index = begin()) {
      Slot slot{true, {}, {}};
      try {
        if (!answer) answer = make_answer_();
        slot.report = answer(*index, halt_.get_token());
      } catch (...) {
        slot.error = std::current_exception();
      }
      finish(*index, std::move(slot));
    }
  }

  std::optional<int> begin() {
    std::unique_lock lock(mutex_);
    const auto may_go_on = [&] { return begun_ == end_ || slots_.size() < ahead_; };
    if (!room_.wait(lock, halt_.get_token(), may_go_on) || begun_ == end_) return std::nullopt;
    slots_.emplace_back();
    return begun_++;
  }

  void finish(int index, Slot slot) {
    const std::lock_guard lock(mutex_);
    if (slot.error) {
      end_ = begun_;  // what would come after it is not wanted
      room_.notify_all();
    }
    slots_[static_cast<std::size_t>(index - given_out_)] = std::move(slot);
    came_.notify_one();
  }

  const std::function<Answer()>& make_answer_;
  std::stop_source halt_;
  std::mutex mutex_;
  std::condition_variable_any room_, came_;
  int end_;                 // of mutex_
  int begun_ = 0;           // of mutex_
  int given_out_ = 0;       // of mutex_
  std::deque<Slot> slots_;  // of mutex_: from given_out_ to begun_ - 1
  const std::size_t ahead_;
  std::vector<std::jthread> threads_;
};

void check_question(const SeedsQuestion& question) {
  if (question.seeds < 1) {
    throw InvalidSpec(
        tr("the number of seeds is {0}; allowed is 1 or more", {std::to_string(question.seeds)}));
  }
  if (question.threads < 1) {
    throw InvalidSpec(
        tr("the number of threads is {0}; allowed is 1 or more", {std::to_string(question.threads)}));
  }
  const auto more = static_cast<std::uint64_t>(question.seeds - 1);
  if (question.spec.seed > std::numeric_limits<std::uint64_t>::max() - more) {
    throw InvalidSpec(tr("seed is {0}; {1} seeds from there are more than there can be",
                         {std::to_string(question.spec.seed), std::to_string(question.seeds)}));
  }
  validate(question.spec, question.memory_limit);
  const int at_once = std::min(question.threads, question.seeds);
  check_memory(question.spec, at_once * pass_bytes(question.spec, sizeof(float)), question.memory_limit);
}

}  // namespace

int hardware_threads() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

bool answer_in_order(int count, int threads, const std::function<Answer()>& make_answer,
                     const OnAnswer& on_answer, const std::stop_token& stop) {
  const int used = std::min(threads, count);
  InOrder answers(count, used, make_answer);
  const std::stop_callback halt(stop, [&] { answers.halt(); });
  answers.start(used);
  for (int i = 0; i < count; ++i) {
    std::optional<StackReport> report = answers.next();
    if (!report || stop.stop_requested()) return false;
    on_answer(i, std::move(*report));
  }
  return true;
}

std::optional<std::vector<StackReport>> analyze_seeds(const SeedsQuestion& question,
                                                      const OnAnswer& on_answer,
                                                      const std::stop_token& stop) {
  check_question(question);
  const auto make_answer = [&]() -> Answer {
    // std::function wants what it holds to be copyable.
    return [spec = question.spec, first = question.spec.seed,
            analyzer = std::make_shared<Analyzer>(question.memory_limit)](
               int index, const std::stop_token& token) mutable {
      spec.seed = first + static_cast<std::uint64_t>(index);
      return analyzer->analyze(spec, token);
    };
  };
  std::vector<StackReport> reports;
  const auto keep = [&](int index, StackReport report) {
    if (on_answer) on_answer(index, report);
    reports.push_back(std::move(report));
  };
  if (!answer_in_order(question.seeds, question.threads, make_answer, keep, stop)) return std::nullopt;
  return reports;
}

}  // namespace gradflow
