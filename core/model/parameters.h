// The one list of parameters and their names (core/io/README.md). Whatever goes over all parameters
// (initial weights, norms, files, optimisers, checks) goes through visit().
//
//   visit(layer, fn)   fn(name, view) with the name within the layer, such as "ffn.w_1"
//   visit(ends, fn)    "embedding.token" ... "unembedding"
//   visit(stack, fn)   both, the layers' names behind "layers.{l}."
//
// A view is a matrix [rows x cols] into the parameter itself; weights and biases of norms and maps are one
// row.
#pragma once

#include <string>
#include <type_traits>

#include "core/model/stack.h"
#include "core/spec/names.h"

namespace gradflow {
namespace detail {

template <class T, class Fn>
void visit(const std::string& name, Norm<T>& norm, Fn&& fn) {
  fn(name + ".weight", View<T>(norm.weight));
  if (norm.bias.size() > 0) fn(name + ".bias", View<T>(norm.bias));
}

template <class T, class Fn>
void visit(const std::string& name, Attention<T>& attention, Fn&& fn) {
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

template <class T, class Fn>
void visit(const std::string& name, FeedForward<T>& ffn, Fn&& fn) {
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

template <class T, class F, class Fn>
void visit(SublayerKind kind, Sublayer<T, F>& sublayer, Fn&& fn) {
  const std::string name(key_of(kind));
  visit(name, sublayer.function, fn);
  for (Site site : kSites) {
    if (sublayer.at(site)) visit(name + ".norm_" + std::string(key_of(site)), *sublayer.at(site), fn);
  }
}

}  // namespace detail

template <class T, class Fn>
void visit(Layer<T>& layer, Fn&& fn) {
  detail::visit(SublayerKind::attention, layer.attention, fn);
  if (layer.cross_attention) detail::visit(SublayerKind::cross_attention, *layer.cross_attention, fn);
  detail::visit(SublayerKind::ffn, layer.ffn, fn);
}

template <class T, class Fn>
void visit(Ends<T>& ends, Fn&& fn) {
  fn(std::string("embedding.token"), View<T>(ends.embedding.token));
  if (ends.embedding.position.size() > 0) {
    fn(std::string("embedding.position"), View<T>(ends.embedding.position));
  }
  if (ends.embedding_norm) detail::visit("embedding.norm", *ends.embedding_norm, fn);
  if (ends.final_norm) detail::visit("final_norm", *ends.final_norm, fn);
  if (ends.unembedding.size() > 0) fn(std::string("unembedding"), View<T>(ends.unembedding));
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
  visit(parameters, [](const std::string&, auto view) { view.setZero(); });
}

}  // namespace gradflow
