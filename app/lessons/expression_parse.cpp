#include "app/lessons/expression.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "app/lessons/fields.h"
#include "app/lessons/operators.h"
#include "core/io/input_error.h"
#include "core/io/place.h"
#include "core/io/text_code.h"
#include "core/spec/text.h"

namespace gradflow::lessons {
namespace {

constexpr std::size_t kShown = 120;  // bytes of an expression, in sentences

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t'; }
/// Of names of quantities and of words: "grad_norm/ffn.w_1", "post-ln".
bool is_of_word(char c) { return is_letter(c) || is_digit(c) || c == '/' || c == '.' || c == '-'; }

std::string_view words_for(Kind kind) {
  return kind == Kind::truth ? tr("a condition") : kind == Kind::number ? tr("a number") : tr("a word");
}

std::vector<std::string> known_names() {
  std::vector<std::string> names;
  for (const Function* function : functions()) names.emplace_back(function->name);
  for (const Operator& op : operators()) {
    if (op.form == Form::call) names.emplace_back(op.sign);
  }
  return names;
}

/// Reads one expression from front to back; what it has read is what `steps` computes.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Expression parse(Kind wanted) {
    const Kind kind = parse_level(kLoosest);
    skip_space();
    if (place_ != text_.size()) refuse(tr("an operator, such as + or >, or the end"));
    if (kind != wanted) {
      throw InputError(tr("{0} is {1}; allowed is {2}", {whole(), words_for(kind), words_for(wanted)}));
    }
    return {std::string(text_), std::move(steps_)};
  }

 private:
  /// The expression as a sentence shows it.
  std::string whole() const { return "\"" + clipped(text_, kShown) + "\""; }

  /// What comes next is not what may come.
  [[noreturn]] void refuse(std::string_view allowed) const {
    const std::string_view rest = text_.substr(place_);
    const std::string came = rest.empty() ? std::string(tr("the end")) : "\"" + clipped(rest, 20) + "\"";
    throw InputError(tr("{0} has {1} where {2} is allowed", {whole(), came, allowed}));
  }

  void skip_space() {
    while (place_ < text_.size() && is_space(text_[place_])) ++place_;
  }

  bool comes(std::string_view sign) {
    skip_space();
    if (!text_.substr(place_).starts_with(sign)) return false;
    const std::size_t end = place_ + sign.size();
    return !is_letter(sign[0]) || end == text_.size() || !(is_letter(text_[end]) || is_digit(text_[end]));
  }

  bool take(std::string_view sign) {
    if (!comes(sign)) return false;
    place_ += sign.size();
    return true;
  }

  void need(std::string_view sign) {
    if (!take(sign)) refuse("\"" + std::string(sign) + "\"");
  }

  template <class Is>
  std::string take_while(const Is& is) {
    skip_space();
    const std::size_t start = place_;
    while (place_ < text_.size() && is(text_[place_])) ++place_;
    return std::string(text_.substr(start, place_ - start));
  }

  const Operator* take_infix(int level) {
    for (const Operator& op : operators()) {
      if (op.form == Form::infix && op.level == level && take(op.sign)) return &op;
    }
    return nullptr;
  }

  void check_operand(const Operator& op, Kind kind) const {
    if (kind == op.operands) return;
    throw InputError(tr("{0} has {1} beside \"{2}\"; allowed is {3}",
                        {whole(), words_for(kind), op.sign, words_for(op.operands)}));
  }

  /// Parentheses, signs and powers nest; a stranger's text may not do so without an end.
  template <class Fn>
  Kind nested(const Fn& fn) {
    if (++nesting_ > kMaxNesting)
      throw InputError(tr("{0} nests deeper than {1}", {whole(), std::to_string(kMaxNesting)}));
    const Kind kind = fn();
    --nesting_;
    return kind;
  }

  Kind apply(const Operator& op, Kind operand) {
    check_operand(op, operand);
    steps_.push_back({.op = &op});
    return op.result;
  }

  Kind parse_level(int level) {
    if (level == kNot || level == kSign) return parse_sign(level);
    if (level == kPower) return parse_power();
    Kind kind = parse_level(level + 1);
    while (const Operator* op = take_infix(level)) {
      if (kind == Kind::word) {
        kind = parse_word(*op);
        continue;
      }
      check_operand(*op, kind);
      kind = apply(*op, parse_level(level + 1));
    }
    return kind;
  }

