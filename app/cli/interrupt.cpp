#include "app/cli/interrupt.h"

#include <semaphore.h>

#include <cerrno>

namespace gradflow::cli {
namespace {

constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};

sem_t arrived;  // posted once a signal: all that a handler may do

void note(int) {
  const int before = errno;
  sem_post(&arrived);
  errno = before;
}

void watch(const std::stop_source& stop, const std::stop_token& closing) {
  for (;;) {
    if (sem_wait(&arrived) != 0) continue;  // EINTR
    if (closing.stop_requested()) return;
    stop.request_stop();
  }
}

}  // namespace

Interrupt::Interrupt() {
  sem_init(&arrived, 0, 0);
  watcher_ = std::jthread([stop = stop_, closing = closing_.get_token()] { watch(stop, closing); });
  struct sigaction action {};
  action.sa_handler = note;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &action, &before_[i]);
}

Interrupt::~Interrupt() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &before_[i], nullptr);
  closing_.request_stop();
  sem_post(&arrived);
  watcher_.join();
  sem_destroy(&arrived);
}

}  // namespace gradflow::cli
