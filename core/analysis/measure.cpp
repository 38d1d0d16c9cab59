#include "core/analysis/measure.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/ops/denormals.h"

namespace gradflow {
namespace {

/// Mean cosine between different tokens of a sequence, over ordered pairs and sequences: with u the unit rows
/// of one sequence, (|sum u|^2 - n) / (n (n - 1)). `direction` is room for the sum; n is 2 or more.
template <class T>
double token_cosine(const Matrix<T>& x, Index sequence, Row<T>& direction) {
  const auto n = static_cast<double>(sequence);
  double sum = 0;
  direction.resize(x.cols());
  for (Index start = 0; start < x.rows(); start += sequence) {
    direction.setZero();
    for (Index r = start; r < start + sequence; ++r) {
      direction += x.row(r) / static_cast<T>(std::sqrt(squared_norm(x.row(r))));
    }
    sum += (static_cast<double>(direction.squaredNorm()) - n) / (n * (n - 1));
  }
  return sum * n / static_cast<double>(x.rows());
}

/// Mean over heads, queries and batch of -sum p ln p, in nats; a masked entry has p = 0 and adds nothing.
template <class T>
double attention_entropy(const Matrix<T>& p) {
  constexpr Index kBlock = 4096;  // the most that is summed in T
  const Eigen::Map<const Column<T>> all(p.data(), p.size());
  double sum = 0;
  for (Index start = 0; start < all.size(); start += kBlock) {
    const auto block = all.segment(start, std::min(kBlock, all.size() - start)).array();
    sum -= static_cast<double>((block * block.max(std::numeric_limits<T>::min()).log()).sum());
  }
  return sum / static_cast<double>(p.rows());
}

template <class T>
void measure_stream(const Matrix<T>& x, Index sequence, Row<T>& direction, PassRecord::Stream& record) {
  record.rms = std::sqrt(squared_norm(x) / static_cast<double>(x.size()));
  if (sequence > 1) record.token_cosine = token_cosine(x, sequence, direction);
}

template <class T, class F>
double branch_rms(const SublayerTape<T, F>& tape) {
  return std::sqrt(tape.branch_square / static_cast<double>(tape.y.size()));
}

template <class T>
Index sequence_of(const Stack<T>& stack) {
  return stack.layers.front().attention.function.heads.sequence;
}

template <class T>
bool run_forward(const Stack<T>& stack, std::size_t depth, const Batch<T>& batch, PassBuffers<T>& buffers,
                 const std::stop_token& stop, std::size_t from) {
  StackTape<T>& tape = buffers.tape;
  PassRecord& record = buffers.record;
  const Index sequence = sequence_of(stack);
  if (tape.layers.size() < depth) tape.layers.resize(depth);
  if (from == 0) {
    forward_embedding(stack.ends, batch, tape);
    measure_stream(stream(tape, 0), sequence, buffers.direction, record.streams[0]);
  }
  for (std::size_t l = from; l < depth; ++l) {
    if (stop.stop_requested()) return false;
    forward_layer(stack.layers[l], batch, l, tape);
    const LayerTape<T>& kept = tape.layers[l];
    PassRecord::Layer& layer = record.layers[l];
    measure_stream(stream(tape, l + 1), sequence, buffers.direction, record.streams[l + 1]);
    layer.attention_entropy = attention_entropy(kept.attention.function.heads.p);
    layer.branch_rms[0] = branch_rms(kept.attention);
    if (stack.layers[l].cross_attention) layer.branch_rms[1] = branch_rms(kept.cross_attention);
    layer.branch_rms[2] = branch_rms(kept.ffn);
  }
  record.loss = forward_head(stack.ends, batch, depth, tape);
  return true;
}

template <class Parameters>
std::vector<std::string> gradient_names(Parameters& parameters) {
  std::vector<std::string> names;
  visit(parameters, [&](const std::string& name, const auto&) { names.push_back("grad_norm/" + name); });
  return names;
}

/// The place of the buffer that takes the gradient of `layer`.
template <class T>
std::size_t gradient_for(const Layer<T>& layer, PassBuffers<T>& buffers) {
  const ParameterShape shape = shape_of(const_cast<Layer<T>&>(layer));  // which only looks
  auto& gradients = buffers.gradients;
  const auto place = std::find_if(gradients.begin(), gradients.end(),
                                  [&](const auto& buffer) { return buffer.shape == shape; });
  if (place != gradients.end()) return static_cast<std::size_t>(place - gradients.begin());
  gradients.push_back({shape, layer});
  buffers.names.gradients.push_back(gradient_names(gradients.back().layer));
  return gradients.size() - 1;
}

template <class Parameters>
void measure_gradients(Parameters& gradient, std::vector<double>& squares) {
  squares.clear();
  visit_views(gradient, [&](const auto& view) { squares.push_back(squared_norm(view)); });
}

template <class T>
bool run_backward(const Stack<T>& stack, std::size_t depth, const Batch<T>& batch, PassBuffers<T>& buffers,
                  const std::stop_token& stop, Stack<T>* kept) {
  PassRecord& record = buffers.record;
  const ParameterShape ends_shape = shape_of(const_cast<Ends<T>&>(stack.ends));
  if (!(buffers.ends_shape == ends_shape)) {
    buffers.ends_gradient = stack.ends;
    buffers.ends_shape = ends_shape;
    buffers.names.ends = gradient_names(buffers.ends_gradient);
  }
  Ends<T>& ends_gradient = kept != nullptr ? kept->ends : buffers.ends_gradient;
  set_zero(ends_gradient);
  const Matrix<T>* dx = &backward_head(stack.ends, batch, depth, buffers.tape, ends_gradient, buffers.work);
  for (std::size_t l = depth; l-- > 0;) {
    if (stop.stop_requested()) return false;
    PassRecord::Layer& layer = record.layers[l];
    record.streams[l + 1].gradient = std::sqrt(squared_norm(*dx));
    layer.shape = gradient_for(stack.layers[l], buffers);
    Layer<T>& gradient = kept != nullptr ? kept->layers[l] : buffers.gradients[layer.shape].layer;
    set_zero(gradient);
    dx = &backward_layer(stack.layers[l], l, buffers.tape, *dx, gradient, buffers.work, layer.met);
    measure_gradients(gradient, layer.gradients);
  }
  record.streams[0].gradient = std::sqrt(squared_norm(*dx));
  backward_embedding(stack.ends, batch, buffers.tape, *dx, ends_gradient, buffers.work);
  measure_gradients(ends_gradient, record.ends);
  const Matrix<T>& dembedded = stack.ends.embedding_norm ? buffers.work.dhead : *dx;
  record.embedding_gradient = std::sqrt(squared_norm(dembedded));
  record.head_gradient = std::sqrt(buffers.work.head_square);
  return true;
}

/// What the branch hands back, and |dx| / |dy| across the sub-layer and across each of its norms. No
/// gradient, no gain: 0 / 0 is no finding.
void record_gains(SublayerKind kind, const SublayerGradient& met, int l, Recorder& recorder) {
  const std::string name(key_of(kind));
  recorder.point("wire_grad_norm/" + name + ".branch", l, met.branch);
  if (met.dy > 0) recorder.point("jacobian_gain/" + name, l, met.dx / met.dy);
  for (Site site : kSites) {
    const SublayerGradient::AcrossNorm& norm = met.norms[static_cast<std::size_t>(site)];
    if (norm.out > 0) {
      recorder.point("norm_gain/" + name + "." + std::string(key_of(site)), l, norm.in / norm.out);
    }
  }
}

void record_gradients(const std::vector<std::string>& names, const std::vector<double>& squares, int l,
                      Recorder& recorder) {
  double total = 0;
  for (std::size_t i = 0; i < squares.size(); ++i) {
    total += squares[i];
    recorder.point(names[i], l, std::sqrt(squares[i]));
  }
  recorder.point("grad_norm/total", l, std::sqrt(total));
}

}  // namespace

template <class T>
bool run_pass(const Stack<T>& stack, int num_layers, const Batch<T>& batch, PassBuffers<T>& buffers,
              const std::stop_token& stop, const PassOptions<T>& options) {
  const WithoutDenormals<T> quick;
  const auto depth = static_cast<std::size_t>(num_layers);
  if (buffers.record.layers.size() < depth) {
    buffers.record.layers.resize(depth);
    buffers.record.streams.resize(depth + 1);
  }
  buffers.names.token_pairs = sequence_of(stack) > 1;
  buffers.names.cross_attention = stack.layers.front().cross_attention.has_value();
  return run_forward(stack, depth, batch, buffers, stop, static_cast<std::size_t>(options.from)) &&
         run_backward(stack, depth, batch, buffers, stop, options.gradient);
}

void record_pass(int num_layers, const PassRecord& record, const PassNames& names, Recorder& recorder) {
  const auto at = [](int k) { return static_cast<std::size_t>(k); };
  recorder.scalar("loss", record.loss);
  for (int k = 0; k <= num_layers; ++k) recorder.point("stream_rms", k, record.streams[at(k)].rms);
  for (int k = 0; k <= num_layers; ++k) {
    recorder.point("stream_grad_norm", k, record.streams[at(k)].gradient);
  }
  for (int k = 0; k <= num_layers && names.token_pairs; ++k) {
    recorder.point("token_cosine", k, record.streams[at(k)].token_cosine);
  }
  for (int l = 0; l < num_layers; ++l) {
    recorder.point("attention_entropy", l, record.layers[at(l)].attention_entropy);
  }
  for (SublayerKind kind : kSublayerKinds) {
    const bool everywhere = kind != SublayerKind::cross_attention || names.cross_attention;
    const std::string name = "branch_rms/" + std::string(key_of(kind));
    for (int l = 0; l < num_layers && everywhere; ++l) {
      recorder.point(name, l, record.layers[at(l)].branch_rms[static_cast<std::size_t>(kind)]);
    }
  }
  for (int l = 0; l < num_layers; ++l) {
    const PassRecord::Layer& layer = record.layers[at(l)];
    record_gradients(names.gradients[layer.shape], layer.gradients, l, recorder);
    record_gains(SublayerKind::attention, layer.met.attention, l, recorder);
    if (names.cross_attention) {
      record_gains(SublayerKind::cross_attention, layer.met.cross_attention, l, recorder);
    }
    record_gains(SublayerKind::ffn, layer.met.ffn, l, recorder);
  }
  recorder.scalar("wire_grad_norm/embedding", record.embedding_gradient);
  recorder.scalar("wire_grad_norm/head", record.head_gradient);
  for (std::size_t i = 0; i < names.ends.size(); ++i) {
    recorder.scalar(names.ends[i], std::sqrt(record.ends[i]));
  }
}

template <class T>
bool measure(const Stack<T>& stack, int num_layers, const Batch<T>& batch, PassBuffers<T>& buffers,
             const std::stop_token& stop, Recorder& recorder) {
  if (!run_pass(stack, num_layers, batch, buffers, stop)) return false;
  record_pass(num_layers, buffers.record, buffers.names, recorder);
  return true;
}

template <class T>
std::optional<StackReport> measure_model(const StackSpec& spec, Stack<T>& stack, const Batch<T>& batch,
                                         const std::stop_token& stop) {
  PassBuffers<T> buffers;
  Recorder recorder;
  if (!measure(stack, spec.num_layers, batch, buffers, stop, recorder)) return {};
  for (const Scalar& norm : weight_norms_of(stack.ends)) recorder.scalar(norm.quantity, norm.value);
  for (int l = 0; l < spec.num_layers; ++l) {
    for (const Scalar& norm : weight_norms_of(stack.layers[static_cast<std::size_t>(l)])) {
      recorder.point(norm.quantity, l, norm.value);
    }
  }
  StackReport report = recorder.take();
  report.spec = spec;
  return report;
}

#define GRADFLOW_INSTANTIATE(T)                                                                          \
  template bool run_pass(const Stack<T>&, int, const Batch<T>&, PassBuffers<T>&, const std::stop_token&, \
                         const PassOptions<T>&);                                                         \
  template bool measure(const Stack<T>&, int, const Batch<T>&, PassBuffers<T>&, const std::stop_token&,  \
                        Recorder&);                                                                      \
  template std::optional<StackReport> measure_model(const StackSpec&, Stack<T>&, const Batch<T>&,        \
                                                    const std::stop_token&);
GRADFLOW_INSTANTIATE(float)
GRADFLOW_INSTANTIATE(double)
#undef GRADFLOW_INSTANTIATE

}  // namespace gradflow
