#include "app/lessons/step_parser.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/lessons/number.h"
#include "app/lessons/scene_block.h"
#include "core/io/input_error.h"
#include "core/io/place.h"
#include "core/spec/text.h"

namespace gradflow::lessons {
namespace {

/// Does something with a text of the file; a sentence that it throws becomes a problem of this line.
template <class Fn>
void at_line(int line, Problems* problems, const Fn& fn) {
  try {
    fn();
  } catch (const InputError& error) {
    problems->push_back({line, error.what()});
  }
}

/// What every one of these fences must have; true where it has.
bool has_all(const std::vector<Field>& fields, const std::vector<std::string>& needed, const Block& block,
             Problems* problems) {
  std::vector<std::string> missing;
  for (const std::string& key : needed) {
    const bool given =
        std::any_of(fields.begin(), fields.end(), [&](const Field& field) { return field.key == key; });
    if (!given) missing.push_back(key);
  }
  if (missing.empty()) return true;
  problems->push_back({block.line, tr("the {0} has no {1}", {block.language, listed(missing)})});
  return false;
}

}  // namespace

std::vector<std::string> fence_names() { return {"scene", "task", "question", "predict"}; }

std::vector<Number> numbers_of(const std::vector<Braces>& braces, Problems* problems) {
  std::vector<Number> numbers;
  for (const Braces& one : braces) {
    Number number{.shown = "?"};
    at_line(one.line, problems, [&] { number = read_number(one.text); });
    number.line = one.line;
    numbers.push_back(std::move(number));
  }
  return numbers;
}

void take_numbers(const std::vector<Number>& all, std::vector<Block>* blocks, std::vector<Number>* own) {
  for (Block& block : *blocks) {
    for (Span& span : block.spans) {
      if (!span.number) continue;
      own->push_back(all[*span.number]);
      span.text = own->back().shown;
      if (span.text.starts_with('-')) span.text.replace(0, 1, "−");  // as the text around it has it
      span.number = own->size() - 1;
    }
    take_numbers(all, &block.blocks, own);
  }
}

bool StepParser::take(Block* block) {
  if (block->language == "scene") return take_scene(*block);
  if (block->language == "task") return take_task(block);
  return block->language == "question" ? take_question(block) : take_prediction(block);
}

std::vector<Field> StepParser::fields_of(const Block& block, const std::vector<std::string>& known) {
  return read_fields(block.text, block.line + 1, known, &problems_);
}

/// One paragraph of Markdown, of the task or the question that is being read.
Spans StepParser::text_of(const std::string& text, int line, const Field& field, Part part) {
  Document document = read_markdown(text, line, &problems_);
  std::vector<Number> numbers = numbers_of(document.braces, &problems_);
  for (Number& number : numbers) {
    number.part = part;
    number.index = part == Part::task ? step_.tasks.size() : step_.questions.size();
  }
  take_numbers(numbers, &document.blocks, &step_.numbers);
  if (document.blocks.size() == 1 && document.blocks[0].kind == Block::Kind::paragraph) {
    return std::move(document.blocks[0].spans);
  }
  problems_.push_back(
      {line, document.blocks.empty()
                 ? tr("the text of {0} is empty; allowed is one paragraph", {field.key})
                 : tr("the text of {0} is more than text; allowed is one paragraph", {field.key})});
  return {};
}

std::vector<Setting> StepParser::settings_of(const Field& field) {
  return read_settings(field.whole(), field.line, &problems_);
}

bool StepParser::take_scene(const Block& block) {
  if (step_.sets_scene) {
    problems_.push_back({block.line, std::string(tr("this is the step's second scene; a step has one"))});
    return false;
  }
  if (!step_.tasks.empty() || !step_.questions.empty()) {
    problems_.push_back(
        {block.line, std::string(tr("the scene stands behind a task or a question; it comes before them"))});
  }
  std::vector<Setting> settings = read_settings(block.text, block.line + 1, &problems_);
  const auto highlight = [](const Setting& setting) { return setting.key == "highlight"; };
  for (const Setting& setting : settings) {
    if (!highlight(setting)) continue;
    at_line(setting.line, &problems_, [&] { step_.highlight = landmarks_from(setting.value); });
  }
  std::erase_if(settings, highlight);
  scene_ = scene_from(settings, block.line, &problems_);
  step_.scene = scene_;
  step_.sets_scene = true;
  return false;
}

bool StepParser::take_task(Block* block) {
  const std::vector<Field> fields = fields_of(*block, {"do", "when", "hint", "solution"});
  if (!has_all(fields, {"do", "when", "solution"}, *block, &problems_)) return false;
  Task task{.before = scene_, .line = block->line};
  for (const Field& field : fields) {
    if (field.key == "do") task.text = text_of(field, Part::task);
    if (field.key == "hint") task.hint = text_of(field, Part::task);
    if (field.key == "solution") task.solution = settings_of(field);
    if (field.key != "when") continue;
    at_line(field.line, &problems_, [&] { task.done_when = parse_condition(field.whole()); });
  }
  task.after = changed(task.before, task.solution, task.line, &problems_);
  scene_ = task.after;
  block->kind = Block::Kind::task;
  block->index = step_.tasks.size();
  step_.tasks.push_back(std::move(task));
  return true;
}

/// "right: ANSWER", and why under it.
void StepParser::take_wrong_or_right(const Field& field, Question* question) {
  Choice choice{.right = field.key == "right", .line = field.line};
  choice.text = text_of(field.value, field.line, field, Part::question);
  if (field.rest.empty()) {
    problems_.push_back(
        {field.line, std::string(tr("the answer has no explanation; it stands under it, indented"))});
  } else {
    choice.because = text_of(field.rest, field.rest_line(), field, Part::question);
  }
  question->choices.push_back(std::move(choice));
}

/// "guess: ANSWER", and in which range the measured number must lie under it.
void StepParser::take_guess(const Field& field, Question* question) {
  Choice choice{.line = field.line};
  choice.text = text_of(field.value, field.line, field, Part::question);
  at_line(field.rest_line(), &problems_, [&] { choice.range = read_range(field.rest); });
  question->choices.push_back(std::move(choice));
}

void StepParser::take_answer(const Field& field, Question* question) {
  at_line(field.line, &problems_, [&] {
    Expected expected = read_expected(field.whole());
    question->answer = std::move(expected.expression);
    question->tolerance = expected.tolerance;
  });
}

void StepParser::check_choices(const Question& question) {
  const auto right = std::count_if(question.choices.begin(), question.choices.end(),
                                   [](const Choice& choice) { return choice.right; });
  const bool number = question.answer.has_value();
  if (number && !question.choices.empty()) {
    problems_.push_back(
        {question.line,
         std::string(tr("the question has answers to choose and a number; allowed is one of both"))});
  } else if (!number && (question.choices.size() < 2 || right != 1)) {
    problems_.push_back(
        {question.line, tr("the question has {0} answers, and {1} of them right; allowed are two or more, of "
                           "which one is right, or an answer that is a number",
                           {std::to_string(question.choices.size()), std::to_string(right)})});
  }
}

bool StepParser::take_question(Block* block) {
  const std::vector<Field> fields = fields_of(*block, {"ask", "hint", "right", "wrong", "answer", "because"});
  if (!has_all(fields, {"ask"}, *block, &problems_)) return false;
  Question question{.before = scene_, .after = scene_, .line = block->line};
  for (const Field& field : fields) {
    if (field.key == "ask") question.text = text_of(field, Part::question);
    if (field.key == "hint") question.hint = text_of(field, Part::question);
    if (field.key == "because") question.because = text_of(field, Part::answer);
    if (field.key == "right" || field.key == "wrong") take_wrong_or_right(field, &question);
    if (field.key == "answer") take_answer(field, &question);
  }
  check_choices(question);
  if (question.answer) has_all(fields, {"because"}, *block, &problems_);
  return put(std::move(question), block);
}

bool StepParser::take_prediction(Block* block) {
  const std::vector<Field> fields = fields_of(*block, {"ask", "hint", "set", "reveal", "guess", "because"});
  if (!has_all(fields, {"ask", "reveal", "because"}, *block, &problems_)) return false;
  Question question{.kind = Question::Kind::prediction, .before = scene_, .line = block->line};
  for (const Field& field : fields) {
    if (field.key == "ask") question.text = text_of(field, Part::question);
    if (field.key == "hint") question.hint = text_of(field, Part::question);
    if (field.key == "because") question.because = text_of(field, Part::answer);
    if (field.key == "set") question.changes = settings_of(field);
    if (field.key == "guess") take_guess(field, &question);
    if (field.key == "reveal") take_answer(field, &question);
  }
  if (question.choices.size() == 1)
    problems_.push_back(
        {block->line, std::string(tr("one guess is no choice; allowed are two or more, or none"))});
  question.after = changed(question.before, question.changes, question.line, &problems_);
  scene_ = question.after;
  return put(std::move(question), block);
}

bool StepParser::put(Question question, Block* block) {
  block->kind = Block::Kind::question;
  block->index = step_.questions.size();
  step_.questions.push_back(std::move(question));
  return true;
}

}  // namespace gradflow::lessons
