// A figure on paper: text stays text, nothing is lost, nothing overlaps, and the bytes are the same every
// time.
#include "app/figure/page.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <regex>

#include "app/figure/paper.h"
#include "app/figure/tests/page_figures.h"

namespace gradflow::figure {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();

TEST(Page, EveryWordIsTextInSvg) {
  Figure figure = figure_of({falling(0, "Pre-LN & <co>", 30), falling(1, "Post-LN", 30)});
  figure.curves[0].note = "exponent −0.52 ± 0.01";
  figure.absences.push_back({2, "not measured yet"});
  const std::string svg = svg_of({figure, {"a", "b", "third"}, "Caption with seed 1."});
  for (const char* words : {">A  Pre-LN &amp; &lt;co&gt;<", "exponent −0.52 ± 0.01<", ">B  Post-LN<",
                            ">10⁻²<", ">‖∂L/∂W₁‖ feed-forward<", ">layer (0 is next to the input)<",
                            "C third has no curve: not measured yet<", ">Caption with seed 1.<"}) {
    EXPECT_NE(svg.find(words), std::string::npos) << words << "\n" << svg;
  }
  EXPECT_EQ(count(svg, "<svg"), 1U);
  EXPECT_TRUE(svg.ends_with("</svg>\n"));
}

TEST(Page, TheSameFigureGivesTheSameBytes) {
  const Figure figure = figure_of({falling(0, "A", 12)});
  const Page page{figure, {}, "caption"};
  EXPECT_EQ(svg_of(page), svg_of(page));
  EXPECT_EQ(pdf_of(page), pdf_of(page));
  EXPECT_EQ(png_of(page), png_of(page));
  EXPECT_EQ(pdf_of(page).find("Date"), std::string::npos);
}

TEST(Page, PdfEmbedsItsFontsAndHasNoPictureOfLetters) {
  const Figure figure = figure_of({falling(0, "A", 12)});
  const std::string pdf = pdf_of({figure, {}, "caption"});
  EXPECT_TRUE(pdf.starts_with("%PDF-1.4"));
  EXPECT_NE(pdf.find("/ToUnicode"), std::string::npos);
  EXPECT_EQ(pdf.find("/Subtype /Image"), std::string::npos);
}

TEST(Page, ZeroAndNotFiniteHaveTheirLanesAndBreakTheCurve) {
  Curve curve = falling(0, "A", 6);
  curve.y = {1, 0.1, 0, 0, kInf, std::nan("")};
  const std::string svg = svg_of({figure_of({curve}), {}});
  for (const char* words : {">overflow<", ">underflow<", ">underflow: a value that is exactly 0<"}) {
    EXPECT_NE(svg.find(words), std::string::npos) << words;
  }
  EXPECT_EQ(count(svg, "stroke=\"#0072b2\""), 3U + 1) << "three stretches and the legend";
  const std::string plain = svg_of({figure_of({falling(0, "A", 6)}), {}});
  EXPECT_EQ(plain.find("overflow"), std::string::npos);
  EXPECT_EQ(plain.find("underflow"), std::string::npos);
  EXPECT_EQ(svg.find("nan,"), std::string::npos);
  EXPECT_EQ(svg.find("inf,"), std::string::npos);
}

TEST(Page, LongNamesAreCutAndTheLegendWraps) {
  std::vector<Curve> curves;
  for (std::size_t i = 0; i < 6; ++i) curves.push_back(falling(i, std::string(30 + 40 * i, 'x'), 4));
  const std::string svg = svg_of({figure_of(curves), {}});
  EXPECT_EQ(count(svg, "x</text>"), 2U) << "two of the names fit";
  EXPECT_EQ(count(svg, "x…</text>"), 4U);
}

TEST(Page, TextIsCutAndBrokenToTheWidth) {
  Typeface typeface;
  const double width = typeface.width("one two", 10) + 0.1;
  EXPECT_EQ(broken(&typeface, "one two three", 10, width), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(broken(&typeface, "", 10, width), std::vector<std::string>{});
  EXPECT_EQ(cut(&typeface, "one two", 10, width), "one two");
  const std::string shorter = cut(&typeface, "∂∂∂∂∂∂∂∂∂∂∂∂", 10, width);
  EXPECT_TRUE(std::regex_match(shorter, std::regex("(∂)+…"))) << shorter;
  EXPECT_LE(typeface.width(shorter, 10), width);
}

TEST(Page, AnEmptyFigureIsAPage) {
  Figure figure = figure_of({});
  figure.absences.push_back({0, "num_layers is 0"});
  const Page page{figure, {}};
  EXPECT_NE(svg_of(page).find("A has no curve: num_layers is 0"), std::string::npos);
  EXPECT_GT(pdf_of(page).size(), 1000U);
  EXPECT_GT(png_of(page).size(), 1000U);
}

TEST(Page, GuidesAndPointersSayTheirNamesAndNoneCoversAnother) {
  Figure figure = figure_of({falling(0, "A", 40), falling(1, "B", 40)});
  for (Curve& curve : figure.curves) {
    for (double& x : curve.x) x += 1;
  }
  figure.x_scale = Scale::logarithmic;
  figure.x_shown = Range{1, 40};
  figure.guides = {
      {.label = "Pre-LN: slope −1/2", .name = "", .x = {4, 40}, .low = {0.5, 0.16}, .stacks = {0}},
      {.label = "Post-LN: slope 0", .name = "", .x = {4, 40}, .low = {1, 1}, .stacks = {1}},
      {.label = "of a stack that is not there", .name = "", .x = {4, 40}, .low = {1, 1}, .stacks = {7}}};
  figure.marks = {{40, {1}, "L = 40"}, {38, {0}, "L = 38"}, {39, {2, 3}, "L = 39"}};
  const std::string svg = svg_of({figure, {}});
  for (const char* words : {">Pre-LN: slope −1/2<", ">Post-LN: slope 0<"}) {
    EXPECT_NE(svg.find(words), std::string::npos) << words;
  }
  EXPECT_EQ(svg.find("not there"), std::string::npos);
  EXPECT_EQ(count(svg, "stroke=\"#45505b\" stroke-width=\"0.8\""), 2U) << "the two lines";
  const auto x_of = [&](const std::string& words) {
    std::smatch match;
    const std::regex place("<text x=\"([0-9.]+)\"[^>]*>" + words);
    return std::regex_search(svg, match, place) ? std::stod(match[1]) : -1;
  };
  Typeface typeface;
  const double width = typeface.width("L = 38", 9);
  EXPECT_GT(x_of("L = 38"), 0);
  EXPECT_GT(x_of("L = 39"), x_of("L = 38") + width) << "no label touches another";
  EXPECT_GT(x_of("L = 40"), x_of("L = 39") + width);
}

TEST(Page, ALinearAxisHasLinearNumbersAndNoUnderflow) {
  Curve curve{0, "A", {0, 1, 2, 3}, {-0.4, 0, 0.25, 0.6}};
  Figure figure = figure_of({curve});
  figure.y_scale = Scale::linear;
  const PaperFrame frame = frame_of(figure, {0, 0, 100, 240});
  EXPECT_DOUBLE_EQ(frame.y_of(0) - frame.y_of(0.2), frame.y_of(-0.2) - frame.y_of(0));
  const std::string svg = svg_of({figure, {}});
  for (const char* words : {">−0.4<", ">0.0<", ">0.6<"}) {
    EXPECT_NE(svg.find(words), std::string::npos) << words;
  }
  EXPECT_EQ(svg.find("underflow"), std::string::npos);
  EXPECT_EQ(svg.find("10⁰"), std::string::npos);
  curve.y[2] = kInf;
  figure.curves = {curve};
  EXPECT_NE(svg_of({figure, {}}).find(">overflow<"), std::string::npos);
}

TEST(Page, BandsOfSeedsAndOfTheoryAreOneTranslucentAreaEachAndNoPicture) {
  Figure figure = figure_of({falling(1, "B", 20)});
  Curve& curve = figure.curves.front();
  for (const double y : curve.y) {
    curve.low.push_back(y / 2);
    curve.high.push_back(y * 2);
  }
  curve.low.back() = 0;
  figure.guides = {
      {.label = "theory", .name = "", .x = {0, 19}, .low = {0.1, 0.1}, .high = {1, 1}, .stacks = {1}}};
  const std::string svg = svg_of({figure, {}});
  EXPECT_EQ(count(svg, "fill=\"#d55e00\" fill-opacity=\"0.22\""), 1U);
  EXPECT_EQ(count(svg, "fill=\"#45505b\" fill-opacity=\"0.12\""), 1U);
  EXPECT_LT(svg.find("fill-opacity=\"0.22\""), svg.find("stroke=\"#d55e00\"")) << "below the curve";
  EXPECT_NE(svg.find(">underflow<"), std::string::npos);
  const std::string pdf = pdf_of({figure, {}});
  EXPECT_EQ(pdf.find("/Subtype /Image"), std::string::npos);
  EXPECT_NE(pdf.find("/ca 0.22"), std::string::npos);
  EXPECT_TRUE(pdf.starts_with("%PDF-1.4"));
}

TEST(Page, CurvesWithAStyleOfTheirOwnAreNamedAtTheirEnds) {
  std::vector<Curve> curves;
  for (int i = 0; i < 40; ++i) {
    curves.push_back(falling(2, "weight " + std::to_string(i), 8));
    curves.back().style = weight_style(i % 2 == 0 ? "ffn.w_2" : "ffn.b_2");
  }
  const std::string svg = svg_of({figure_of(curves), {"a", "b", "all of these"}});
  EXPECT_EQ(count(svg, ">C  all of these<"), 1U);
  EXPECT_GT(count(svg, "stroke-width=\"0.8\""), 20U) << "biases are thin";
  const std::regex place("<text x=\"[0-9.]+\" y=\"([0-9.]+)\"[^>]*>weight [0-9]+<");
  std::vector<double> lines;
  for (std::sregex_iterator at(svg.begin(), svg.end(), place), end; at != end; ++at) {
    lines.push_back(std::stod((*at)[1]));
  }
  ASSERT_EQ(lines.size(), 40U);
  std::sort(lines.begin(), lines.end());
  for (std::size_t i = 1; i < lines.size(); ++i) EXPECT_GT(lines[i] - lines[i - 1], 9) << "no two overlap";
}

HeatMap small_map() {
  HeatMap map;
  map.x_label = "layer";
  map.value_label = "‖∂L/∂θ‖ of every weight";
  map.note = "left out: b_K";
  map.rows = {{"grad_norm/ffn.w_1", "W₁ FFN", ""}, {"grad_norm/ffn.b_1", "b₁ FFN", ""}};
  map.panels = {{0, "A's", 3, {1.0, 0.1, 0.01, 0.0, kInf, std::nullopt}, {}, ""},
                {1, "B's", 0, {}, {}, "num_layers is 0"}};
  return map;
}

TEST(Page, AHeatMapHasItsWordsAsTextItsColoursAndAHatchForWhatHasNone) {
  const std::string svg = svg_of({small_map(), {"first", "second"}, "caption"});
  for (const char* words :
       {">A  first<", ">B  second<", ">W₁ FFN<", ">b₁ FFN<", ">layer<", ">10⁻¹<", ">zero<", ">overflow<",
        ">‖∂L/∂θ‖ of every weight<", ">B second has no cells: num_layers is 0<", ">left out: b_K<",
        ">zero: a gradient that is exactly 0<", ">blank: a weight that the layer does not have<",
        ">caption<"}) {
    EXPECT_NE(svg.find(words), std::string::npos) << words << "\n" << svg;
  }
  const auto cells = [&](const HeatMap& map) {
    return count(svg_of({map, {}}), "<polygon") - count(svg, "<polygon");
  };
  HeatMap more = small_map();
  more.panels[0].cells[5] = 0.5;
  EXPECT_EQ(cells(more), 1U) << "a cell that is missing has no area";
  more.panels[0].cells[4] = 0.5;
  EXPECT_EQ(svg_of({more, {}}).find("overflow"), std::string::npos);
  EXPECT_EQ(svg.find("nan"), std::string::npos);
  const std::string pdf = pdf_of({small_map(), {}});
  EXPECT_EQ(pdf.find("/Subtype /Image"), std::string::npos);
  EXPECT_EQ(png_of({small_map(), {}}), png_of({small_map(), {}}));
}

TEST(Page, AHeatMapOfManyPanelsAndLayersStaysOnThePage) {
  HeatMap map = small_map();
  map.panels.clear();
  for (std::size_t p = 0; p < 6; ++p) {
    map.panels.push_back({p, "", 4096, std::vector<HeatCell>(2 * 4096), {1}, ""});
    for (std::size_t i = 0; i < 4096; ++i) map.panels.back().cells[i] = std::pow(10.0, -0.001 * double(i));
  }
  const std::string svg =
      svg_of({map, std::vector<std::string>(6, "a name that no panel is wide enough for")});
  EXPECT_LT(count(svg, "<polygon"), 1000U);
  EXPECT_EQ(count(svg, "…<"), 6U);
  EXPECT_NE(svg.find("layers that share a column"), std::string::npos);
  EXPECT_NE(svg.find(">F: left out, zero in theory"), std::string::npos);
  const std::regex x("<polygon points=\"([0-9.]+),[^ ]* ([0-9.]+),");
  for (std::sregex_iterator at(svg.begin(), svg.end(), x), end; at != end; ++at) {
    EXPECT_LE(std::stod((*at)[2]), 560);
  }
}

}  // namespace
}  // namespace gradflow::figure
