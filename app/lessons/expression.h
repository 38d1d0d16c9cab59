// Conditions and numbers of lessons: "top(B) / top(A) > 3 and residual(B, ffn) == off".
//
//   or, and, not            truths
//   == != < <= > >=         numbers; == and != also what a function says against a word: view == training
//   + - * / ^, ( )          numbers, and the functions sqrt, ln, exp, abs
//   top(A), depth(A), ...   what functions.cpp has a row for
//
// What is not measured yet makes everything nothing that depends on it: "false and (not yet)" is false.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/lessons/functions.h"

namespace gradflow::lessons {

struct Operator;

struct Expression {
  /// In the order of a calculator that is given the operands first.
  struct Step {
    const Operator* op = nullptr;        // takes its operands from the stack, or
    const Function* function = nullptr;  // asks the state, or
    Arguments arguments = {};
    Value constant = {};  // is there already
    friend bool operator==(const Step&, const Step&) = default;
  };
  std::string text = {};  // as it was written
  std::vector<Step> steps = {};
  friend bool operator==(const Expression&, const Expression&) = default;
};

/// Throws InputError with a sentence: what came, what is allowed.
Expression parse_condition(std::string_view text);
Expression parse_number(std::string_view text);

/// Nothing while it is not known.
std::optional<bool> holds(const Expression& condition, const State& state);
std::optional<double> number_of(const Expression& number, const State& state);

/// Why an expression is not known, in words, such as "there is no stack C"; where nothing else is wrong, that
/// it is not measured.
std::string why_unknown(const Expression& expression, const State& state);

/// Whether it asks what became of the race.
bool asks_race(const Expression& expression);

/// The largest depth of parentheses and signs.
inline constexpr int kMaxNesting = 32;

}  // namespace gradflow::lessons
