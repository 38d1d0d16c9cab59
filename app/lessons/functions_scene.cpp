// What conditions can ask about the scene itself.
#include <array>

#include "app/lessons/function_rows.h"
#include "app/session/scene_edits.h"
#include "app/session/scene_file.h"
#include "core/io/stack_file.h"
#include "core/spec/names.h"

namespace gradflow::lessons {
namespace {

using Words = std::vector<std::string>;

template <class Fn>
Value of_stack(const State& state, const Arguments& arguments, const Fn& fn) {
  const StackSpec* stack = stack_of(state, arguments);
  return stack == nullptr ? Value() : Value(fn(*stack));
}

Value depth(const State& state, const Arguments& arguments) {
  return of_stack(state, arguments,
                  [](const StackSpec& stack) { return static_cast<double>(stack.num_layers); });
}

/// Every sub-layer that is meant, in every layer: fn(sublayer).
template <class Fn>
void each_sublayer(const StackSpec& stack, std::optional<SublayerKind> only, const Fn& fn) {
  for (int layer = 0; layer < stack.num_layers; ++layer) {
    const Sublayers sublayers = sublayers_of(stack, layer);
    for (const SublayerKind kind : kSublayerKinds) {
      const SublayerSpec* sublayer = sublayers.find(kind);
      if (sublayer != nullptr && (!only || kind == *only)) fn(*sublayer);
    }
  }
}

std::string wiring_of(const StackSpec& stack, std::optional<SublayerKind> only) {
  std::optional<SiteSet> norm;
  bool mixed = false;
  each_sublayer(stack, only, [&](const SublayerSpec& sublayer) {
    mixed |= norm && !(*norm == sublayer.norm);
    norm = sublayer.norm;
  });
  if (mixed) return "mixed";
  const NamedWiring* wiring = norm ? find_wiring(*norm, stack.residual_scale.rule) : nullptr;
  return wiring == nullptr ? "unnamed" : std::string(wiring->key);
}

Value wiring(const State& state, const Arguments& arguments) {
  return of_stack(state, arguments,
                  [&](const StackSpec& stack) { return wiring_of(stack, arguments.sublayer); });
}

Words wirings() {
  Words words;
  for (const NamedWiring& row : kWirings) words.emplace_back(row.key);
  words.insert(words.end(), {"mixed", "unnamed"});
  return words;
}

std::string residual_of(const StackSpec& stack, std::optional<SublayerKind> only) {
  bool some_on = false;
  bool some_off = false;
  each_sublayer(stack, only,
                [&](const SublayerSpec& sublayer) { (sublayer.residual ? some_on : some_off) = true; });
  return some_on && some_off ? "mixed" : some_off ? "off" : "on";
}

Value residual(const State& state, const Arguments& arguments) {
  return of_stack(state, arguments,
                  [&](const StackSpec& stack) { return residual_of(stack, arguments.sublayer); });
}

Words residuals() { return {"on", "off", "mixed"}; }
Words on_off() { return {"on", "off"}; }

Value norm(const State& state, const Arguments& arguments) {
  return of_stack(state, arguments,
                  [](const StackSpec& stack) { return std::string(key_of(stack.norm.kind)); });
}

Value final_norm(const State& state, const Arguments& arguments) {
  return of_stack(state, arguments,
                  [](const StackSpec& stack) { return std::string(stack.final_norm ? "on" : "off"); });
}

Value has(const State& state, const Arguments& arguments) {
  return of_stack(state, arguments, [&](const StackSpec& stack) {
    StackSpec changed = stack;
    set_value(changed, arguments.setting);
    return changed == stack;
  });
}

Value hidden(const State& state, const Arguments& arguments) {
  return of_stack(state, arguments,
                  [&](const StackSpec&) { return session::is_hidden(state.scene, arguments.stack); });
}

Value pinned(const State& state, const Arguments& arguments) {
  return of_stack(state, arguments,
                  [&](const StackSpec&) { return session::pin_of(state.scene, arguments.stack) != nullptr; });
}

template <class E>
Words keys_of() {
  Words words;
  for (const Named<E>& row : kNames<E>) words.emplace_back(row.key);
  return words;
}

Words letters() {
  Words words;
  for (std::size_t i = 0; i < session::kMaxStacks; ++i) words.push_back(letter(i));
  return words;
}

Value view(const State& state, const Arguments&) { return std::string(key_of(state.scene.view)); }
Value selected(const State& state, const Arguments&) { return letter(state.scene.selected); }
Value seeds(const State& state, const Arguments&) { return static_cast<double>(state.scene.seeds); }
Value stacks(const State& state, const Arguments&) { return static_cast<double>(state.scene.stacks.size()); }

Value setting(const State& state, const Arguments& arguments) {
  const std::optional<double> number = session::scene_number(state.scene, arguments.key);
  return number ? Value(*number) : Value();
}

Value plotted(const State& state, const Arguments&) {
  switch (state.scene.view) {
    case session::View::forward: return state.scene.forward_quantity;
    case session::View::training: return state.scene.race_quantity;
    default: return state.scene.quantity;
  }
}

constexpr std::array kFunctions{
    Function{"view", {}, 0, Kind::word, "what is plotted", view, keys_of<session::View>},
    Function{"quantity", {}, 0, Kind::word, "whose numbers are plotted", plotted},
    Function{"selected", {}, 0, Kind::word, "the stack whose block is open", selected, letters},
    Function{"stacks", {}, 0, Kind::number, "how many there are", stacks},
    Function{"seeds", {}, 0, Kind::number, "how many each stack is measured with", seeds},
    Function{"setting", {&kKey}, 1, Kind::number, "what the scene has under this key", setting},
    Function{"depth", {&kStack}, 1, Kind::number, "layers of the stack", depth},
    Function{"wiring",
             {&kStack, &kSublayer},
             1,
             Kind::word,
             "where its norms are, in all layers",
             wiring,
             wirings},
    Function{"residual",
             {&kStack, &kSublayer},
             1,
             Kind::word,
             "its residual wires, in all layers",
             residual,
             residuals},
    Function{"norm", {&kStack}, 1, Kind::word, "the kind of its norms", norm, keys_of<NormKind>},
    Function{"final_norm", {&kStack}, 1, Kind::word, "the norm behind the last layer", final_norm, on_off},
    Function{"has", {&kStack, &kSetting}, 2, Kind::truth, "whether the change would change nothing", has},
    Function{"hidden", {&kStack}, 1, Kind::truth, "whether its curve is left out", hidden},
    Function{"pinned", {&kStack}, 1, Kind::truth, "whether its curve is kept as a ghost", pinned},
};

}  // namespace

std::span<const Function> scene_functions() { return kFunctions; }

}  // namespace gradflow::lessons
