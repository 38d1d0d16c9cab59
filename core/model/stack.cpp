#include "core/model/stack.h"

#include "core/ops/cross_entropy.h"
#include "core/ops/product.h"

namespace gradflow {

template <class T>
void forward_embedding(const Ends<T>& ends, const Batch<T>& batch, StackTape<T>& tape) {
  forward(ends.embedding, batch.tokens, tape.embedded);
  if (ends.embedding_norm) forward(*ends.embedding_norm, tape.embedded, tape.embedding_norm, tape.embedded);
}

template <class T>
void forward_layer(const Layer<T>& layer, const Batch<T>& batch, std::size_t l, StackTape<T>& tape) {
  LayerTape<T>& kept = tape.layers[l];
  forward(layer.attention, stream(tape, l), kept.attention);
  const Matrix<T>* x = &kept.attention.y;
  if (layer.cross_attention) {
    kept.cross_attention.function.memory = &batch.memory;
    forward(*layer.cross_attention, *x, kept.cross_attention);
    x = &kept.cross_attention.y;
  }
  forward(layer.ffn, *x, kept.ffn);
}

template <class T>
double forward_head(const Ends<T>& ends, const Batch<T>& batch, std::size_t num_layers, StackTape<T>& tape) {
  const Matrix<T>& top = stream(tape, num_layers);
  const Matrix<T>* h = &top;
  if (ends.final_norm) {
    tape.head_input.resize(top.rows(), top.cols());
    forward(*ends.final_norm, top, tape.final_norm, tape.head_input);
    h = &tape.head_input;
  }
  tape.probabilities.resize(h->rows(), ends.embedding.token.rows());
  if (ends.unembedding.size() > 0) {
    multiply<T>(*h, ends.unembedding, tape.probabilities);
  } else {
    multiply_by_transposed<T>(*h, ends.embedding.token, tape.probabilities);
  }
  return forward_cross_entropy(tape.probabilities, batch.targets, tape.probabilities);
}

template <class T>
const Matrix<T>& backward_head(const Ends<T>& ends, const Batch<T>& batch, std::size_t num_layers,
                               const StackTape<T>& tape, Ends<T>& grad, StackWork<T>& work) {
  const Matrix<T>& h = ends.final_norm ? tape.head_input : stream(tape, num_layers);
  work.dlogits = tape.probabilities;
  work.dhead.resize(h.rows(), h.cols());
  backward_cross_entropy(batch.targets, work.dlogits);
  if (ends.unembedding.size() > 0) {
    add_transposed_times<T>(h, work.dlogits, grad.unembedding);
    multiply_by_transposed<T>(work.dlogits, ends.unembedding, work.dhead);
  } else {
    add_transposed_times<T>(work.dlogits, h, grad.embedding.token);
    multiply<T>(work.dlogits, ends.embedding.token, work.dhead);
  }
  work.head_square = squared_norm(work.dhead);
  if (ends.final_norm) backward(*ends.final_norm, tape.final_norm, work.dhead, *grad.final_norm, work.dhead);
  return work.dhead;
}

template <class T>
const Matrix<T>& backward_layer(const Layer<T>& layer, std::size_t l, const StackTape<T>& tape,
                                const Matrix<T>& dy, Layer<T>& grad, StackWork<T>& work, LayerGradient& met) {
  const LayerTape<T>& kept = tape.layers[l];
  met.ffn = backward(layer.ffn, kept.ffn, dy, grad.ffn, work.ffn);
  const Matrix<T>* dx = &work.ffn.dx;
  if (layer.cross_attention) {
    met.cross_attention = backward(*layer.cross_attention, kept.cross_attention, *dx, *grad.cross_attention,
                                   work.cross_attention);
    dx = &work.cross_attention.dx;
  }
  met.attention = backward(layer.attention, kept.attention, *dx, grad.attention, work.attention);
  return work.attention.dx;
}

template <class T>
void backward_embedding(const Ends<T>& ends, const Batch<T>& batch, const StackTape<T>& tape,
                        const Matrix<T>& dx, Ends<T>& grad, StackWork<T>& work) {
  if (!ends.embedding_norm) {
    backward(ends.embedding, batch.tokens, dx, grad.embedding);
    return;
  }
  work.dhead.resize(dx.rows(), dx.cols());
  backward(*ends.embedding_norm, tape.embedding_norm, dx, *grad.embedding_norm, work.dhead);
  backward(ends.embedding, batch.tokens, work.dhead, grad.embedding);
}

template <class T>
double forward(const Stack<T>& stack, const Batch<T>& batch, StackTape<T>& tape) {
  tape.layers.resize(stack.layers.size());
  forward_embedding(stack.ends, batch, tape);
  for (std::size_t l = 0; l < stack.layers.size(); ++l) forward_layer(stack.layers[l], batch, l, tape);
  return forward_head(stack.ends, batch, stack.layers.size(), tape);
}

template <class T>
void backward(const Stack<T>& stack, const Batch<T>& batch, const StackTape<T>& tape, Stack<T>& grad,
              StackWork<T>& work, std::vector<Matrix<T>>* dstream) {
  const std::size_t num_layers = stack.layers.size();
  if (dstream != nullptr) dstream->resize(num_layers + 1);
  LayerGradient met;
  const Matrix<T>* dx = &backward_head(stack.ends, batch, num_layers, tape, grad.ends, work);
  for (std::size_t l = num_layers; l-- > 0;) {
    if (dstream != nullptr) (*dstream)[l + 1] = *dx;
    dx = &backward_layer(stack.layers[l], l, tape, *dx, grad.layers[l], work, met);
  }
  if (dstream != nullptr) (*dstream)[0] = *dx;
  backward_embedding(stack.ends, batch, tape, *dx, grad.ends, work);
}

#define GRADFLOW_INSTANTIATE(T)                                                                              \
  template void forward_embedding(const Ends<T>&, const Batch<T>&, StackTape<T>&);                           \
  template void forward_layer(const Layer<T>&, const Batch<T>&, std::size_t, StackTape<T>&);                 \
  template double forward_head(const Ends<T>&, const Batch<T>&, std::size_t, StackTape<T>&);                 \
  template const Matrix<T>& backward_head(const Ends<T>&, const Batch<T>&, std::size_t, const StackTape<T>&, \
                                          Ends<T>&, StackWork<T>&);                                          \
  template const Matrix<T>& backward_layer(const Layer<T>&, std::size_t, const StackTape<T>&,                \
                                           const Matrix<T>&, Layer<T>&, StackWork<T>&, LayerGradient&);      \
  template void backward_embedding(const Ends<T>&, const Batch<T>&, const StackTape<T>&, const Matrix<T>&,   \
                                   Ends<T>&, StackWork<T>&);                                                 \
  template double forward(const Stack<T>&, const Batch<T>&, StackTape<T>&);                                  \
  template void backward(const Stack<T>&, const Batch<T>&, const StackTape<T>&, Stack<T>&, StackWork<T>&,    \
                         std::vector<Matrix<T>>*);
GRADFLOW_INSTANTIATE(float)
GRADFLOW_INSTANTIATE(double)
#undef GRADFLOW_INSTANTIATE

}  // namespace gradflow
