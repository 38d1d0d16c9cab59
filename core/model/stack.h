// The whole model: embedding, layers of wired sub-layers, final norm, unembedding, cross entropy.
//
//   x_0 = norm?(embedding(tokens));  x_{l+1} = layer_l(x_l);  loss = cross_entropy(final_norm?(x_L) U,
//   targets)
//
// The passes come in pieces (head, one layer, embedding), so that a caller decides what becomes of a layer's
// gradient: analyze() measures it and reuses the buffer, all_gradients() keeps it.
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include "core/model/attention.h"
#include "core/model/feed_forward.h"
#include "core/model/sublayer.h"
#include "core/ops/embedding.h"
#include "core/spec/stack.h"

namespace gradflow {

template <class T>
struct Layer {
  Sublayer<T, Attention<T>> attention;
  std::optional<Sublayer<T, Attention<T>>> cross_attention;
  Sublayer<T, FeedForward<T>> ffn;
};

/// Everything of the model that is not in a layer.
template <class T>
struct Ends {
  Embedding<T> embedding;
  std::optional<Norm<T>> embedding_norm;
  std::optional<Norm<T>> final_norm;
  Matrix<T> unembedding;  // [d_model x V]; empty when tied to the token embedding
};

template <class T>
struct Stack {
  Ends<T> ends;
  std::vector<Layer<T>> layers;
};

/// What goes through the model: tokens and targets [batch * sequence], memory [tokens x d_model] or empty.
template <class T>
struct Batch {
  std::vector<int> tokens, targets;
  Matrix<T> memory;
};

template <class T>
struct LayerTape {
  SublayerTape<T, Attention<T>> attention;
  SublayerTape<T, Attention<T>> cross_attention;
  SublayerTape<T, FeedForward<T>> ffn;
};

template <class T>
struct StackTape {
  Matrix<T> embedded;  // x_0, the stream below layer 0
  NormTape<T> embedding_norm;
  std::deque<LayerTape<T>> layers;  // they point at each other: growing moves none of them
  NormTape<T> final_norm;
  Matrix<T> head_input;  // what meets U, where there is a final norm
  Matrix<T> probabilities;
};

template <class T>
struct StackWork {
  SublayerWork<T, Attention<T>> attention, cross_attention;
  SublayerWork<T, FeedForward<T>> ffn;
  Matrix<T> dhead;         // the gradient of x_L
  Matrix<T> dlogits;       // [tokens x V]
  double head_square = 0;  // |dL/dh|^2, h being what meets U
};

/// What the backward pass met on its way through one layer.
struct LayerGradient {
  SublayerGradient attention, cross_attention, ffn;
};

/// The stream after `k` layers, k = 0 to L, [tokens x d_model].
template <class T>
const Matrix<T>& stream(const StackTape<T>& tape, std::size_t k) {
  return k == 0 ? tape.embedded : tape.layers[k - 1].ffn.y;
}

template <class T>
void forward_embedding(const Ends<T>& ends, const Batch<T>& batch, StackTape<T>& tape);

/// Layer `l` from stream(tape, l) to stream(tape, l + 1).
template <class T>
void forward_layer(const Layer<T>& layer, const Batch<T>& batch, std::size_t l, StackTape<T>& tape);

/// The loss, in nats a token, from the stream after `num_layers` layers.
template <class T>
double forward_head(const Ends<T>& ends, const Batch<T>& batch, std::size_t num_layers, StackTape<T>& tape);

/// The gradient of stream(num_layers); adds into grad's final norm and unembedding (tied: token embedding).
template <class T>
const Matrix<T>& backward_head(const Ends<T>& ends, const Batch<T>& batch, std::size_t num_layers,
                               const StackTape<T>& tape, Ends<T>& grad, StackWork<T>& work);

/// The gradient of stream(l) from that of stream(l + 1), which is what the last call returned.
template <class T>
const Matrix<T>& backward_layer(const Layer<T>& layer, std::size_t l, const StackTape<T>& tape,
                                const Matrix<T>& dy, Layer<T>& grad, StackWork<T>& work, LayerGradient& met);

template <class T>
void backward_embedding(const Ends<T>& ends, const Batch<T>& batch, const StackTape<T>& tape,
                        const Matrix<T>& dx, Ends<T>& grad, StackWork<T>& work);

/// A whole forward pass; the loss.
template <class T>
double forward(const Stack<T>& stack, const Batch<T>& batch, StackTape<T>& tape);

/// A whole backward pass after forward(); every gradient is added into grad, shaped as the stack. With
/// `dstream`, the gradient of stream(k) lands in (*dstream)[k], k = 0 to L.
template <class T>
void backward(const Stack<T>& stack, const Batch<T>& batch, const StackTape<T>& tape, Stack<T>& grad,
              StackWork<T>& work, std::vector<Matrix<T>>* dstream = nullptr);

}  // namespace gradflow
