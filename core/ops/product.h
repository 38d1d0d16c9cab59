// The matrix products of linear maps, in which a pass spends most of its time. They run on the calling
// thread.
//
//   multiply(a, b, c)                    c  = a b
//   multiply_by_transposed(a, b, c)      c  = a b^T
//   add_transposed_times(a, b, c)        c += a^T b
//
// Doubles go to Eigen, floats to OpenBLAS where its kernels are as wide as the processor (and where a few
// products agree with Eigen's, and threads may share it), else to Eigen, too:
// GFLOP/s on one core with AVX-512, c = a b, a^T b, a b^T:
//
//                                 Eigen 3.4        OpenBLAS 0.3.21   the same, kernels for AVX2
//   64 tokens, 64 -> 192       143 145 143           229 226 154             103 106  96
//   64 tokens, 256 -> 64       146 136 143           174 194 161             102 107  98
//   256 tokens, 256 -> 1024    145 146 142           185 186 181             103 106 105
//   128 tokens, 768 -> 3072    131 126 123           164 198 152             101 106  99
#pragma once

#include <string>

#include "core/ops/tensor.h"

namespace gradflow {

template <class T>
void multiply(In<T> a, In<T> b, Out<T> c);
template <class T>
void multiply_by_transposed(In<T> a, In<T> b, Out<T> c);
template <class T>
void add_transposed_times(In<T> a, In<T> b, Out<T> c);

/// The kernels that float products run on, such as "Eigen" or "OpenBLAS SkylakeX".
std::string float_product_kernels();

}  // namespace gradflow
