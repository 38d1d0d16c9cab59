#include "core/spec/training.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <string>

#include "core/spec/text.h"
#include "core/spec/validate.h"

namespace gradflow {
namespace {

[[noreturn]] void refuse(const std::string& sentence) { throw InvalidSpec(sentence); }

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
}

void check_whole(const std::string& key, int value, int min, int max) {
  if (value >= min && value <= max) return;
  refuse(tr("{0} is {1}; allowed is {2} to {3}",
            {key, std::to_string(value), std::to_string(min), std::to_string(max)}));
}

void check_reals(const TrainingSpec& training) {
  for (const TrainingReal& real : kTrainingReals) {
    const double value = training.*real.member;
    if (allows(real, value)) continue;
    refuse(tr("{0} is {1}; allowed is {2}", {real.key, number(value), allowed_words(real)}));
  }
  if (training.clip && !(*training.clip > 0 && std::isfinite(*training.clip))) {
    refuse(tr("clip is {0}; allowed is any number above 0, or none", {number(*training.clip)}));
  }
}

void check_text(const StackSpec& stack) {
  const std::string& text = stack.input.text;
  if (text.empty()) refuse(std::string(tr("input.text is empty; the text task needs at least one byte")));
  if (text.size() > kMaxTextBytes) {
    refuse(tr("input.text has {0} bytes; at most {1} are allowed",
              {std::to_string(text.size()), std::to_string(kMaxTextBytes)}));
  }
  if (text.find_first_not_of(text.front()) == std::string::npos) {
    refuse(std::string(tr("input.text is one byte again and again; the text task needs two kinds or more")));
  }
  if (stack.vocab_size >= kVocabularyOfBytes) return;
  refuse(tr("vocab_size is {0}; the text task needs 256 or more", {std::to_string(stack.vocab_size)}));
}

void check_task(const StackSpec& stack, const TrainingSpec& training) {
  if (training.task == Task::text) return check_text(stack);
  check_whole("symbols", training.symbols, 2, kMaxSymbols);
  if (training.symbols > stack.vocab_size) {
    refuse(tr("symbols is {0} and vocab_size is {1}; there may be no more symbols than tokens",
              {std::to_string(training.symbols), std::to_string(stack.vocab_size)}));
  }
  if (stack.sequence_length % 2 != 0) {
    refuse(tr("sequence_length is {0}; the copy task needs an even one, half of it to copy",
              {std::to_string(stack.sequence_length)}));
  }
}

double entropy(const std::string& text) {
  std::array<double, kVocabularyOfBytes> counts{};
  for (const char byte : text) counts[static_cast<unsigned char>(byte)] += 1;
  double sum = 0;
  for (const double count : counts) {
    if (count > 0) sum -= count * std::log(count / static_cast<double>(text.size()));
  }
  return sum / static_cast<double>(text.size());
}

}  // namespace

bool allows(const TrainingReal& real, double value) {
  const bool low = real.zero_allowed ? value >= 0 : value > 0;
  return low && (real.below_one ? value < 1 : std::isfinite(value));
}

std::string allowed_words(const TrainingReal& real) {
  if (real.below_one)
    return std::string(real.zero_allowed ? tr("0 to below 1") : tr("any number above 0 to below 1"));
  return std::string(real.zero_allowed ? tr("0 or any number above") : tr("any number above 0"));
}

double learning_rate_at(const TrainingSpec& spec, int step) {
  const double peak = spec.learning_rate;
  if (step < spec.warmup) return peak * step / spec.warmup;
  const double since = step - spec.warmup;
  switch (spec.schedule) {
    case Schedule::constant: return peak;
    case Schedule::cosine: {
      const double length = spec.steps - spec.warmup;
      return length > 0 ? peak * 0.5 * (1 + std::cos(std::numbers::pi * since / length)) : peak;
    }
    case Schedule::inverse_sqrt:
      return peak * std::sqrt(std::max(1.0, double(spec.warmup)) / std::max(1, step));
  }
  return peak;
}

double chance_loss(const StackSpec& stack, const TrainingSpec& training) {
  return training.task == Task::copy ? std::log(training.symbols) : entropy(stack.input.text);
}

double training_bytes(const StackSpec& stack, std::size_t scalar_size) {
  return pass_bytes(stack, scalar_size, true) + 2 * weight_bytes(stack, scalar_size);
}

void validate_training(const StackSpec& stack, const TrainingSpec& training, std::size_t memory_limit,
                       std::size_t scalar_size) {
  StackSpec trained = stack;
  trained.input.kind = InputKind::random;  // the task draws its own input
  validate(trained, memory_limit);
  check_whole("steps", training.steps, 1, kMaxTrainingSteps);
  check_reals(training);
  if (training.warmup < 0 || training.warmup > training.steps) {
    refuse(tr("warmup is {0} steps; allowed is 0 to the {1} steps of the run",
              {std::to_string(training.warmup), std::to_string(training.steps)}));
  }
  check_task(stack, training);
  check_memory(trained, training_bytes(trained, scalar_size), memory_limit);
}

}  // namespace gradflow
