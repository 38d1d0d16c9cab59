#include "app/session/racer.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <limits>
#include <mutex>
#include <new>
#include <optional>
#include <utility>

#include "app/session/moments.h"
#include "app/session/passes.h"
#include "app/session/thread.h"
#include "core/spec/text.h"
#include "core/training/trainer.h"

namespace gradflow::session {
namespace {

constexpr int kLead = 16;  // steps that a lane may be ahead of the last
constexpr std::chrono::milliseconds kShowEvery{30};
constexpr int kFinished = std::numeric_limits<int>::max();

}  // namespace

/// Which step every lane may make: what the lanes share.
struct Racer::Gate {
  explicit Gate(std::size_t lanes) : done(lanes) {}

  mutable std::mutex mutex;
  mutable std::condition_variable_any changed;
  std::vector<int> done;  // steps, kFinished behind the last
  int goal = kFinished;   // the last step that may be made

  /// Once lane `lane` may make this step; false where it is to end. `before_pausing` is called where a pause
  /// comes first, and has returned when the lane counts as there.
  template <class Fn>
  bool enter(std::size_t lane, int step, const std::stop_token& stop, Fn before_pausing) {
    std::unique_lock lock(mutex);
    if (step > goal) {
      lock.unlock();
      before_pausing();
      lock.lock();
    }
    done[lane] = step - 1;
    changed.notify_all();
    const auto free = [&] {
      return step <= goal && step <= *std::min_element(done.begin(), done.end()) + kLead;
    };
    return changed.wait(lock, stop, free) && !stop.stop_requested();
  }

  void finish(std::size_t lane) {
    const std::lock_guard lock(mutex);
    done[lane] = kFinished;
    changed.notify_all();
  }

  void set_goal(int step) {
    const std::lock_guard lock(mutex);
    goal = step;
    changed.notify_all();
  }

  bool finished() const {
    return std::all_of(done.begin(), done.end(), [](int steps) { return steps == kFinished; });
  }

  bool resting() const {
    return std::all_of(done.begin(), done.end(), [this](int steps) { return steps >= goal; });
  }

  /// The furthest that a lane under way has come.
  int front() const {
    int most = 0;
    for (const int steps : done) most = std::max(most, steps == kFinished ? 0 : steps);
    return most;
  }
};

/// One lane and its thread.
class Racer::Runner {
 public:
  /// `memory`: bytes that the lane may need.
  Runner(std::size_t index, const Lane& lane, std::size_t memory, Gate& gate,
         const std::function<void()>& wake)
      : index_(index),
        memory_(memory),
        lane_(lane),
        gate_(gate),
        wake_(wake),
        report_{lane.spec, lane.training},
        shown_(std::make_shared<const LaneReport>(report_)),
        moments_(lane.spec),
        thread_([this](const std::stop_token& stop) { run(stop); }) {}

  std::shared_ptr<const LaneReport> report() const {
    const std::lock_guard lock(mutex_);
    return shown_;
  }

  std::shared_ptr<const StackReport> moment(int step) {
    const std::lock_guard lock(mutex_);
    return moments_.at(step);
  }

  void request_stop() { thread_.request_stop(); }

 private:
  void run(const std::stop_token& stop);
  void train(const std::stop_token& stop);
  void take(const Trainer<float>& trainer);
  void show();

