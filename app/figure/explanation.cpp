#include "app/figure/explanation.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/figure/explanation_parts.h"
#include "app/figure/quantity.h"
#include "core/spec/names.h"

namespace gradflow::figure {
namespace {

/// The depth of the deepest stack.
int deepest(const Subject& subject) {
  int depth = 0;
  for (const StackSpec& stack : subject.stacks) depth = std::max(depth, stack.num_layers);
  return depth;
}

std::string pass_words(const Subject& subject) {
  const bool drawn = std::all_of(subject.stacks.begin(), subject.stacks.end(), has_drawn_weights);
  return std::string("Each point is measured: one exact forward and backward pass of a real stack. ") +
         (drawn ? "Nothing has been trained, and nothing" : "Nothing") +
         " is drawn from a formula. Here that is " + setting_words(subject) + ".";
}

std::string law_words(const Subject& subject) {
  return "Each point is a stack of its own, as deep as its place says: one exact forward and backward pass, "
         "of which "
         "the last layer's gradient is kept. Here that is " +
         setting_words(subject) + ".";
}

std::string map_words(const Subject& subject) {
  return "Each cell is one weight of one layer, and its colour the length of the loss gradient there, "
         "measured in one "
         "exact forward and backward pass. Here that is " +
         setting_words(subject) + ".";
}

std::string race_words(const Subject& subject) {
  const RaceShown race = subject.race.value_or(RaceShown{});
  const std::string task = race.training.task == Task::copy
                               ? "repeat " + std::to_string(race.training.symbols) + " random symbols"
                               : "say the next byte of the text";
  std::string words =
      "The stacks are trained to " + task + " with " + std::string(named(race.training.optimizer).label) +
      ", all on the same batches. Each point is one step, measured before its update. Here that is " +
      setting_words(subject) + ". ";
  const std::string made =
      "step " + std::to_string(race.steps) + " of " + std::to_string(race.training.steps);
  switch (race.phase) {
    case RacePhase::none: words += "The race has not been started."; break;
    case RacePhase::running: words += "The race is running, at " + made + "."; break;
    case RacePhase::paused: words += "The race is paused, at " + made + "."; break;
    case RacePhase::finished: words += "The race is over, at " + made + "."; break;
  }
  if (race.steps == 0) return words;
  return words + " The lower plot and the diagram show " +
         (race.step > 0 ? "step " + std::to_string(race.step) : std::string("the newest step")) + ".";
}

Paragraphs try_gradients(const Subject& subject) {
  const bool deep = deepest(subject) >= 48;
  return {deep ? "Drag the depth back to 12, and see which of the curves' right ends moves."
               : "Drag the depth to 48 or more, and see which of the curves' right ends moves.",
          subject.quantity == "grad_norm/attention.w_q"
              ? "Cut a residual wire in the block, and see what becomes of W_Q."
              : "Choose W_Q in the list above the plot, cut a residual wire in the block, and see what "
                "becomes of it."};
}

Paragraphs try_law(const Subject& subject) {
  return {
      deepest(subject) < 96
          ? "Drag the depth to 96: the exponents are those of great depth, and few layers bend them."
          : "Choose another weight in the list above the plot, and compare its exponent.",
      "Raise the number of seeds, on the left: the exponent and its error are then those of all of them."};
}

Paragraphs try_forward(const Subject& subject) {
  return {
      subject.quantity == "token_cosine"
          ? "Cut both residual wires in the block, and watch the cosine come to 1: rank collapse."
          : "Choose the token cosine in the list above the plot: 1 means that all tokens have become alike.",
      "Put a norm behind each branch's addition, at post, and watch the stream's RMS."};
}

Paragraphs try_map(const Subject&) {
  return {"Rest the mouse on a cell to read its number, beside that of the other stacks.",
          "Cut a residual wire in the block, and see which rows go dark first."};
}

Paragraphs try_race(const Subject& subject) {
  const RacePhase phase = subject.race ? subject.race->phase : RacePhase::none;
  if (phase == RacePhase::none)
    return {"Start the race, with the button below the plot or with Space.",
            "Give a stack a second lane, with warmup, under Race on the left."};
  return {"Drag the step slider back, and see the gradients of that moment below.",
          "Press Another seed, and see whether the same lane wins again."};
}

std::string token_words(const Subject& subject) {
  return "Nothing random is in it: the two vectors that the sub-layers write are given, and the numbers are "
         "those of "
         "every wiring's own formula, worked out exactly. " +
         std::string(kTokenRemark) +
         (subject.stacks.size() > 1 ? " The stacks stand beside each other." : "");
}

Paragraphs try_token(const Subject&) {
  return {"Change one of the given numbers, and follow it up the trunk.",
          "Move a norm of the block, and see in which row the same token comes out otherwise."};
}

struct Row {
  std::string_view view, lesson;
  std::string (*point)(const Subject&);
  Paragraphs (*attempts)(const Subject&);
};
/// A new view gets a row here.
constexpr std::array<Row, 6> kRows{{
    {"gradients", "02-watch-the-gradients-diverge", pass_words, try_gradients},
    {"depth-law", "13-claim-against-measurement", law_words, try_law},
    {"forward", "03-what-pre-ln-pays", pass_words, try_forward},
    {"heat-map", "10-explanations", map_words, try_map},
    {"training", "11-warmup", race_words, try_race},
    {"token", "07-one-token-through-a-block", token_words, try_token},
}};

const Row* row_of(std::string_view view) {
  const auto* row = std::find_if(kRows.begin(), kRows.end(), [&](const Row& it) { return it.view == view; });
  return row == kRows.end() ? nullptr : row;
}

void append(Paragraphs more, Paragraphs* paragraphs) {
  std::move(more.begin(), more.end(), std::back_inserter(*paragraphs));
}

}  // namespace

bool has_explanation(std::string_view view) { return row_of(view) != nullptr; }

Explanation explanation(const Subject& subject) {
  const Row* row = row_of(subject.view);
  Paragraphs plot{axes_words(subject)};
  plot.push_back(row == nullptr ? "Everything is measured, on " + setting_words(subject) + "."
                                : row->point(subject));
  const bool map = std::holds_alternative<HeatMap>(subject.drawing);
  const bool curves = std::holds_alternative<Figure>(subject.drawing);
  Paragraphs found = map ? cell_words(subject) : curves ? curve_words(subject) : table_words(subject);
  append(verdict_words(subject), &found);
  Explanation explained;
  const auto add = [&](const char* title, Paragraphs paragraphs) {
    if (!paragraphs.empty()) explained.parts.push_back({title, std::move(paragraphs)});
  };
  add("The plot", std::move(plot));
  add("The stacks", stack_words(subject));
  add(map ? "What the colours say" : curves ? "What the curves do" : "What the table says", std::move(found));
  add("The thin lines", guide_words(subject));
  if (row != nullptr) {
    add("What to try", row->attempts(subject));
    explained.lesson = row->lesson;
  }
  return explained;
}

std::string text_of(const Explanation& explanation) {
  std::string text;
  for (const ExplanationPart& part : explanation.parts) {
    text += (text.empty() ? "" : "\n") + part.title + "\n";
    for (const std::string& paragraph : part.paragraphs) text += paragraph + "\n";
  }
  return text;
}

}  // namespace gradflow::figure
