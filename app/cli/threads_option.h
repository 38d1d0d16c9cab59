// The option that says on how many threads a command works, and what fits into memory at the same time.
#pragma once

#include <CLI/CLI.hpp>
#include <cstddef>
#include <span>

#include "core/spec/stack.h"

namespace gradflow::cli {

inline constexpr int kMaxThreads = 1024;

/// A number of bytes in GiB, as sentences say it.
std::string gib(double bytes);

/// --threads N for passes that do not depend on each other; 0 means that it was not said.
void add_threads(CLI::App& options, int& threads);

/// Pass number `pass`, from 0, of `seeds` seeds a stack, from its own upwards: stack after stack.
StackSpec stack_of_pass(std::span<const StackSpec> stacks, int seeds, int pass);

/// How many passes run at the same time, of `passes` in all: as many as were asked for, else one a core as
/// far as the memory limit allows. Throws InputError where the passes that were asked for break the limit.
int passes_at_once(std::span<const StackSpec> stacks, int asked, int passes, std::size_t memory_limit);

/// Throws InputError where `threads` times `bytes` break the limit; `work` is what each of them does.
void check_memory_of_threads(int threads, double bytes, std::size_t memory_limit, const std::string& work);

}  // namespace gradflow::cli
