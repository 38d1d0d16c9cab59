#include "app/session/thread.h"

#include <sys/resource.h>

#include <system_error>
#include <utility>

#include "core/spec/text.h"

namespace gradflow::session {
namespace {

void check(int error, std::string_view what) {
  if (error != 0) throw std::system_error(error, std::generic_category(), std::string(what));
}

}  // namespace

Thread::Thread(std::function<void(std::stop_token)> body) : body_(std::move(body)) {
  pthread_attr_t attributes;
  check(pthread_attr_init(&attributes), tr("a thread could not be prepared"));
  pthread_attr_setstacksize(&attributes, kThreadStackBytes);
  const auto enter = [](void* self) -> void* {
    auto* thread = static_cast<Thread*>(self);
    thread->body_(thread->stop_.get_token());
    return nullptr;
  };
  const int error = pthread_create(&handle_, &attributes, enter, this);
  pthread_attr_destroy(&attributes);
  check(error, tr("a thread could not be started"));
}

void give_way() {
#ifdef __linux__             // where 0 is the thread, not the process
  constexpr int kNice = 10;  // a ninth of the others' share of a core
  setpriority(PRIO_PROCESS, 0, kNice);
#endif
}

Thread::~Thread() {
  request_stop();
  pthread_join(handle_, nullptr);
}

}  // namespace gradflow::session
