#include "app/figure/block_gradient.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace gradflow::figure {
namespace {

WireGradient in_layer(const StackReport& report, const std::string& quantity, int layer) {
  const Series* series = report.find(quantity);
  return series == nullptr ? std::nullopt : series->at(layer);
}

/// The gradient below a part with this gain. A report has no gain where the gradient above is 0 (then it is 0
/// below, too) or nan.
WireGradient below(const WireGradient& above, const WireGradient& gain) {
  if (above && gain) return *above * *gain;
  return above && !(*above > 0) ? above : std::nullopt;
}

/// The gradient above a norm, from the one below it.
WireGradient above(const WireGradient& below, const WireGradient& gain) {
  if (below && gain && *gain != 0) return *below / *gain;
  return below && !(*below > 0) ? below : std::nullopt;
}

struct SublayerReader {
  const StackReport& report;
  int layer;
  std::string name;
  const SublayerSpec& wiring;

  WireGradient gain(Site site) const {
    return in_layer(report, "norm_gain/" + name + "." + std::string(key_of(site)), layer);
  }
  WireGradient below_site(Site site, const WireGradient& gradient) const {
    return wiring.norm.contains(site) ? below(gradient, gain(site)) : gradient;
  }
  WireGradient above_site(Site site, const WireGradient& gradient) const {
    return wiring.norm.contains(site) ? above(gradient, gain(site)) : gradient;
  }
};

/// From the top down; returns the gradient at x.
WireGradient read_sublayer(const SublayerReader& reader, const WireGradient& top, double skip,
                           std::array<WireGradient, kWireCount>* wires) {
  const auto wire = [&](Wire which) -> WireGradient& { return (*wires)[static_cast<std::size_t>(which)]; };
  wire(Wire::y) = top;
  wire(Wire::sum) = reader.below_site(Site::post, top);
  wire(Wire::branch) = wire(Wire::sum);  // the add hands its gradient to both
  wire(Wire::output) = reader.below_site(Site::branch, wire(Wire::branch));
  wire(Wire::foot) = in_layer(reader.report, "wire_grad_norm/" + reader.name + ".branch", reader.layer);
  wire(Wire::input) = reader.above_site(Site::pre, wire(Wire::foot));
  if (wire(Wire::sum)) {  // a cut wire hands nothing back, whatever the gradient above it: 0, not 0 * inf
    wire(Wire::residual) = reader.wiring.residual ? *wire(Wire::sum) * std::abs(skip) : 0.0;
  }
  wire(Wire::x) = below(top, in_layer(reader.report, "jacobian_gain/" + reader.name, reader.layer));
  wire(Wire::trunk) = reader.above_site(Site::entry, wire(Wire::x));
  return wire(Wire::x);
}

}  // namespace

WireGradient BlockGradient::at(const WirePlace& place) const {
  if (const auto* wire = std::get_if<SublayerWire>(&place))
    return sublayers[static_cast<std::size_t>(wire->sublayer)][static_cast<std::size_t>(wire->wire)];
  if (const auto* end = std::get_if<EndWire>(&place)) return ends[static_cast<std::size_t>(*end)];
  return std::nullopt;
}

BlockGradient block_gradient(const StackReport& report, int layer) {
  BlockGradient gradient;
  const StackSpec& spec = report.spec;
  if (!report.error.empty() || layer < 0 || layer >= spec.num_layers) return gradient;
  const auto end = [&](EndWire which) -> WireGradient& {
    return gradient.ends[static_cast<std::size_t>(which)];
  };
  end(EndWire::embedding) = report.scalar("wire_grad_norm/embedding");
  end(EndWire::bottom) = in_layer(report, "stream_grad_norm", 0);
  end(EndWire::top) = in_layer(report, "stream_grad_norm", spec.num_layers);
  end(EndWire::head) = report.scalar("wire_grad_norm/head");
  const Sublayers wiring = sublayers_of(spec, layer);
  WireGradient above = in_layer(report, "stream_grad_norm", layer + 1);
  for (std::size_t i = kSublayerKinds.size(); i-- > 0;) {
    const SublayerSpec* sublayer = wiring.find(kSublayerKinds[i]);
    if (sublayer == nullptr) continue;
    const SublayerReader reader{report, layer, std::string(key_of(kSublayerKinds[i])), *sublayer};
    above = read_sublayer(reader, above, spec.residual_scale.at(spec.num_layers), &gradient.sublayers[i]);
  }
  return gradient;
}

Flow flow_of(const WireGradient& gradient) {
  if (!gradient) return Flow::unknown;
  if (*gradient == 0) return Flow::zero;
  return std::isfinite(*gradient) ? Flow::finite : Flow::overflow;
}

float flow_level(double gradient) {
  const double decades = (std::log10(gradient) - kThinDecade) / (kThickDecade - kThinDecade);
  return static_cast<float>(std::clamp(decades, 0.0, 1.0));
}

}  // namespace gradflow::figure
