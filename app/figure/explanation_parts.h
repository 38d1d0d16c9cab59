// The parts of an explanation that every view shares.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/figure/explanation.h"

namespace gradflow::figure {

using Paragraphs = std::vector<std::string>;

/// "the length (Frobenius norm) of the loss gradient in W₁ feed-forward; the loss is in nats a token"
std::string quantity_meaning(std::string_view quantity);

/// What the axes are, and their scale.
std::string axes_words(const Subject& subject);

/// "stacks of 12 layers, d_model 64, 4 heads and d_ff 256, on 4 × 16 tokens of text, with weights drawn from
/// seed 1", as far as the shown stacks have these in common.
std::string setting_words(const Subject& subject);

/// A line a stack, and what tells each from the first.
Paragraphs stack_words(const Subject& subject);

/// What the curves, or the colours, do.
Paragraphs curve_words(const Subject& subject);
Paragraphs cell_words(const Subject& subject);
Paragraphs table_words(const Subject& subject);

/// What the verdicts say.
Paragraphs verdict_words(const Subject& subject);

/// The lines of the theory and how the curves lie to them.
Paragraphs guide_words(const Subject& subject);

/// Those that are shown and have points; ghosts among them.
std::vector<const Curve*> shown_curves(const Subject& subject, const Figure& figure);
std::string value_words(double value);
bool is_hidden(const Subject& subject, std::size_t stack);
/// "A", "B, warmup 100", "W₁ FFN", or "the ghost of A (Pre-LN, L = 12)"
std::string curve_name(const Subject& subject, const Curve& curve);
/// The same where a sentence begins.
std::string curve_name_first(const Subject& subject, const Curve& curve);
/// "in layer 3", "after 3 layers", "at depth 3", "at step 3"
std::string place_words(const std::string& x_word, double x);

}  // namespace gradflow::figure
