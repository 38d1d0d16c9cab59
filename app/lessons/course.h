// The lessons that there are: those built into the program, or those of a folder; and the gallery, whose
// entries are steps of lessons.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/lessons/parse.h"

namespace gradflow::lessons {

/// One file of a course. A file that cannot be read is there all the same, with a problem that says why.
struct CourseEntry {
  std::string file;  // what sentences call it
  Parsed parsed;
};

/// The built-in lessons of a language, in the order of their names; in English where it has none of that
/// name.
std::vector<CourseEntry> built_in_course(const std::string& language = "en");

/// The same of the gallery: named models, and bugs in the wiring. An entry is a step.
std::vector<CourseEntry> built_in_gallery(const std::string& language = "en");

/// The files of a folder that end in .md, in the order of their names. Throws InputError where it is no
/// folder that can be read.
std::vector<CourseEntry> course_in(const std::filesystem::path& folder);

/// One file. Throws InputError where it cannot be read.
CourseEntry read_lesson(const std::filesystem::path& file);

}  // namespace gradflow::lessons
