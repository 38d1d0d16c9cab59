// One token, a vector of a few numbers, through one block of a stack, and a gradient back down its trunk:
//
//   t = entry(x)      b = branch(F(pre(t)))      y = post(skip t + b)      sub-layer by sub-layer
//
// in the stack's wiring, norm and skip gain, scale 1, shift 0. F is no real sub-layer here: what each of them
// writes is a given vector, so that every step can be followed by hand. As F's output is given, the way back
// is that of the trunk alone, and exact: what of the gradient at y comes down without passing through F.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/spec/stack.h"

namespace gradflow {

/// What is given; all of one width.
struct TokenVectors {
  std::vector<double> x{6, 3, -3};
  std::vector<double> attention{-1, 2, 2};        // what each sub-layer writes
  std::vector<double> cross_attention{2, 2, -1};  // where the stack has one
  std::vector<double> ffn{2, -1, 2};
  std::vector<double> gradient{3, 0, -4};  // that arrives at y
  const std::vector<double>& written(SublayerKind kind) const;
  friend bool operator==(const TokenVectors&, const TokenVectors&) = default;
};

inline constexpr std::size_t kMinTokenWidth = 2, kMaxTokenWidth = 6;
inline constexpr double kMaxTokenValue = 1e6;  // and as much below zero

/// Each of the vectors with the name that it has: fn(name, vector). `x` comes first.
template <class V, class Fn>
void each_token_vector(V& vectors, Fn&& fn) {
  fn("x", vectors.x);
  fn("attention", vectors.attention);
  fn("cross_attention", vectors.cross_attention);
  fn("ffn", vectors.ffn);
  fn("gradient", vectors.gradient);
}

/// What is wrong with the vectors, in one sentence that calls each by `prefix` and its name; empty where
/// nothing is.
std::string token_problem(const TokenVectors& vectors, std::string_view prefix);

/// Gives all vectors this width: zeros are added at the end, or numbers taken off.
void resize_token(std::size_t width, TokenVectors* vectors);

/// Where on the way a vector is met, in the order of the forward pass. A sub-layer's y is the next one's x.
enum class TokenPlace : std::uint8_t {
  x,        // of the block
  trunk,    // t
  input,    // pre(t), what goes into F
  written,  // by F
  branch,   // b
  sum,      // skip t + b
  y,
};

/// What a norm took of its input: (x - mean) / spread. RMSNorm takes no mean: 0.
struct NormTaken {
  double mean = 0;
  double spread = 1;  // sqrt(var + eps), or sqrt(mean(x^2) + eps)
};

struct TokenRow {
  TokenPlace place = TokenPlace::x;
  SublayerKind sublayer = SublayerKind::attention;  // whose place it is; x has none
  std::vector<double> values;
  std::optional<NormTaken> norm = {};  // of the norm that the step to this place went through
  std::optional<double> skip = {};     // back: what the step past the add multiplied by
  bool told = true;  // false: it is as its neighbour, for the norm between them is not there
  double mean() const;
  double sd() const;  // biased
  double rms() const;
  double length() const;  // Euclidean
  /// As lessons and tables call it: "x", "attention.sum", "ffn.y".
  std::string key() const;
};

struct TokenWalk {
  std::vector<TokenRow> forward;   // from x to the last sub-layer's y
  std::vector<TokenRow> backward;  // the gradient from there down to x: at every y, sum and trunk
  double share(
      const TokenRow& row) const;  // of a row of the way back: its length in units of the first one's
};

/// Of the stack's own wiring, without the overrides of single layers. The vectors must be of one width.
TokenWalk token_walk(const StackSpec& stack, const TokenVectors& vectors);

/// The row of this key, or nullptr: "y" is the last one's, and "gradient." before a key leads to the way
/// back.
const TokenRow* find_row(const TokenWalk& walk, std::string_view key);

}  // namespace gradflow
