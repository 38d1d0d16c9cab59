// Ctrl+C as a stop token, so that a command ends between two steps and leaves no half of a file.
#pragma once

#include <signal.h>

#include <array>
#include <stdexcept>
#include <stop_token>
#include <thread>

namespace gradflow::cli {

/// What a command throws that was interrupted and has kept something; what() is the sentence that says what.
class Interrupted : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// While it lives, SIGINT, SIGTERM and SIGHUP request a stop instead of ending the process. A handler counts
/// them and a watcher thread waits for the count: whichever thread gets the signal, also one that a library
/// has started. A signal that came in the end, after the last look at the token, is forgotten. One at a time.
class Interrupt {
 public:
  Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  ~Interrupt();
  std::stop_token token() const { return stop_.get_token(); }

 private:
  std::array<struct sigaction, 3> before_{};
  std::stop_source stop_;
  std::stop_source closing_;
  std::jthread watcher_;
};

}  // namespace gradflow::cli
