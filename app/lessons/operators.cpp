#include "app/lessons/operators.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace gradflow::lessons {
namespace {

bool unknown(const Value& value) { return std::holds_alternative<std::monostate>(value); }

/// fn of two numbers; nothing where one is missing.
template <class Fn>
Value numbers(const Value& left, const Value& right, const Fn& fn) {
  if (unknown(left) || unknown(right)) return {};
  return fn(std::get<double>(left), std::get<double>(right));
}

template <class Fn>
Value number(const Value& operand, const Fn& fn) {
  return unknown(operand) ? Value() : Value(fn(std::get<double>(operand)));
}

/// `decides` on one side decides, whatever the other is.
Value connected(const Value& left, const Value& right, bool decides) {
  if (left == Value(decides) || right == Value(decides)) return decides;
  if (unknown(left) || unknown(right)) return {};
  return !decides;
}

Value equal(const Value& left, const Value& right) {
  return unknown(left) || unknown(right) ? Value() : Value(left == right);
}

Value differ(const Value& left, const Value& right) {
  return unknown(left) || unknown(right) ? Value() : Value(left != right);
}

using V = const Value&;

constexpr std::array kOperators{
    Operator{"or", Form::infix, 1, Kind::truth, Kind::truth, [](V a, V b) { return connected(a, b, true); }},
    Operator{"and", Form::infix, 2, Kind::truth, Kind::truth,
             [](V a, V b) { return connected(a, b, false); }},
    Operator{"not", Form::prefix, kNot, Kind::truth, Kind::truth,
             [](V, V b) { return unknown(b) ? Value() : Value(!std::get<bool>(b)); }},
    Operator{"==", Form::infix, kComparison, Kind::number, Kind::truth, equal},
    Operator{"!=", Form::infix, kComparison, Kind::number, Kind::truth, differ},
    Operator{"<=", Form::infix, kComparison, Kind::number, Kind::truth,
             [](V a, V b) { return numbers(a, b, [](double x, double y) { return x <= y; }); }},
    Operator{">=", Form::infix, kComparison, Kind::number, Kind::truth,
             [](V a, V b) { return numbers(a, b, [](double x, double y) { return x >= y; }); }},
    Operator{"<", Form::infix, kComparison, Kind::number, Kind::truth,
             [](V a, V b) { return numbers(a, b, [](double x, double y) { return x < y; }); }},
    Operator{">", Form::infix, kComparison, Kind::number, Kind::truth,
             [](V a, V b) { return numbers(a, b, [](double x, double y) { return x > y; }); }},
    Operator{"+", Form::infix, 5, Kind::number, Kind::number,
             [](V a, V b) { return numbers(a, b, [](double x, double y) { return x + y; }); }},
    Operator{"-", Form::infix, 5, Kind::number, Kind::number,
             [](V a, V b) { return numbers(a, b, [](double x, double y) { return x - y; }); }},
    Operator{"*", Form::infix, 6, Kind::number, Kind::number,
             [](V a, V b) { return numbers(a, b, [](double x, double y) { return x * y; }); }},
    Operator{"/", Form::infix, 6, Kind::number, Kind::number,
             [](V a, V b) { return numbers(a, b, [](double x, double y) { return x / y; }); }},
    Operator{"-", Form::prefix, kSign, Kind::number, Kind::number,
             [](V, V b) { return number(b, [](double x) { return -x; }); }},
    Operator{"^", Form::infix, kPower, Kind::number, Kind::number,
             [](V a, V b) { return numbers(a, b, [](double x, double y) { return std::pow(x, y); }); }},
    Operator{"sqrt", Form::call, 0, Kind::number, Kind::number,
             [](V, V b) { return number(b, [](double x) { return std::sqrt(x); }); }},
    Operator{"ln", Form::call, 0, Kind::number, Kind::number,
             [](V, V b) { return number(b, [](double x) { return std::log(x); }); }},
    Operator{"exp", Form::call, 0, Kind::number, Kind::number,
             [](V, V b) { return number(b, [](double x) { return std::exp(x); }); }},
    Operator{"abs", Form::call, 0, Kind::number, Kind::number,
             [](V, V b) { return number(b, [](double x) { return std::abs(x); }); }},
};

}  // namespace

std::span<const Operator> operators() { return kOperators; }

const Operator* find_operator(std::string_view sign, Form form) {
  const auto* row = std::find_if(kOperators.begin(), kOperators.end(), [&](const Operator& candidate) {
    return candidate.sign == sign && candidate.form == form;
  });
  return row == kOperators.end() ? nullptr : row;
}

}  // namespace gradflow::lessons
