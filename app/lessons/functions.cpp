#include "app/lessons/functions.h"

#include <algorithm>
#include <charconv>

#include "app/lessons/function_rows.h"
#include "app/session/scene_file.h"
#include "core/io/input_error.h"
#include "core/io/place.h"
#include "core/io/stack_file.h"
#include "core/io/text_code.h"
#include "core/spec/names.h"
#include "core/spec/text.h"

namespace gradflow::lessons {
namespace {

constexpr std::size_t kShown = 60;  // bytes of a key, in sentences

}  // namespace

bool read_stack(const std::string& word, Arguments* into) {
  if (word.size() != 1 || word[0] < 'A' || word[0] >= static_cast<char>('A' + session::kMaxStacks))
    return false;
  into->stack = static_cast<std::size_t>(word[0] - 'A');
  return true;
}

bool read_quantity(const std::string& word, Arguments* into) {
  into->quantity = word;
  return !word.empty();
}

bool read_layer(const std::string& word, Arguments* into) {
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), into->layer);
  return error == std::errc{} && end == word.data() + word.size() && into->layer >= 0;
}

bool read_sublayer(const std::string& word, Arguments* into) {
  into->sublayer = from_key<SublayerKind>(word);
  return into->sublayer.has_value();
}

bool read_setting(const std::string& word, Arguments* into) {
  into->setting = word;
  StackSpec any;
  set_value(any, word);  // says itself what is wrong
  return true;
}

bool read_key(const std::string& word, Arguments* into) {
  into->key = word;
  if (session::scene_number(session::Scene(), word)) return true;
  std::vector<std::string> known = session::scene_keys();
  std::erase_if(known, [](const std::string& key) { return !session::scene_number(session::Scene(), key); });
  throw InputError(tr("\"{0}\" is no key of a scene with a number; {1}",
                      {clipped(word, kShown), suggestion(word, known)}));
}

bool read_warmup(const std::string& word, Arguments* into) {
  into->warmup = word == "warmup";
  return into->warmup;
}

bool read_row(const std::string& word, Arguments* into) {
  StackSpec every;
  every.sublayers.cross_attention = SublayerSpec();
  into->row = word;
  return find_row(token_walk(every, TokenVectors()), word) != nullptr;
}

bool read_component(const std::string& word, Arguments* into) {
  Arguments number;
  const bool whole = read_layer(word, &number);
  into->component = number.layer;
  return whole && static_cast<std::size_t>(number.layer) < kMaxTokenWidth;
}

const StackSpec* stack_of(const State& state, const Arguments& arguments) {
  const auto& stacks = state.scene.stacks;
  return arguments.stack < stacks.size() ? &stacks[arguments.stack] : nullptr;
}

std::vector<const Function*> functions() {
  std::vector<const Function*> all;
  for (const Function& function : scene_functions()) all.push_back(&function);
  for (const Function& function : token_functions()) all.push_back(&function);
  for (const Function& function : measured_functions()) all.push_back(&function);
  return all;
}

std::size_t arguments_of(const Function& function) {
  return static_cast<std::size_t>(std::find(function.arguments.begin(), function.arguments.end(), nullptr) -
                                  function.arguments.begin());
}

std::string signature(const Function& function) {
  std::string text(function.name);
  const std::size_t count = arguments_of(function);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = (i == 0 ? "" : ", ") + std::string(function.arguments[i]->name);
    text += (i == 0 ? "(" : "") + (i < function.required ? name : "[" + name + "]");
  }
  return text + (count == 0 ? "" : ")");
}

}  // namespace gradflow::lessons
