// The rows of the verdict's table, in five parts, from what is broken to what is sound. A new finding is one
// row in its part, ahead of the rows that it is to outrank.
#pragma once

#include <span>
#include <string>

#include "core/analysis/verdict.h"
#include "core/analysis/verdict_evidence.h"

namespace gradflow::verdict {

enum class Says : unsigned char {
  everything,  // nothing beside it
  finding,     // worth saying beside another
  block,       // what the block is: said only where nothing was found
};

/// What a rule is worth where the weights are those of a file, which may be trained.
enum class Holds : unsigned char {
  initially,   // nothing: what it means is known of drawn weights
  as_reading,  // its sentence, which says what is wired and measured; what it means is known of drawn weights
  always,
};

struct Rule {
  VerdictRule text;
  bool (*applies)(const Evidence&);
  std::string (*sentence)(const Evidence&);  // asked only where the rule applies
  Says says = Says::finding;
  Holds holds = Holds::initially;
};

std::span<const Rule> broken_rules();
std::span<const Rule> gain_rules();       // caution: initial weights and the residual's gain
std::span<const Rule> placement_rules();  // caution: where the norms are
std::span<const Rule> depth_rules();      // caution: what depth does
std::span<const Rule> sound_rules();      // the last of them applies to every stack

// What sentences of several rules share:

/// The row of the wiring table that the block is, or nullptr.
const NamedWiring* find_wiring_of(const Evidence& evidence);

/// "pre-LN block", "post-LN block with RMSNorm", "sandwich norm"; a block without a name by its sites.
std::string block_name(const Evidence& evidence);

/// Post-LN with a residual that is neither DeepNorm's nor scaled: what the rule on warmup is about.
bool is_plain_post_ln(const Evidence& evidence);

/// "top-of-stack gradient 1.16 is 5.75 × A's (> 3)"; with no Pre-LN stack to compare with, the figure alone.
std::string top_gradient_against_pre_ln(const Evidence& evidence);

}  // namespace gradflow::verdict
