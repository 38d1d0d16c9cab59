// The yardstick: the bare matrix products of a stack's forward and backward pass, nothing else. Same shapes,
// same number, the stack's own weights layer by layer; one layer's activation and gradient buffers serve all
// layers, as they do in the pass. No softmax, no norm, no activation, no bias, no add.
#pragma once

#include "core/model/stack.h"

namespace gradflow::bench {

class Products {
 public:
  explicit Products(const StackSpec& spec);
  void run();
  /// Floating-point operations (a multiply and an add are two) of one run().
  double flops() const { return flops_; }

 private:
  void linear(const Matrix<float>& w, const Matrix<float>& x, Matrix<float>& y, Matrix<float>& dx,
              Matrix<float>& dw);
  void heads();

  Stack<float> stack_;
  Index heads_, sequence_, tokens_;
  Matrix<float> x_, y_, qkv_, context_, hidden_, p_, ds_, logits_;
  Matrix<float> dqkv_, dcontext_, dhidden_, dx_;
  Matrix<float> dw_qkv_, dw_o_, dw_in_, dw_out_, dw_head_;
  double flops_ = 0;
};

}  // namespace gradflow::bench
