// The numbers below the smallest normal float, 1.2e-38: a processor takes a hundred cycles or more for each
// operation that meets one, so that a stack whose gradient fades through them would take two to three times
// as long as a sound one (core/bench/pass_bench, "fading"). A float pass therefore takes them for zero, as
// graphics processors do: what is that small is drawn as underflow a little earlier.
#pragma once

#if defined(__SSE2__)
#include <pmmintrin.h>
#include <xmmintrin.h>
#endif

#include <type_traits>

namespace gradflow {

/// While it lives, this thread's operations read and write denormal numbers as zero, in a pass over T. Does
/// nothing for doubles, whose denormals no stack comes near, and on processors other than x86.
template <class T>
class WithoutDenormals {
 public:
  WithoutDenormals() {
#if defined(__SSE2__)
    before_ = _mm_getcsr();
    if (std::is_same_v<T, float>) _mm_setcsr(before_ | _MM_FLUSH_ZERO_ON | _MM_DENORMALS_ZERO_ON);
#endif
  }
  ~WithoutDenormals() {
#if defined(__SSE2__)
    _mm_setcsr(before_);
#endif
  }
  WithoutDenormals(const WithoutDenormals&) = delete;
  WithoutDenormals& operator=(const WithoutDenormals&) = delete;

 private:
  [[maybe_unused]] unsigned before_ = 0;
};

}  // namespace gradflow
