// What combines numbers and truths: one row an operator.
#pragma once

#include <span>
#include <string_view>

#include "app/lessons/functions.h"

namespace gradflow::lessons {

enum class Form : unsigned char { infix, prefix, call };

struct Operator {
  std::string_view sign;
  Form form;
  int level;  // how tightly it binds; higher is tighter
  Kind operands, result;
  Value (*apply)(const Value& left, const Value& right);  // of one operand: the right one
};

inline constexpr int kLoosest = 1, kNot = 3, kComparison = 4, kSign = 7, kPower = 8;

std::span<const Operator> operators();

/// nullptr where there is none.
const Operator* find_operator(std::string_view sign, Form form);

}  // namespace gradflow::lessons
