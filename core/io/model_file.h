// A model's weights and gradients as a tensor file. The names are those of visit() (core/model/parameters.h);
// vectors are written as [d], matrices as [in, out], data tensors as [batch, sequence] and [batch, sequence,
// d_model].
//
//   weights file    every parameter; optionally tokens, targets, memory
//   gradients file  loss [1], grad.NAME of every parameter, stream.k and grad.stream.k for k = 0..L
//
// A weights file says in its metadata, under kStackKey, which stack it is of, as a stack file does.
//
// Everything throws InputError with the tensor's name and both shapes.
#pragma once

#include <optional>
#include <stop_token>

#include "core/io/tensor_file.h"
#include "core/model/stack.h"

namespace gradflow {

inline constexpr std::string_view kStackKey = "gradflow.stack";

/// The stack that a weights file is of; nothing where it does not say. `file` is what sentences call it. Its
/// input may be one that the stack cannot take, for the file brings its own.
std::optional<StackSpec> recorded_stack(const TensorMetadata& metadata, const std::string& file);

/// Fills the weights of `stack`, built from `spec`, from the file, which must hold every one, no other and in
/// its shape; and those of tokens, targets and memory that the file has. A target may be kNoTarget, -1. A
/// file that is refused leaves `stack` and `batch` as they were. Numbers that are not finite are read as they
/// are: they are findings.
template <class T>
void read_weights(const TensorFile& file, const StackSpec& spec, Stack<T>& stack, Batch<T>& batch);

template <class T>
struct Model {
  Stack<T> stack;
  Batch<T> batch;
};

/// The stack with the weights of a file of at most `limit` bytes, and with its tokens and targets where it
/// has both; else the stack's own input. The stack must have passed validate_beside_weights(). Nothing when
/// `stop` was requested on the way. Throws InputError, and InvalidSpec where the stack cannot take its own
/// input.
template <class T>
std::optional<Model<T>> load_model(const StackSpec& spec, const std::filesystem::path& weights,
                                   std::size_t limit, const std::stop_token& stop = {});

/// Writes weights and data, F32 or F64 by T, tokens as I32. "-" is standard output.
template <class T>
void write_weights(const std::filesystem::path& path, const StackSpec& spec, Stack<T>& stack,
                   const Batch<T>& batch);

/// The same to a file that is open, which it commits.
template <class T>
void write_weights(OutputFile& file, const StackSpec& spec, Stack<T>& stack, const Batch<T>& batch);

/// Writes what build_stack() and build_batch() make of `spec`, layer by layer: the model is never in memory
/// as a whole.
template <class T>
void write_initial_weights(const std::filesystem::path& path, const StackSpec& spec);

template <class T>
struct GradientsToWrite {
  double loss = 0;
  Stack<T>* gradient = nullptr;
  const StackTape<T>* tape = nullptr;
  const std::vector<Matrix<T>>* dstream = nullptr;  // k = 0..L
};

template <class T>
void write_gradients(const std::filesystem::path& path, const StackSpec& spec,
                     const GradientsToWrite<T>& pass);

}  // namespace gradflow
