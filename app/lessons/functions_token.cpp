// What conditions can ask about one token's walk. It is computed, not measured: there is always an answer.
#include <array>

#include "app/lessons/function_rows.h"
#include "core/analysis/token_walk.h"
#include "core/spec/text.h"

namespace gradflow::lessons {
namespace {

/// Nothing where the scene has no such stack, or the stack no such sub-layer.
template <class Fn>
Value of_row(const State& state, const Arguments& arguments, const Fn& fn) {
  const StackSpec* stack = stack_of(state, arguments);
  if (stack == nullptr) return Value();
  const TokenWalk walk = token_walk(*stack, state.scene.token);
  const TokenRow* row = find_row(walk, arguments.row);
  return row == nullptr ? Value() : fn(*row);
}

Value token(const State& state, const Arguments& arguments) {
  return of_row(state, arguments, [&](const TokenRow& row) -> Value {
    if (!arguments.component) return row.length();
    const auto k = static_cast<std::size_t>(*arguments.component);
    return k < row.values.size() ? Value(row.values[k]) : Value();
  });
}

template <double (TokenRow::*kFigure)() const>
Value figure(const State& state, const Arguments& arguments) {
  return of_row(state, arguments, [](const TokenRow& row) -> Value { return (row.*kFigure)(); });
}

Value width(const State& state, const Arguments&) { return static_cast<double>(state.scene.token.x.size()); }

constexpr std::array kFunctions{
    Function{"token",
             {&kStack, &kRow, &kComponent},
             2,
             Kind::number,
             "the length of one token at this place of a block, or component K of it",
             token},
    Function{
        "token_mean", {&kStack, &kRow}, 2, Kind::number, "the mean of its numbers", figure<&TokenRow::mean>},
    Function{
        "token_sd", {&kStack, &kRow}, 2, Kind::number, "their standard deviation", figure<&TokenRow::sd>},
    Function{
        "token_rms", {&kStack, &kRow}, 2, Kind::number, "their root mean square", figure<&TokenRow::rms>},
    Function{"token_width", {}, 0, Kind::number, "how many numbers it has", width},
};

}  // namespace

std::string why_no_token(const State& state, const Arguments& arguments) {
  const StackSpec& stack = *stack_of(state, arguments);
  if (find_row(token_walk(stack, state.scene.token), arguments.row) == nullptr) {
    return tr("stack {0} has no {1}", {letter(arguments.stack), arguments.row});
  }
  return tr("the token has {0} numbers, counted from 0", {std::to_string(state.scene.token.x.size())});
}

std::span<const Function> token_functions() { return kFunctions; }

}  // namespace gradflow::lessons
