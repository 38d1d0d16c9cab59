// A repeated pass of the same shape takes no memory: what it needs stands from the first one on. Training
// takes some and gives it back.
#include <gtest/gtest.h>
#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "core/analysis/products.h"
#include "core/training/trainer.h"

namespace {

std::atomic<long> allocations = 0;

}  // namespace

// glibc's own entry points, counted on the way: Eigen calls malloc, the standard library operator new, which
// calls malloc as well.
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);

void* malloc(std::size_t size) {
  ++allocations;
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
  ++allocations;
  return __libc_calloc(count, size);
}
void* realloc(void* old, std::size_t size) {
  ++allocations;
  return __libc_realloc(old, size);
}
}

namespace gradflow {
namespace {

template <class T>
long allocations_of_a_repeated_pass(const StackSpec& spec) {
  RepeatedPass<T> pass(spec);
  pass.run();
  pass.run();
  const long before = allocations;
  pass.run();
  return allocations - before;
}

StackSpec rich() {
  StackSpec spec;
  spec.num_layers = 3;
  spec.activation = Activation::geglu;
  spec.positions = Positions::rotary;
  spec.qk_norm = QkNorm::head;
  spec.norm.kind = NormKind::rms_norm;
  spec.embedding_norm = true;
  spec.tied_embedding = true;
  spec.sublayers.cross_attention.emplace();
  spec.sublayers.ffn.norm = {Site::entry, Site::pre, Site::branch, Site::post};
  spec.overrides = {Override{{1}, {SiteSet{Site::post}, false}, {}, {}}};
  return spec;
}

TEST(Allocation, IsCounted) {
  const long before = allocations;
  void* volatile memory = std::malloc(100);
  std::free(memory);
  EXPECT_EQ(allocations, before + 1);
}

TEST(Allocation, ARepeatedPassTakesNone) {
  StackSpec wide = pre_ln_stack();
  wide.num_layers = 2;
  wide.d_model = 256;
  wide.num_heads = 8;
  wide.d_ff = 1024;
  for (const StackSpec& spec : {pre_ln_stack(), post_ln_stack(), wide, rich()}) {
    EXPECT_EQ(allocations_of_a_repeated_pass<float>(spec), 0) << spec.d_model;
    EXPECT_EQ(allocations_of_a_repeated_pass<double>(spec), 0) << spec.d_model;
  }
}

TEST(Allocation, OfTheOtherActivationsIsNoneEither) {
  for (const Activation activation :
       {Activation::gelu, Activation::gelu_tanh, Activation::silu, Activation::swiglu}) {
    StackSpec spec = pre_ln_stack();
    spec.num_layers = 2;
    spec.activation = activation;
    EXPECT_EQ(allocations_of_a_repeated_pass<float>(spec), 0) << static_cast<int>(activation);
  }
}

/// At these steps the history is as full as it gets.
TEST(Allocation, OfTrainingDoesNotGrowWithTheSteps) {
  StackSpec spec = pre_ln_stack();
  spec.num_layers = 2;
  spec.d_model = spec.d_ff = 8;
  spec.sequence_length = spec.batch_size = 2;
  TrainingSpec training;
  training.steps = kMaxTrainingSteps;
  Trainer<float> trainer(spec, training);
  History history;
  const auto bytes_at = [&](int steps) {
    while (trainer.steps() < steps) {
      trainer.step();
      history.add(trainer.report());
    }
    EXPECT_EQ(history.spans().size(), History::kMost);
    return static_cast<double>(mallinfo2().uordblks + mallinfo2().hblkhd);
  };
  const double before = bytes_at(2048);
  EXPECT_NEAR(bytes_at(4096), before, 32768) << "2000 more steps, whole, would be 1 MB";
  EXPECT_NEAR(bytes_at(8192), before, 32768);
}

}  // namespace
}  // namespace gradflow
