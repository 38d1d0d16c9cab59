#include "app/figure/block.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/spec/text.h"

namespace gradflow::figure {
namespace {

constexpr float kWidth = 288, kTrunk = 84, kFunction = 230;  // x of the two columns
constexpr float kLegSocket = 148;                            // x of the sockets pre and branch
constexpr float kFunctionWidth = 104, kFunctionHeight = 28;
constexpr float kEndWidth = 144, kEndHeight = 24, kEndGap = 10;
constexpr float kFramePad = 4;
constexpr float kMemoryWidth = 60, kMemoryHeight = 20;

/// Heights of a sub-layer, from its top. Three sub-layers stand closer, so that a layer fits the window.
struct Heights {
  float post, add, split, entry, bottom;
};
constexpr Heights kRoomy{16, 44, 104, 128, 144};
constexpr Heights kTight{14, 38, 90, 110, 124};

constexpr std::array<Side, kSites.size()> kLabelSides{Side::left, Side::below, Side::above, Side::left};

constexpr std::array<std::string_view, kWireCount> kWireNames{"x",      "trunk",    "foot", "input", "output",
                                                              "branch", "residual", "sum",  "y"};

float length(const std::vector<Point>& points) {
  float sum = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    sum += std::abs(points[i].x - points[i - 1].x) + std::abs(points[i].y - points[i - 1].y);
  }
  return sum;
}

class Builder {
 public:
  Builder(const StackSpec& spec, const Sublayers& layer) : spec_(spec), layer_(layer) {}
  BlockFigure build();

 private:
  void end_socket(std::string name, std::string label, bool StackSpec::*member, float y);
  void end_box(std::string name, std::string label, float top);
  /// The wires of an end come in backward order, from the loss down.
  void end_wire(std::string name, EndWire place, float from, float to);
  void sublayer(const Named<SublayerKind>& kind, const SublayerSpec& wiring, const Heights& heights,
                float top);
  void sublayer_wires(const Named<SublayerKind>& kind, const SublayerSpec& wiring,
                      const std::array<Point, kSites.size()>& sites, const Heights& heights, float top);
  void memory(const std::string& name, Point function);

