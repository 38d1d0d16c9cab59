#include "app/session/autosave.h"

#include <exception>
#include <system_error>
#include <utility>

#include "app/session/scene_file.h"
#include "core/io/file.h"
#include "core/io/session_file.h"
#include "core/spec/text.h"

namespace gradflow::session {
namespace {

namespace fs = std::filesystem;

Slot slot_for(const fs::path& folder, Rescue rescue) {
  if (rescue == Rescue::take) {
    if (std::optional<Slot> abandoned = Slot::abandoned(folder)) return std::move(*abandoned);
  }
  return Slot::fresh(folder);
}

}  // namespace

Autosave::Autosave(const fs::path& folder, Rescue rescue) : slot_(slot_for(folder, rescue)) {
  restore();
  thread_.emplace([this](const std::stop_token& stop) { run(stop); });
}

Autosave::~Autosave() { thread_.reset(); }

void Autosave::restore() {
  std::error_code error;
  if (fs::exists(slot_.session(), error)) {
    try {
      const std::string name = slot_.session().string();
      rescued_ = parse_scene(read_file(slot_.session(), kMaxSessionFileBytes), name);
      fs::rename(slot_.session(), slot_.restored(), error);
    } catch (const std::exception& problem) {
      set_aside(slot_.session(), problem.what());
    }
  } else if (fs::exists(slot_.restored(), error)) {
    set_aside(slot_.restored(), std::string(tr("it was restored before, and that run broke off at once")));
  }
}

void Autosave::set_aside(const fs::path& file, const std::string& why) {
  std::error_code error;
  fs::rename(file, slot_.set_aside(), error);
  problem_ = tr("The session of a run that broke off is not restored ({0}); it is kept in {1}",
                {why, slot_.set_aside().string()});
}

std::optional<Scene> Autosave::take_rescued() { return std::exchange(rescued_, std::nullopt); }

std::string Autosave::take_problem() {
  const std::lock_guard lock(mutex_);
  return std::exchange(problem_, {});
}

void Autosave::keep(const Scene& scene) {
  {
    const std::lock_guard lock(mutex_);
    pending_ = scene;
  }
  changed_.notify_all();
}

void Autosave::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !pending_ && !writing_; });
}

void Autosave::end_cleanly() {
  {
    const std::lock_guard lock(mutex_);
    pending_.reset();
  }
  thread_.reset();
  std::error_code error;
  fs::remove(slot_.session(), error);
  fs::remove(slot_.restored(), error);
}

void Autosave::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return pending_.has_value(); })) {
    const Scene scene = *std::exchange(pending_, std::nullopt);
    writing_ = true;
    lock.unlock();
    write(scene);
    lock.lock();
    writing_ = false;
    changed_.notify_all();
    // Interrupted only by the end: what has come by then is written by the next round.
    changed_.wait_for(lock, stop, kPause, [] { return false; });
  }
}

void Autosave::write(const Scene& scene) {
  try {
    write_scene(scene, slot_.session());
    std::error_code error;
    fs::remove(slot_.restored(), error);
  } catch (const std::exception& problem) {
    const std::lock_guard lock(mutex_);
    problem_ = tr("The session cannot be saved automatically: {0}", {problem.what()});
  }
}

}  // namespace gradflow::session
