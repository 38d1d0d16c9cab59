#include "app/figure/token_table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string_view>

#include "app/figure/axis.h"
#include "app/figure/block.h"
#include "app/figure/token_words.h"
#include "core/spec/names.h"
#include "core/spec/text.h"

namespace gradflow::figure {
namespace {

double largest_of(const std::vector<TokenRow>& rows, double largest) {
  for (const TokenRow& row : rows) {
    for (const double value : row.values) {
      if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
    }
  }
  return largest;
}

std::vector<std::string> numbers_of(const TokenRow& row) {
  std::vector<std::string> numbers;
  for (const double value : row.values) numbers.push_back(token_number(value, row.length()));
  return numbers;
}

std::string share_words(double share) {
  const double percent = 100 * share;
  char text[32];
  if (!std::isfinite(percent)) return "–";
  if (percent > 0 && percent < 0.1) return "< 0.1 %";
  std::snprintf(text, sizeof text, percent == 0 || percent >= 9.95 ? "%.0f %%" : "%.1f %%", percent);
  return text;
}

/// "A", "attention" and so on for every row that is not told twice.
class PanelWriter {
 public:
  PanelWriter(const StackSpec& stack, const TokenWalk& walk, double forward_largest, double back_largest)
      : stack_(stack), walk_(walk), forward_largest_(forward_largest), back_largest_(back_largest) {}

  std::vector<TokenSection> sections() const {
    std::vector<TokenSection> sections{
        {std::string(tr("Forward")), "", forward_heads(), forward_largest_, {}}};
    for (const TokenRow& row : walk_.forward) {
      if (row.place == TokenPlace::trunk) sections.push_back(section_of(row.sublayer));
      if (row.told) sections.back().lines.push_back(forward_line(row));
    }
    sections.push_back(way_back());
    return sections;
  }

 private:
  bool centres() const { return stack_.norm.kind == NormKind::layer_norm; }
  std::array<std::string, 3> forward_heads() const {
    return {std::string(tr("mean")), std::string(centres() ? tr("sd") : tr("RMS")),
            std::string(tr("length"))};
  }

  TokenStep step_of(SublayerKind kind) const { return {stack_, *stack_.sublayers.find(kind), kind}; }

  TokenSection section_of(SublayerKind kind) const {
    return {std::string(label_of(kind)),
            "y = " + equation(*stack_.sublayers.find(kind), stack_.residual_scale,
                              norm_abbreviation(stack_.norm.kind), "F"),
            forward_heads(),
            forward_largest_,
            {}};
  }

  TokenLine forward_line(const TokenRow& row) const {
    StepWords words = forward_words(step_of(row.sublayer), row);
    const auto number = [&](double value) { return token_number(value, row.length()); };
    const bool on_branch =
        row.place == TokenPlace::input || row.place == TokenPlace::written || row.place == TokenPlace::branch;
    return {row.key(),
            std::move(words.label),
            std::move(words.note),
            std::move(words.tip),
            row.values,
            numbers_of(row),
            {number(row.mean()), number(centres() ? row.sd() : row.rms()), number(row.length())},
            on_branch  ? TokenTrack::branch
            : row.norm ? TokenTrack::norm
                       : TokenTrack::trunk,
            !on_branch || step_of(row.sublayer).sublayer.residual};
  }

  TokenLine back_line(const TokenRow& row, StepWords words) const {
    const auto number = [&](double value) { return token_number(value, row.length()); };
    return {"gradient." + row.key(),
            std::move(words.label),
            std::move(words.note),
            std::move(words.tip),
            row.values,
            numbers_of(row),
            {number(row.mean()), number(row.length()), share_words(walk_.share(row))},
            row.norm ? TokenTrack::norm : TokenTrack::trunk,
            row.skip.value_or(1) != 0};
  }

  TokenSection way_back() const {
    TokenSection section{std::string(tr("Way back, along the trunk")),
                         "",
                         {std::string(tr("mean")), std::string(tr("length")), std::string(tr("of g"))},
                         back_largest_,
                         {}};
    const TokenRow& first = walk_.backward.front();
    section.lines.push_back(back_line(
        first, {std::string(tr("g at y")), "",
                std::string(tr(
                    "g: the gradient that arrives at the block's y, the numbers that are given above."))}));
    section.lines.back().key = "gradient.y";
    SublayerKind kind = first.sublayer;  // through which the step leads
    for (std::size_t i = 1; i < walk_.backward.size(); ++i) {
      const TokenRow& row = walk_.backward[i];
      const bool within = row.place == TokenPlace::sum || row.place == TokenPlace::trunk;
      if (row.told) section.lines.push_back(back_line(row, backward_words(step_of(kind), row)));
      if (!within) kind = row.sublayer;
    }
    return section;
  }

  const StackSpec& stack_;
  const TokenWalk& walk_;
  double forward_largest_, back_largest_;
};

std::string note_of(const StackSpec& stack) {
  std::string note;
  if (stack.residual_scale.rule == SkipGain::Rule::deepnorm) {
    note = tr("α = (2L)^(1/4) = {0} at L = {1}",
              {three_figures(stack.residual_scale.at(stack.num_layers)), std::to_string(stack.num_layers)});
  }
  if (!stack.overrides.empty()) {
    note += note.empty() ? "" : "; ";
    note += tr("layers with a wiring of their own are left out");
  }
  return note;
}

}  // namespace

std::string token_number(double value, double largest) {
  constexpr double kNextToNothing = 1e-3;
  const double size = std::abs(value);
  if (!std::isfinite(value)) return three_figures(value);
  if (size == 0 || (size < 0.005 && size < kNextToNothing * std::abs(largest))) return "0.00";
  char text[40];
  std::string digits;
  if (size < 0.005 || size >= 99999.5) {
    std::snprintf(text, sizeof text, "%.1e", size);
    digits = std::string(text, 3) + "·" + power_of_ten(std::atoi(text + 4));
  } else {
    std::snprintf(text, sizeof text, "%.*f", size < 99.995 ? 2 : size < 999.95 ? 1 : 0, size);
    digits = text;
  }
  return (value < 0 ? "−" : "") + digits;
}

TokenTable token_table(std::span<const StackSpec> stacks, const TokenVectors& vectors) {
  std::vector<TokenWalk> walks;
  double forward_largest = 0;
  double back_largest = 0;
  for (const StackSpec& stack : stacks) {
    const TokenWalk& walk = walks.emplace_back(token_walk(stack, vectors));
    forward_largest = largest_of(walk.forward, forward_largest);
    back_largest = largest_of(walk.backward, back_largest);
  }
  TokenTable table{vectors.x.size(), {}};
  for (std::size_t i = 0; i < stacks.size(); ++i) {
    const PanelWriter writer(stacks[i], walks[i], forward_largest, back_largest);
    table.panels.push_back({i, stacks[i].name, note_of(stacks[i]), writer.sections()});
  }
  return table;
}

}  // namespace gradflow::figure
