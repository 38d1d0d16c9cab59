#include "core/bench/products.h"

#include "core/model/build.h"

namespace gradflow::bench {

Products::Products(const StackSpec& spec)
    : stack_(build_stack<float>(spec)),
      heads_(spec.num_heads),
      sequence_(spec.sequence_length),
      tokens_(Index{spec.batch_size} * spec.sequence_length) {
  const Index d = spec.d_model;
  const Index in = stack_.layers.front().ffn.function.input.w.cols();
  const auto random = [](Index rows, Index cols) { return Matrix<float>(Matrix<float>::Random(rows, cols)); };
  x_ = random(tokens_, d);
  y_ = dx_ = context_ = dcontext_ = x_;
  qkv_ = dqkv_ = random(tokens_, 3 * d);
  hidden_ = dhidden_ = random(tokens_, in);
  p_ = random(tokens_ * heads_, sequence_);
  ds_ = random(sequence_, sequence_);
  logits_ = random(tokens_, spec.vocab_size);
  dw_qkv_.setZero(d, 3 * d);
  dw_o_.setZero(d, d);
  dw_in_.setZero(d, in);
  dw_out_.setZero(stack_.layers.front().ffn.function.output.w.rows(), d);
  dw_head_.setZero(d, spec.vocab_size);
  const double n = static_cast<double>(tokens_);
  const double dd = static_cast<double>(d);
  const double layer = 4 * dd * dd + dd * static_cast<double>(in) + dd * static_cast<double>(dw_out_.rows()) +
                       2 * dd * static_cast<double>(sequence_);
  flops_ = 6 * n * (spec.num_layers * layer + dd * spec.vocab_size);
}

void Products::linear(const Matrix<float>& w, const Matrix<float>& x, Matrix<float>& y, Matrix<float>& dx,
                      Matrix<float>& dw) {
  y.noalias() = x * w;
  dw.noalias() += x.transpose() * y;
  dx.noalias() = y * w.transpose();
}

void Products::heads() {
  const Index d = context_.cols();
  const Index width = d / heads_;
  for (Index row = 0; row < tokens_; row += sequence_) {
    for (Index head = 0; head < heads_; ++head) {
      const auto of = [&](auto& m, Index part) {
        return m.block(row, part * d + head * width, sequence_, width);
      };
      auto p = p_.middleRows(row * heads_ + head * sequence_, sequence_);
      p.noalias() = of(qkv_, 0) * of(qkv_, 1).transpose();
      of(context_, 0).noalias() = p * of(qkv_, 2);
      ds_.noalias() = of(dcontext_, 0) * of(qkv_, 2).transpose();
      of(dqkv_, 0).noalias() = ds_ * of(qkv_, 1);
      of(dqkv_, 1).noalias() = ds_.transpose() * of(qkv_, 0);
      of(dqkv_, 2).noalias() = p.transpose() * of(dcontext_, 0);
    }
  }
}

void Products::run() {
  for (const Layer<float>& layer : stack_.layers) {
    linear(layer.attention.function.qkv.w, x_, qkv_, dx_, dw_qkv_);
    heads();
    linear(layer.attention.function.output.w, context_, y_, dcontext_, dw_o_);
    linear(layer.ffn.function.input.w, x_, hidden_, dx_, dw_in_);
    // The gated feed-forward's second product sees half of the first one's columns.
    if (hidden_.cols() == dw_out_.rows()) {
      linear(layer.ffn.function.output.w, hidden_, y_, dhidden_, dw_out_);
    } else {
      dhidden_ = hidden_.leftCols(dw_out_.rows());
      linear(layer.ffn.function.output.w, dhidden_, y_, dhidden_, dw_out_);
    }
  }
  if (stack_.ends.unembedding.size() > 0) linear(stack_.ends.unembedding, x_, logits_, dx_, dw_head_);
}

}  // namespace gradflow::bench
