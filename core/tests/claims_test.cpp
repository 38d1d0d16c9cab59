// Every measurement that claims() states, measured on the very stacks that the row names.
#include "core/analysis/claims.h"

#include <algorithm>
#include <map>

#include "core/spec/validate.h"
#include "core/tests/physics_setting.h"

namespace gradflow {
namespace {

using test::at;
using test::kW1;
using test::log_of_layer;
using test::of_layer;
using test::reports_of;

constexpr int kSeeds = 8;

std::vector<StackReport> measured(StackSpec spec, int num_layers = 0) {
  if (num_layers > 0) spec.num_layers = num_layers;
  return reports_of(spec, kSeeds);
}

double top_w_1(const StackSpec& spec, int depth) {
  return of_layer(measured(spec, depth), kW1, depth - 1).mean;
}

void top_grows(const std::vector<StackSpec>& stacks) {
  std::map<int, double> post;
  for (int depth : {6, 12, 96}) post[depth] = top_w_1(stacks[1], depth);
  EXPECT_NEAR(post[12], .7, .07);
  EXPECT_NEAR(post[96], .7, .07);
  EXPECT_NEAR(post[6] / top_w_1(stacks[0], 6), 2, .4);
  EXPECT_NEAR(post[96] / top_w_1(stacks[0], 96), 10, 2);
}

void pre_ln_is_flat(const std::vector<StackSpec>& stacks) {
  const auto reports = measured(stacks[0]);
  EXPECT_NEAR(of_layer(reports, kW1, 0).mean / of_layer(reports, kW1, 23).mean, 3.6, .5);
}

double kept_a_layer(const std::vector<StackReport>& reports, int depth) {
  return std::exp((log_of_layer(reports, "stream_grad_norm", 0).mean -
                   log_of_layer(reports, "stream_grad_norm", depth).mean) /
                  depth);
}

void norms_lose_a_third(const std::vector<StackSpec>& stacks) {
  const auto reports = measured(stacks[0]);
  double norms = 0;
  for (int l = 0; l < 12; ++l) {
    norms += log_of_layer(reports, "norm_gain/attention.post", l).mean / 12;
    norms += log_of_layer(reports, "norm_gain/ffn.post", l).mean / 12;
  }
  EXPECT_NEAR(std::exp(norms), .68, .03);
  EXPECT_NEAR(kept_a_layer(reports, 12), .98, .015);
}

void activations_grow(const std::vector<StackSpec>& stacks) {
  EXPECT_NEAR(of_layer(measured(stacks[0]), "stream_rms", 24).mean, 5.2, .2);
  EXPECT_NEAR(of_layer(measured(stacks[1]), "stream_rms", 24).mean, 1, 1e-4);
}

void residual_off(const std::vector<StackSpec>& stacks) {
  const auto off = measured(stacks[1]);
  for (const StackReport& report : off) {
    for (const char* name : {"grad_norm/attention.w_q", "grad_norm/attention.w_k"}) {
      EXPECT_LT(at(report, name, 11), 1e-6 * at(report, name, 0)) << name;
    }
    for (int l = 0; l < 12; ++l) {
      EXPECT_GT(at(report, kW1, l), .1) << "layer " << l;
      EXPECT_GT(at(report, "grad_norm/ffn.w_2", l), .1) << "layer " << l;
    }
    EXPECT_GT(at(report, "token_cosine", 12), 1 - 1e-6);
  }
}

void curve_decides(const std::vector<StackSpec>& stacks) {
  double least = 1e9;
  double most = 0;
  for (const StackSpec& spec : stacks) {
    const auto reports = measured(spec);
    for (int l = 0; l < 24; ++l) {
      least = std::min(least, of_layer(reports, kW1, l).mean);
      most = std::max(most, of_layer(reports, kW1, l).mean);
    }
  }
  EXPECT_LT(most / least, 1.05);
  std::vector<StackSpec> placed = stacks;
  for (StackSpec& spec : placed) spec.positions = Positions::learned;
  EXPECT_NEAR(top_w_1(placed[1], 24) / top_w_1(placed[0], 24), 1.4, .05)
      << "the races are in physics_training_test";
}

using Check = void (*)(const std::vector<StackSpec>&);
const std::map<std::string_view, Check> kChecks{
    {"top-grows", top_grows},
    {"pre-ln-is-flat", pre_ln_is_flat},
    {"norms-lose-a-third", norms_lose_a_third},
    {"post-ln-activations-grow", activations_grow},
    {"residual-off-kills-all", residual_off},
    {"curve-decides", curve_decides},
};

class EachClaim : public ::testing::TestWithParam<std::string_view> {};

TEST_P(EachClaim, IsAnsweredByWhatItsStacksMeasure) {
  const auto all = claims();
  const auto claim = std::find_if(all.begin(), all.end(), [](const Claim& c) { return c.key == GetParam(); });
  ASSERT_TRUE(kChecks.contains(claim->key)) << "a claim that nothing here measures";
  const std::vector<StackSpec> stacks = claim->stacks();
  for (const StackSpec& spec : stacks) {
    validate(spec);
    const StackReport report = analyze(spec);
    EXPECT_NE(report.find(claim->quantity), nullptr) << claim->quantity;
  }
  for (std::string_view text : {claim->claim, claim->measurement, claim->control, claim->source}) {
    EXPECT_FALSE(text.empty());
  }
  kChecks.at(claim->key)(stacks);
}

std::vector<std::string_view> keys() {
  std::vector<std::string_view> keys;
  for (const Claim& claim : claims()) keys.push_back(claim.key);
  return keys;
}

INSTANTIATE_TEST_SUITE_P(Claims, EachClaim, ::testing::ValuesIn(keys()), [](const auto& row) {
  std::string name(row.param);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace gradflow