  std::size_t index_, memory_;
  Lane lane_;
  Gate& gate_;
  std::function<void()> wake_;
  LaneReport report_;  // the thread's own
  bool changed_ = false;
  std::chrono::steady_clock::time_point next_show_{};
  mutable std::mutex mutex_;
  std::shared_ptr<const LaneReport> shown_;  // of mutex_
  Moments moments_;                          // of mutex_
  Thread thread_;  // last: starts when all of the above is there, ends before it goes
};

void Racer::Runner::show() {
  if (!std::exchange(changed_, false)) return;
  auto fresh = std::make_shared<const LaneReport>(report_);
  {
    const std::lock_guard lock(mutex_);
    shown_ = std::move(fresh);
  }
  next_show_ = std::chrono::steady_clock::now() + kShowEvery;
  wake_();
}

void Racer::Runner::take(const Trainer<float>& trainer) {
  report_.history.add(trainer.report());
  report_.breakdown = trainer.breakdown();
  report_.first_move = trainer.first_move();
  changed_ = true;
  const std::lock_guard lock(mutex_);
  moments_.add(trainer.steps(), trainer.record(), trainer.names());
}

void Racer::Runner::train(const std::stop_token& stop) {
  need_drawn_weights(lane_.spec, tr("a race starts from drawn weights"));
  validate_training(lane_.spec, lane_.training, memory_);
  Trainer<float> trainer(lane_.spec, lane_.training);
  while (!trainer.finished()) {
    if (!gate_.enter(index_, trainer.steps() + 1, stop, [this] { show(); })) return;
    if (!trainer.step(stop)) return;
    take(trainer);
    if (std::chrono::steady_clock::now() >= next_show_) show();
  }
  report_.finished = true;
}

void Racer::Runner::run(const std::stop_token& stop) {
  give_way();
  try {
    train(stop);
  } catch (const std::bad_alloc&) {
    report_.error = tr("there is not enough memory to train the stack \"{0}\"", {lane_.spec.name});
  } catch (const std::exception& error) {
    report_.error = error.what();
  }
  changed_ = true;
  show();
  gate_.finish(index_);
  wake_();
}

struct Racer::Run {
  Run(const std::vector<Lane>& lanes, From from, const std::function<void()>& wake)
      : gate(lanes.size()), paused(from == From::paused) {
    if (paused) gate.goal = 1;
    for (std::size_t i = 0; i < lanes.size(); ++i) {
      const std::size_t memory = kDefaultMemoryLimit / lanes.size();  // of all lanes together
      runners.push_back(std::make_unique<Runner>(i, lanes[i], memory, gate, wake));
    }
  }

  bool finished_by(std::chrono::steady_clock::time_point deadline) const {
    std::unique_lock lock(gate.mutex);
    return gate.changed.wait_until(lock, deadline, [this] { return gate.finished(); });
  }

  Gate gate;  // outlives the runners
  bool paused;
  std::vector<std::unique_ptr<Runner>> runners;
};

Racer::Racer(std::function<void()> wake) : wake_(std::move(wake)) {}

Racer::~Racer() { stop(); }

void Racer::clear() {
  stop();
  std::erase_if(leaving_, [](const auto& run) { return run->finished_by({}); });
  if (run_) leaving_.push_back(std::move(run_));
}

void Racer::start(const std::vector<Lane>& lanes, From from) {
  clear();
  run_ = std::make_unique<Run>(lanes, from, wake_);
}

void Racer::pause() {
  if (phase() != RacePhase::running) return;
  const std::lock_guard lock(run_->gate.mutex);
  run_->paused = true;
  run_->gate.goal = std::max(1, run_->gate.front() + 1);  // that one is perhaps under way
  run_->gate.changed.notify_all();
}

void Racer::resume() {
  if (phase() != RacePhase::paused) return;
  run_->paused = false;
  run_->gate.set_goal(kFinished);
}

void Racer::step() {
  if (phase() != RacePhase::paused) return;
  const std::lock_guard lock(run_->gate.mutex);
  ++run_->gate.goal;
  run_->gate.changed.notify_all();
}

void Racer::stop() {
  if (!run_) return;
  for (const auto& runner : run_->runners) runner->request_stop();
}

RacePhase Racer::phase() const {
  if (!run_) return RacePhase::none;
  const std::lock_guard lock(run_->gate.mutex);
  if (run_->gate.finished()) return RacePhase::finished;
  return run_->paused ? RacePhase::paused : RacePhase::running;
}

std::vector<std::shared_ptr<const LaneReport>> Racer::reports() const {
  std::vector<std::shared_ptr<const LaneReport>> reports;
  if (!run_) return reports;
  for (const auto& runner : run_->runners) reports.push_back(runner->report());
  return reports;
}

std::vector<std::shared_ptr<const StackReport>> Racer::moments(int step) {
  std::vector<std::shared_ptr<const StackReport>> moments;
  if (!run_) return moments;
  for (const auto& runner : run_->runners) moments.push_back(runner->moment(step));
  return moments;
}

bool Racer::resting() const {
  if (!run_) return true;
  const std::lock_guard lock(run_->gate.mutex);
  return run_->gate.resting();
}

void Racer::wait() const {
  if (!run_) return;
  std::unique_lock lock(run_->gate.mutex);
  run_->gate.changed.wait(lock, [this] { return run_->gate.resting(); });
}

bool Racer::stop(std::chrono::milliseconds patience) {
  stop();
  const auto deadline = std::chrono::steady_clock::now() + patience;
  return (!run_ || run_->finished_by(deadline)) &&
         std::all_of(leaving_.begin(), leaving_.end(),
                     [&](const auto& run) { return run->finished_by(deadline); });
}

}  // namespace gradflow::session
