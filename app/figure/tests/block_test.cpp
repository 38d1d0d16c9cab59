#include "app/figure/block.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "app/figure/block_gradient.h"

namespace gradflow::figure {
namespace {

/// Every stack of four sites and residual on or off in both sub-layers, and some with cross-attention.
std::vector<StackSpec> all_stacks() {
  std::vector<StackSpec> stacks;
  for (unsigned bits = 0; bits < 1024; ++bits) {
    StackSpec spec;
    spec.sublayers.attention = spec.sublayers.ffn = {{}, (bits & 256U) != 0};
    spec.sublayers.ffn.residual = (bits & 512U) != 0;
    for (const Site site : kSites) {
      const auto i = static_cast<unsigned>(site);
      if ((bits >> i & 1U) != 0) spec.sublayers.attention.norm.insert(site);
      if ((bits >> (4 + i) & 1U) != 0) spec.sublayers.ffn.norm.insert(site);
    }
    if (bits % 3 == 0) spec.sublayers.cross_attention = spec.sublayers.attention;
    stacks.push_back(spec);
  }
  return stacks;
}

BlockFigure figure_of(const StackSpec& spec) { return block_figure(spec, spec.sublayers); }

const WireLine& wire(const BlockFigure& figure, std::string_view name) {
  const auto found = std::find_if(figure.wires.begin(), figure.wires.end(),
                                  [&](const WireLine& line) { return line.name == name; });
  return found == figure.wires.end() ? throw std::out_of_range(std::string(name)) : *found;
}

TEST(BlockFigure, HasFourSocketsASublayerFilledWhereTheEquationHasANorm) {
  for (const StackSpec& spec : all_stacks()) {
    std::size_t sublayers = 0;
    for (const SublayerKind kind : kSublayerKinds) sublayers += spec.sublayers.find(kind) != nullptr ? 1 : 0;
    const BlockFigure figure = figure_of(spec);
    ASSERT_EQ(figure.sockets.size(), 4 * sublayers + 2);
    for (const Socket& socket : figure.sockets) {
      const auto* site = std::get_if<SitePlace>(&socket.place);
      if (site == nullptr) continue;
      EXPECT_EQ(socket.filled, spec.sublayers.find(site->sublayer)->norm.contains(site->site));
    }
  }
}

TEST(BlockFigure, NamesEveryPartOnceAndKeepsItInside) {
  for (const StackSpec& spec : all_stacks()) {
    const BlockFigure figure = figure_of(spec);
    std::set<std::string> names;
    for (const WireLine& line : figure.wires) EXPECT_TRUE(names.insert("wire " + line.name).second);
    for (const Socket& socket : figure.sockets) EXPECT_TRUE(names.insert("socket " + socket.name).second);
    for (const Box& box : figure.boxes) {
      EXPECT_TRUE(names.insert("box " + box.name).second);
      EXPECT_GE(box.area.y, 0);
      EXPECT_LE(box.area.x + box.area.width, figure.width);
      EXPECT_LE(box.area.y + box.area.height, figure.height);
    }
  }
}

/// From the embedding to the unembedding along wires, sockets and boxes, by geometry alone.
TEST(BlockFigure, LeadsFromTheEmbeddingToTheUnembeddingThroughResidualAndBranch) {
  const BlockFigure figure = figure_of(pre_ln_stack());
  std::multimap<std::pair<float, float>, const WireLine*> from;
  for (const WireLine& line : figure.wires) {
    from.emplace(std::pair(line.points.front().x, line.points.front().y), &line);
    for (std::size_t i = 1; i < line.points.size(); ++i) {  // along the axes: crisp on every screen
      EXPECT_TRUE(line.points[i].x == line.points[i - 1].x || line.points[i].y == line.points[i - 1].y);
    }
  }
  const auto way = [&](std::string_view start, Point at) {
    std::string names;
    for (const WireLine* line = &wire(figure, start);;) {
      names += line->name + " ";
      at = line->points.back();
      const auto next = from.find({at.x, at.y});
      if (next == from.end()) return names;
      line = next->second;
    }
  };
  EXPECT_EQ(way("ffn.residual", {}), "ffn.residual ffn.sum ffn.y top head ");
  EXPECT_EQ(way("attention.output", {}).substr(0, 40), "attention.output attention.branch attent");
  EXPECT_EQ(way("embedding", {}).substr(0, 44), "embedding bottom attention.x attention.trunk");
  EXPECT_EQ(wire(figure, "ffn.x").points.front(), wire(figure, "attention.y").points.back());
}

TEST(BlockFigure, DoesNotMoveWhenNormsComeAndGo) {
  const BlockFigure first = figure_of(pre_ln_stack());
  for (const StackSpec& spec : all_stacks()) {
    if (spec.sublayers.cross_attention) continue;
    const BlockFigure figure = figure_of(spec);
    EXPECT_EQ(figure.height, first.height);
    for (std::size_t i = 0; i < figure.sockets.size(); ++i) {
      EXPECT_EQ(figure.sockets[i].at, first.sockets[i].at);
    }
    for (std::size_t i = 0; i < figure.wires.size(); ++i) {
      EXPECT_EQ(figure.wires[i].points, first.wires[i].points);
    }
  }
}

TEST(BlockFigure, CutsTheResidualWireAloneAndSendsThePulsesRoundThroughTheBranch) {
  StackSpec spec = pre_ln_stack();
  const BlockFigure whole = figure_of(spec);
  spec.sublayers.ffn.residual = false;
  const BlockFigure figure = figure_of(spec);
  for (const WireLine& line : figure.wires) EXPECT_EQ(line.cut, line.name == "ffn.residual");
  EXPECT_GT(wire(figure, "attention.x").from_loss, wire(whole, "attention.x").from_loss);
  EXPECT_EQ(wire(figure, "ffn.sum").from_loss, wire(whole, "ffn.sum").from_loss);
}

TEST(BlockFigure, ShowsTheMemoryThatCrossAttentionReads) {
  StackSpec spec = pre_ln_stack();
  EXPECT_THROW(wire(figure_of(spec), "cross_attention.memory"), std::out_of_range);
  spec.sublayers.cross_attention = SublayerSpec{};
  const BlockFigure figure = figure_of(spec);
  EXPECT_TRUE(std::holds_alternative<MemoryWire>(wire(figure, "cross_attention.memory").place));
  EXPECT_EQ(figure.sockets.size(), 14U);
}

/// A report of one layer whose numbers are made up but fit together.
StackReport report_of(const StackSpec& spec) {
  StackReport report;
  report.spec = spec;
  report.scalars = {{"wire_grad_norm/embedding", .5}, {"wire_grad_norm/head", 3}};
  report.series = {{"stream_grad_norm", {0, 1}, {1.5, 2}},  {"jacobian_gain/attention", {0}, {.5}},
                   {"jacobian_gain/ffn", {0}, {1.5}},       {"norm_gain/attention.pre", {0}, {.25}},
                   {"norm_gain/ffn.post", {0}, {.1}},       {"wire_grad_norm/attention.branch", {0}, {.3}},
                   {"wire_grad_norm/ffn.branch", {0}, {.7}}};
  return report;
}

TEST(BlockGradient, ReadsEveryWireFromTheLossDown) {
  StackSpec spec;
  spec.num_layers = 1;
  spec.sublayers.ffn.norm = {Site::post};
  spec.residual_scale.value = .5;
  const BlockGradient gradient = block_gradient(report_of(spec), 0);
  const auto at = [&](SublayerKind kind, Wire wire) { return gradient.at(SublayerWire{kind, wire}).value(); };
  EXPECT_DOUBLE_EQ(gradient.at(EndWire::head).value(), 3);
  EXPECT_DOUBLE_EQ(gradient.at(EndWire::top).value(), 2);
  EXPECT_DOUBLE_EQ(at(SublayerKind::ffn, Wire::y), 2);
  EXPECT_DOUBLE_EQ(at(SublayerKind::ffn, Wire::sum), .2);
  EXPECT_DOUBLE_EQ(at(SublayerKind::ffn, Wire::branch), .2);
  EXPECT_DOUBLE_EQ(at(SublayerKind::ffn, Wire::residual), .1);
  EXPECT_DOUBLE_EQ(at(SublayerKind::ffn, Wire::output), .2);
  EXPECT_DOUBLE_EQ(at(SublayerKind::ffn, Wire::foot), .7);
  EXPECT_DOUBLE_EQ(at(SublayerKind::ffn, Wire::x), 3);
  EXPECT_DOUBLE_EQ(at(SublayerKind::attention, Wire::y), 3);
  EXPECT_DOUBLE_EQ(at(SublayerKind::attention, Wire::foot), .3);
  EXPECT_DOUBLE_EQ(at(SublayerKind::attention, Wire::input), 1.2);
  EXPECT_DOUBLE_EQ(at(SublayerKind::attention, Wire::x), 1.5);
  EXPECT_DOUBLE_EQ(gradient.at(EndWire::bottom).value(), 1.5);
  EXPECT_DOUBLE_EQ(gradient.at(EndWire::embedding).value(), .5);
  EXPECT_FALSE(gradient.at(MemoryWire{}));
}

TEST(BlockGradient, OfACutResidualIsZeroEvenUnderAnOverflow) {
  StackSpec spec;
  spec.num_layers = 1;
  spec.sublayers.ffn = {{}, false};
  StackReport report = report_of(spec);
  report.series[0].values[1] = std::numeric_limits<double>::infinity();
  const BlockGradient gradient = block_gradient(report, 0);
  EXPECT_EQ(gradient.at(SublayerWire{SublayerKind::ffn, Wire::residual}), 0.0);
  EXPECT_EQ(flow_of(gradient.at(SublayerWire{SublayerKind::ffn, Wire::branch})), Flow::overflow);
}

TEST(BlockGradient, IsZeroBelowAZeroAndUnknownWhereNothingWasMeasured) {
  StackSpec spec;
  spec.num_layers = 1;
  StackReport report = report_of(spec);
  report.series = {{"stream_grad_norm", {0, 1}, {0, 0}}};
  const BlockGradient gradient = block_gradient(report, 0);
  EXPECT_EQ(gradient.at(SublayerWire{SublayerKind::attention, Wire::x}), 0.0);
  EXPECT_EQ(gradient.at(SublayerWire{SublayerKind::attention, Wire::foot}), std::nullopt);
  report.error = "no such thing";
  EXPECT_EQ(block_gradient(report, 0).at(EndWire::top), std::nullopt);
  EXPECT_EQ(block_gradient(report_of(spec), 1).at(EndWire::top), std::nullopt);
}

TEST(FlowLevel, IsLinearInTheDecadesAndStaysInItsRange) {
  EXPECT_FLOAT_EQ(flow_level(1e-4), 0);
  EXPECT_FLOAT_EQ(flow_level(10), 1);
  EXPECT_FLOAT_EQ(flow_level(1e-3) - flow_level(1e-4), .2F);
  EXPECT_FLOAT_EQ(flow_level(1e-300), 0);
  EXPECT_FLOAT_EQ(flow_level(1e300), 1);
}

}  // namespace
}  // namespace gradflow::figure
