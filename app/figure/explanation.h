// "What am I looking at?": the view that is shown, explained in sentences that are made from the very data it
// draws. A view has a row in explanation.cpp; one that has none is explained by its axes and curves alone.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/figure/drawing.h"
#include "core/analysis/verdict.h"
#include "core/spec/stack.h"
#include "core/spec/training.h"
#include "core/training/report.h"

namespace gradflow::figure {

/// The race, where it is what is shown.
struct RaceShown {
  TrainingSpec training;
  RacePhase phase = RacePhase::none;
  int steps = 0;  // that were made
  int step = 0;   // that is looked at; 0: the newest
};

/// What there is to explain; of a list entries may be missing, where there is nothing yet.
struct Subject {
  std::string_view view;      // its key: "gradients"
  std::string_view quantity;  // as a Series or race_quantities() names it; of a heat map of weights empty
  const Drawing& drawing;
  std::span<const StackSpec> stacks;  // in the race as they race
  std::span<const Verdict> verdicts;
  std::span<const std::size_t> owners;  // whose each verdict is
  const std::vector<bool>& hidden;
  const std::vector<bool>& stale;  // what is drawn is not (yet) that of the stack
  std::optional<RaceShown> race = {};
};

/// A heading and its sentences, a paragraph each.
struct ExplanationPart {
  std::string title;
  std::vector<std::string> paragraphs;
};

struct Explanation {
  std::vector<ExplanationPart> parts;
  std::string lesson;  // the name of one that is about this; empty: none
};

Explanation explanation(const Subject& subject);

/// Whether the view of this key has a row of its own.
bool has_explanation(std::string_view view);

/// The whole of it as plain text.
std::string text_of(const Explanation& explanation);

}  // namespace gradflow::figure
