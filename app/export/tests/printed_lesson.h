// Lessons on the pages of a document that can be read, filled with answers that no stack gave.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "app/export/lesson_pages.h"
#include "app/export/tests/recorded_document.h"
#include "app/lessons/parse.h"

namespace gradflow::test {

inline lessons::Lesson lesson_of(const std::string& text) {
  const lessons::Parsed parsed = lessons::parse_lesson(text, "test");
  for (const lessons::Problem& problem : parsed.problems) ADD_FAILURE() << said(problem, "test");
  return parsed.lesson;
}

/// Answers that no stack gave: `value` at the top of each.
inline StackReports reports_of(const session::Scene& scene, double value) {
  StackReports reports;
  for (const StackSpec& stack : scene.stacks) {
    StackReport report{stack, {}, {{"loss", 4.5}}, {}};
    report.series.push_back({std::string(kTopQuantity), {0, 1, 2}, {1, 2, value}});
    reports.push_back(std::make_shared<StackReport>(report));
  }
  return reports;
}

inline LessonSource source_with(double value) {
  return {[value](const session::Scene& scene, lessons::Race) {
            return lessons::Measured{reports_of(scene, value), {}, {}};
          },
          [value](const session::Scene& scene) { return SceneAnswers{reports_of(scene, value)}; }};
}

inline void print(const lessons::Lesson& lesson, const LessonSource& source, Edition edition,
                  RecordedDocument* document) {
  figure::Faces faces;
  print_lesson(lesson, source, edition, figure::kA4, &faces, document);
}

inline void print(const std::string& text, Edition edition, RecordedDocument* document, double value = 8.25) {
  print(lesson_of(text), source_with(value), edition, document);
}

}  // namespace gradflow::test
