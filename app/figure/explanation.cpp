#include "app/figure/explanation.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/figure/explanation_parts.h"
#include "app/figure/quantity.h"
#include "core/spec/names.h"
#include "core/spec/text.h"

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
  if (drawn)
    return tr(
        "Each point is measured: one exact forward and backward pass of a real stack. Nothing has been "
        "trained, and nothing is drawn from a formula. Here that is {0}.",
        {setting_words(subject)});
  return tr(
      "Each point is measured: one exact forward and backward pass of a real stack. Nothing is drawn "
      "from a formula. Here that is {0}.",
      {setting_words(subject)});
}

std::string law_words(const Subject& subject) {
  return tr(
      "Each point is a stack of its own, as deep as its place says: one exact forward and backward "
      "pass, of which the last layer's gradient is kept. Here that is {0}.",
      {setting_words(subject)});
}

std::string map_words(const Subject& subject) {
  return tr(
      "Each cell is one weight of one layer, and its colour the length of the loss gradient there, "
      "measured in one exact forward and backward pass. Here that is {0}.",
      {setting_words(subject)});
}

std::string phase_words(const RaceShown& race) {
  const std::string made = std::to_string(race.steps), all = std::to_string(race.training.steps);
  switch (race.phase) {
    case RacePhase::none: break;
    case RacePhase::running: return tr("The race is running, at step {0} of {1}.", {made, all});
    case RacePhase::paused: return tr("The race is paused, at step {0} of {1}.", {made, all});
    case RacePhase::finished: return tr("The race is over, at step {0} of {1}.", {made, all});
  }
  return std::string(tr("The race has not been started."));
}

std::string race_words(const Subject& subject) {
  const RaceShown race = subject.race.value_or(RaceShown{});
  const std::string setting = setting_words(subject);
  const std::string_view optimizer = label_of(race.training.optimizer);
  std::string words =
      race.training.task == Task::copy
          ? tr("The stacks are trained to repeat {0} random symbols with {1}, all on the same batches. Each "
               "point is one step, measured before its update. Here that is {2}.",
               {std::to_string(race.training.symbols), optimizer, setting})
          : tr("The stacks are trained to say the next byte of the text with {0}, all on the same batches. "
               "Each point is one step, measured before its update. Here that is {1}.",
               {optimizer, setting});
  words += " " + phase_words(race);
  if (race.steps == 0) return words;
  words += " ";
  if (race.step > 0)
    return words + tr("The lower plot and the diagram show step {0}.", {std::to_string(race.step)});
  return words.append(tr("The lower plot and the diagram show the newest step."));
}

/// The two sentences, in the language chosen.
Paragraphs two(std::string_view first, std::string_view second) {
  return {std::string(first), std::string(second)};
}

Paragraphs try_gradients(const Subject& subject) {
  return two(deepest(subject) >= 48
                 ? tr("Drag the depth back to 12, and see which of the curves' right ends moves.")
                 : tr("Drag the depth to 48 or more, and see which of the curves' right ends moves."),
             subject.quantity == "grad_norm/attention.w_q"
                 ? tr("Cut a residual wire in the block, and see what becomes of W_Q.")
                 : tr("Choose W_Q in the list above the plot, cut a residual wire in the block, and see what "
                      "becomes of it."));
}

Paragraphs try_law(const Subject& subject) {
  return two(
      deepest(subject) < 96
          ? tr("Drag the depth to 96: the exponents are those of great depth, and few layers bend them.")
          : tr("Choose another weight in the list above the plot, and compare its exponent."),
      tr("Raise the number of seeds, on the left: the exponent and its error are then those of all of "
         "them."));
}

Paragraphs try_forward(const Subject& subject) {
  return two(
      subject.quantity == "token_cosine"
          ? tr("Cut both residual wires in the block, and watch the cosine come to 1: rank collapse.")
          : tr("Choose the token cosine in the list above the plot: 1 means that all tokens have become "
               "alike."),
      tr("Put a norm behind each branch's addition, at post, and watch the stream's RMS."));
}

Paragraphs try_map(const Subject&) {
  return two(tr("Rest the mouse on a cell to read its number, beside that of the other stacks."),
             tr("Cut a residual wire in the block, and see which rows go dark first."));
}

Paragraphs try_race(const Subject& subject) {
  const RacePhase phase = subject.race ? subject.race->phase : RacePhase::none;
  if (phase == RacePhase::none)
    return two(tr("Start the race, with the button below the plot or with Space."),
               tr("Give a stack a second lane, with warmup, under Race on the left."));
  return two(tr("Drag the step slider back, and see the gradients of that moment below."),
             tr("Press Another seed, and see whether the same lane wins again."));
}

std::string token_words(const Subject& subject) {
  std::string words(
      tr("Nothing random is in it: the two vectors that the sub-layers write are given, and "
         "the numbers are those of every wiring's own formula, worked out exactly."));
  words.append(" ").append(tr(kTokenRemark));
  if (subject.stacks.size() > 1) words.append(" ").append(tr("The stacks stand beside each other."));
  return words;
}

Paragraphs try_token(const Subject&) {
  return two(tr("Change one of the given numbers, and follow it up the trunk."),
             tr("Move a norm of the block, and see in which row the same token comes out otherwise."));
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
  plot.push_back(row == nullptr ? tr("Everything is measured, on {0}.", {setting_words(subject)})
                                : row->point(subject));
  const bool map = std::holds_alternative<HeatMap>(subject.drawing);
  const bool curves = std::holds_alternative<Figure>(subject.drawing);
  Paragraphs found = map ? cell_words(subject) : curves ? curve_words(subject) : table_words(subject);
  append(verdict_words(subject), &found);
  Explanation explained;
  const auto add = [&](std::string_view title, Paragraphs paragraphs) {
    if (!paragraphs.empty()) explained.parts.push_back({std::string(title), std::move(paragraphs)});
  };
  add(tr("The plot"), std::move(plot));
  add(tr("The stacks"), stack_words(subject));
  add(map      ? tr("What the colours say")
      : curves ? tr("What the curves do")
               : tr("What the table says"),
      std::move(found));
  add(tr("The thin lines"), guide_words(subject));
  if (row != nullptr) {
    add(tr("What to try"), row->attempts(subject));
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
