#include "core/model/build.h"

#include <cmath>

#include "core/model/parameters.h"
#include "core/model/random.h"

namespace gradflow {
namespace {

/// How the matrix of this name is drawn: the standard deviation, residual_output's factor included.
double init_std(const StackSpec& spec, std::string_view name, Index in, Index out) {
  const auto ends_with = [&](std::string_view leaf) { return name.ends_with(leaf); };
  const auto fan_sum = static_cast<double>(in + out);
  const double d = spec.d_model;
  const bool attention = name.find("attention.") != std::string_view::npos;
  double std = 0;
  switch (spec.init.scheme) {
    case InitScheme::xavier_normal:   // Glorot and Bengio 2010, equation 16
    case InitScheme::xavier_uniform:  // the same variance
      std = std::sqrt(2 / fan_sum);
      break;
    case InitScheme::normal_002: std = 0.02; break;
    case InitScheme::small_init:  // Nguyen and Salazar 2019, section 2.2
      std = attention ? std::sqrt(2 / (5 * d)) : std::sqrt(2 / fan_sum);
      break;
    case InitScheme::lecun_normal: std = 1 / std::sqrt(static_cast<double>(in)); break;
  }
  std *= spec.init.gain;
  const bool residual_output = ends_with(".w_o") || ends_with(".w_2");
  switch (spec.init.residual_output) {
    case ResidualOutput::none: break;
    case ResidualOutput::gpt2:  // Radford et al. 2019, section 2.3: N residual layers, two a block
      if (residual_output) std /= std::sqrt(2.0 * spec.num_layers);
      break;
    case ResidualOutput::deepnorm:  // Wang et al. 2022, figure 2
      if (residual_output || ends_with(".w_v") || ends_with(".w_1") || ends_with(".w_gate")) {
        std *= std::pow(8.0 * spec.num_layers, -0.25);
      }
      break;
  }
  return std;
}

template <class T>
void initialise(const StackSpec& spec, const std::string& name, int layer, View<T> x) {
  const RandomKey key{spec.seed, name, layer};
  const double std = init_std(spec, name, x.rows(), x.cols());
  if (spec.init.scheme == InitScheme::xavier_uniform) {
    fill_uniform<T>(key, std::sqrt(3.0) * std, x);
  } else {
    fill_normal<T>(key, std, x);
  }
}

template <class T>
Norm<T> make_norm(NormKind kind, double epsilon, Index width) {
  Norm<T> norm{kind, static_cast<T>(epsilon), Row<T>::Ones(width), {}};
  if (kind == NormKind::layer_norm) norm.bias.setZero(width);
  return norm;
}

template <class T>
Norm<T> make_norm(const StackSpec& spec) {
  return make_norm<T>(spec.norm.kind, spec.norm.epsilon, spec.d_model);
}

template <class T>
Linear<T> make_linear(const StackSpec& spec, Index in, Index out) {
  Linear<T> linear;
  linear.w.resize(in, out);
  if (spec.bias) linear.b.setZero(out);
  return linear;
}

template <class T>
Attention<T> make_attention(const StackSpec& spec, SublayerKind kind) {
  const Index d = spec.d_model;
  const Index head_width = d / spec.num_heads;
  const bool self = kind == SublayerKind::attention;
  Attention<T> attention;
  attention.heads = {spec.num_heads, spec.sequence_length, self && spec.causal ? Mask::causal : Mask::none};
  attention.qkv = make_linear<T>(spec, d, 3 * d);
  attention.output = make_linear<T>(spec, d, d);
  if (spec.qk_norm != QkNorm::none) {
    const Index width = spec.qk_norm == QkNorm::head ? head_width : d;
    attention.q_norm = make_norm<T>(NormKind::rms_norm, spec.norm.epsilon, width);
    attention.k_norm = attention.q_norm;
  }
  if (self && spec.positions == Positions::rotary) {
    attention.rotary = make_rotary<T>(spec.sequence_length, head_width);
  }
  return attention;
}

template <class T>
FeedForward<T> make_feed_forward(const StackSpec& spec) {
  const Index width = is_gated(spec.activation) ? 2 * spec.d_ff : spec.d_ff;
  return {spec.activation, make_linear<T>(spec, spec.d_model, width),
          make_linear<T>(spec, spec.d_ff, spec.d_model)};
}

/// Matrices are drawn; vectors keep what make_* gave them (biases 0, norm weights 1).
bool is_drawn(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return name.substr(dot == std::string_view::npos ? 0 : dot + 1).starts_with("w_");
}

template <class T, class F>
void wire(const StackSpec& spec, const SublayerSpec& wiring, Sublayer<T, F>& sublayer) {
  for (Site site : kSites) {
    sublayer.at(site).reset();
    if (wiring.norm.contains(site)) sublayer.at(site) = make_norm<T>(spec);
  }
  sublayer.skip = wiring.residual ? static_cast<T>(spec.residual_scale.at(spec.num_layers)) : T(0);
}

template <class T>
Matrix<T> make_memory(const StackSpec& spec) {
  const Index n = spec.sequence_length;
  Matrix<T> shared(spec.batch_size, spec.d_model);
  Matrix<T> memory(spec.batch_size * n, spec.d_model);
  fill_normal<T>({spec.seed, "memory.shared", 0}, std::sqrt(spec.memory_cosine), shared);
  fill_normal<T>({spec.seed, "memory.own", 0}, std::sqrt(1 - spec.memory_cosine), memory);
  for (Index t = 0; t < memory.rows(); ++t) memory.row(t) += shared.row(t / n);
  return memory;
}

}  // namespace

template <class T>
void wire_layer(const StackSpec& spec, int l, Layer<T>& layer) {
  const Sublayers wiring = sublayers_of(spec, l);
  wire(spec, wiring.attention, layer.attention);
  if (layer.cross_attention) wire(spec, *wiring.cross_attention, *layer.cross_attention);
  wire(spec, wiring.ffn, layer.ffn);
}

template <class T>
Layer<T> build_layer(const StackSpec& spec, int l) {
  Layer<T> layer;
  layer.attention.function = make_attention<T>(spec, SublayerKind::attention);
  if (spec.sublayers.cross_attention) {
    layer.cross_attention.emplace();
    layer.cross_attention->function = make_attention<T>(spec, SublayerKind::cross_attention);
  }
  layer.ffn.function = make_feed_forward<T>(spec);
  const int key_layer = spec.init.clone_layers ? 0 : l;
  visit(layer, [&](const std::string& name, View<T> view) {
    if (is_drawn(name)) initialise<T>(spec, name, key_layer, view);
  });
  wire_layer(spec, l, layer);
  return layer;
}

template <class T>
Ends<T> build_ends(const StackSpec& spec) {
  const Index d = spec.d_model;
  Ends<T> ends;
  ends.embedding.token.resize(spec.vocab_size, d);
  fill_normal<T>({spec.seed, "embedding.token", 0}, spec.init.embedding_std, ends.embedding.token);
  if (spec.positions == Positions::learned) {
    ends.embedding.position.resize(spec.sequence_length, d);
    fill_normal<T>({spec.seed, "embedding.position", 0}, spec.init.position_std, ends.embedding.position);
  }
  if (spec.positions == Positions::sinusoidal) {
    ends.embedding.fixed = sinusoidal_table<T>(spec.sequence_length, d);
  }
  if (spec.embedding_norm) ends.embedding_norm = make_norm<T>(spec);
  if (spec.final_norm) ends.final_norm = make_norm<T>(spec);
  if (!spec.tied_embedding) {
    ends.unembedding.resize(d, spec.vocab_size);
    initialise<T>(spec, "unembedding", 0, View<T>(ends.unembedding));
  }
  return ends;
}

template <class T>
std::optional<Stack<T>> build_stack(const StackSpec& spec, const std::stop_token& stop) {
  Stack<T> stack{build_ends<T>(spec), {}};
  stack.layers.reserve(static_cast<std::size_t>(spec.num_layers));
  for (int l = 0; l < spec.num_layers; ++l) {
    if (stop.stop_requested()) return {};
    stack.layers.push_back(build_layer<T>(spec, l));
  }
  return stack;
}

template <class T>
Stack<T> build_stack(const StackSpec& spec) {
  return *build_stack<T>(spec, std::stop_token());
}

bool same_layer_weights(const StackSpec& left, const StackSpec& right) {
  // What a layer's shapes and drawn weights depend on; the depth only where the init does.
  const auto key = [](const StackSpec& spec) {
    StackSpec kept;
    kept.num_layers = spec.init.residual_output == ResidualOutput::none ? 1 : spec.num_layers;
    kept.d_model = spec.d_model;
    kept.num_heads = spec.num_heads;
    kept.d_ff = spec.d_ff;
    kept.sequence_length = spec.sequence_length;
    kept.causal = spec.causal;
    kept.positions = spec.positions;
    kept.activation = spec.activation;
    kept.norm.epsilon = spec.norm.epsilon;
    kept.bias = spec.bias;
    kept.qk_norm = spec.qk_norm;
    if (spec.sublayers.cross_attention) kept.sublayers.cross_attention.emplace();
    kept.init = spec.init;
    kept.seed = spec.seed;
    return kept;
  };
  return key(left) == key(right);
}

namespace {

/// The spec without what only single layers see. Comparing whole specs, a field that is forgotten here costs
/// time, never a wrong answer.
StackSpec without_layers(StackSpec spec) {
  spec.name.clear();
  spec.num_layers = 1;
  spec.overrides.clear();
  spec.sublayers.attention = spec.sublayers.ffn = {};
  if (spec.sublayers.cross_attention) spec.sublayers.cross_attention.emplace();
  return spec;
}

/// Whether weights or skip gains of a layer depend on how many layers there are.
bool depends_on_depth(const StackSpec& spec) {
  return spec.init.residual_output != ResidualOutput::none ||
         spec.residual_scale.rule != SkipGain::Rule::constant;
}

}  // namespace

int same_prefix(const StackSpec& left, const StackSpec& right, int layers) {
  const auto below_the_head = [](const StackSpec& spec) {
    StackSpec kept = without_layers(spec);
    kept.final_norm = false;
    kept.tied_embedding = false;
    return kept;
  };
  if (left.num_layers != right.num_layers && depends_on_depth(left)) return 0;
  if (!(below_the_head(left) == below_the_head(right))) return 0;
  if (left.sublayers == right.sublayers && left.overrides == right.overrides) return layers;
  int same = 0;
  while (same < layers && sublayers_of(left, same) == sublayers_of(right, same)) ++same;
  return same;
}

bool same_ends_and_batch(const StackSpec& left, const StackSpec& right) {
  return without_layers(left) == without_layers(right);
}

template <class T>
Batch<T> build_batch(const StackSpec& spec) {
  const std::size_t count =
      static_cast<std::size_t>(spec.batch_size) * static_cast<std::size_t>(spec.sequence_length);
  Batch<T> batch;
  batch.tokens.resize(count);
  batch.targets.resize(count);
  if (spec.input.kind == InputKind::random) {
    fill_integers({spec.seed, "tokens", 0}, spec.vocab_size, count, batch.tokens.data());
    fill_integers({spec.seed, "targets", 0}, spec.vocab_size, count, batch.targets.data());
  } else {
    const std::string& text = spec.input.text;
    for (std::size_t t = 0; t < count; ++t) {
      batch.tokens[t] = static_cast<unsigned char>(text[t % text.size()]);
      batch.targets[t] = static_cast<unsigned char>(text[(t + 1) % text.size()]);
    }
  }
  if (spec.sublayers.cross_attention) batch.memory = make_memory<T>(spec);
  return batch;
}

#define GRADFLOW_INSTANTIATE(T)                                                           \
  template Layer<T> build_layer(const StackSpec&, int);                                   \
  template Ends<T> build_ends(const StackSpec&);                                          \
  template std::optional<Stack<T>> build_stack(const StackSpec&, const std::stop_token&); \
  template Stack<T> build_stack(const StackSpec&);                                        \
  template void wire_layer(const StackSpec&, int, Layer<T>&);                             \
  template Batch<T> build_batch(const StackSpec&);
GRADFLOW_INSTANTIATE(float)
GRADFLOW_INSTANTIATE(double)
#undef GRADFLOW_INSTANTIATE

}  // namespace gradflow
