#include "app/session/slot.h"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "core/io/input_error.h"
#include "core/spec/text.h"

namespace gradflow::session {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxSlots = 100;  // runs at the same time
constexpr const char* kSession = "session.json";

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

/// The beginning of time where there is no such file.
fs::file_time_type time_of(const fs::path& file) {
  std::error_code error;
  const fs::file_time_type time = fs::last_write_time(file, error);
  return error ? fs::file_time_type::min() : time;
}

/// Half-written files of a run that was killed while it wrote (core/io/output_file.h).
void sweep(const fs::path& folder) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().filename().native().starts_with(".gradflow-")) fs::remove(entry.path(), error);
  }
}

}  // namespace

Slot::Slot(fs::path folder, Descriptor lock) : folder_(std::move(folder)), lock_(std::move(lock)) {}

fs::path Slot::session() const { return folder_ / kSession; }

bool Slot::has_leftovers() const { return is_there(session()) || is_there(restored()); }

std::optional<Slot> Slot::take(const fs::path& folder) {
  const fs::path path = folder / "lock";
  Descriptor lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (lock.number() < 0) refuse_file(path.string(), text_key("opened"), errno);
  if (::flock(lock.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return std::nullopt;
    refuse_file(path.string(), text_key("locked"), errno);
  }
  sweep(folder);
  return Slot(folder, std::move(lock));
}

std::optional<Slot> Slot::abandoned(const fs::path& folder) {
  std::vector<std::pair<fs::file_time_type, fs::path>> found;
  for (int number = 1; number <= kMaxSlots; ++number) {
    const fs::path place = folder / std::to_string(number);
    if (!is_there(place)) break;
    found.emplace_back(time_of(place / kSession), place);
  }
  std::sort(found.rbegin(), found.rend());
  for (const auto& [time, place] : found) {
    std::optional<Slot> slot = take(place);
    if (slot && slot->has_leftovers()) return slot;
  }
  return std::nullopt;
}

Slot Slot::fresh(const fs::path& folder) {
  for (int number = 1; number <= kMaxSlots; ++number) {
    const fs::path place = folder / std::to_string(number);
    std::error_code error;
    fs::create_directories(place, error);
    if (error) refuse_file(place.string(), text_key("made"), error.value());
    std::optional<Slot> slot = take(place);
    if (slot && !slot->has_leftovers()) return std::move(*slot);
  }
  throw InputError(tr("{0} holds {1} sessions that broke off; no more can be saved automatically",
                      {folder.string(), std::to_string(kMaxSlots)}));
}

}  // namespace gradflow::session
