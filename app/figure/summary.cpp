#include "app/figure/summary.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "app/figure/axis.h"
#include "app/figure/quantity.h"
#include "app/figure/style.h"
#include "core/spec/wiring_words.h"

namespace gradflow::figure {
namespace {

/// Lines of a text that is being written.
class Lines {
 public:
  /// Broken at blanks.
  void add(std::string_view line) {
    while (line.size() > kSummaryColumns) {
      std::size_t blank = line.rfind(' ', kSummaryColumns);
      if (blank == std::string_view::npos) blank = line.find(' ');
      if (blank == std::string_view::npos) break;
      put(line.substr(0, blank));
      line.remove_prefix(blank + 1);
    }
    put(line);
  }
  void gap() { text_ += '\n'; }
  std::string take() { return std::move(text_); }

 private:
  void put(std::string_view line) {
    text_ += line;
    text_ += '\n';
  }
  std::string text_;
};

std::string value_words(double value) {
  if (value == 0) return "exactly zero";
  if (std::isnan(value)) return "not a number";
  if (std::isinf(value)) return value > 0 ? "infinite" : "minus infinite";
  return spoken(three_figures(value));
}

std::string number(double x) { return std::to_string(std::lround(x)); }

std::string quantity_words(std::string_view quantity) {
  const std::string label = spoken(quantity_label(quantity));
  if (quantity.starts_with("grad_norm/")) return "norm of the loss gradient in " + label;
  if (quantity.starts_with("weight_norm/")) return "norm of " + label;
  return label;
}

std::string_view judgement_words(Judgement judgement) {
  switch (judgement) {
    case Judgement::good: return "Good: ";
    case Judgement::caution: return "Caution: ";
    case Judgement::bad: return "Bad: ";
  }
  return "";
}

/// "3 layers, from 2 to 9"
std::string places_words(const std::vector<double>& places, const std::string& word) {
  if (places.size() == 1) return word + " " + number(places.front());
  return std::to_string(places.size()) + " " + word + "s, from " + number(places.front()) + " to " +
         number(places.back());
}

void add_lane(const Curve& curve, Lane lane, const std::string& words, const std::string& word,
              Lines* lines) {
  std::vector<double> places;
  for (std::size_t i = 0; i < curve.y.size(); ++i) {
    if (lane_of(curve.y[i]) == lane) places.push_back(curve.x[i]);
  }
  if (!places.empty()) lines->add(words + places_words(places, word) + ".");
}

void add_extremes(const Curve& curve, const std::string& word, Lines* lines) {
  std::optional<std::size_t> least, most;
  for (std::size_t i = 0; i < curve.y.size(); ++i) {
    if (lane_of(curve.y[i]) != Lane::data) continue;
    if (!least || curve.y[i] < curve.y[*least]) least = i;
    if (!most || curve.y[i] > curve.y[*most]) most = i;
  }
  if (!least) return;
  const auto place = [&](std::size_t i) {
    return value_words(curve.y[i]) + " at " + word + " " + number(curve.x[i]) + ".";
  };
  lines->add("Largest: " + place(*most));
  lines->add("Smallest: " + place(*least));
}

/// Of the point, with its band: "0.147, band 0.131 to 0.163."
std::string point_words(const Curve& curve, std::size_t i) {
  std::string words = value_words(curve.y[i]);
  if (!curve.low.empty())
    words += ", band " + value_words(curve.low[i]) + " to " + value_words(curve.high[i]);
  return words + ".";
}

void add_curve(const Curve& curve, const std::string& word, Lines* lines) {
  if (curve.pinned) lines->add("Pinned ghost, as it was: " + spoken(curve.name) + ".");
  if (curve.style) lines->add("Curve " + spoken(curve.name) + ":");
  if (curve.x.empty()) return;
  lines->add("First, " + word + " " + number(curve.x.front()) + ": " + point_words(curve, 0));
  lines->add("Last, " + word + " " + number(curve.x.back()) + ": " + point_words(curve, curve.x.size() - 1));
  add_extremes(curve, word, lines);
  add_lane(curve, Lane::underflow, "Exactly zero, underflow: ", word, lines);
  add_lane(curve, Lane::overflow, "Not finite, overflow: ", word, lines);
  if (!curve.marks.empty())
    lines->add("With a wiring of their own: " + places_words(curve.marks, word) + ".");
  if (!curve.note.empty() && !curve.pinned) lines->add("Note: " + spoken(curve.note) + ".");
}

bool entry(const std::vector<bool>& list, std::size_t i) { return i < list.size() && list[i]; }

void add_stack(const Shown& shown, std::size_t i, Lines* lines) {
  const StackSpec& stack = shown.stacks[i];
  lines->gap();
  lines->add(std::string("Stack ") + stack_letter(i) + ": " + stack.name);
  lines->add("Depth: " + std::to_string(stack.num_layers) + (stack.num_layers == 1 ? " layer." : " layers."));
  lines->add("Wiring: " + spoken(wiring_words(stack)) +
             (stack.final_norm ? ", final norm." : ", no final norm."));
  if (!has_drawn_weights(stack)) lines->add("Weights: those of the file " + weights_name(stack) + ".");
  if (entry(shown.hidden, i)) return lines->add("Hidden in the plot.");
  if (entry(shown.stale, i)) lines->add("Still being measured; these numbers are of before.");
  for (const Absence& absence : shown.figure.absences) {
    if (absence.stack == i) lines->add("No curve: " + spoken(absence.sentence) + ".");
  }
  for (const Curve& curve : shown.figure.curves) {
    if (curve.stack == i) add_curve(curve, shown.figure.x_word, lines);
  }
  for (std::size_t v = 0; v < shown.verdicts.size(); ++v) {
    if ((v < shown.owners.size() ? shown.owners[v] : v) != i) continue;
    const Verdict& verdict = shown.verdicts[v];
    lines->add(std::string(judgement_words(verdict.judgement)) + spoken(verdict.sentence) + ".");
  }
}

}  // namespace

std::string summary(const Shown& shown) {
  Lines lines;
  lines.add("gradflow");
  lines.add("View: " + std::string(shown.view) + ".");
  lines.add("Quantity: " + quantity_words(shown.quantity) + ".");
  lines.add("From left to right: " + spoken(shown.figure.x_label) + ".");
  for (std::size_t i = 0; i < shown.stacks.size(); ++i) add_stack(shown, i, &lines);
  if (shown.figure.guides.empty()) return lines.take();
  lines.gap();
  for (const Guide& guide : shown.figure.guides)
    lines.add("Line of the theory: " + spoken(guide.label) + ".");
  lines.add(spoken(shown.figure.guides_note) + ".");
  return lines.take();
}

}  // namespace gradflow::figure
