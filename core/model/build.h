// From a StackSpec to the model's shapes, initial weights and input. The spec must have passed validate().
#pragma once

#include <optional>
#include <stop_token>

#include "core/model/stack.h"
#include "core/spec/stack.h"

namespace gradflow {

/// Layer `l` with its wiring and initial weights.
template <class T>
Layer<T> build_layer(const StackSpec& spec, int l);

template <class T>
Ends<T> build_ends(const StackSpec& spec);

/// The whole model.
template <class T>
Stack<T> build_stack(const StackSpec& spec);

/// The same. Nothing when `stop` was requested on the way: drawing the weights of a large stack takes
/// seconds.
template <class T>
std::optional<Stack<T>> build_stack(const StackSpec& spec, const std::stop_token& stop);

/// Puts the wiring of layer `l` (norm sites, norm kind, skip gain) into a layer that has its weights already,
/// as build_layer would: norms start at weight 1 and bias 0.
template <class T>
void wire_layer(const StackSpec& spec, int l, Layer<T>& layer);

/// Whether two stacks have the same initial weights in a layer that both have (norms aside, which wire_layer
/// sets).
bool same_layer_weights(const StackSpec& left, const StackSpec& right);

/// How many of the lowest `layers` layers would have the same input, initial weights and wiring in both
/// stacks, were both that deep: their forward pass is the same, to the bit.
int same_prefix(const StackSpec& left, const StackSpec& right, int layers);

/// Whether build_ends() and build_batch() would do the same for both.
bool same_ends_and_batch(const StackSpec& left, const StackSpec& right);

/// Tokens and targets from the text or the seed, and the memory of cross-attention.
template <class T>
Batch<T> build_batch(const StackSpec& spec);

}  // namespace gradflow
