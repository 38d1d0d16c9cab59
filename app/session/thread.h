// A thread that can be told to stop and whose stack is large enough for Eigen's packing buffers (std::thread
// takes the size from the shell's `ulimit -s`, which may be 2 MiB or less).
#pragma once

#include <pthread.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>

namespace gradflow::session {

/// Runs `body` at once; the destructor requests a stop and joins.
class Thread {
 public:
  /// Throws std::system_error where the system gives no more threads.
  explicit Thread(std::function<void(std::stop_token)> body);
  ~Thread();
  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;

  void request_stop() { stop_.request_stop(); }

 private:
  std::stop_source stop_;
  std::function<void(std::stop_token)> body_;
  pthread_t handle_{};
};

/// From now on the calling thread gives way to those that answer the hand: the window's and the live passes'.
/// Where the system knows no priority of a single thread, nothing changes.
void give_way();

/// Bytes of a thread's stack: two of Eigen's 2 MiB packing buffers a product, products nested in the
/// sanitizers' larger frames. Only touched pages cost memory.
inline constexpr std::size_t kThreadStackBytes = std::size_t{16} << 20U;

}  // namespace gradflow::session
