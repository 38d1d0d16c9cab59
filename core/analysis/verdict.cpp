#include "core/analysis/verdict.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <optional>

#include "core/spec/names.h"

namespace gradflow {
namespace {

using Report = StackReport;
constexpr std::string_view kGradNorm = "grad_norm/";

/// What the rules look at: the report and its place among the others.
struct Evidence {
  const Report& report;
  std::span<const std::shared_ptr<const Report>> all;
  const StackSpec& spec() const { return report.spec; }
};

/// A rule that applies returns its verdict; the first of kRules that applies is the stack's.
using Rule = std::optional<Verdict> (*)(const Evidence&);

std::string figure(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", value);
  return text;
}

bool uniform(const StackSpec& spec, SiteSet norm) {
  for (SublayerKind kind : kSublayerKinds) {
    const SublayerSpec* sublayer = spec.sublayers.find(kind);
    if (sublayer != nullptr && !(sublayer->norm == norm)) return false;
  }
  return true;
}

bool equal_but_for_wiring(StackSpec left, const StackSpec& right) {
  left.name = right.name;
  left.sublayers = right.sublayers;
  left.final_norm = right.final_norm;
  left.overrides = right.overrides;
  return left == right;
}

char letter(const Evidence& evidence, const Report& other) {
  for (std::size_t i = 0; i < evidence.all.size(); ++i) {
    if (evidence.all[i].get() == &other) return static_cast<char>('A' + i);
  }
  return '?';
}

/// A Pre-LN stack (with final norm, uncut) with everything else equal, if one is shown.
const Report* pre_ln_twin(const Evidence& evidence) {
  for (const auto& other : evidence.all) {
    if (!other || !other->error.empty() || other.get() == &evidence.report) continue;
    const StackSpec& spec = other->spec;
    const bool uncut = spec.sublayers.attention.residual && spec.sublayers.ffn.residual;
    if (uniform(spec, {Site::pre}) && uncut && spec.final_norm && spec.overrides.empty() &&
        equal_but_for_wiring(spec, evidence.spec())) {
      return other.get();
    }
  }
  return nullptr;
}

std::string top_gradient(const Evidence& evidence) {
  const std::optional<double> top = evidence.report.top(kTopQuantity);
  return top ? "top-of-stack gradient " + figure(*top) : "";
}

std::optional<Verdict> failed(const Evidence& evidence) {
  if (evidence.report.error.empty()) return std::nullopt;
  return Verdict{Judgement::bad, evidence.report.error, "the stack was refused before anything was computed"};
}

std::optional<Verdict> overflow(const Evidence& evidence) {
  for (const std::string_view quantity :
       {std::string_view("stream_rms"), std::string_view("grad_norm/total")}) {
    const Series* series = evidence.report.find(quantity);
    if (series == nullptr) continue;
    for (std::size_t i = 0; i < series->values.size(); ++i) {
      if (std::isfinite(series->values[i])) continue;
      const std::string what = quantity == "stream_rms"
                                   ? "overflow: the stream leaves float's range after layer "
                                   : "overflow: the gradient is not finite in layer ";
      return Verdict{
          Judgement::bad, what + std::to_string(series->layers[i]),
          "single precision ends at 3.4e38; what follows is inf and nan, drawn in the overflow lane"};
    }
  }
  return std::nullopt;
}

/// "attention.w_q" as the papers write it: "W_Q of the attention".
std::string in_words(std::string_view parameter) {
  const std::size_t dot = parameter.find('.');
  std::string symbol(parameter.substr(dot + 1));
  for (char& c : symbol) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return symbol + " (" + std::string(parameter.substr(0, dot)) + ")";
}

std::optional<Verdict> underflow(const Evidence& evidence) {
  if (evidence.spec().sequence_length == 1)
    return std::nullopt;  // one token: W_Q and W_K have no gradient to lose
  const Series* dead = nullptr;
  std::ptrdiff_t most = 0;
  for (const Series& series : evidence.report.series) {
    if (!series.quantity.starts_with(kGradNorm) || series.quantity.find(".w_") == std::string::npos) continue;
    const std::ptrdiff_t zeros = std::count(series.values.begin(), series.values.end(), 0.0);
    if (zeros <= most) continue;
    most = zeros;
    dead = &series;
  }
  if (dead == nullptr) return std::nullopt;
  const auto highest = std::find(dead->values.rbegin(), dead->values.rend(), 0.0);
  const int layer = dead->layers[static_cast<std::size_t>(dead->values.rend() - highest) - 1];
  return Verdict{
      Judgement::bad,
      "underflow: the gradient of " + in_words(std::string_view(dead->quantity).substr(kGradNorm.size())) +
          " is exactly 0 in " + std::to_string(most) + " of " + std::to_string(dead->values.size()) +
          " layers, the highest of them layer " + std::to_string(layer),
      "the smallest float is 1e-45; what falls below it is 0, and a weight with gradient 0 cannot learn. "
      "Drawn in the underflow lane"};
}

std::optional<Verdict> residual_off(const Evidence& evidence) {
  std::string where;
  for (SublayerKind kind : kSublayerKinds) {
    const SublayerSpec* sublayer = evidence.spec().sublayers.find(kind);
    if (sublayer == nullptr || sublayer->residual) continue;
    where += (where.empty() ? "" : " and ") + std::string(named(kind).label);
  }
  if (where.empty()) return std::nullopt;
  const auto first = [&](std::string_view quantity) {
    const Series* series = evidence.report.find(quantity);
    return series == nullptr || series->values.empty() ? 0.0 : series->values.front();
  };
  return Verdict{
      Judgement::bad,
      "residual off (" + where + "): in layer 0 the gradient of W_Q is " +
          figure(first("grad_norm/attention.w_q")) + ", of W_1 " + figure(first("grad_norm/ffn.w_1")),
      "without the direct wire the signal and the gradient pass through every branch; W_Q and W_K die "
      "first, as the tokens become alike (Dong et al. 2021; Noci et al. 2022)"};
}

std::optional<Verdict> no_norm(const Evidence& evidence) {
  if (!uniform(evidence.spec(), {})) return std::nullopt;
  return Verdict{
      Judgement::bad,
      "no norm in any block: stream RMS at the top " + figure(evidence.report.top("stream_rms").value_or(0)) +
          ", " + top_gradient(evidence),
      "each branch multiplies the scale of its input, so stream and gradient grow as a power of depth"};
}

std::optional<Verdict> final_norm_missing(const Evidence& evidence) {
  if (evidence.spec().final_norm || !uniform(evidence.spec(), {Site::pre})) return std::nullopt;
  const double loss = evidence.report.scalar("loss").value_or(0);
  return Verdict{
      Judgement::caution,
      "no final norm: the loss at the start is " + figure(loss) + " instead of " +
          figure(std::log(evidence.spec().vocab_size)) + " (ln V)",
      "a Pre-LN stream grows with depth and the logits with it; one norm above the last layer pins them"};
}

std::optional<Verdict> pre_ln(const Evidence& evidence) {
  if (!uniform(evidence.spec(), {Site::pre})) return std::nullopt;
  return Verdict{
      Judgement::good, "pre-LN block: " + top_gradient(evidence),
      "the trunk passes no norm between the blocks; the gradient of the last layer falls as 1/√L (Xiong "
      "et al. 2020, Theorem 1)"};
}

/// Post-LN, or a mixture that has a norm on the trunk: the course's rule on the ratio to Pre-LN.
std::string warmup_clause(const Evidence& evidence, Judgement* judgement) {
  const Report* twin = pre_ln_twin(evidence);
  const auto own = evidence.report.top(kTopQuantity);
  const auto other = twin == nullptr ? std::nullopt : twin->top(kTopQuantity);
  if (!own || !other || *other == 0) return top_gradient(evidence);
  const double ratio = *own / *other;
  const std::string times = figure(ratio) + " × " + letter(evidence, *twin) + "'s";
  if (ratio > kWarmupRatio) *judgement = Judgement::caution;
  return ratio > kWarmupRatio ? "warmup required: " + top_gradient(evidence) + " is " + times + " (> 3)"
                              : top_gradient(evidence) + " is " + times + " (up to 3: trains without warmup)";
}

std::optional<Verdict> post_ln(const Evidence& evidence) {
  if (!uniform(evidence.spec(), {Site::post}) || evidence.spec().residual_scale != SkipGain{}) {
    return std::nullopt;
  }
  Verdict verdict;
  verdict.sentence = "post-LN block: " + warmup_clause(evidence, &verdict.judgement);
  verdict.reason =
      "rule of thumb of the course: more than 3 times the last-layer gradient (W_1) of the Pre-LN stack with "
      "everything else equal calls for warmup. It grows because Pre-LN's falls as 1/√L while Post-LN's stays "
      "(Xiong et al. 2020, Theorem 1)";
  return verdict;
}

std::optional<Verdict> mixed(const Evidence& evidence) {
  const SublayerSpec& attention = evidence.spec().sublayers.attention;
  const SublayerSpec& ffn = evidence.spec().sublayers.ffn;
  if (attention.norm == ffn.norm) return std::nullopt;
  Verdict verdict{Judgement::caution, {}, {}};
  verdict.sentence =
      "mixed: not broken, but no published model ships it; " + warmup_clause(evidence, &verdict.judgement);
  verdict.reason =
      "attention and feed-forward place their norms differently; with one of them on the trunk the "
      "stack pays Post-LN's warmup without being Post-LN";
  return verdict;
}

std::optional<Verdict> named_wiring(const Evidence& evidence) {
  const NamedWiring* wiring =
      find_wiring(evidence.spec().sublayers.ffn.norm, evidence.spec().residual_scale.rule);
  if (wiring == nullptr) return std::nullopt;
  const Judgement judgement = wiring->norm.contains(Site::entry) ? Judgement::bad : Judgement::good;
  return Verdict{judgement, std::string(wiring->label) + ": " + top_gradient(evidence),
                 "known from " + std::string(wiring->known_from)};
}

std::optional<Verdict> unnamed(const Evidence& evidence) {
  return Verdict{Judgement::caution, "no published model has this wiring: " + top_gradient(evidence),
                 "measured, not named"};
}

constexpr std::array<Rule, 11> kRules{failed, overflow, underflow, residual_off, no_norm, final_norm_missing,
                                      pre_ln, post_ln,  mixed,     named_wiring, unnamed};

}  // namespace

std::vector<Verdict> judge(std::span<const std::shared_ptr<const Report>> reports) {
  std::vector<Verdict> verdicts;
  for (const auto& report : reports) {
    if (!report) {
      verdicts.push_back({Judgement::caution, "not measured yet", ""});
      continue;
    }
    for (Rule rule : kRules) {
      if (auto verdict = rule({*report, reports})) {
        verdicts.push_back(*verdict);
        break;
      }
    }
  }
  return verdicts;
}

}  // namespace gradflow
