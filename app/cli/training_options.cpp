#include "app/cli/training_options.h"

#include <algorithm>
#include <cctype>

#include "app/cli/choice_option.h"
#include "app/cli/stack_options.h"
#include "core/io/input_error.h"
#include "core/io/number.h"

namespace gradflow::cli {
namespace {

bool is_copied(const TrainingSpec& spec) { return spec.task == Task::copy; }
bool is_sgd(const TrainingSpec& spec) { return spec.optimizer == OptimizerKind::sgd; }
bool is_adamw(const TrainingSpec& spec) { return spec.optimizer == OptimizerKind::adamw; }
bool is_any_adam(const TrainingSpec& spec) { return !is_sgd(spec); }

[[noreturn]] void refuse(const std::string& name, const std::string& text, const std::string& allowed) {
  throw CLI::ValidationError(name + " is " + text + "; allowed is " + allowed);
}

std::string option_name(std::string_view key) {
  std::string name = "--" + std::string(key);
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

/// "Of Adam: how slowly the mean of the gradient forgets (default: 0.9)"
std::string help_of(const TrainingReal& real, double otherwise) {
  std::string help(real.help);
  help[0] = static_cast<char>(std::toupper(help[0]));
  return help + " (default: " + shortest(otherwise) + ")";
}

CLI::Option* add_real(CLI::App& options, const TrainingReal& real, TrainingSpec& spec) {
  const std::string name = option_name(real.key);
  double& value = spec.*real.member;
  const auto read = [&value, &real, name](const std::string& text) {
    const std::optional<double> number = real_number(text);
    if (!number || !allows(real, *number)) refuse(name, text, allowed_words(real));
    value = *number;
  };
  return options.add_option_function<std::string>(name, read, help_of(real, value))->type_name("X");
}

void add_clip(CLI::App& options, std::optional<double>& clip) {
  const auto read = [&clip](const std::string& text) {
    const TrainingReal& positive = kTrainingReals.front();
    clip = real_number(text);
    if (!clip || !allows(positive, *clip)) refuse("--clip", text, allowed_words(positive));
  };
  options
      .add_option_function<std::string>(
          "--clip", read,
          "Scale the gradient of all weights together down to this length where it is longer (default: not)")
      ->type_name("X");
}

/// The optimizer's own numbers, each with the optimizers that use it.
void add_reals(CLI::App& options, TrainingOptions& chosen) {
  for (const TrainingReal& real : kTrainingReals) {
    const CLI::Option* option = add_real(options, real, chosen.spec);
    if (real.member == &TrainingSpec::learning_rate) continue;
    if (real.member == &TrainingSpec::momentum) {
      chosen.needs.push_back({option, "--optimizer sgd", is_sgd});
    } else if (real.member == &TrainingSpec::weight_decay) {
      chosen.needs.push_back({option, "--optimizer adamw", is_adamw});
    } else {
      chosen.needs.push_back({option, "--optimizer adam or adamw", is_any_adam});
    }
  }
}

}  // namespace

void add_training_options(CLI::App& options, TrainingOptions& chosen) {
  TrainingSpec& spec = chosen.spec;
  const auto otherwise = [](std::string_view key) { return " (default: " + std::string(key) + ")"; };
  add_choice(options, "--task", spec.task,
             "What to learn: to copy random symbols, or the next byte of the input text" +
                 otherwise(key_of(spec.task)));
  const CLI::Option* symbols = add_whole_number(options, "--symbols", spec.symbols, 2, kMaxSymbols,
                                                "Of the copy task: how many symbols there are");
  chosen.needs.push_back({symbols, "--task copy", is_copied});
  add_whole_number(options, "--steps", spec.steps, 1, kMaxTrainingSteps, "Train for N steps");
  add_choice(options, "--schedule", spec.schedule,
             "What the learning rate does after the warmup" + otherwise(key_of(spec.schedule)));
  add_whole_number(options, "--warmup", spec.warmup, 0, kMaxTrainingSteps,
                   "Let the learning rate rise over the first N steps");
  add_choice(options, "--optimizer", spec.optimizer,
             "What turns gradients into steps" + otherwise(key_of(spec.optimizer)));
  add_reals(options, chosen);
  add_clip(options, spec.clip);
}

void check_training_options(const TrainingOptions& chosen) {
  for (const TrainingOptions::Needs& needs : chosen.needs) {
    if (needs.option->count() == 0 || needs.used(chosen.spec)) continue;
    throw InputError(needs.option->get_name() + " is given, but only " + needs.user + " uses it");
  }
  if (chosen.spec.warmup > chosen.spec.steps) {
    throw InputError("--warmup is " + std::to_string(chosen.spec.warmup) + "; allowed is 0 to " +
                     std::to_string(chosen.spec.steps) + ", the steps of the run");
  }
}

}  // namespace gradflow::cli
