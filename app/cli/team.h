// Threads that do the same work at the same time, over and over.
#pragma once

#include <barrier>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace gradflow::cli {

/// The caller's thread is member 0; the others wait between two rounds.
class Team {
 public:
  explicit Team(int members);
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;
  ~Team();

  /// Member i runs work(i), all at once. Seconds until the last has finished. Throws what one of them throws.
  double run(const std::function<void(int)>& work);

 private:
  void do_share(int member);

  std::barrier<> gate_;                             // opens twice a round: to begin it and to end it
  const std::function<void(int)>* work_ = nullptr;  // nothing: the members go home
  std::mutex mutex_;
  std::exception_ptr error_;  // of mutex_
  std::vector<std::jthread> others_;
};

}  // namespace gradflow::cli
