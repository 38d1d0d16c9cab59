#include "app/figure/token_words.h"

#include "app/figure/axis.h"
#include "app/figure/block.h"
#include "app/figure/token_table.h"
#include "core/spec/text.h"

namespace gradflow::figure {
namespace {

bool has(const TokenStep& step, Site site) { return step.sublayer.norm.contains(site); }

std::string normed(const TokenStep& step, const std::string& what) {
  return std::string(norm_abbreviation(step.stack.norm.kind)) + "(" + what + ")";
}

std::string trunk(const TokenStep& step) { return has(step, Site::entry) ? "t" : "x"; }

/// "x + F", "α x + b", "F" where the wire is cut.
std::string sum(const TokenStep& step) {
  const std::string branch = has(step, Site::branch) ? "b" : "F";
  if (!step.sublayer.residual) return branch;
  const double skip = step.stack.residual_scale.at(step.stack.num_layers);
  const std::string gain = skip == 1 ? "" : three_figures(skip) + " ";
  return gain + trunk(step) + " + " + branch;
}

bool centres(const TokenStep& step) { return step.stack.norm.kind == NormKind::layer_norm; }

/// "(x − 2.00) / 3.74"
std::string taken(const TokenStep& step, const std::string& what, const NormTaken& norm) {
  const std::string spread = token_number(norm.spread, norm.spread);
  if (!centres(step)) return what + " / " + spread;
  const bool below = norm.mean < 0;
  return "(" + what + (below ? " + " : " − ") +
         token_number(below ? -norm.mean : norm.mean, norm.spread + norm.mean) + ") / " + spread;
}

/// "which subtracts the mean 2.00 and divides by the standard deviation 3.74"
std::string taking(const TokenStep& step, const NormTaken& norm) {
  const std::string spread = token_number(norm.spread, norm.spread);
  if (!centres(step)) return tr("which divides by the root mean square {0} and takes no mean off", {spread});
  return tr("which takes the mean {0} off and divides by the standard deviation {1}",
            {token_number(norm.mean, norm.spread), spread});
}

/// `label` has {0} for what comes out, `sentence` {1} beside it for what the norm took, {2} for the
/// sub-layer.
StepWords through_norm(const TokenStep& step, const TokenRow& row, std::string_view label,
                       const std::string& what, std::string_view sentence) {
  const std::string out = normed(step, what);
  return {tr(label, {out}), taken(step, what, *row.norm),
          tr(sentence, {out, taking(step, *row.norm), sublayer_words(step.kind)})};
}

StepWords input_words(const TokenStep& step, const TokenRow& row) {
  const char* label = text_key("into F: {0}");
  if (row.norm) return through_norm(step, row, label, trunk(step), text_key("What goes into {2}: {0}, {1}."));
  return {tr(label, {trunk(step)}), "",
          tr("What goes into {0}: {1} as it is on the trunk, for no norm stands before it.",
             {sublayer_words(step.kind), trunk(step)})};
}

StepWords sum_words(const TokenStep& step) {
  const std::string label = tr("sum = {0}", {sum(step)});
  if (!step.sublayer.residual)
    return {label, "",
            std::string(tr("The residual wire is cut: the sum is what the sub-layer writes, alone."))};
  return {label, "",
          tr("What the residual wire brings and what {0} writes, added number by number: {1}.",
             {sublayer_words(step.kind), sum(step)})};
}

StepWords y_words(const TokenStep& step, const TokenRow& row) {
  if (row.norm) {
    return through_norm(step, row, "y = {0}", std::string(tr("sum")),
                        text_key("What the sub-layer hands on: y = {0}, {1}."));
  }
  if (!step.sublayer.residual) {
    return {"y = " + sum(step), "",
            std::string(tr("What the sub-layer hands on: what it writes, alone, for its wire is cut."))};
  }
  return {"y = " + sum(step), "",
          tr("What the sub-layer hands on: y = {0}, added number by number; no norm touches the trunk here.",
             {sum(step)})};
}

/// What the lines of the way back begin with, which has no headings: "Attn".
std::string branch_name(const TokenStep& step) { return std::string(function_abbreviation(step.kind)); }

StepWords back_through_norm(const TokenStep& step, const TokenRow& row) {
  const std::string_view norm = norm_abbreviation(step.stack.norm.kind);
  const std::string_view who = sublayer_words(step.kind);
  const std::string spread = token_number(row.norm->spread, row.norm->spread);
  return {branch_name(step) + ": " + std::string(norm) + ", ÷ " + spread, "",
          centres(step)
              ? tr("Back through {0} of {1}: the gradient loses its mean and its part along z, what "
                   "the norm wrote, and is divided by {2}: (g − mean(g) − z mean(g z)) / {2}.",
                   {norm, who, spread})
              : tr("Back through {0} of {1}: the gradient loses its part along z, what the norm "
                   "wrote, and is divided by {2}: (g − z mean(g z)) / {2}.",
                   {norm, who, spread})};
}

StepWords back_past_add(const TokenStep& step, const TokenRow& row) {
  const std::string_view who = sublayer_words(step.kind);
  const std::string name = branch_name(step);
  if (!step.sublayer.residual) {
    return {tr("{0}: cut, × 0", {name}), "",
            tr("The residual wire past {0} is cut: nothing comes down along the trunk.", {who})};
  }
  const std::string gain = *row.skip == 1 ? "1" : three_figures(*row.skip);
  return {tr("{0}: add, × {1}", {name, gain}), "",
          *row.skip == 1 ? tr("Past the add of {0}: an addition hands its gradient on as it is, to the wire "
                              "and to the branch.",
                              {who})
                         : tr("Past the add of {0}: times the gain {1} of the residual wire.", {who, gain})};
}

}  // namespace

std::string_view sublayer_words(SublayerKind kind) {
  switch (kind) {
    case SublayerKind::attention: return tr("attention");
    case SublayerKind::cross_attention: return tr("cross-attention");
    case SublayerKind::ffn: break;
  }
  return tr("the feed-forward");
}

StepWords forward_words(const TokenStep& step, const TokenRow& row) {
  switch (row.place) {
    case TokenPlace::x: break;
    case TokenPlace::trunk:
      return through_norm(step, row, "t = {0}", "x",
                          text_key("The norm stands on the trunk, before it splits: t = {0}, {1}."));
    case TokenPlace::input: return input_words(step, row);
    case TokenPlace::written:
      return {std::string(tr("F writes")), "",
              tr("What {0} writes: the numbers that are given above, in place of a real sub-layer.",
                 {sublayer_words(step.kind)})};
    case TokenPlace::branch:
      return through_norm(step, row, "b = {0}", "F",
                          text_key("The norm stands at the branch's end: b = {0}, {1}."));
    case TokenPlace::sum: return sum_words(step);
    case TokenPlace::y: return y_words(step, row);
  }
  return {"x", "", std::string(tr("x: the token as it comes into the block."))};
}

StepWords backward_words(const TokenStep& step, const TokenRow& row) {
  return row.norm ? back_through_norm(step, row) : back_past_add(step, row);
}

}  // namespace gradflow::figure