  const StackSpec& spec_;
  const Sublayers& layer_;
  BlockFigure figure_;
  float from_loss_ = 0;  // at the wire that comes next on the way down
};

void Builder::end_socket(std::string name, std::string label, bool StackSpec::*member, float y) {
  figure_.sockets.push_back(
      {std::move(name), std::move(label), member, {kTrunk, y}, Side::right, spec_.*member});
}

void Builder::end_box(std::string name, std::string label, float top) {
  const Area area{kTrunk - kEndWidth / 2, top, kEndWidth, kEndHeight};
  figure_.boxes.push_back({std::move(name), std::move(label), BoxKind::end, area});
}

void Builder::end_wire(std::string name, EndWire place, float from, float to) {
  figure_.wires.push_back({std::move(name), place, {{kTrunk, from}, {kTrunk, to}}, false, from_loss_});
  from_loss_ += from - to;
}

void Builder::memory(const std::string& name, Point function) {
  const float right = function.x - kFunctionWidth / 2;
  const float left = (kTrunk + right) / 2 - kMemoryWidth / 2 + 4;
  const Area area{left, function.y - kMemoryHeight / 2, kMemoryWidth, kMemoryHeight};
  figure_.boxes.push_back({name + ".memory", std::string(tr("memory")), BoxKind::memory, area});
  figure_.wires.push_back(
      {name + ".memory", MemoryWire{}, {{left + kMemoryWidth, function.y}, {right, function.y}}});
}

void Builder::sublayer_wires(const Named<SublayerKind>& kind, const SublayerSpec& wiring,
                             const std::array<Point, kSites.size()>& sites, const Heights& heights,
                             float top) {
  const auto site = [&](Site at) { return sites[static_cast<std::size_t>(at)]; };
  const Point low{kTrunk, top + heights.bottom};
  const Point high{kTrunk, top};
  const Point add{kTrunk, top + heights.add};
  const Point split{kTrunk, top + heights.split};
  const float middle = (add.y + split.y) / 2;
  const Point into{kFunction, middle + kFunctionHeight / 2};
  const Point out{kFunction, middle - kFunctionHeight / 2};
  const float start = from_loss_;
  const auto wire = [&](Wire which, std::vector<Point> points, float from_loss) {
    const float way = length(points);
    const bool cut = which == Wire::residual && !wiring.residual;
    figure_.wires.push_back(
        {std::string(kind.key) + "." + std::string(kWireNames[static_cast<std::size_t>(which)]),
         SublayerWire{kind.value, which}, std::move(points), cut, from_loss});
    return from_loss + way;
  };
  const float at_post = wire(Wire::y, {site(Site::post), high}, start);
  const float at_add = wire(Wire::sum, {add, site(Site::post)}, at_post);
  float way = wire(Wire::branch, {site(Site::branch), add}, at_add);
  way = wire(Wire::output, {out, {kFunction, add.y}, site(Site::branch)}, way);
  way = wire(Wire::input, {site(Site::pre), {kFunction, split.y}, into}, way + kFunctionHeight);
  const float by_branch = wire(Wire::foot, {split, site(Site::pre)}, way);
  const float by_residual = wire(Wire::residual, {split, add}, at_add);
  way = wire(Wire::trunk, {site(Site::entry), split}, wiring.residual ? by_residual : by_branch);
  from_loss_ = wire(Wire::x, {low, site(Site::entry)}, way);
}

void Builder::sublayer(const Named<SublayerKind>& kind, const SublayerSpec& wiring, const Heights& heights,
                       float top) {
  const std::string name(kind.key);
  const std::array<Point, kSites.size()> sites{{{kTrunk, top + heights.entry},
                                                {kLegSocket, top + heights.split},
                                                {kLegSocket, top + heights.add},
                                                {kTrunk, top + heights.post}}};
  sublayer_wires(kind, wiring, sites, heights, top);
  const Point function{kFunction, top + (heights.add + heights.split) / 2};
  figure_.boxes.push_back(
      {name + ".function",
       std::string(tr(kind.label)),
       BoxKind::function,
       {function.x - kFunctionWidth / 2, function.y - kFunctionHeight / 2, kFunctionWidth, kFunctionHeight}});
  figure_.boxes.push_back(
      {name + ".add",
       "+",
       BoxKind::add,
       {kTrunk - kAddRadius, top + heights.add - kAddRadius, 2 * kAddRadius, 2 * kAddRadius}});
  if (kind.value == SublayerKind::cross_attention) memory(name, function);
  for (std::size_t i = kSites.size(); i-- > 0;) {
    const Named<Site>& site = kNames<Site>[i];
    figure_.sockets.push_back({name + ".norm." + std::string(site.key), std::string(tr(site.label)),
                               SitePlace{kind.value, site.value}, sites[i], kLabelSides[i],
                               wiring.norm.contains(site.value)});
  }
}

BlockFigure Builder::build() {
  const Heights& heights = layer_.cross_attention ? kTight : kRoomy;
  end_box("unembedding", std::string(tr("unembedding → loss")), 0);
  float y = kEndHeight;
  const float final_norm = y + kEndGap + kSocketHeight / 2;
  const float frame_top = final_norm + kSocketHeight / 2 + kEndGap;
  end_socket("final_norm", std::string(tr("final norm")), &StackSpec::final_norm, final_norm);
  end_wire("head", EndWire::head, final_norm, y);
  end_wire("top", EndWire::top, frame_top + kFramePad, final_norm);
  y = frame_top + kFramePad;
  for (std::size_t i = kSublayerKinds.size(); i-- > 0;) {
    const Named<SublayerKind>& kind = kNames<SublayerKind>[i];
    const SublayerSpec* wiring = layer_.find(kind.value);
    if (wiring == nullptr) continue;
    sublayer(kind, *wiring, heights, y);
    y += heights.bottom;
  }
  figure_.frame = {0, frame_top, kWidth, y + kFramePad - frame_top};
  const float embedding_norm = y + kFramePad + kEndGap + kSocketHeight / 2;
  const float embedding = embedding_norm + kSocketHeight / 2 + kEndGap;
  end_wire("bottom", EndWire::bottom, embedding_norm, y);
  end_wire("embedding", EndWire::embedding, embedding, embedding_norm);
  end_socket("embedding_norm", std::string(tr("embedding norm")), &StackSpec::embedding_norm, embedding_norm);
  end_box("embedding", std::string(tr("tokens → embedding")), embedding);
  std::reverse(figure_.sockets.begin(), figure_.sockets.end());  // built downwards, against the forward pass
  figure_.width = kWidth;
  figure_.height = embedding + kEndHeight;
  return std::move(figure_);
}

}  // namespace

BlockFigure block_figure(const StackSpec& spec, const Sublayers& layer) {
  return Builder(spec, layer).build();
}

std::string_view norm_abbreviation(NormKind kind) { return kind == NormKind::layer_norm ? "LN" : "RMS"; }

std::string_view function_abbreviation(SublayerKind kind) {
  constexpr std::array<std::string_view, kSublayerKinds.size()> kFunctions{"Attn", "Cross", "FFN"};
  return kFunctions[static_cast<std::size_t>(kind)];
}

}  // namespace gradflow::figure
