#include "app/figure/ghosts.h"

#include <gtest/gtest.h>

#include <vector>

namespace gradflow::figure {
namespace {

using Reports = std::vector<std::shared_ptr<const StackReport>>;

std::shared_ptr<const StackReport> report_of(StackSpec spec) {
  StackReport report;
  report.spec = std::move(spec);
  return std::make_shared<const StackReport>(std::move(report));
}

TEST(Ghosts, StandBehindTheLiveCurvesAndSayWhatTheyAre) {
  Figure figure;
  figure.curves = {{0, "Pre-LN", {0, 1}, {1, 2}}, {1, "Post-LN", {0, 1}, {3, 4}}};
  const Figure live = figure;
  StackSpec pin = post_ln_stack();
  pin.num_layers = 2;
  Figure pinned;
  pinned.curves = {{1, "Post-LN", {0, 1}, {5, 6}, "exponent +0.1", {1}}};
  pinned.absences = {{0, "not measured yet"}};
  add_ghosts(&figure, pinned, Reports{nullptr, report_of(pin)});
  ASSERT_EQ(figure.curves.size(), 3U);
  EXPECT_EQ(figure.curves[0], live.curves[0]);
  EXPECT_EQ(figure.curves[1], live.curves[1]);
  const Curve& ghost = figure.curves[2];
  EXPECT_TRUE(ghost.pinned);
  EXPECT_EQ(ghost.y, (std::vector<double>{5, 6}));
  EXPECT_EQ(ghost.name, "Post-LN, L = 2");
  EXPECT_EQ(ghost.note, "Post-LN, L = 2, exponent +0.1");
  EXPECT_TRUE(ghost.marks.empty());
  EXPECT_TRUE(figure.absences.empty()) << "a stack that has no ghost is not spoken of";
  EXPECT_EQ(label_of(ghost), "B pinned:");
  EXPECT_EQ(label_of(figure.curves[1]), "B");
}

TEST(Ghosts, NoneLeavesTheFigureAsItIs) {
  Figure figure;
  figure.curves = {{0, "Pre-LN", {0, 1}, {1, 2}}};
  const Figure before = figure;
  add_ghosts(&figure, Figure(), Reports());
  EXPECT_EQ(figure, before);
}

}  // namespace
}  // namespace gradflow::figure
