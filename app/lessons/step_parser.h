// One step of a lesson, put together from what stands in its fences.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/lessons/fields.h"
#include "app/lessons/lesson.h"
#include "app/lessons/markdown.h"

namespace gradflow::lessons {

/// The languages of fences that are more than code.
std::vector<std::string> fence_names();

/// What stands in each of the braces; one that is no number is a problem, and shown as "?".
std::vector<Number> numbers_of(const std::vector<Braces>& braces, Problems* problems);

/// Gives `own` those of `all` that the blocks show, and lets the blocks count them there.
void take_numbers(const std::vector<Number>& all, std::vector<Block>* blocks, std::vector<Number>* own);

/// Fills a step; `scene` is the one that is on the screen, before and behind it.
class StepParser {
 public:
  StepParser(Step* step, session::Scene* scene, Problems* problems)
      : step_(*step), scene_(*scene), problems_(*problems) {}

  /// A fence of one of fence_names(). The block becomes what stands for it on the page, or is not shown
  /// (false).
  bool take(Block* block);

 private:
  bool take_scene(const Block& block);
  bool take_task(Block* block);
  bool take_question(Block* block);
  bool take_prediction(Block* block);
  bool put(Question question, Block* block);

  std::vector<Field> fields_of(const Block& block, const std::vector<std::string>& known);
  Spans text_of(const std::string& text, int line, const Field& field, Part part);
  Spans text_of(const Field& field, Part part) { return text_of(field.whole(), field.line, field, part); }
  std::vector<Setting> settings_of(const Field& field);
  void take_wrong_or_right(const Field& field, Question* question);
  void take_guess(const Field& field, Question* question);
  void take_answer(const Field& field, Question* question);
  void check_choices(const Question& question);

  Step& step_;
  session::Scene& scene_;
  Problems& problems_;
};

}  // namespace gradflow::lessons
