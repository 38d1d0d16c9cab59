#include "app/cli/progress.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <utility>

namespace gradflow::cli {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kFirst{1000};
constexpr std::chrono::milliseconds kRenewal{200};
constexpr const char* kWipe = "\r\x1b[K";  // to the line's start, clear to its end

}  // namespace

Progress::Progress(int steps) : steps_(steps) {
  if (::isatty(STDERR_FILENO) == 0) return;
  thread_ = std::jthread([this](const std::stop_token& stop) { show(stop); });
}

void Progress::begin(std::string what) {
  const std::lock_guard lock(mutex_);
  ++step_;
  what_ = std::move(what);
}

void Progress::show_step(std::string what, int step, int steps) {
  const std::lock_guard lock(mutex_);
  step_ = step;
  steps_ = steps;
  what_ = std::move(what);
}

void Progress::show(const std::stop_token& stop) {
  const Clock::time_point start = Clock::now();
  std::unique_lock lock(mutex_);
  std::chrono::milliseconds pause = kFirst;
  while (!wake_.wait_for(lock, stop, pause, [&] { return stop.stop_requested(); })) {
    pause = kRenewal;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - start).count();
    if (what_.empty()) continue;
    std::fprintf(stderr, "%s%s (%d of %d, %lld s)", kWipe, what_.c_str(), step_, steps_,
                 static_cast<long long>(seconds));
    std::fflush(stderr);
  }
  if (pause == kRenewal) std::fputs(kWipe, stderr);
}

}  // namespace gradflow::cli
