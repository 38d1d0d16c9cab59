// A repeated pass of the same shape takes no memory: what it needs stands from the first one on.
#include <gtest/gtest.h>
#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "core/analysis/products.h"

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

}  // namespace
}  // namespace gradflow
