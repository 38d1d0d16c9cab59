#include "app/cli/team.h"

#include <chrono>
#include <utility>

namespace gradflow::cli {

Team::Team(int members) : gate_(members) {
  others_.reserve(static_cast<std::size_t>(members));
  for (int member = 1; member < members; ++member) {
    others_.emplace_back([this, member] {
      for (gate_.arrive_and_wait(); work_ != nullptr; gate_.arrive_and_wait()) {
        do_share(member);
        gate_.arrive_and_wait();
      }
    });
  }
}

Team::~Team() {
  work_ = nullptr;
  gate_.arrive_and_wait();
}

void Team::do_share(int member) {
  try {
    (*work_)(member);
  } catch (...) {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = std::current_exception();
  }
}

double Team::run(const std::function<void(int)>& work) {
  work_ = &work;
  const auto start = std::chrono::steady_clock::now();
  gate_.arrive_and_wait();
  do_share(0);
  gate_.arrive_and_wait();
  const auto end = std::chrono::steady_clock::now();
  if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
  return std::chrono::duration<double>(end - start).count();
}

}  // namespace gradflow::cli
