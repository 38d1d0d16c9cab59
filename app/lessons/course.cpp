#include "app/lessons/course.h"

#include <algorithm>
#include <map>
#include <system_error>

#include "core/io/file.h"
#include "core/io/input_error.h"
#include "core/spec/asset.h"
#include "core/spec/text.h"

namespace gradflow::lessons {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEnding = ".md";

/// The files of a folder of the assets that has one for each language, by their names. What is not translated
/// is there in English.
std::vector<CourseEntry> built_in(const std::string& kind, const std::string& language) {
  std::map<std::string, std::string_view> texts;
  for (const std::string& wanted : {std::string("en"), language}) {
    const std::string folder = kind + "/" + wanted + "/";
    for (const std::string& name : asset_names(folder, kEnding))
      texts[name] = asset(folder + name + std::string(kEnding));
  }
  std::vector<CourseEntry> course;
  for (const auto& [name, text] : texts)
    course.push_back({name + std::string(kEnding), parse_lesson(text, name)});
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
  if (error) throw InputError(tr("the folder {0} cannot be read: {1}", {folder.string(), error.message()}));
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
