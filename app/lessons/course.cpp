#include "app/lessons/course.h"

#include <algorithm>
#include <system_error>

#include "core/io/file.h"
#include "core/io/input_error.h"
#include "core/spec/asset.h"

namespace gradflow::lessons {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEnding = ".md";

/// The lessons of a folder of the assets.
std::vector<CourseEntry> built_in(const std::string& folder) {
  std::vector<CourseEntry> course;
  for (const Asset& asset : assets()) {  // which are sorted
    if (!asset.path.starts_with(folder) || !asset.path.ends_with(kEnding)) continue;
    const fs::path path(asset.path);
    course.push_back({path.filename().string(), parse_lesson(asset.bytes, path.stem().string())});
  }
  return course;
}

}  // namespace

std::vector<CourseEntry> built_in_course(const std::string& language) {
  return built_in("lessons/" + language + "/");
}

std::vector<CourseEntry> built_in_gallery(const std::string& language) {
  return built_in("gallery/" + language + "/");
}

std::vector<CourseEntry> course_in(const fs::path& folder) {
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  std::vector<fs::path> files;
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    if (entry->path().extension() == kEnding) files.push_back(entry->path());
  }
  if (error) throw InputError("the folder " + folder.string() + " cannot be read: " + error.message());
  std::sort(files.begin(), files.end());
  std::vector<CourseEntry> course;
  for (const fs::path& file : files) {
    try {
      course.push_back(read_lesson(file));
    } catch (const InputError& refusal) {
      course.push_back({file.string(), {{.name = file.stem().string()}, {{1, refusal.what()}}}});
    }
  }
  return course;
}

CourseEntry read_lesson(const fs::path& file) {
  return {file.string(), parse_lesson(read_file(file, kMaxLessonBytes), file.stem().string())};
}

}  // namespace gradflow::lessons
