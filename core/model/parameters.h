// The one list of parameters and their names (core/io/README.md). Whatever goes over all parameters
// (initial weights, norms, files, optimisers, checks) goes through visit().
//
//   visit(layer, fn)   fn(name, view) with the name within the layer, such as "ffn.w_1"
//   visit(ends, fn)    "embedding.token" ... "unembedding"
//   visit(stack, fn)   both, the layers' names behind "layers.{l}."
//   visit_views(x, fn) fn(view) of a layer or of the ends: the same list in the same order, no name made up
//
// A view is a matrix [rows x cols] into the parameter itself; weights and biases of norms and maps are one
// row.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/model/stack.h"
#include "core/spec/names.h"

namespace gradflow {
namespace detail {

/// Stands where a name would: most visits are one a layer and pass, and read none.
struct Nameless {
  Nameless() = default;
  explicit Nameless(std::string_view) {}
  friend Nameless operator+(Nameless, std::string_view) { return {}; }
};

template <class Name, class T, class Fn>
void visit(const Name& name, Norm<T>& norm, Fn&& fn) {
  fn(name + ".weight", View<T>(norm.weight));
  if (norm.bias.size() > 0) fn(name + ".bias", View<T>(norm.bias));
}

template <class Name, class T, class Fn>
void visit(const Name& name, Attention<T>& attention, Fn&& fn) {
  const Index d = attention.output.w.rows();
  Linear<T>& qkv = attention.qkv;
  const auto bias = [&](const char* leaf, Row<T>& row, Index start) {
    if (row.size() > 0) fn(name + leaf, View<T>(row.segment(start, d)));
  };
  fn(name + ".w_q", View<T>(qkv.w.leftCols(d)));
  fn(name + ".w_k", View<T>(qkv.w.middleCols(d, d)));
  fn(name + ".w_v", View<T>(qkv.w.rightCols(d)));
  fn(name + ".w_o", View<T>(attention.output.w));
  bias(".b_q", qkv.b, 0);
  bias(".b_k", qkv.b, d);
  bias(".b_v", qkv.b, 2 * d);
  bias(".b_o", attention.output.b, 0);
  if (attention.q_norm) visit(name + ".q_norm", *attention.q_norm, fn);
  if (attention.k_norm) visit(name + ".k_norm", *attention.k_norm, fn);
}

template <class Name, class T, class Fn>
void visit(const Name& name, FeedForward<T>& ffn, Fn&& fn) {
  const Index f = ffn.output.w.rows();
  const bool gated = ffn.input.w.cols() > f;
  fn(name + ".w_1", View<T>(ffn.input.w.leftCols(f)));
  if (gated) fn(name + ".w_gate", View<T>(ffn.input.w.rightCols(f)));
  fn(name + ".w_2", View<T>(ffn.output.w));
  if (ffn.input.b.size() == 0) return;
  fn(name + ".b_1", View<T>(ffn.input.b.head(f)));
  if (gated) fn(name + ".b_gate", View<T>(ffn.input.b.tail(f)));
  fn(name + ".b_2", View<T>(ffn.output.b));
}

template <class Name, class T, class F, class Fn>
void visit(SublayerKind kind, Sublayer<T, F>& sublayer, Fn&& fn) {
  const Name name(key_of(kind));
  visit(name, sublayer.function, fn);
  for (Site site : kSites) {
    if (sublayer.at(site)) visit(name + ".norm_" + std::string(key_of(site)), *sublayer.at(site), fn);
  }
}

template <class Name, class T, class Fn>
void visit(Layer<T>& layer, Fn&& fn) {
  visit<Name>(SublayerKind::attention, layer.attention, fn);
  if (layer.cross_attention) visit<Name>(SublayerKind::cross_attention, *layer.cross_attention, fn);
  visit<Name>(SublayerKind::ffn, layer.ffn, fn);
}

template <class Name, class T, class Fn>
void visit(Ends<T>& ends, Fn&& fn) {
  fn(Name("embedding.token"), View<T>(ends.embedding.token));
  if (ends.embedding.position.size() > 0) fn(Name("embedding.position"), View<T>(ends.embedding.position));
  if (ends.embedding_norm) visit(Name("embedding.norm"), *ends.embedding_norm, fn);
  if (ends.final_norm) visit(Name("final_norm"), *ends.final_norm, fn);
  if (ends.unembedding.size() > 0) fn(Name("unembedding"), View<T>(ends.unembedding));
}

}  // namespace detail

template <class T, class Fn>
void visit(Layer<T>& layer, Fn&& fn) {
  detail::visit<std::string>(layer, fn);
}

template <class T, class Fn>
void visit(Ends<T>& ends, Fn&& fn) {
  detail::visit<std::string>(ends, fn);
}

template <class Parameters, class Fn>
void visit_views(Parameters& parameters, Fn&& fn) {
  detail::visit<detail::Nameless>(parameters, [&](detail::Nameless, auto view) { fn(view); });
}

template <class T, class Fn>
void visit(Stack<T>& stack, Fn&& fn) {
  visit(stack.ends, fn);
  for (std::size_t l = 0; l < stack.layers.size(); ++l) {
    const std::string prefix = "layers." + std::to_string(l) + ".";
    visit(stack.layers[l], [&](const std::string& name, View<T> view) { fn(prefix + name, view); });
  }
}

/// Every parameter 0: what a gradient starts as.
template <class Parameters>
void set_zero(Parameters& parameters) {
  visit_views(parameters, [](auto view) { view.setZero(); });
}
template <class T>
void set_zero(Stack<T>& stack) {
  set_zero(stack.ends);
  for (Layer<T>& layer : stack.layers) set_zero(layer);
}

/// Which parameters there are and how large they are: a gradient buffer takes the gradient of whatever has
/// its shape.
struct ParameterShape {
  static constexpr std::size_t kMost = 64;  // a layer has 54 at most: 20 an attention, 14 the feed-forward
  std::array<Index, kMost> sizes{};         // in visit()'s order
  unsigned norms = 0;                       // a bit a site; of the ends: embedding norm, final norm
  friend bool operator==(const ParameterShape&, const ParameterShape&) = default;
};

namespace detail {

template <class Parameters>
ParameterShape sizes_of(Parameters& parameters) {
  ParameterShape shape;
  std::size_t i = 0;
  visit_views(parameters, [&](auto view) { shape.sizes[i++] = view.size(); });
  return shape;
}

}  // namespace detail

template <class T>
ParameterShape shape_of(Layer<T>& layer) {
  ParameterShape shape = detail::sizes_of(layer);
  const auto add = [&](const auto& sublayer) {
    for (const auto& norm : sublayer.norms) shape.norms = 2 * shape.norms + (norm ? 1 : 0);
  };
  add(layer.attention);
  if (layer.cross_attention) add(*layer.cross_attention);
  add(layer.ffn);
  return shape;
}

template <class T>
ParameterShape shape_of(Ends<T>& ends) {
  ParameterShape shape = detail::sizes_of(ends);
  shape.norms = (ends.embedding_norm ? 2U : 0U) + (ends.final_norm ? 1U : 0U);
  return shape;
}

}  // namespace gradflow
