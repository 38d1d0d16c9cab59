// What the rows of functions_scene.cpp, functions_measured.cpp and functions_token.cpp share: how arguments
// are written.
#pragma once

#include <span>
#include <string>

#include "app/lessons/functions.h"
#include "core/spec/text.h"

namespace gradflow::lessons {

bool read_stack(const std::string& word, Arguments* into);
bool read_quantity(const std::string& word, Arguments* into);
bool read_layer(const std::string& word, Arguments* into);
bool read_sublayer(const std::string& word, Arguments* into);
bool read_setting(const std::string& word, Arguments* into);
bool read_key(const std::string& word, Arguments* into);
bool read_warmup(const std::string& word, Arguments* into);
bool read_row(const std::string& word, Arguments* into);
bool read_component(const std::string& word, Arguments* into);

inline constexpr Argument kStack{"STACK", text_key("a letter from A to F"), read_stack};
inline constexpr Argument kQuantity{
    "QUANTITY", text_key("a quantity of the tidy table, such as grad_norm/ffn.w_1"), read_quantity};
inline constexpr Argument kLayer{"LAYER", text_key("a whole number from 0"), read_layer};
inline constexpr Argument kSublayer{"SUBLAYER", text_key("attention, cross_attention or ffn"), read_sublayer};
inline constexpr Argument kSetting{"\"KEY=VALUE\"", text_key("a change as --set takes it, in quotes"),
                                   read_setting};
inline constexpr Argument kKey{
    "KEY", text_key("a key of a session file that has a number, such as race_depth"), read_key};
inline constexpr Argument kWarmup{"warmup", text_key("the word warmup, for the lane with warmup"),
                                  read_warmup};

inline constexpr Argument kRow{
    "ROW", text_key("a row of one token's walk, such as x, attention.sum, y or gradient.x"), read_row};
inline constexpr Argument kComponent{"K", text_key("a whole number from 0 to 5"), read_component};

std::span<const Function> scene_functions();
std::span<const Function> token_functions();
std::span<const Function> measured_functions();

/// Why the walk of the stack has no such row or component.
std::string why_no_token(const State& state, const Arguments& arguments);

/// nullptr where the scene has no such stack.
const StackSpec* stack_of(const State& state, const Arguments& arguments);

}  // namespace gradflow::lessons
