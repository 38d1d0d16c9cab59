#include "app/figure/summary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <vector>

namespace gradflow::figure {
namespace {

struct Case {
  Figure figure;
  std::vector<StackSpec> stacks{pre_ln_stack(), post_ln_stack()};
  std::vector<Verdict> verdicts{{Judgement::good, "pre-LN block: 0.5", "", "pre", {}},
                                {Judgement::caution, "4.4 × A's (> 3)", "", "warmup", {}}};
  std::vector<bool> hidden, stale;
  std::string_view quantity = "grad_norm/ffn.w_1";

  Case() {
    figure.x_label = "layer (0 is next to the input)";
    figure.x_word = "layer";
    figure.curves = {{0, "Pre-LN", {0, 1, 2}, {0.5, 0.7, 0.25}}, {1, "Post-LN", {0, 1, 2}, {0, 0, 0.125}}};
  }
  std::string text() const {
    return summary({"Gradients", quantity, figure, stacks, verdicts, hidden, stale});
  }
};

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

TEST(Summary, SaysWhatIsShownStackByStack) {
  Case given;
  given.figure.curves[1].note = "exponent −0.52 ± 0.01";
  given.figure.curves[1].marks = {2};
  const std::string text = given.text();
  for (const char* line :
       {"View: Gradients.", "Quantity: norm of the loss gradient in W1, feed-forward.", "Stack A: Pre-LN",
        "Depth: 12 layers.", "Wiring: Pre-LN, final norm.", "First, layer 0: 0.500.", "Last, layer 2: 0.250.",
        "Largest: 0.700 at layer 1.", "Smallest: 0.250 at layer 2.", "Good: pre-LN block: 0.5.",
        "Stack B: Post-LN", "Wiring: Post-LN, no final norm.", "First, layer 0: exactly zero.",
        "Exactly zero, underflow: 2 layers, from 0 to 1.", "With a wiring of their own: layer 2.",
        "Note: exponent minus 0.52 plus or minus 0.01.", "Caution: 4.4 times A's (more than 3)."}) {
    EXPECT_TRUE(has_line(text, line)) << line << "\nis not in\n" << text;
  }
  EXPECT_LT(text.find("Stack A"), text.find("Stack B"));
}

TEST(Summary, DoesNotCallForCautionWhereNothingIsKnownYet) {
  Case given;
  given.verdicts[1] = {Judgement::open, "not started", "", "waiting", {}};
  EXPECT_TRUE(has_line(given.text(), "Not yet known: not started.")) << given.text();
}

TEST(Summary, HasTheBandOfTheSeeds) {
  Case given;
  given.figure.curves[0].low = {0.25, 0.5, 0};
  given.figure.curves[0].high = {0.75, 1, 0.5};
  const std::string text = given.text();
  EXPECT_TRUE(has_line(text, "First, layer 0: 0.500, band 0.250 to 0.750.")) << text;
  EXPECT_TRUE(has_line(text, "Last, layer 2: 0.250, band exactly zero to 0.500.")) << text;
}

TEST(Summary, SaysWhatIsNotFinite) {
  Case given;
  given.figure.curves[0].y = {INFINITY, NAN, 1};
  const std::string text = given.text();
  EXPECT_TRUE(has_line(text, "First, layer 0: infinite.")) << text;
  EXPECT_TRUE(has_line(text, "Not finite, overflow: 2 layers, from 0 to 1.")) << text;
  EXPECT_TRUE(has_line(text, "Largest: 1.00 at layer 2.")) << text;
}

TEST(Summary, OfAHiddenStackNamesIt) {
  Case given;
  given.hidden = {false, true};
  const std::string text = given.text();
  EXPECT_TRUE(has_line(text, "Stack B: Post-LN"));
  EXPECT_TRUE(has_line(text, "Hidden in the plot."));
  EXPECT_EQ(text.find("0.125"), std::string::npos);
  EXPECT_EQ(text.find("4.4"), std::string::npos);
}

TEST(Summary, SaysWhyThereIsNoCurveWhatIsStaleAndWhatWasPinned) {
  Case given;
  given.stale = {true};
  given.figure.curves[1].pinned = true;
  given.figure.curves[1].name = "Post-LN, L = 3";
  given.figure.absences = {{1, "not measured yet"}};
  const std::string text = given.text();
  EXPECT_TRUE(has_line(text, "Still being measured; these numbers are of before."));
  EXPECT_TRUE(has_line(text, "No curve: not measured yet."));
  EXPECT_TRUE(has_line(text, "Pinned ghost, as it was: Post-LN, L = 3."));
}

TEST(Summary, NamesTheTheoryOfADepthLaw) {
  Case given;
  Guide guide;
  guide.label = "Pre-LN: slope −1/2";
  given.figure.guides = {guide};
  given.figure.guides_note = "thin: upper bounds";
  EXPECT_TRUE(has_line(given.text(), "Line of the theory: Pre-LN: slope minus 1/2.")) << given.text();
}

TEST(Summary, HasShortLinesWithoutSigns) {
  Case given;
  given.verdicts[0].sentence =
      "no norm: W₁'s gradient is 4.9e-10 at the top, ‖∂L/∂W₁‖ √L ≤ α × 10⁻³ → ∞, blocks 3–7, 9, and so on…";
  given.figure.curves[0].y = {1.5e-9, 2, 3e12};
  for (const std::string_view quantity :
       {"grad_norm/total", "stream_rms", "grad_norm/attention.norm_pre.weight", "weight_norm/attention.w_q",
        "something else"}) {
    given.quantity = quantity;
    const std::string text = given.text();
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(line.size(), kSummaryColumns) << line;
      EXPECT_TRUE(std::all_of(line.begin(), line.end(), [](char c) { return c >= 32 && c < 127; })) << line;
    }
  }
}

TEST(Summary, KeepsANameAsItIs) {
  Case given;
  given.stacks[0].name = "größer × W_1";
  EXPECT_TRUE(has_line(given.text(), "Stack A: größer × W_1")) << given.text();
}

TEST(Spoken, TurnsNumbersAndSignsIntoWords) {
  EXPECT_EQ(spoken("1.23 × 10⁻⁹"), "1.23 times 10 to the minus 9");
  EXPECT_EQ(spoken("3 × 10¹²"), "3 times 10 to the 12");
  EXPECT_EQ(spoken("4.9e-10 and 2e7"), "4.9 times 10 to the minus 10 and 2 times 10 to the 7");
  EXPECT_EQ(spoken("layer 3e"), "layer 3e");
  EXPECT_EQ(spoken("blocks 3–7"), "blocks 3 to 7");
  EXPECT_EQ(spoken("1/√L"), "1/square root of L");
  EXPECT_EQ(spoken(""), "");
}

}  // namespace
}  // namespace gradflow::figure
