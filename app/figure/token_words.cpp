#include "app/figure/token_words.h"

#include "app/figure/axis.h"
#include "app/figure/block.h"
#include "app/figure/token_table.h"

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
  if (!centres(step)) return "which divides by the root mean square " + spread + " and takes no mean off";
  return "which takes the mean " + token_number(norm.mean, norm.spread) +
         " off and divides by the standard deviation " + spread;
}

StepWords through_norm(const TokenStep& step, const TokenRow& row, const std::string& label,
                       const std::string& what, const std::string& sentence) {
  return {label + normed(step, what), taken(step, what, *row.norm),
          sentence + normed(step, what) + ", " + taking(step, *row.norm) + "."};
}

StepWords input_words(const TokenStep& step, const TokenRow& row) {
  const std::string who(sublayer_words(step.kind));
  if (row.norm) return through_norm(step, row, "into F: ", trunk(step), "What goes into " + who + ": ");
  return {
      "into F: " + trunk(step), "",
      "What goes into " + who + ": " + trunk(step) + " as it is on the trunk, for no norm stands before it."};
}

StepWords sum_words(const TokenStep& step) {
  if (!step.sublayer.residual) {
    return {"sum = " + sum(step), "",
            "The residual wire is cut: the sum is what the sub-layer writes, alone."};
  }
  return {"sum = " + sum(step), "",
          "What the residual wire brings and what " + std::string(sublayer_words(step.kind)) +
              " writes, added number by number: " + sum(step) + "."};
}

StepWords y_words(const TokenStep& step, const TokenRow& row) {
  if (row.norm) {
    return through_norm(step, row, "y = ", "sum", "What the sub-layer hands on: y = ");
  }
  if (!step.sublayer.residual) {
    return {"y = " + sum(step), "",
            "What the sub-layer hands on: what it writes, alone, for its wire is cut."};
  }
  return {"y = " + sum(step), "",
          "What the sub-layer hands on: y = " + sum(step) +
              ", added number by number; no norm touches the trunk here."};
}

/// "(g − mean(g) − z mean(g z)) / 2.83"
std::string jacobian(const TokenStep& step, const NormTaken& norm) {
  return std::string(centres(step) ? "(g − mean(g) − z mean(g z)) / " : "(g − z mean(g z)) / ") +
         token_number(norm.spread, norm.spread);
}

/// What the lines of the way back begin with, which has no headings.
std::string_view short_words(SublayerKind kind) {
  switch (kind) {
    case SublayerKind::attention: return "Attn: ";
    case SublayerKind::cross_attention: return "Cross: ";
    case SublayerKind::ffn: break;
  }
  return "FFN: ";
}

StepWords back_through_norm(const TokenStep& step, const TokenRow& row) {
  const std::string norm(norm_abbreviation(step.stack.norm.kind));
  const std::string spread = token_number(row.norm->spread, row.norm->spread);
  const std::string loses = centres(step) ? "loses its mean and its part along z" : "loses its part along z";
  return {std::string(short_words(step.kind)) + norm + ", ÷ " + spread, "",
          "Back through " + norm + " of " + std::string(sublayer_words(step.kind)) + ": the gradient " +
              loses + ", what the norm wrote, and is divided by " + spread + ": " +
              jacobian(step, *row.norm) + "."};
}

StepWords back_past_add(const TokenStep& step, const TokenRow& row) {
  const std::string who(sublayer_words(step.kind));
  const std::string label(short_words(step.kind));
  if (!step.sublayer.residual) {
    return {label + "cut, × 0", "",
            "The residual wire past " + who + " is cut: nothing comes down along the trunk."};
  }
  if (*row.skip == 1) {
    return {label + "add, × 1", "",
            "Past the add of " + who +
                ": an addition hands its gradient on as it is, to the wire and to the branch."};
  }
  const std::string gain = three_figures(*row.skip);
  return {label + "add, × " + gain, "",
          "Past the add of " + who + ": times the gain " + gain + " of the residual wire."};
}

}  // namespace

std::string_view sublayer_words(SublayerKind kind) {
  switch (kind) {
    case SublayerKind::attention: return "attention";
    case SublayerKind::cross_attention: return "cross-attention";
    case SublayerKind::ffn: break;
  }
  return "the feed-forward";
}

StepWords forward_words(const TokenStep& step, const TokenRow& row) {
  switch (row.place) {
    case TokenPlace::x: break;
    case TokenPlace::trunk:
      return through_norm(step, row, "t = ", "x", "The norm stands on the trunk, before it splits: t = ");
    case TokenPlace::input: return input_words(step, row);
    case TokenPlace::written:
      return {"F writes", "",
              "What " + std::string(sublayer_words(step.kind)) +
                  " writes: the numbers that are given above, in place of a real sub-layer."};
    case TokenPlace::branch:
      return through_norm(step, row, "b = ", "F", "The norm stands at the branch's end: b = ");
    case TokenPlace::sum: return sum_words(step);
    case TokenPlace::y: return y_words(step, row);
  }
  return {"x", "", "x: the token as it comes into the block."};
}

StepWords backward_words(const TokenStep& step, const TokenRow& row) {
  return row.norm ? back_through_norm(step, row) : back_past_add(step, row);
}

}  // namespace gradflow::figure
