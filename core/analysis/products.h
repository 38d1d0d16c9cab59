// What a benchmark times in turn: one pass of a stack, and the bare matrix products of the same shapes, which
// are the yardstick.
#pragma once

#include <stop_token>
#include <vector>

#include "core/analysis/measure.h"
#include "core/spec/stack.h"

namespace gradflow {

/// The pass that analyze() makes, with all its measurements, on weights and buffers that stand: whole every
/// time, whatever an Analyzer would remember of the answer before. The spec must have passed validate().
template <class T>
class RepeatedPass {
 public:
  explicit RepeatedPass(const StackSpec& spec);
  /// False when `stop` was requested on the way.
  bool run(const std::stop_token& stop = {});

 private:
  int num_layers_;
  Stack<T> stack_;
  Batch<T> batch_;
  PassBuffers<T> buffers_;
};

/// The products alone: of the linear maps, the heads (cross-attention's included) and the unembedding,
/// forward and backward. No softmax, norm, activation, rotation, bias or add. Every layer has weights of its
/// own and all share one layer's activation and gradient buffers, as in the pass, so that the same memory is
/// moved. The numbers are of order one whatever the stack's initialisation: they neither overflow nor
/// underflow, which would be another speed.
template <class T>
class Products {
 public:
  explicit Products(const StackSpec& spec);
  void run();

 private:
  /// The matrices of a layer; those of cross-attention are empty where there is none.
  struct Weights {
    Matrix<T> qkv, output, cross_qkv, cross_output, ffn_in, ffn_out;
  };
  /// y = x W, dW += x^T dy, dx = dy W^T, with dy of y's numbers.
  static void linear(const Matrix<T>& w, const Matrix<T>& x, Matrix<T>& y, Matrix<T>& dx, Matrix<T>& dw);
  void attention(const Weights& layer);
  void cross_attention(const Weights& layer);
  void heads();
  void feed_forward(const Weights& layer);
  void unembedding();

  Index heads_, sequence_;
  std::vector<Weights> layers_;
  Matrix<T> unembedding_;  // [d_model x V]; tied [V x d_model]
  bool tied_;
  Weights dw_;
  Matrix<T> dunembedding_;
  Matrix<T> x_, dx_, y_, memory_;        // [tokens x d_model]
  Matrix<T> context_, dcontext_;         // [tokens x d_model]
  Matrix<T> qkv_, dqkv_;                 // [tokens x 3 d_model]
  Matrix<T> p_, ds_;                     // [tokens heads x sequence], [sequence x sequence]
  Matrix<T> u_, du_, hidden_, dhidden_;  // [tokens x d_ff], u gated [tokens x 2 d_ff]
  Matrix<T> logits_;                     // [tokens x V]
};

/// Floating-point operations of Products::run(); a multiply and an add are two.
double product_flops(const StackSpec& spec);

/// Bytes that a Products holds.
double product_bytes(const StackSpec& spec, std::size_t scalar_size);

/// How many T are in a vector register of the instructions that this was compiled for: 16 floats with
/// AVX-512, 8 with AVX, 4 with SSE or NEON.
template <class T>
int vector_width();

extern template class RepeatedPass<float>;
extern template class RepeatedPass<double>;
extern template class Products<float>;
extern template class Products<double>;

}  // namespace gradflow
