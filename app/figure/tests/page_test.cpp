// A figure on paper: text stays text, nothing is lost, nothing overlaps, and the bytes are the same every
// time.
#include "app/figure/page.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <regex>

#include "app/figure/paper.h"

namespace gradflow::figure {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();

Curve falling(std::size_t stack, const std::string& name, int count) {
  Curve curve{stack, name, {}, {}};
  for (int i = 0; i < count; ++i) {
    curve.x.push_back(i);
    curve.y.push_back(std::pow(10.0, -0.1 * i));
  }
  return curve;
}

Figure figure_of(std::vector<Curve> curves) {
  Figure figure;
  figure.x_label = "layer (0 is next to the input)";
  figure.y_label = "‖∂L/∂W₁‖ feed-forward";
  figure.curves = std::move(curves);
  return figure;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t times = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++times;
  return times;
}

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
  figure.guides = {{-0.5, 1, 4, "Pre-LN: slope −1/2"}, {0, 1, 4, "Post-LN: slope 0"}};
  figure.marks = {{40, {1}, "L = 40"}, {38, {0}, "L = 38"}, {39, {2, 3}, "L = 39"}};
  const std::string svg = svg_of({figure, {}});
  for (const char* words : {">Pre-LN: slope −1/2<", ">Post-LN: slope 0<"}) {
    EXPECT_NE(svg.find(words), std::string::npos) << words;
  }
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

}  // namespace
}  // namespace gradflow::figure
