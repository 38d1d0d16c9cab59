// The verdict over whole products of wirings: the course's four wires, and all sets of sites.
#include <algorithm>
#include <array>

#include "core/tests/verdict_setting.h"

namespace gradflow {
namespace {

using test::small;
using test::verdict_on;

constexpr std::array kPlaces{Site::pre, Site::post};
constexpr std::array kNormKinds{NormKind::layer_norm, NormKind::rms_norm};

/// Where the norm of each sub-layer sits, whether its residual is on, and whether there is a final norm.
struct Wires {
  Site attention, ffn;
  bool attention_residual, ffn_residual, final_norm;
  NormKind kind;
};

std::vector<Wires> all_wires() {
  std::vector<Wires> all;
  for (Site attention : kPlaces) {
    for (Site ffn : kPlaces) {
      for (int bits = 0; bits < 8; ++bits) {
        for (NormKind kind : kNormKinds) {
          all.push_back({attention, ffn, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, kind});
        }
      }
    }
  }
  return all;
}

StackSpec stack_of(const Wires& wires, int num_layers) {
  StackSpec spec = small(num_layers, {wires.attention}, {wires.ffn});
  spec.sublayers.attention.residual = wires.attention_residual;
  spec.sublayers.ffn.residual = wires.ffn_residual;
  spec.final_norm = wires.final_norm;
  spec.norm.kind = wires.kind;
  return spec;
}

struct Expected {
  std::string_view rule, words;
};

/// What the course's exercise must be told, written out apart from the table that says it.
Expected expected(const Wires& wires) {
  if (!wires.attention_residual && !wires.ffn_residual)
    return {"residual-off", "residual off (all sub-layers)"};
  if (!wires.attention_residual) return {"residual-off", "residual off (attention)"};
  if (!wires.ffn_residual) return {"residual-off", "residual off (feed-forward)"};
  if (wires.attention != wires.ffn) return {"mixed", "mixed: not broken"};
  const bool rms = wires.kind == NormKind::rms_norm;
  if (wires.ffn == Site::post) {
    if (wires.final_norm) return {"final-norm-doubled", "the final norm repeats"};
    return {"post-ln", rms ? "post-LN block with RMSNorm: " : "post-LN block: "};
  }
  if (!wires.final_norm) return {"final-norm-missing", "no final norm: the loss at the start is"};
  return {"pre-ln", rms ? "pre-LN block with RMSNorm: " : "pre-LN block: "};
}

bool is_also(const Verdict& verdict, std::string_view key) {
  return std::find(verdict.also.begin(), verdict.also.end(), key) != verdict.also.end();
}

TEST(VerdictOnFourWires, IsRightForEveryCombination) {
  for (const Wires& wires : all_wires()) {
    const StackSpec spec = stack_of(wires, 4);
    const Verdict verdict = verdict_on(spec);
    const Expected right = expected(wires);
    EXPECT_EQ(verdict.rule, right.rule) << verdict.sentence;
    EXPECT_NE(verdict.sentence.find(right.words), std::string::npos)
        << right.words << ": " << verdict.sentence;
  }
}

TEST(VerdictOnFourWires, SaysTheOtherFindingsBesideTheFirst) {
  for (const Wires& wires : all_wires()) {
    const Verdict verdict = verdict_on(stack_of(wires, 4));
    const bool whole = wires.attention_residual && wires.ffn_residual;
    const bool is_mixed = wires.attention != wires.ffn;
    const bool sums_up = whole && wires.attention == Site::pre && wires.ffn == Site::pre;
    EXPECT_EQ(verdict.rule == "mixed" || is_also(verdict, "mixed"), is_mixed) << verdict.sentence;
    EXPECT_EQ(verdict.rule == "final-norm-missing" || is_also(verdict, "final-norm-missing"),
              sums_up && !wires.final_norm)
        << verdict.sentence;
    EXPECT_EQ(verdict.rule == "final-norm-doubled" || is_also(verdict, "final-norm-doubled"),
              wires.final_norm && wires.ffn == Site::post)
        << verdict.sentence;
    EXPECT_EQ(verdict.also.empty(), verdict.reason.find("\nAlso: ") == std::string::npos) << verdict.reason;
  }
}

TEST(VerdictOnFourWires, WithAResidualOffGivesTheGradientsOfBothWeights) {
  for (const Wires& wires : all_wires()) {
    if (wires.attention_residual && wires.ffn_residual) continue;
    const auto reports = test::measured({stack_of(wires, 24)});
    const Verdict verdict = verdict_on(reports);
    ASSERT_EQ(verdict.rule, "residual-off") << verdict.sentence;
    const auto least = [&](std::string_view quantity) {
      const std::vector<double>& values = reports.front()->find(quantity)->values;
      return *std::min_element(values.begin(), values.end());
    };
    EXPECT_LT(least("grad_norm/attention.w_q"), 1e-3 * least("grad_norm/ffn.w_1")) << verdict.sentence;
    EXPECT_EQ(verdict.sentence.find("'s gradient falls to 0, W₁'s"), std::string::npos);
    EXPECT_TRUE(is_also(verdict, "rank-collapse")) << verdict.reason;
  }
}

SiteSet sites_of(unsigned bits) {
  SiteSet sites;
  for (Site site : kSites) {
    if ((bits >> static_cast<unsigned>(site)) & 1U) sites.insert(site);
  }
  return sites;
}

/// The rule for a set of sites in every sub-layer, at a depth at which nothing has exploded yet.
std::string_view rule_of(SiteSet sites) {
  if (sites.empty()) return "no-norm";
  if (sites.contains(Site::entry)) return "residual-after-norm";
  if (sites == SiteSet{Site::pre}) return "pre-ln";
  if (sites == SiteSet{Site::post}) return "final-norm-doubled";  // all have the final norm
  return sites.contains(Site::post) ? "unnamed" : "named";
}

TEST(VerdictOnSiteSets, IsRightForAllSixteen) {
  for (unsigned bits = 0; bits < 16; ++bits) {
    for (NormKind kind : kNormKinds) {
      StackSpec spec = small(4, sites_of(bits), sites_of(bits));
      spec.norm.kind = kind;
      const Verdict verdict = verdict_on(spec);
      EXPECT_EQ(verdict.rule, rule_of(sites_of(bits))) << bits << ": " << verdict.sentence;
    }
  }
}

TEST(VerdictOnSiteSets, KnowsANameOrAMixtureForAllPairs) {
  for (unsigned bits = 0; bits < 256; ++bits) {
    const SiteSet attention = sites_of(bits & 15U);
    const SiteSet ffn = sites_of(bits >> 4U);
    const Verdict verdict = verdict_on(small(2, attention, ffn));
    const bool trunk = attention.contains(Site::post) || ffn.contains(Site::post);
    const bool bug = attention.contains(Site::entry) || ffn.contains(Site::entry);
    const bool lacks = attention.empty() || ffn.empty();
    const std::string_view rule = attention == ffn ? rule_of(ffn)
                                  : bug            ? "residual-after-norm"
                                  : lacks          ? (trunk ? "one-norm" : "norm-missing")
                                                   : "mixed";
    EXPECT_EQ(verdict.rule, rule) << bits << ": " << verdict.sentence;
  }
}

}  // namespace
}  // namespace gradflow
