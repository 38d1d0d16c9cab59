#include "core/spec/wiring.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace gradflow {

double SkipGain::at(int num_layers) const {
  return rule == Rule::deepnorm ? std::pow(2.0 * num_layers, 0.25) : value;
}

const NamedWiring* find_wiring(SiteSet norm, SkipGain::Rule skip) {
  const auto row = std::find_if(kWirings.begin(), kWirings.end(), [&](const NamedWiring& wiring) {
    return wiring.norm == norm && wiring.skip == skip;
  });
  return row == kWirings.end() ? nullptr : &*row;
}

std::string equation(const SublayerSpec& sublayer, const SkipGain& skip, std::string_view norm_name,
                     std::string_view function) {
  const auto wrap = [&](Site site, const std::string& inner) {
    return sublayer.norm.contains(site) ? std::string(norm_name) + "(" + inner + ")" : inner;
  };
  const std::string trunk = wrap(Site::entry, "x");
  const std::string branch = wrap(Site::branch, std::string(function) + "(" + wrap(Site::pre, trunk) + ")");
  std::string skip_term;
  if (sublayer.residual) {
    if (skip.rule == SkipGain::Rule::deepnorm) {
      skip_term = "α ";
    } else if (skip.value != 1.0) {
      std::ostringstream gain;
      gain << skip.value << ' ';
      skip_term = gain.str();
    }
    skip_term += trunk + " + ";
  }
  return wrap(Site::post, skip_term + branch);
}

}  // namespace gradflow
