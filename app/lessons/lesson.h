// A lesson as plain values: what its Markdown file says, with the scenes built. parse.h reads one, the window
// and check.h walk through it.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/lessons/expression.h"
#include "app/session/scene.h"

namespace gradflow::lessons {

/// A run of text that looks the same.
struct Span {
  std::string text;  // UTF-8; a line break is '\n'
  bool emphasis = false, strong = false, code = false;
  std::string link = {};                   // where it leads
  std::optional<std::size_t> number = {};  // it shows this one of Step::numbers
  friend bool operator==(const Span&, const Span&) = default;
};
using Spans = std::vector<Span>;

/// A part of a page. Which members mean something stands beside each kind.
struct Block {
  enum class Kind : unsigned char {
    paragraph,  // spans
    heading,    // spans, level from 3
    list,       // blocks: items; numbered where `level` has the first number
    item,       // blocks
    quote,      // blocks
    code,       // text, language
    table,      // blocks: rows, the first is the head
    row,        // blocks: cells
    cell,       // spans
    rule,       // a line across
    task,       // `index` of Step::tasks
    question,   // `index` of Step::questions
  };
  Kind kind = Kind::paragraph;
  int line = 0;  // of the file, from 1
  int level = 0;
  std::size_t index = 0;
  std::string text = {}, language = {};
  Spans spans = {};
  std::vector<Block> blocks = {};
  friend bool operator==(const Block&, const Block&) = default;
};

/// How far a measured number may lie from the one that is told.
struct Tolerance {
  double value = 0;
  bool relative = false;  // a share of the number told
  friend bool operator==(const Tolerance&, const Tolerance&) = default;
};
bool is_near(double measured, double told, const Tolerance& tolerance);

/// Which text of a step a sentence is of: so much has happened to the scene when it is read.
enum class Part : unsigned char { page, task, question, answer };

/// A number in a sentence, tied to what is measured.
struct Number {
  std::string shown = {};  // as the sentence has it
  double told = 0;
  Tolerance tolerance = {};
  Expression expression = {};
  int line = 0;
  Part part = Part::page;
  std::size_t index = 0;  // of the part, in Step::tasks or Step::questions
  friend bool operator==(const Number&, const Number&) = default;
};

/// A line "key = value" of a scene.
struct Setting {
  std::string key, value;
  int line = 0;
  friend bool operator==(const Setting&, const Setting&) = default;
};

struct Task {
  Spans text = {}, hint = {};
  Expression done_when = {};
  std::vector<Setting> solution = {};      // what a hand would do; apply() of scene_block.h does it
  session::Scene before = {}, after = {};  // the step's scene, without the solution and with it
  int line = 0;
  friend bool operator==(const Task&, const Task&) = default;
};

/// From `low` on, up to but without `high`.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool contains(double value) const { return value >= low && value < high; }
  friend bool operator==(const Range&, const Range&) = default;
};

struct Choice {
  Spans text = {}, because = {};  // why it is right or wrong
  bool right = false;             // of a question
  Range range = {};               // of a prediction: it is right where the measured number lies in it
  int line = 0;
  friend bool operator==(const Choice&, const Choice&) = default;
};

/// Something to answer: a choice, or where there are none a number. A prediction shows `after`, and what is
/// measured there decides.
struct Question {
  enum class Kind : unsigned char { question, prediction };
  Kind kind = Kind::question;
  Spans text = {}, hint = {}, because = {};  // `because` is said once it is answered
  std::vector<Choice> choices = {};
  std::optional<Expression> answer = {};  // of every prediction, and of questions for a number
  Tolerance tolerance = {};
  std::vector<Setting> changes = {};       // what is to be predicted
  session::Scene before = {}, after = {};  // without the changes and with them
  int line = 0;
  friend bool operator==(const Question&, const Question&) = default;
};

/// The choice that is right, `measured` being what Question::answer came to; nothing where it is not known.
std::optional<std::size_t> right_choice(const Question& question, std::optional<double> measured);

/// One page.
struct Step {
  std::string title = {};
  int line = 0;
  session::Scene scene = {};  // as it begins
  bool sets_scene = false;    // it has a scene block: the window goes there. Otherwise the scene stays
  std::vector<std::string> highlight = {};  // names of landmarks of the window (app/ui/landmarks.h)
  std::vector<Block> blocks = {};
  std::vector<Task> tasks = {};
  std::vector<Question> questions = {};
  std::vector<Number> numbers = {};
  friend bool operator==(const Step&, const Step&) = default;
};

/// The scene that the text of a number is about.
const session::Scene& scene_of(const Step& step, const Number& number);

struct Lesson {
  std::string name = {};  // of the file, without its ending: "02-watch-the-gradients-diverge"
  std::string title = {};
  std::vector<Block> summary = {};   // what stands before the first step
  std::vector<Number> numbers = {};  // in it
  std::vector<Step> steps = {};
  friend bool operator==(const Lesson&, const Lesson&) = default;
};

/// What a link to the step of this title has behind its #, as GitHub writes it: small letters, hyphens for
/// blanks, other signs left out.
std::string link_name(std::string_view title);

/// Something that is wrong with a file.
struct Problem {
  int line = 0;
  std::string sentence;
  friend bool operator==(const Problem&, const Problem&) = default;
};
using Problems = std::vector<Problem>;

/// "FILE:LINE: SENTENCE"
std::string said(const Problem& problem, const std::string& file);

}  // namespace gradflow::lessons
