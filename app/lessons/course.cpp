#include "app/lessons/course.h"

#include <algorithm>
#include <map>
#include <system_error>

#include "core/io/file.h"
#include "core/io/input_error.h"
#include "core/spec/asset.h"

namespace gradflow::lessons {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEnding = ".md";

constexpr std::string_view kEnglish = "en";

/// The files of a folder of the assets that has one for each language, by their names. What is not translated
/// is there in English.
std::vector<CourseEntry> built_in(const std::string& folder, std::string_view language) {
  std::map<std::string, const Asset*> files;
  for (const std::string_view wanted : {kEnglish, language}) {
    const std::string start = folder + "/" + std::string(wanted) + "/";
    for (const Asset& asset : assets()) {
      if (!asset.path.starts_with(start) || !asset.path.ends_with(kEnding)) continue;
      files[fs::path(asset.path).filename().string()] = &asset;
    }
  }
  std::vector<CourseEntry> course;
  for (const auto& [name, asset] : files)
    course.push_back({name, parse_lesson(asset->bytes, fs::path(name).stem().string())});
  return course;
}

}  // namespace

std::vector<CourseEntry> built_in_course(const std::string& language) {
  return built_in("lessons", language);
}

std::vector<CourseEntry> built_in_gallery(const std::string& language) {
  return built_in("gallery", language);
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
