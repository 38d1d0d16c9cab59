// The numbers of a stack with their ranges: one row a field, read by validation, the stack file, the command
// line and the window's controls alike.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/spec/stack.h"
#include "core/spec/text.h"

namespace gradflow {

struct IntField {
  int StackSpec::*member;
  std::string_view key;
  std::string_view label;
  int min, max;
  std::string_view help;
};

inline constexpr std::array<IntField, 7> kIntFields{{
    {&StackSpec::num_layers, "num_layers", text_key("depth"), 1, 4096, text_key("L, the number of layers")},
    {&StackSpec::d_model, "d_model", text_key("width"), 1, 8192,
     text_key("d_model, the width of the residual stream")},
    {&StackSpec::num_heads, "num_heads", text_key("heads"), 1, 1024,
     text_key("attention heads; d_model must be a multiple")},
    {&StackSpec::d_ff, "d_ff", text_key("feed-forward"), 1, 65536,
     text_key("d_ff, the hidden width of the feed-forward")},
    {&StackSpec::vocab_size, "vocab_size", text_key("vocabulary"), 2, 1048576,
     text_key("V, the number of tokens")},
    {&StackSpec::sequence_length, "sequence_length", text_key("sequence"), 1, 8192,
     text_key("n, tokens in a sequence")},
    {&StackSpec::batch_size, "batch_size", text_key("batch"), 1, 8192, text_key("B, sequences in a pass")},
}};

struct RealField {
  double (*get)(const StackSpec&);
  std::string_view key;
  double min, max;
};

inline constexpr std::array<RealField, 6> kRealFields{{
    {[](const StackSpec& spec) { return spec.norm.epsilon; }, "norm.epsilon", 0, 1},
    {[](const StackSpec& spec) { return spec.memory_cosine; }, "memory_cosine", 0, 1},
    {[](const StackSpec& spec) { return spec.residual_scale.value; }, "residual_scale", -1e6, 1e6},
    {[](const StackSpec& spec) { return spec.init.gain; }, "init.gain", 0, 1e6},
    {[](const StackSpec& spec) { return spec.init.embedding_std; }, "init.embedding_std", 0, 1e6},
    {[](const StackSpec& spec) { return spec.init.position_std; }, "init.position_std", 0, 1e6},
}};

inline constexpr int kVocabularyOfBytes = 256;                             // what a text input needs
inline constexpr std::size_t kMaxTextBytes = 1U << 20U;                    // of an input text
inline constexpr std::size_t kDefaultMemoryLimit = std::size_t{4} << 30U;  // bytes a pass may need

}  // namespace gradflow
