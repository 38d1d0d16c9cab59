#include "app/figure/summary.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "app/figure/axis.h"
#include "app/figure/quantity.h"
#include "app/figure/style.h"
#include "core/spec/text.h"
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
  if (value == 0) return std::string(tr("exactly zero"));
  if (std::isnan(value)) return std::string(tr("not a number"));
  if (std::isinf(value)) return std::string(value > 0 ? tr("infinite") : tr("minus infinite"));
  return spoken(three_figures(value));
}

std::string number(double x) { return std::to_string(std::lround(x)); }

std::string quantity_words(std::string_view quantity) {
  const std::string label = spoken(quantity_label(quantity));
  if (quantity.starts_with("grad_norm/")) return tr("norm of the loss gradient in {0}", {label});
  if (quantity.starts_with("weight_norm/")) return tr("norm of {0}", {label});
  return label;
}

std::string judged(Judgement judgement, const std::string& sentence) {
  switch (judgement) {
    case Judgement::good: return tr("Good: {0}.", {sentence});
    case Judgement::caution: return tr("Caution: {0}.", {sentence});
    case Judgement::bad: return tr("Bad: {0}.", {sentence});
    case Judgement::open: return tr("Not yet known: {0}.", {sentence});
  }
  return sentence;
}

/// More than one of what a figure calls an x.
std::string many(std::string_view word) {
  if (word == "layer") return std::string(tr("layers"));
  if (word == "step") return std::string(tr("steps"));
  return std::string(word == "depth" ? tr("depths") : tr("layers passed"));
}

/// "3 layers, from 2 to 9"
std::string places_words(const std::vector<double>& places, const std::string& word) {
  if (places.size() == 1) return std::string(tr(word)) + " " + number(places.front());
  return tr("{0} {1}, from {2} to {3}",
            {std::to_string(places.size()), many(word), number(places.front()), number(places.back())});
}

void add_lane(const Curve& curve, Lane lane, std::string_view words, const std::string& word, Lines* lines) {
  std::vector<double> places;
  for (std::size_t i = 0; i < curve.y.size(); ++i) {
    if (lane_of(curve.y[i]) == lane) places.push_back(curve.x[i]);
  }
  if (!places.empty()) lines->add(std::string(words) + " " + places_words(places, word) + ".");
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
    return tr("{0} at {1} {2}", {value_words(curve.y[i]), tr(word), number(curve.x[i])});
  };
  lines->add(tr("Largest: {0}.", {place(*most)}));
  lines->add(tr("Smallest: {0}.", {place(*least)}));
}

/// Of the point, with its band: "0.147, band 0.131 to 0.163"
std::string point_words(const Curve& curve, std::size_t i) {
  if (curve.low.empty()) return value_words(curve.y[i]);
  return tr("{0}, band {1} to {2}",
            {value_words(curve.y[i]), value_words(curve.low[i]), value_words(curve.high[i])});
}

void add_curve(const Curve& curve, const std::string& word, Lines* lines) {
  if (curve.pinned) lines->add(tr("Pinned ghost, as it was: {0}.", {spoken(curve.name)}));
  if (curve.style) lines->add(tr("Curve {0}:", {spoken(curve.name)}));
  if (curve.x.empty()) return;
  lines->add(tr("First, {0} {1}: {2}.", {tr(word), number(curve.x.front()), point_words(curve, 0)}));
  lines->add(
      tr("Last, {0} {1}: {2}.", {tr(word), number(curve.x.back()), point_words(curve, curve.x.size() - 1)}));
  add_extremes(curve, word, lines);
  add_lane(curve, Lane::underflow, tr("Exactly zero, underflow:"), word, lines);
  add_lane(curve, Lane::overflow, tr("Not finite, overflow:"), word, lines);
  if (!curve.marks.empty())
    lines->add(tr("With a wiring of their own: {0}.", {places_words(curve.marks, word)}));
  if (!curve.note.empty() && !curve.pinned) lines->add(tr("Note: {0}.", {spoken(curve.note)}));
}

void add_token(const TokenTable& table, std::size_t stack, Lines* lines) {
  for (const TokenPanel& panel : table.panels) {
    if (panel.stack != stack) continue;
    for (const TokenSection& section : panel.sections) {
      lines->add(section.title + ":");
      for (const TokenLine& line : section.lines) {
        std::string words = line.label + (line.note.empty() ? "" : ", " + line.note) + ":";
        for (const std::string& number : line.numbers) words += " " + number + ",";
        for (std::size_t i = 0; i < line.figures.size(); ++i) {
          words += (i == 0 ? " " : ", ") + section.heads[i] + " " + line.figures[i];
        }
        lines->add(spoken(words) + ".");
      }
    }
  }
}

bool entry(const std::vector<bool>& list, std::size_t i) { return i < list.size() && list[i]; }

void add_stack(const Shown& shown, std::size_t i, Lines* lines) {
  const StackSpec& stack = shown.stacks[i];
  lines->gap();
  lines->add(tr("Stack {0}: {1}", {std::string(1, stack_letter(i)), stack.name}));
  lines->add(stack.num_layers == 1 ? tr("Depth: 1 layer.", {})
                                   : tr("Depth: {0} layers.", {std::to_string(stack.num_layers)}));
  lines->add(stack.final_norm ? tr("Wiring: {0}, final norm.", {spoken(wiring_words(stack))})
                              : tr("Wiring: {0}, no final norm.", {spoken(wiring_words(stack))}));
  if (!has_drawn_weights(stack)) lines->add(tr("Weights: those of the file {0}.", {weights_name(stack)}));
  if (entry(shown.hidden, i)) return lines->add(tr("Hidden in the plot."));
  if (shown.token != nullptr) return add_token(*shown.token, i, lines);
  if (entry(shown.stale, i)) lines->add(tr("Still being measured; these numbers are of before."));
  for (const Absence& absence : shown.figure.absences) {
    if (absence.stack == i) lines->add(tr("No curve: {0}.", {spoken(absence.sentence)}));
  }
  for (const Curve& curve : shown.figure.curves) {
    if (curve.stack == i) add_curve(curve, shown.figure.x_word, lines);
  }
  for (std::size_t v = 0; v < shown.verdicts.size(); ++v) {
    if ((v < shown.owners.size() ? shown.owners[v] : v) != i) continue;
    const Verdict& verdict = shown.verdicts[v];
    lines->add(judged(verdict.judgement, spoken(verdict.sentence)));
  }
}

}  // namespace

std::string summary(const Shown& shown) {
  Lines lines;
  lines.add("gradflow");
  lines.add(tr("View: {0}.", {shown.view}));
  if (shown.token == nullptr) {
    lines.add(tr("Quantity: {0}.", {quantity_words(shown.quantity)}));
    lines.add(tr("From left to right: {0}.", {spoken(shown.figure.x_label)}));
  } else {
    lines.add(spoken(tr(kTokenRemark)));
  }
  for (std::size_t i = 0; i < shown.stacks.size(); ++i) add_stack(shown, i, &lines);
  if (shown.figure.guides.empty()) return lines.take();
  lines.gap();
  for (const Guide& guide : shown.figure.guides)
    lines.add(tr("Line of the theory: {0}.", {spoken(guide.label)}));
  lines.add(spoken(shown.figure.guides_note) + ".");
  return lines.take();
}

}  // namespace gradflow::figure
