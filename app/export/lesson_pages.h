// A lesson on paper, as PDF: for whoever teaches it with everything answered, or to hand out with the
// questions alone. The same lesson and the same measurements give the same bytes.
#pragma once

#include <functional>
#include <string>

#include "app/export/lesson_measure.h"
#include "app/figure/document.h"
#include "app/lessons/check.h"
#include "app/lessons/lesson.h"

namespace gradflow {

enum class Edition : unsigned char {
  answered,  // right answers marked and explained, predictions beside what is measured, hints, solutions
  handout,   // the questions with room for answers, and nothing that gives one away
};

/// What the pages are filled with. Both may throw Stopped, which then passes through.
struct LessonSource {
  lessons::Measure measure;
  std::function<SceneAnswers(const session::Scene& scene)> shown;  // what the scene's view is drawn from
};
LessonSource source_of(LessonMeasure& measure);  // which outlives it

/// What could not be measured, or is not finite, stands there as what it is.
std::string lesson_pdf(const lessons::Lesson& lesson, const LessonSource& source, Edition edition,
                       const figure::PaperSize& paper = figure::kA4);

/// The same on the pages of any document, which are of this size.
void print_lesson(const lessons::Lesson& lesson, const LessonSource& source, Edition edition,
                  const figure::PaperSize& paper, figure::Faces* faces, figure::Document* document);

}  // namespace gradflow
