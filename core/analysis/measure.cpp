#include "core/analysis/measure.h"

#include <cmath>
#include <limits>
#include <string>

#include "core/model/parameters.h"

namespace gradflow {
namespace {

/// Mean cosine between different tokens of a sequence, over ordered pairs and sequences: with u the unit rows
/// of one sequence, (|sum u|^2 - n) / (n (n - 1)). Nothing where a sequence has one token.
template <class T>
std::optional<double> token_cosine(const Matrix<T>& x, Index sequence) {
  if (sequence < 2) return std::nullopt;
  const auto n = static_cast<double>(sequence);
  double sum = 0;
  Row<double> direction(x.cols());
  for (Index start = 0; start < x.rows(); start += sequence) {
    direction.setZero();
    for (Index r = start; r < start + sequence; ++r) {
      const double length = std::sqrt(squared_norm(x.row(r)));
      direction += x.row(r).template cast<double>() / length;
    }
    sum += (direction.squaredNorm() - n) / (n * (n - 1));
  }
  return sum * n / static_cast<double>(x.rows());
}

/// Mean over heads, queries and batch of -sum p ln p, in nats; a masked entry has p = 0 and adds nothing.
template <class T>
double attention_entropy(const Matrix<T>& p) {
  double sum = 0;
  for (Index r = 0; r < p.rows(); ++r) {
    const auto row = p.row(r).array();
    sum -= static_cast<double>((row * row.max(std::numeric_limits<T>::min()).log()).sum());
  }
  return sum / static_cast<double>(p.rows());
}

template <class T>
void record_stream(const Matrix<T>& x, Index sequence, int k, Recorder& recorder) {
  recorder.point("stream_rms", k, std::sqrt(squared_norm(x) / static_cast<double>(x.size())));
  if (const auto cosine = token_cosine(x, sequence)) recorder.point("token_cosine", k, *cosine);
}

template <class T, class F>
void record_branch(const char* name, const SublayerTape<T, F>& tape, int l, Recorder& recorder) {
  recorder.point(name, l, std::sqrt(tape.branch_square / static_cast<double>(tape.y.size())));
}

/// |dx| / |dy| across the sub-layer and across each of its norms. No gradient, no gain: 0 / 0 is no finding.
void record_gains(SublayerKind kind, const SublayerGradient& met, int l, Recorder& recorder) {
  const std::string name(key_of(kind));
  if (met.dy > 0) recorder.point("jacobian_gain/" + name, l, met.dx / met.dy);
  for (Site site : kSites) {
    const SublayerGradient::AcrossNorm& norm = met.norms[static_cast<std::size_t>(site)];
    if (norm.out > 0) {
      recorder.point("norm_gain/" + name + "." + std::string(key_of(site)), l, norm.in / norm.out);
    }
  }
}

template <class T>
bool run_forward(const Stack<T>& stack, int num_layers, const Batch<T>& batch, PassBuffers<T>& buffers,
                 const std::stop_token& stop, Recorder& recorder) {
  StackTape<T>& tape = buffers.tape;
  const auto depth = static_cast<std::size_t>(num_layers);
  if (tape.layers.size() < depth) tape.layers.resize(depth);
  const Index sequence = stack.layers.front().attention.function.heads.sequence;
  forward_embedding(stack.ends, batch, tape);
  record_stream(stream(tape, 0), sequence, 0, recorder);
  for (std::size_t l = 0; l < depth; ++l) {
    if (stop.stop_requested()) return false;
    forward_layer(stack.layers[l], batch, l, tape);
    const LayerTape<T>& kept = tape.layers[l];
    const int layer = static_cast<int>(l);
    record_stream(stream(tape, l + 1), sequence, layer + 1, recorder);
    recorder.point("attention_entropy", layer, attention_entropy(kept.attention.function.heads.p));
    record_branch("branch_rms/attention", kept.attention, layer, recorder);
    if (stack.layers[l].cross_attention) {
      record_branch("branch_rms/cross_attention", kept.cross_attention, layer, recorder);
    }
    record_branch("branch_rms/ffn", kept.ffn, layer, recorder);
  }
  recorder.scalar("loss", forward_head(stack.ends, batch, depth, tape));
  return true;
}

template <class T>
void record_layer(Layer<T>& gradient, const LayerGradient& met, int l, Recorder& recorder) {
  double total = 0;
  visit(gradient, [&](const std::string& name, View<T> view) {
    const double square = squared_norm(view);
    total += square;
    recorder.point("grad_norm/" + name, l, std::sqrt(square));
  });
  recorder.point("grad_norm/total", l, std::sqrt(total));
  record_gains(SublayerKind::attention, met.attention, l, recorder);
  if (gradient.cross_attention) record_gains(SublayerKind::cross_attention, met.cross_attention, l, recorder);
  record_gains(SublayerKind::ffn, met.ffn, l, recorder);
}

/// Whether a gradient shaped as `left` can take that of `right`: the same norms at the same sites.
template <class T>
bool same_shape(const Layer<T>& left, const Layer<T>& right) {
  const auto same = [](const auto& a, const auto& b) {
    for (Site site : kSites) {
      if (a.at(site).has_value() != b.at(site).has_value()) return false;
    }
    return true;
  };
  if (left.cross_attention.has_value() != right.cross_attention.has_value()) return false;
  if (left.cross_attention && !same(*left.cross_attention, *right.cross_attention)) return false;
  return same(left.attention, right.attention) && same(left.ffn, right.ffn);
}

template <class T>
bool run_backward(const Stack<T>& stack, int num_layers, const Batch<T>& batch, PassBuffers<T>& buffers,
                  const std::stop_token& stop, Recorder& recorder) {
  const auto depth = static_cast<std::size_t>(num_layers);
  buffers.ends_gradient = stack.ends;
  set_zero(buffers.ends_gradient);
  buffers.gradient = stack.layers[depth - 1];
  LayerGradient met;
  const Matrix<T>* dx =
      &backward_head(stack.ends, batch, depth, buffers.tape, buffers.ends_gradient, buffers.work);
  for (std::size_t l = depth; l-- > 0;) {
    if (stop.stop_requested()) return false;
    const int layer = static_cast<int>(l);
    recorder.point("stream_grad_norm", layer + 1, std::sqrt(squared_norm(*dx)));
    if (!same_shape(buffers.gradient, stack.layers[l])) buffers.gradient = stack.layers[l];
    set_zero(buffers.gradient);
    dx = &backward_layer(stack.layers[l], l, buffers.tape, *dx, buffers.gradient, buffers.work, met);
    record_layer(buffers.gradient, met, layer, recorder);
  }
  recorder.point("stream_grad_norm", 0, std::sqrt(squared_norm(*dx)));
  backward_embedding(stack.ends, batch, buffers.tape, *dx, buffers.ends_gradient, buffers.work);
  visit(buffers.ends_gradient, [&](const std::string& name, View<T> view) {
    recorder.scalar("grad_norm/" + name, std::sqrt(squared_norm(view)));
  });
  return true;
}

}  // namespace

template <class T>
bool measure(const Stack<T>& stack, int num_layers, const Batch<T>& batch, PassBuffers<T>& buffers,
             const std::stop_token& stop, Recorder& recorder) {
  return run_forward(stack, num_layers, batch, buffers, stop, recorder) &&
         run_backward(stack, num_layers, batch, buffers, stop, recorder);
}

#define GRADFLOW_INSTANTIATE(T)                                                                         \
  template bool measure(const Stack<T>&, int, const Batch<T>&, PassBuffers<T>&, const std::stop_token&, \
                        Recorder&);
GRADFLOW_INSTANTIATE(float)
GRADFLOW_INSTANTIATE(double)
#undef GRADFLOW_INSTANTIATE

}  // namespace gradflow
