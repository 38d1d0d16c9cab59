// The block diagram on paper: its words are text, and it shows what the stack has.
#include "app/figure/block_page.h"

#include <gtest/gtest.h>

#include "app/figure/svg_canvas.h"
#include "app/figure/tests/page_figures.h"

namespace gradflow::figure {
namespace {

std::string row_of(const std::vector<StackSpec>& stacks) {
  Faces faces;
  std::vector<BlockRow::Entry> entries;
  for (const StackSpec& stack : stacks) entries.push_back({entries.size(), stack.name, stack});
  const BlockRow row(std::move(entries), 425, &faces);
  EXPECT_LT(row.height(), 270);
  SvgCanvas canvas(425, row.height(), "row");
  row.draw(&canvas, {0, 0});
  return canvas.take();
}

TEST(BlockPage, ShowsTheNormsWhereTheyAre) {
  const std::string svg = row_of({pre_ln_stack(), post_ln_stack()});
  EXPECT_EQ(count(svg, ">LN<"), 3U + 2U) << "two on the branches and the final norm; two on the trunk";
  for (const char* words :
       {">A  Pre-LN<", ">B  Post-LN<", ">Attention<", ">Feed-forward<", ">unembedding → loss<"}) {
    EXPECT_NE(svg.find(words), std::string::npos) << words << svg;
  }
  EXPECT_EQ(svg.find(">cut<"), std::string::npos);
}

TEST(BlockPage, ACutWireIsMissingItsMiddleAndSaysSo) {
  StackSpec stack = pre_ln_stack();
  stack.norm.kind = NormKind::rms_norm;
  const std::string whole = row_of({stack});
  stack.sublayers.ffn.residual = false;
  const std::string cut = row_of({stack});
  EXPECT_EQ(count(cut, ">cut<"), 1U);
  EXPECT_EQ(count(cut, ">residual<"), 1U);
  EXPECT_EQ(count(cut, "<polyline"), count(whole, "<polyline") + 1);
  EXPECT_EQ(count(cut, ">RMS<"), 3U);
}

TEST(BlockPage, SixStacksShareTheWidth) {
  const std::string svg = row_of(std::vector<StackSpec>(6, post_ln_stack()));
  EXPECT_NE(svg.find(">F  Post-LN<"), std::string::npos);
}

}  // namespace
}  // namespace gradflow::figure
