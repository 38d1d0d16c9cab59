#include "app/session/storage.h"

#include <chrono>
#include <ctime>
#include <system_error>
#include <utility>

#include "app/session/recent_files.h"
#include "core/io/file.h"
#include "core/io/input_error.h"
#include "core/io/marks_file.h"
#include "core/spec/text.h"

namespace gradflow::session {
namespace {

namespace fs = std::filesystem;

// The marks of hints.json.
constexpr const char *kHints = "hints", *kFirstSteps = "first-steps";

/// "2026-11-24", by the clock on the wall.
std::string today() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm date{};
  ::localtime_r(&now, &date);
  char text[16];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%d", &date)};
}

fs::path whole(const fs::path& path) {
  std::error_code error;
  fs::path absolute = fs::absolute(with_home(path), error);
  return error ? path : absolute.lexically_normal();
}

}  // namespace

Storage::Storage(Folders folders, Rescue rescue) : folders_(std::move(folders)) {
  recent_ = read_recent_files(recent_list());
  try {
    autosave_ = std::make_unique<Autosave>(folders_->state / "autosave", rescue);
  } catch (const std::exception& error) {
    problem_ = tr("Nothing is saved automatically: {0}", {error.what()});
  }
}

std::optional<Scene> Storage::take_rescued() { return autosave_ ? autosave_->take_rescued() : std::nullopt; }

std::string Storage::take_problem() {
  if (!problem_.empty() || !autosave_) return std::exchange(problem_, {});
  return autosave_->take_problem();
}

void Storage::set_file(std::optional<fs::path> file) {
  file_ = std::move(file);
  if (file_) remember(*file_);
}

void Storage::remember(const fs::path& file) {
  if (!folders_) return;
  try {
    remember_file(recent_list(), file);
  } catch (const InputError& error) {
    problem_ = tr("The list of recent files is not kept: {0}", {error.what()});
  }
  recent_ = read_recent_files(recent_list());
}

std::optional<fs::path> Storage::proposal() const {
  if (!folders_) return std::nullopt;
  const std::string start = "session-" + today();
  fs::path path = folders_->data / (start + ".json");
  std::error_code error;
  for (int number = 2; fs::exists(path, error); ++number) {
    path = folders_->data / (start + "-" + std::to_string(number) + ".json");
  }
  return path;
}

fs::path Storage::save(const Scene& scene, const fs::path& path) {
  fs::path file = whole(path);
  if (folders_ && file.parent_path() == folders_->data) {
    std::error_code error;
    fs::create_directories(folders_->data, error);  // where that fails, write_scene says why
  }
  write_scene(scene, file);
  set_file(file);
  return file;
}

Scene Storage::open(const std::vector<fs::path>& files, const Scene& before) {
  std::vector<fs::path> paths;
  for (const fs::path& file : files) paths.push_back(whole(file));
  Opened opened = open_files(paths, before);
  if (opened.session || opened.figure) set_file(std::move(opened.session));
  for (const fs::path& weights : opened.weights) remember(weights);
  return std::move(opened.scene);
}

bool Storage::knows_first_steps() const {
  std::error_code error;
  if (!folders_ || !fs::exists(hints(), error)) return false;
  try {
    const Marks marks = parse_marks(read_file(hints(), kMaxMarksBytes), hints().string());
    const auto seen = marks.find(kHints);
    return seen != marks.end() && seen->second.contains(kFirstSteps);
  } catch (const InputError&) {
    return false;  // they are shown once more, and the file is written anew
  }
}

void Storage::keep_first_steps() {
  if (!folders_ || knows_first_steps()) return;
  try {
    std::error_code error;
    fs::create_directories(folders_->state, error);  // where that fails, write_file says why
    write_file(hints(), marks_json({{kHints, {kFirstSteps}}}));
  } catch (const InputError& error) {
    problem_ = tr("That the first steps are known is not kept: {0}", {error.what()});
  }
}

void Storage::keep(const Scene& scene) {
  if (autosave_) autosave_->keep(scene);
}

void Storage::end_cleanly() {
  if (autosave_) autosave_->end_cleanly();
}

}  // namespace gradflow::session