  Kind parse_sign(int level) {
    const Operator* op =
        level == kNot ? find_operator("not", Form::prefix) : find_operator("-", Form::prefix);
    if (!take(op->sign)) return parse_level(level + 1);
    return nested([&] { return apply(*op, parse_level(level)); });
  }

  Kind parse_power() {
    const Kind kind = parse_primary();
    const Operator* op = take_infix(kPower);
    if (op == nullptr) return kind;
    check_operand(*op, kind);
    return nested([&] { return apply(*op, parse_level(kSign)); });
  }

  /// What stands behind "view ==".
  Kind parse_word(const Operator& op) {
    if (op.sign != "==" && op.sign != "!=") {
      throw InputError(tr("{0} has a word beside \"{1}\"; allowed are == and !=", {whole(), op.sign}));
    }
    const Function& asked = *steps_.back().function;
    const std::string word = take_while(is_of_word);
    if (word.empty()) refuse(tr("a word"));
    if (asked.words != nullptr) check_word(asked, word);
    steps_.push_back({.constant = word});
    steps_.push_back({.op = &op});
    return op.result;
  }

  void check_word(const Function& asked, const std::string& word) const {
    const std::vector<std::string> known = asked.words();
    if (std::find(known.begin(), known.end(), word) != known.end()) return;
    throw InputError(tr("{0} compares {1} with {2}; {3}",
                        {whole(), asked.name, clipped(word, kShown), suggestion(word, known)}));
  }

  Kind parse_primary() {
    if (take("(")) {
      return nested([&] {
        const Kind kind = parse_level(kLoosest);
        need(")");
        return kind;
      });
    }
    skip_space();
    if (place_ < text_.size() && is_letter(text_[place_])) return parse_name();
    return parse_constant();
  }

  Kind parse_constant() {
    const char* const end = text_.data() + text_.size();
    const char* const start = text_.data() + place_;
    double number = 0;
    const bool digits = start != end && (is_digit(*start) || *start == '.');
    const auto [rest, error] = std::from_chars(start, end, number);
    if (!digits || error != std::errc{}) refuse(tr("a number, a function or \"(\""));
    place_ = static_cast<std::size_t>(rest - text_.data());
    steps_.push_back({.constant = number});
    return Kind::number;
  }

  Kind parse_name() {
    const std::string name = take_while([](char c) { return is_letter(c) || is_digit(c); });
    for (const Function* function : functions()) {
      if (function->name == name) return parse_call(*function);
    }
    if (const Operator* op = find_operator(name, Form::call)) {
      need("(");
      return nested([&] {
        const Kind kind = apply(*op, parse_level(kLoosest));
        need(")");
        return kind;
      });
    }
    throw InputError(
        tr("{0} asks for {1}; {2}", {whole(), clipped(name, kShown), suggestion(name, known_names())}));
  }

  Kind parse_call(const Function& function) {
    Expression::Step step{.function = &function};
    std::size_t given = 0;
    if (function.arguments[0] != nullptr) {
      need("(");
      do {
        if (given == arguments_of(function)) {
          throw InputError(tr("{0} has too many arguments; allowed is {1}", {whole(), signature(function)}));
        }
        read_argument(*function.arguments[given++], &step.arguments);
      } while (take(","));
      need(")");
    }
    if (given < function.required) {
      throw InputError(tr("{0} has too few arguments; allowed is {1}", {whole(), signature(function)}));
    }
    steps_.push_back(std::move(step));
    return function.kind;
  }

  void read_argument(const Argument& argument, Arguments* into) {
    const bool quoted = take("\"");
    const std::string word = quoted ? take_while([](char c) { return c != '"'; }) : take_while(is_of_word);
    if (quoted) need("\"");
    if (word.empty()) refuse(tr(argument.allowed));
    bool good = false;
    try {
      good = argument.read(word, into);
    } catch (const InputError& error) {
      throw InputError(tr("{0} has a setting that is none: {1}", {whole(), error.what()}));
    }
    if (good) return;
    throw InputError(tr("{0} has {1} as {2}; allowed is {3}",
                        {whole(), clipped(word, kShown), argument.name, tr(argument.allowed)}));
  }

  std::string_view text_;
  std::size_t place_ = 0;
  int nesting_ = 0;
  std::vector<Expression::Step> steps_;
};

}  // namespace

Expression parse_condition(std::string_view text) { return Parser(trimmed(text)).parse(Kind::truth); }

Expression parse_number(std::string_view text) { return Parser(trimmed(text)).parse(Kind::number); }

}  // namespace gradflow::lessons
