#include "app/lessons/lesson.h"

#include <cctype>
#include <cmath>

namespace gradflow::lessons {

bool is_near(double measured, double told, const Tolerance& tolerance) {
  const double allowed = tolerance.relative ? tolerance.value * std::abs(told) : tolerance.value;
  return measured == told || std::abs(measured - told) <= allowed;
}

std::optional<std::size_t> right_choice(const Question& question, std::optional<double> measured) {
  const bool predicted = question.kind == Question::Kind::prediction;
  for (std::size_t i = 0; i < question.choices.size(); ++i) {
    const Choice& choice = question.choices[i];
    if (predicted ? measured && choice.range.contains(*measured) : choice.right) return i;
  }
  return {};
}

const session::Scene& scene_of(const Step& step, const Number& number) {
  switch (number.part) {
    case Part::task: return step.tasks[number.index].before;
    case Part::question: return step.questions[number.index].before;
    case Part::answer: return step.questions[number.index].after;
    case Part::page: break;
  }
  return step.scene;
}

std::string link_name(std::string_view title) {
  std::string name;
  for (const char byte : title) {
    const auto letter = static_cast<unsigned char>(byte);
    if (letter >= 0x80 || std::isalnum(letter) != 0 || byte == '-' || byte == '_') {
      name += letter < 0x80 ? static_cast<char>(std::tolower(letter)) : byte;
    } else if (byte == ' ') {
      name += '-';
    }
  }
  return name;
}

std::string said(const Problem& problem, const std::string& file) {
  return file + ":" + std::to_string(problem.line) + ": " + problem.sentence;
}

}  // namespace gradflow::lessons
