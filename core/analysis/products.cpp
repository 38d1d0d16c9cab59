#include "core/analysis/products.h"

#include <cmath>

#include "core/model/build.h"

namespace gradflow {
namespace {

Index tokens_of(const StackSpec& spec) { return Index{spec.batch_size} * spec.sequence_length; }

Index ffn_in_width(const StackSpec& spec) { return Index{spec.d_ff} * (is_gated(spec.activation) ? 2 : 1); }

/// Numbers spread evenly over [-limit, limit], by the golden ratio's multiples: quick, and no product of two
/// such matrices is of low rank.
template <class T>
Matrix<T> spread(Index rows, Index cols, double limit) {
  constexpr double kGolden = 0.6180339887498949;
  Matrix<T> x(rows, cols);
  double place = 0.5;
  for (Index i = 0; i < x.size(); ++i) {
    place += kGolden;
    place -= std::floor(place);
    x.data()[i] = static_cast<T>(limit * (2 * place - 1));
  }
  return x;
}

template <class T>
Matrix<T> activation(Index rows, Index cols) {
  return spread<T>(rows, cols, 1);
}

/// Keeps the size of what it is multiplied with.
template <class T>
Matrix<T> weight(Index rows, Index cols) {
  return spread<T>(rows, cols, std::sqrt(3.0 / static_cast<double>(rows)));
}

}  // namespace

template <class T>
RepeatedPass<T>::RepeatedPass(const StackSpec& spec)
    : num_layers_(spec.num_layers), stack_(build_stack<T>(spec)), batch_(build_batch<T>(spec)) {}

template <class T>
bool RepeatedPass<T>::run(const std::stop_token& stop) {
  return run_pass(stack_, num_layers_, batch_, buffers_, stop);
}

template <class T>
Products<T>::Products(const StackSpec& spec)
    : heads_(spec.num_heads), sequence_(spec.sequence_length), tied_(spec.tied_embedding) {
  const Index d = spec.d_model;
  const Index n = tokens_of(spec);
  const Index in = ffn_in_width(spec);
  Weights layer{weight<T>(d, 3 * d), weight<T>(d, d), {}, {}, weight<T>(d, in), weight<T>(spec.d_ff, d)};
  if (spec.sublayers.cross_attention) {
    layer.cross_qkv = layer.qkv;
    layer.cross_output = layer.output;
  }
  layers_.assign(static_cast<std::size_t>(spec.num_layers), layer);
  dw_ = layer;
  unembedding_ = tied_ ? weight<T>(spec.vocab_size, d) : weight<T>(d, spec.vocab_size);
  dunembedding_ = unembedding_;
  x_ = dx_ = y_ = memory_ = context_ = dcontext_ = activation<T>(n, d);
  qkv_ = dqkv_ = activation<T>(n, 3 * d);
  p_ = activation<T>(n * heads_, sequence_);
  ds_ = activation<T>(sequence_, sequence_);
  u_ = du_ = activation<T>(n, in);
  hidden_ = dhidden_ = activation<T>(n, spec.d_ff);
  logits_ = activation<T>(n, spec.vocab_size);
}

template <class T>
void Products<T>::linear(const Matrix<T>& w, const Matrix<T>& x, Matrix<T>& y, Matrix<T>& dx, Matrix<T>& dw) {
  y.noalias() = x * w;
  dw.noalias() += x.transpose() * y;
  dx.noalias() = y * w.transpose();
}

template <class T>
void Products<T>::attention(const Weights& layer) {
  linear(layer.qkv, x_, qkv_, dx_, dw_.qkv);
  heads();
  linear(layer.output, context_, y_, dcontext_, dw_.output);
}

/// k and v come from the memory, which takes no gradient.
template <class T>
void Products<T>::cross_attention(const Weights& layer) {
  const Index d = x_.cols();
  const auto& w = layer.cross_qkv;
  qkv_.leftCols(d).noalias() = x_ * w.leftCols(d);
  qkv_.rightCols(2 * d).noalias() = memory_ * w.rightCols(2 * d);
  dw_.cross_qkv.leftCols(d).noalias() += x_.transpose() * qkv_.leftCols(d);
  dw_.cross_qkv.rightCols(2 * d).noalias() += memory_.transpose() * qkv_.rightCols(2 * d);
  dx_.noalias() = qkv_.leftCols(d) * w.leftCols(d).transpose();
  heads();
  linear(layer.cross_output, context_, y_, dcontext_, dw_.cross_output);
}

template <class T>
void Products<T>::heads() {
  const Index d = context_.cols();
  const Index width = d / heads_;
  for (Index row = 0; row < context_.rows(); row += sequence_) {
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

template <class T>
void Products<T>::feed_forward(const Weights& layer) {
  linear(layer.ffn_in, x_, u_, dx_, dw_.ffn_in);
  linear(layer.ffn_out, hidden_, y_, dhidden_, dw_.ffn_out);
}

template <class T>
void Products<T>::unembedding() {
  if (!tied_) {
    linear(unembedding_, x_, logits_, dx_, dunembedding_);
    return;
  }
  logits_.noalias() = x_ * unembedding_.transpose();
  dunembedding_.noalias() += logits_.transpose() * x_;
  dx_.noalias() = logits_ * unembedding_;
}

template <class T>
void Products<T>::run() {
  for (const Weights& layer : layers_) {
    attention(layer);
    if (layer.cross_qkv.size() > 0) cross_attention(layer);
    feed_forward(layer);
  }
  unembedding();
}

double product_flops(const StackSpec& spec) {
  const double d = spec.d_model;
  const double heads = 12 * d * spec.sequence_length;  // two products forward, four backward
  const double attention = 6 * 4 * d * d + heads;
  const double cross_attention = (6 * 2 + 4 * 2) * d * d + heads;  // the memory takes no gradient
  const double ffn = 6 * d * static_cast<double>(ffn_in_width(spec) + spec.d_ff);
  const double layer = attention + ffn + (spec.sublayers.cross_attention ? cross_attention : 0);
  return static_cast<double>(tokens_of(spec)) * (spec.num_layers * layer + 6 * d * spec.vocab_size);
}

double product_bytes(const StackSpec& spec, std::size_t scalar_size) {
  const double d = spec.d_model;
  const double n = static_cast<double>(tokens_of(spec));
  const double s = spec.sequence_length;
  const auto in = static_cast<double>(ffn_in_width(spec));
  const double layer = (spec.sublayers.cross_attention ? 8 : 4) * d * d + d * (in + spec.d_ff);
  const double ends = 2 * d * spec.vocab_size;
  const double activations =
      n * (12 * d + spec.num_heads * s + 2 * in + 2.0 * spec.d_ff + spec.vocab_size) + s * s;
  return ((spec.num_layers + 2) * layer + ends + activations) * static_cast<double>(scalar_size);
}

template <class T>
int vector_width() {
  return static_cast<int>(Eigen::internal::packet_traits<T>::size);
}

template int vector_width<float>();
template int vector_width<double>();
template class RepeatedPass<float>;
template class RepeatedPass<double>;
template class Products<float>;
template class Products<double>;

}  // namespace gradflow
