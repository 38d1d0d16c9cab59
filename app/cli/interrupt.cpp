#include "app/cli/interrupt.h"

namespace gradflow::cli {
namespace {

sigset_t stopping_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGHUP);
  return set;
}

void watch(const std::stop_source& stop, const std::stop_token& closing) {
  const sigset_t signals = stopping_signals();
  int received = 0;
  while (sigwait(&signals, &received) == 0 && !closing.stop_requested()) stop.request_stop();
}

}  // namespace

Interrupt::Interrupt() {
  const sigset_t signals = stopping_signals();
  pthread_sigmask(SIG_BLOCK, &signals, &before_);
  watcher_ = std::jthread([stop = stop_, closing = closing_.get_token()] { watch(stop, closing); });
}

Interrupt::~Interrupt() {
  closing_.request_stop();
  pthread_kill(watcher_.native_handle(), SIGINT);  // to the watcher alone: wakes it to see that it is over
  watcher_.join();
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace gradflow::cli
