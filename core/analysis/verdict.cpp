#include "core/analysis/verdict.h"

#include <algorithm>
#include <array>

#include "core/analysis/verdict_evidence.h"
#include "core/analysis/verdict_rules.h"
#include "core/analysis/verdict_words.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

using verdict::Evidence;
using verdict::Holds;
using verdict::Rule;
using verdict::Says;

std::array<std::span<const Rule>, 5> table() {
  return {verdict::broken_rules(), verdict::gain_rules(), verdict::placement_rules(), verdict::depth_rules(),
          verdict::sound_rules()};
}

/// Every finding in the table's order; what the block is only where there is none.
std::vector<const Rule*> findings_of(const Evidence& evidence) {
  std::vector<const Rule*> found;
  for (const std::span<const Rule> part : table()) {
    for (const Rule& rule : part) {
      const bool holds = rule.holds != Holds::initially || has_drawn_weights(evidence.spec());
      const bool wanted = holds && (rule.says == Says::finding || found.empty());
      if (!wanted || !rule.applies(evidence)) continue;
      found.push_back(&rule);
      if (rule.says == Says::everything) return found;
    }
  }
  return found;
}

/// The others by their labels, as many as the line has room for.
std::string others(std::span<const Rule* const> rules, std::size_t room) {
  constexpr std::string_view kMore = ", …";
  std::string list;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const std::string_view label = tr(rules[i]->text.label);
    const std::string longer = i == 0 ? tr("; also {0}", {label}) : list + ", " + std::string(label);
    const bool last = i + 1 == rules.size();
    if (verdict::letters(longer) + (last ? 0 : verdict::letters(kMore)) > room) {
      return list.empty() ? list : list + std::string(kMore);
    }
    list = longer;
  }
  return list;
}

std::string reason_of(std::span<const Rule* const> found, const Evidence& evidence) {
  const VerdictRule& head = found.front()->text;
  const bool drawn = has_drawn_weights(evidence.spec());
  const bool reading = !drawn && found.front()->holds == Holds::as_reading;
  std::string reason =
      reading ? tr("with drawn weights: {0}", {tr(head.meaning)}) : std::string(tr(head.meaning));
  if (!head.source.empty()) reason += " (" + std::string(tr(head.source)) + ")";
  for (const Rule* other : found.subspan(1)) reason += "\n" + tr("Also: {0}", {other->sentence(evidence)});
  return reason;
}

Verdict verdict_on(const Evidence& evidence) {
  const std::vector<const Rule*> found = findings_of(evidence);
  const std::span<const Rule* const> rest = std::span(found).subspan(1);
  Verdict verdict;
  verdict.rule = found.front()->text.key;
  verdict.judgement = found.front()->text.judgement;
  verdict.sentence = found.front()->sentence(evidence);
  const std::size_t used = std::min(verdict::letters(verdict.sentence), kLineLength);
  verdict.sentence += others(rest, kLineLength - used);
  verdict.reason = reason_of(found, evidence);
  for (const Rule* rule : rest) verdict.also.push_back(rule->text.key);
  return verdict;
}

}  // namespace

std::vector<VerdictRule> verdict_rules() {
  std::vector<VerdictRule> rules;
  for (const std::span<const Rule> part : table()) {
    for (const Rule& rule : part) rules.push_back(rule.text);
  }
  return rules;
}

std::vector<Verdict> judge(std::span<const std::shared_ptr<const StackReport>> reports) {
  std::vector<Verdict> verdicts;
  for (const auto& report : reports) {
    if (report) {
      verdicts.push_back(verdict_on(Evidence(*report, reports)));
    } else {
      verdicts.push_back({Judgement::open, std::string(tr("not measured yet")), "", "", {}});
    }
  }
  return verdicts;
}

}  // namespace gradflow
