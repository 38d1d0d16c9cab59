#include "app/lessons/parse.h"

#include <algorithm>
#include <utility>

#include "app/lessons/step_parser.h"
#include "core/io/nearest.h"
#include "core/io/place.h"
#include "core/io/text_code.h"
#include "core/spec/text.h"

namespace gradflow::lessons {
namespace {

using Kind = Block::Kind;

bool is_fence(const Block& block) {
  const std::vector<std::string> names = fence_names();
  return block.kind == Kind::code && std::find(names.begin(), names.end(), block.language) != names.end();
}

class Parser {
 public:
  Parsed run(std::string_view text, std::string_view name) {
    lesson_.name = name;
    if (is_readable(text)) read(text);
    auto& problems = problems_;
    std::stable_sort(problems.begin(), problems.end(),
                     [](const Problem& a, const Problem& b) { return a.line < b.line; });
    return {std::move(lesson_), std::move(problems_)};
  }

 private:
  void refuse(int line, std::string_view sentence) { problems_.push_back({line, std::string(sentence)}); }

  bool is_readable(std::string_view text) {
    if (text.size() > kMaxLessonBytes) {
      refuse(1, tr("the lesson has {0} bytes; at most {1} are allowed",
                   {std::to_string(text.size()), std::to_string(kMaxLessonBytes)}));
      return false;
    }
    const auto bad = first_not_utf8(text);
    if (!bad) return true;
    const auto before = text.substr(0, *bad);
    refuse(1 + static_cast<int>(std::count(before.begin(), before.end(), '\n')),
           tr("the text is not UTF-8 here"));
    return false;
  }

  void read(std::string_view text) {
    Document document = read_markdown(with_plain_line_ends(text), 1, &problems_);
    for (Block& block : document.blocks) split(std::move(block));
    const std::vector<Number> numbers = numbers_of(document.braces, &problems_);
    take_numbers(numbers, &lesson_.summary, &lesson_.numbers);
    for (Step& step : lesson_.steps) {
      take_numbers(numbers, &step.blocks, &step.numbers);
      fill(&step);
    }
    check_links();
    check(text);
  }

  /// A link within the lesson leads to one of its steps.
  void check_links() {
    std::vector<std::string> names;
    for (const Step& step : lesson_.steps) names.push_back("#" + link_name(step.title));
    for (const Block& block : lesson_.summary) check_links(block, names);
    for (const Step& step : lesson_.steps) {
      for (const Block& block : step.blocks) check_links(block, names);
      for (const Task& task : step.tasks) check_links(task.text, task.line, names);
      for (const Question& question : step.questions) {
        check_links(question.text, question.line, names);
        check_links(question.because, question.line, names);
        for (const Choice& choice : question.choices) check_links(choice.because, choice.line, names);
      }
    }
  }

  void check_links(const Block& block, const std::vector<std::string>& names) {
    check_links(block.spans, block.line, names);
    for (const Block& inner : block.blocks) check_links(inner, names);
  }

  void check_links(const Spans& spans, int line, const std::vector<std::string>& names) {
    for (const Span& span : spans) {
      if (!span.link.starts_with('#') || std::find(names.begin(), names.end(), span.link) != names.end())
        continue;
      refuse(line, tr("the link {0} leads to no step; {1}",
                      {clipped(span.link, 60), suggestion(span.link, names)}));
    }
  }

  static std::string with_plain_line_ends(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '\r') {
        plain += text[i];
      } else if (i + 1 == text.size() || text[i + 1] != '\n') {
        plain += '\n';
      }
    }
    return plain;
  }

  /// Every block goes to its step, those before the first to the summary.
  void split(Block block) {
    if (block.kind == Kind::heading && block.level == 1) return take_title(block);
    if (block.kind == Kind::heading && block.level == 2) return begin_step(block);
    if (lesson_.steps.empty()) {
      if (is_fence(block))
        return refuse(block.line,
                      tr("a {0} stands before the first step, a line ## Title", {block.language}));
      lesson_.summary.push_back(std::move(block));
    } else {
      lesson_.steps.back().blocks.push_back(std::move(block));
    }
  }

  std::string title_of(const Block& heading) {
    std::string title;
    for (const Span& span : heading.spans) {
      if (span.number) refuse(heading.line, tr("a title has a number in braces; it belongs into the text"));
      title += span.text;
    }
    return title;
  }

  void take_title(const Block& block) {
    if (!lesson_.title.empty())
      refuse(block.line, tr("a second title; a lesson has one line # Title, steps begin with ##"));
    lesson_.title = title_of(block);
  }

  void begin_step(const Block& block) {
    Step step{.title = title_of(block), .line = block.line};
    if (step.title.empty()) refuse(block.line, tr("the step has no title; allowed is ## Title"));
    const auto& steps = lesson_.steps;
    if (steps.size() == kMaxSteps) refuse(block.line, tr("more than {0} steps", {std::to_string(kMaxSteps)}));
    if (steps.size() >= kMaxSteps) return;
    if (std::any_of(steps.begin(), steps.end(),
                    [&](const Step& other) { return other.title == step.title; })) {
      refuse(block.line, tr("two steps are called \"{0}\"; what is done could not be told apart",
                            {clipped(step.title, 60)}));
    }
    lesson_.steps.push_back(std::move(step));
  }

  void fill(Step* step) {
    StepParser parser(step, &scene_, &problems_);
    step->scene = scene_;
    std::vector<Block> shown;
    for (Block& block : step->blocks) {
      check_inside(block);
      if (!is_fence(block) || parser.take(&block)) shown.push_back(std::move(block));
    }
    step->blocks = std::move(shown);
  }

  /// Fences of ours stand between the paragraphs, not in lists; and one that is nearly one of ours is a slip.
  void check_inside(const Block& block) {
    for (const Block& inner : block.blocks) {
      if (is_fence(inner))
        refuse(inner.line,
               tr("a {0} stands in a list or a quote; it must not be indented", {inner.language}));
      check_inside(inner);
    }
    if (block.kind != Kind::code || block.language.empty()) return;
    for (const std::string& name : fence_names()) {
      if (edit_distance(block.language, name) == 1) {
        refuse(block.line, tr("a block of {0}; did you mean {1}?", {block.language, name}));
      }
    }
  }

  void check(std::string_view text) {
    if (lesson_.title.empty()) refuse(1, tr("the lesson has no title; allowed is a line # Title"));
    if (!lesson_.steps.empty()) return;
    const auto lines = std::count(text.begin(), text.end(), '\n');
    refuse(std::max(1, static_cast<int>(lines)),
           tr("the lesson has no step; each begins with a line ## Title"));
  }

  Lesson lesson_;
  Problems problems_;
  session::Scene scene_;
};

}  // namespace

Parsed parse_lesson(std::string_view text, std::string_view name) { return Parser().run(text, name); }

}  // namespace gradflow::lessons
