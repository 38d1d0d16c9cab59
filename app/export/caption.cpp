#include "app/export/caption.h"

#include <algorithm>
#include <cstdio>
#include <span>

#include "app/figure/style.h"
#include "app/figure/token_table.h"
#include "app/session/scene_edits.h"
#include "app/ui/views.h"
#include "core/io/text_code.h"
#include "core/spec/fields.h"
#include "core/spec/names.h"
#include "core/spec/text.h"
#include "core/spec/wiring_words.h"

namespace gradflow {
namespace {

using Stacks = std::vector<StackSpec>;

constexpr const char* kNoBreak = "\u00A0";  // a space that lines are not broken at

/// "d_model 64", or "d_model A 64, B 128" where the stacks differ.
template <class Value>
std::string item(std::string_view word, const Stacks& stacks, Value&& value) {
  const std::string first = value(stacks.front());
  if (std::all_of(stacks.begin(), stacks.end(),
                  [&](const StackSpec& stack) { return value(stack) == first; })) {
    return std::string(word) + kNoBreak + first;
  }
  std::string list;
  for (std::size_t i = 0; i < stacks.size(); ++i) {
    list += (i == 0 ? " " : ", ") + std::string(1, figure::stack_letter(i)) + kNoBreak + value(stacks[i]);
  }
  return std::string(word) + list;
}

std::string own_input_of(const StackSpec& stack) {
  constexpr std::size_t kShownBytes = 40;
  if (stack.input.kind == InputKind::random) return std::string(tr("random tokens"));
  std::string start = stack.input.text.substr(0, 2 * kShownBytes);
  std::replace_if(
      start.begin(), start.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return "“" + clipped(start, kShownBytes) + "”";
}

std::string input_of(const StackSpec& stack) {
  if (has_drawn_weights(stack)) return own_input_of(stack);
  const bool needs_its_file = stack.input.kind == InputKind::text && stack.vocab_size < kVocabularyOfBytes;
  return needs_its_file ? std::string(tr("its file")) : tr("its file, else {0}", {own_input_of(stack)});
}

bool any_of_file(const Stacks& stacks) {
  return !std::all_of(stacks.begin(), stacks.end(), has_drawn_weights);
}

std::string depth_of(const session::Scene& scene) {
  const bool law = scene.view == session::View::depth_law;
  return item(law ? tr("every depth up to") : tr("layers"), scene.stacks,
              [](const StackSpec& stack) { return std::to_string(stack.num_layers); });
}

std::string seeds_of(const session::Scene& scene) {
  const bool many = ui::shows_bands(scene);
  return item(many ? tr("seeds") : tr("seed"), scene.stacks, [&](const StackSpec& stack) {
    if (!has_drawn_weights(stack)) return std::string("–");
    const std::string first = std::to_string(stack.seed);
    return many ? first + "–" + std::to_string(stack.seed + scene.seeds - 1) : first;
  });
}

std::string shape_of(const session::Scene& scene) {
  const Stacks& stacks = scene.stacks;
  const auto number = [&](std::string_view word, auto member) {
    return item(word, stacks, [member](const StackSpec& stack) { return std::to_string(stack.*member); });
  };
  return depth_of(scene) + "; " + number("d_model", &StackSpec::d_model) + "; " +
         number(tr("heads"), &StackSpec::num_heads) + "; " + number("d_ff", &StackSpec::d_ff) + "; " +
         item(any_of_file(stacks) ? tr("weights") : tr("init"), stacks, [&](const StackSpec& stack) {
           const std::string scheme(label_of(stack.init.scheme));
           if (!has_drawn_weights(stack)) return tr("of {0}", {weights_name(stack)});
           return any_of_file(stacks) ? tr("drawn, {0}", {scheme}) : scheme;
         });
}

std::string tokens_of(const session::Scene& scene) {
  return item(tr("tokens"), scene.stacks, [](const StackSpec& stack) {
    return std::to_string(stack.batch_size) + " × " + std::to_string(stack.sequence_length);
  });
}

std::string joined(std::span<const std::string> items) {
  std::string list;
  for (const std::string& words : items) list += (list.empty() ? "" : "; ") + words;
  return list;
}

std::string race_words(const session::Race& race) {
  const TrainingSpec& training = race.training;
  char rate[32];
  std::snprintf(rate, sizeof rate, "%g", training.learning_rate);
  const bool copy = training.task == Task::copy;
  const std::string_view task = label_of(training.task);
  return (copy ? tr("task {0} of {1} symbols", {task, std::to_string(training.symbols)})
               : tr("task {0}", {task})) +
         "; " +
         tr("{0}, learning rate {1}, {2}",
            {label_of(training.optimizer), rate, label_of(training.schedule)}) +
         (race.warmed.empty() ? ""
                              : "; " + tr("warmup {0} where it is said", {std::to_string(training.warmup)}));
}

/// The stacks as they race.
session::Scene raced(session::Scene scene) {
  for (StackSpec& stack : scene.stacks) {
    stack.num_layers = scene.race.num_layers;
    stack.batch_size = scene.race.batch_size;
    stack.seed = scene.race.seed;
  }
  return scene;
}

std::string passes_caption(const session::Scene& scene) {
  const Stacks& stacks = scene.stacks;
  const std::string items[] = {shape_of(scene), seeds_of(scene),
                               tokens_of(scene) + " " + item(tr("of"), stacks, input_of)};
  return any_of_file(stacks)
             ? tr("Measured by gradflow in an exact forward and backward pass, 32-bit floats; {0}.",
                  {joined(items)})
             : tr("Measured by gradflow in an exact forward and backward pass at initialisation, 32-bit "
                  "floats; {0}.",
                  {joined(items)});
}

std::string race_caption(const session::Scene& scene) {
  const session::Scene lanes = raced(scene);
  const std::string items[] = {shape_of(lanes), seeds_of(lanes), tokens_of(lanes), race_words(scene.race)};
  return tr("Trained and measured by gradflow, every gradient exact, 32-bit floats; {0}.", {joined(items)});
}

std::string stacks_of(const session::Scene& scene) {
  std::string list;
  for (std::size_t i = 0; i < scene.stacks.size(); ++i) {
    if (session::is_hidden(scene, i)) continue;
    list += (list.empty() ? "" : "; ") + std::string(1, figure::stack_letter(i)) + kNoBreak +
            wired_name(scene.stacks[i]);
  }
  return list;
}

std::string quantity_of(const session::Scene& scene) {
  const ui::QuantityChoice* choice = ui::view_kind(scene.view).choice;
  return choice == nullptr ? "" : ", " + choice->label(scene.*(choice->quantity));
}

std::string token_caption(const session::Scene& scene) {
  const std::string epsilon = item(tr("epsilon"), scene.stacks, [](const StackSpec& stack) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", stack.norm.epsilon);
    return std::string(text);
  });
  return tr("Computed by gradflow: one vector of {0} numbers through one block, norms of scale 1 and shift "
            "0, "
            "{1}.",
            {std::to_string(scene.token.x.size()), epsilon}) +
         " " + std::string(tr(figure::kTokenRemark));
}

}  // namespace

std::string wired_name(const StackSpec& stack) {
  const std::string wiring = wiring_words(stack);
  if (!has_drawn_weights(stack) || stack.name.starts_with(wiring)) return stack.name;
  return wiring.starts_with(stack.name) ? wiring : tr("{0}, wired as {1}", {stack.name, wiring});
}

std::string short_caption_of(const session::Scene& scene) {
  if (scene.stacks.empty()) return {};
  const bool race = scene.view == session::View::training;
  return std::string(tr(named(scene.view).label)) + quantity_of(scene) + ". " + stacks_of(scene) + "; " +
         depth_of(race ? raced(scene) : scene) + ".";
}

std::string caption_of(const session::Scene& scene) {
  if (scene.stacks.empty()) return {};
  if (scene.view == session::View::token) return token_caption(scene);
  return scene.view == session::View::training ? race_caption(scene) : passes_caption(scene);
}

}  // namespace gradflow
