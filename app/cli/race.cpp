#include "app/cli/race.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace gradflow::cli {
namespace {

constexpr std::size_t kAhead = 16;  // steps that a lane may be ahead of what has been given out

class Race {
 public:
  Race(int lanes, const MakeStep& make_step)
      : make_step_(make_step), lanes_(static_cast<std::size_t>(lanes)) {}
  Race(const Race&) = delete;
  Race& operator=(const Race&) = delete;
  ~Race() { halt(); }  // and the threads are joined

  void start(int threads) {
    working_ = threads;
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  }

  void halt() { halt_.request_stop(); }

  struct Made {
    int lane;
    LaneStep step;
  };

  /// The next step of every lane that has one. Empty when no more will come.
  std::vector<Made> next_round() {
    std::unique_lock lock(mutex_);
    came_.wait(lock, [&] { return has_round() || working_ == 0; });
    std::vector<Made> round;
    if (!has_round()) {
      if (error_) std::rethrow_exception(error_);
      return round;
    }
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
      if (lanes_[i].ready.empty()) continue;
      round.push_back({static_cast<int>(i), std::move(lanes_[i].ready.front())});
      lanes_[i].ready.pop_front();
    }
    room_.notify_all();
    return round;
  }

  /// Once next_round() has been empty.
  bool ended() {
    const std::lock_guard lock(mutex_);
    return all_ended();
  }

 private:
  struct Lane {
    bool busy = false, ended = false;
    std::deque<LaneStep> ready;
  };

  void work() {
    while (Lane* lane = begin()) {
      std::optional<LaneStep> step;
      std::exception_ptr error;
      try {
        step = make_step_(static_cast<int>(lane - lanes_.data()), halt_.get_token());
      } catch (...) {
        error = std::current_exception();
      }
      if (error) halt();
      finish(*lane, std::move(step), error);
    }
    const std::lock_guard lock(mutex_);
    --working_;
    came_.notify_all();
  }

  /// A lane to step, once there is one; nullptr where there is nothing left to do.
  Lane* begin() {
    const std::stop_token stop = halt_.get_token();
    std::unique_lock lock(mutex_);
    Lane* lane = nullptr;
    room_.wait(lock, stop, [&] { return (lane = most_behind()) != nullptr || all_ended(); });
    if (stop.stop_requested() || lane == nullptr) return nullptr;
    lane->busy = true;
    return lane;
  }

  void finish(Lane& lane, std::optional<LaneStep> step, const std::exception_ptr& error) {
    const std::lock_guard lock(mutex_);
    lane.busy = false;
    if (error && !error_) error_ = error;
    if (step) {
      lane.ended = step->last;
      lane.ready.push_back(std::move(*step));
    }
    came_.notify_all();
    room_.notify_all();
  }

  Lane* most_behind() {
    Lane* found = nullptr;
    for (Lane& lane : lanes_) {
      if (lane.busy || lane.ended || lane.ready.size() >= kAhead) continue;
      if (found == nullptr || lane.ready.size() < found->ready.size()) found = &lane;
    }
    return found;
  }

  bool all_ended() const {
    return std::all_of(lanes_.begin(), lanes_.end(), [](const Lane& lane) { return lane.ended; });
  }

  bool has_round() const {
    const auto has_step = [](const Lane& lane) { return !lane.ready.empty(); };
    const auto is_ready = [](const Lane& lane) { return !lane.ready.empty() || lane.ended; };
    return std::all_of(lanes_.begin(), lanes_.end(), is_ready) &&
           std::any_of(lanes_.begin(), lanes_.end(), has_step);
  }

  const MakeStep& make_step_;
  std::stop_source halt_;
  std::mutex mutex_;
  std::condition_variable_any room_, came_;
  std::vector<Lane> lanes_;   // of mutex_
  std::exception_ptr error_;  // of mutex_
  int working_ = 0;           // of mutex_: threads that have not come to their end
  std::vector<std::jthread> threads_;
};

}  // namespace

bool race_in_order(int lanes, int threads, const MakeStep& make_step, const OnStep& on_step,
                   const std::stop_token& stop) {
  Race race(lanes, make_step);
  const std::stop_callback halt(stop, [&] { race.halt(); });
  race.start(threads);
  for (;;) {
    const std::vector<Race::Made> round = race.next_round();
    if (round.empty()) return race.ended();
    for (const Race::Made& made : round) on_step(made.lane, made.step);
  }
}

}  // namespace gradflow::cli
