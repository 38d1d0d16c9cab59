// The wiring of a sub-layer as data. Every placement in the literature is a point of one equation:
//
//   t = entry(x)                    entry   on the trunk, before it splits
//   b = branch( F( pre(t) ) )       pre     on the branch's input;  branch  on its output
//   y = post( skip * t + b )        post    on the sum;  skip  1, 0 (residual off) or a gain
//
// where each site holds a norm or is the identity, and F is attention, cross-attention or the feed-forward.
// Nothing asks for the name of a wiring: names are the rows of kWirings, which controls, command line,
// diagram, verdict and tests all read. A new wiring is one row there and its literal formula in a test.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "core/spec/text.h"

namespace gradflow {

/// Where a norm can sit in a sub-layer, in the order of the forward pass.
enum class Site : std::uint8_t { entry, pre, branch, post };
inline constexpr std::array<Site, 4> kSites{Site::entry, Site::pre, Site::branch, Site::post};

/// A set of sites; an empty one means no norm at all.
class SiteSet {
 public:
  constexpr SiteSet() = default;
  constexpr SiteSet(std::initializer_list<Site> sites) {
    for (Site site : sites) insert(site);
  }
  constexpr bool contains(Site site) const { return (bits_ & bit(site)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr void insert(Site site) { bits_ = static_cast<std::uint8_t>(bits_ | bit(site)); }
  constexpr void toggle(Site site) { bits_ = static_cast<std::uint8_t>(bits_ ^ bit(site)); }
  friend constexpr bool operator==(SiteSet, SiteSet) = default;

 private:
  static constexpr std::uint8_t bit(Site site) {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(site));
  }
  std::uint8_t bits_ = 0;
};

/// The wiring of one sub-layer.
struct SublayerSpec {
  SiteSet norm{Site::pre};
  bool residual = true;  // false cuts the wire: skip = 0
  friend bool operator==(const SublayerSpec&, const SublayerSpec&) = default;
};

/// The gain of the residual wire, of every sub-layer whose residual is on.
struct SkipGain {
  enum class Rule : std::uint8_t {
    constant,
    deepnorm,  // (2 num_layers)^(1/4), Wang et al. 2022, "DeepNet", Table 1 (encoder- or decoder-only)
  };
  Rule rule = Rule::constant;
  double value = 1.0;  // of Rule::constant
  double at(int num_layers) const;
  friend bool operator==(const SkipGain&, const SkipGain&) = default;
};

/// A placement that has a name.
struct NamedWiring {
  std::string_view key;    // as the command line takes it
  std::string_view label;  // as the literature writes it
  SiteSet norm;
  SkipGain::Rule skip;
  std::string_view known_from;
};

inline constexpr std::array<NamedWiring, 7> kWirings{{
    {"none", text_key("no norm"), {}, SkipGain::Rule::constant, text_key("nothing published: the control")},
    {"pre",
     text_key("Pre-LN"),
     {Site::pre},
     SkipGain::Rule::constant,
     "GPT-2 (2019), Xiong et al. 2020, LLaMA"},
    {"post", text_key("Post-LN"), {Site::post}, SkipGain::Rule::constant, "Vaswani et al. 2017, BERT"},
    {"output", text_key("output norm"), {Site::branch}, SkipGain::Rule::constant, "OLMo 2 (2024)"},
    {"sandwich",
     text_key("sandwich norm"),
     {Site::pre, Site::branch},
     SkipGain::Rule::constant,
     "CogView 2021, Gemma 2, Grok-1, Peri-LN 2025"},
    {"deepnorm", text_key("DeepNorm"), {Site::post}, SkipGain::Rule::deepnorm, "Wang et al. 2022"},
    {"entry",
     text_key("residual after the norm"),
     {Site::entry},
     SkipGain::Rule::constant,
     text_key("a bug found in the wild: PyTorch issue 61165")},
}};

/// The row whose sites and skip rule are these, or nullptr: most of the sixteen sets have no name.
const NamedWiring* find_wiring(SiteSet norm, SkipGain::Rule skip);

/// The sub-layer as a formula, such as "LN(x + F(x))". `norm_name` is "LN" or "RMS"; `function` names F.
std::string equation(const SublayerSpec& sublayer, const SkipGain& skip, std::string_view norm_name,
                     std::string_view function);

}  // namespace gradflow
