// Random numbers keyed by what they are for: seed, tensor name, layer and place in the tensor determine each
// one (Philox 4x32-10, Salmon et al. 2011), so that changing the depth or the wiring leaves every other
// weight as it was. The values are drawn in float and only then widened: float and double stacks have the
// same weights.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/ops/tensor.h"

namespace gradflow {

struct RandomKey {
  std::uint64_t seed = 1;
  std::string_view name;
  int layer = 0;
};

/// N(0, std^2), row by row, by Box and Muller's transform.
template <class T>
void fill_normal(const RandomKey& key, double std, Out<T> x);

/// Uniform in [-limit, limit].
template <class T>
void fill_uniform(const RandomKey& key, double limit, Out<T> x);

/// Uniform whole numbers from 0 to bound - 1, count of them at `out`.
void fill_integers(const RandomKey& key, int bound, std::size_t count, int* out);

}  // namespace gradflow
