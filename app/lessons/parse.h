// A lesson from its Markdown file. assets/lessons/README.md is the reference of the format.
#pragma once

#include <string>
#include <string_view>

#include "app/lessons/lesson.h"

namespace gradflow::lessons {

inline constexpr std::size_t kMaxLessonBytes = std::size_t{256} << 10U;

inline constexpr std::size_t kMaxSteps = 200;

struct Parsed {
  Lesson lesson;      // as much of it as could be read
  Problems problems;  // by line; empty: the lesson is good
};

/// Any bytes; never throws.
Parsed parse_lesson(std::string_view text, std::string_view name);

}  // namespace gradflow::lessons
