// One measured pass of a model that stands: forward, backward, and every quantity of the report on the way.
#pragma once

#include <array>
#include <cmath>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/analysis/recorder.h"
#include "core/model/parameters.h"
#include "core/model/stack.h"

namespace gradflow {

/// What a pass measured, as it came by; numbers only, so that a repeated pass allocates nothing.
struct PassRecord {
  struct Stream {
    double rms = 0, gradient = 0;
    double token_cosine = 0;  // of sequences of two tokens or more
  };
  struct Layer {
    double attention_entropy = 0;
    std::array<double, kSublayerKinds.size()> branch_rms{};  // by SublayerKind
    LayerGradient met;
    std::size_t shape = 0;          // of its gradient: an index into PassBuffers::gradients
    std::vector<double> gradients;  // squared Frobenius norms, in visit()'s order
  };
  double loss = 0;
  double head_gradient = 0, embedding_gradient = 0;  // on the wires at both ends of the trunk
  std::vector<Stream> streams;                       // after k layers, 0 to L
  std::vector<Layer> layers;
  std::vector<double> ends;  // of gradients, too
};

/// What the numbers of a record are called: the same for every pass of a stack.
struct PassNames {
  std::vector<std::vector<std::string>> gradients;  // grad_norm/NAME, by Layer::shape, in visit()'s order
  std::vector<std::string> ends;                    // the same of the ends
  bool token_pairs = false;                         // sequences of two tokens or more
  bool cross_attention = false;
};

/// What a pass fills. Sized on first use; a pass of the same shape allocates nothing.
template <class T>
struct PassBuffers {
  struct Gradient {
    ParameterShape shape;
    Layer<T> layer;
  };
  StackTape<T> tape;
  StackWork<T> work;
  std::vector<Gradient> gradients;  // one a shape of layer; measured, then used again for the next
  Ends<T> ends_gradient;
  ParameterShape ends_shape;
  Row<T> direction;  // [d_model], for the token cosine
  PassRecord record;
  PassNames names;

  /// Another stack's layers come: those that are known would only be in the way.
  void forget_layers() {
    gradients.clear();
    names.gradients.clear();
  }
};

/// How a pass is made, beside its shape.
template <class T>
struct PassOptions {
  int from = 0;                  // the forward pass of the layers below is taken from the buffers
  Stack<T>* gradient = nullptr;  // keeps the gradient of every parameter, shaped as the stack
};

/// Runs layers 0 to num_layers - 1 of `stack`, which may hold more, forward and backward. Where
/// the forward pass of lower layers is taken from the buffers, their input, weights and wiring must be those
/// of the pass before. False when `stop` was requested on the way; the buffers then hold no layer's forward
/// pass.
template <class T>
bool run_pass(const Stack<T>& stack, int num_layers, const Batch<T>& batch, PassBuffers<T>& buffers,
              const std::stop_token& stop = {}, const PassOptions<T>& options = {});

/// What run_pass() measured, as the report names it (report.h).
void record_pass(int num_layers, const PassRecord& record, const PassNames& names, Recorder& recorder);

/// weight_norm/NAME of every parameter of a layer or of the ends, in visit()'s order.
template <class Parameters>
std::vector<Scalar> weight_norms_of(Parameters& parameters) {
  std::vector<Scalar> norms;
  visit(parameters, [&](const std::string& name, auto view) {
    norms.push_back({"weight_norm/" + name, std::sqrt(squared_norm(view))});
  });
  return norms;
}

/// Both.
template <class T>
bool measure(const Stack<T>& stack, int num_layers, const Batch<T>& batch, PassBuffers<T>& buffers,
             const std::stop_token& stop, Recorder& recorder);

/// What analyze() (analyze.h) would say of `spec` if its weights and its input were these. Nothing when
/// `stop` was requested on the way.
template <class T>
std::optional<StackReport> measure_model(const StackSpec& spec, Stack<T>& stack, const Batch<T>& batch,
                                         const std::stop_token& stop = {});

}  // namespace gradflow
