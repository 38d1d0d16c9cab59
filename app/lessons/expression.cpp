#include "app/lessons/expression.h"

#include <algorithm>
#include <utility>

#include "app/lessons/operators.h"
#include "core/spec/text.h"

namespace gradflow::lessons {
namespace {

Value evaluate(const Expression& expression, const State& state) {
  std::vector<Value> stack;
  for (const Expression::Step& step : expression.steps) {
    if (step.function != nullptr) {
      stack.push_back(step.function->value(state, step.arguments));
    } else if (step.op == nullptr) {
      stack.push_back(step.constant);
    } else {
      const Value right = std::move(stack.back());
      if (step.op->form == Form::infix) stack.pop_back();
      const Value left = step.op->form == Form::infix ? std::move(stack.back()) : Value();
      stack.back() = step.op->apply(left, right);
    }
  }
  return stack.empty() ? Value() : stack.back();
}

template <class T>
std::optional<T> as(const Value& value) {
  const T* known = std::get_if<T>(&value);
  return known == nullptr ? std::nullopt : std::optional<T>(*known);
}

}  // namespace

std::optional<bool> holds(const Expression& condition, const State& state) {
  return as<bool>(evaluate(condition, state));
}

std::optional<double> number_of(const Expression& number, const State& state) {
  return as<double>(evaluate(number, state));
}

std::string why_unknown(const Expression& expression, const State& state) {
  for (const Expression::Step& step : expression.steps) {
    if (step.function == nullptr) continue;
    if (step.function->value(state, step.arguments) != Value()) continue;
    const std::string why = why_missing(*step.function, step.arguments, state);
    if (!why.empty()) return why;
  }
  return std::string(tr("it is not measured"));
}

bool asks_race(const Expression& expression) {
  return std::any_of(expression.steps.begin(), expression.steps.end(), [](const Expression::Step& step) {
    return step.function != nullptr && step.function->of_race;
  });
}

}  // namespace gradflow::lessons
