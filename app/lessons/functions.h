// What conditions can ask for: one row a function. A new one is a row in
// functions_scene.cpp, functions_token.cpp or functions_measured.cpp.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/lessons/state.h"
#include "core/spec/stack.h"

namespace gradflow::lessons {

/// What an expression comes to; nothing while it is not measured.
using Value = std::variant<std::monostate, bool, double, std::string>;
enum class Kind : unsigned char { truth, number, word };

/// The arguments that a function can have, as it finds them.
struct Arguments {
  std::size_t stack = 0;
  std::string quantity{kTopQuantity};
  int layer = 0;
  std::optional<SublayerKind> sublayer = {};  // none: all of them
  std::string setting = {};                   // "norm.kind=rms_norm"
  std::string key = {};                       // of a session file
  bool warmup = false;
  std::string row = {};               // of a token's walk: "attention.sum"
  std::optional<int> component = {};  // of its vector; none: its length
  friend bool operator==(const Arguments&, const Arguments&) = default;
};

/// How one of them is written.
struct Argument {
  std::string_view name;     // in the reference: STACK
  std::string_view allowed;  // in sentences
  /// Puts the word where it belongs; false where it is none.
  bool (*read)(const std::string& word, Arguments* into);
};

struct Function {
  std::string_view name;
  std::array<const Argument*, 3> arguments;  // the first nullptr ends them
  std::size_t required;                      // of them; the rest has its usual value
  Kind kind;
  std::string_view help;
  Value (*value)(const State&, const Arguments&);
  std::vector<std::string> (*words)() = nullptr;  // that a word may be; any where there is no list
  bool of_race = false;                           // it needs the race to have run
};

/// All of them.
std::vector<const Function*> functions();

/// How many arguments it can have.
std::size_t arguments_of(const Function& function);

/// "top(STACK[, QUANTITY])"
std::string signature(const Function& function);

/// Why a function has no value; empty where only the measurement is missing.
std::string why_missing(const Function& function, const Arguments& arguments, const State& state);

}  // namespace gradflow::lessons
