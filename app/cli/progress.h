// One line on a terminal for what takes over a second; nothing in a pipe or a file.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace gradflow::cli {

/// Shows "measuring Post-LN, seed 3 (7 of 40, 12 s)" on standard error from the first second on, renewed
/// several times a second, and wipes it when it is destroyed.
class Progress {
 public:
  explicit Progress(int steps = 0);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() = default;

  /// The next step begins, and this is what it does.
  void begin(std::string what);

  /// The same where the caller counts.
  void show_step(std::string what, int step, int steps);

 private:
  void show(const std::stop_token& stop);

  std::mutex mutex_;
  std::condition_variable_any wake_;
  int steps_ = 0;     // of mutex_
  int step_ = 0;      // of mutex_
  std::string what_;  // of mutex_
  std::jthread thread_;
};

}  // namespace gradflow::cli
