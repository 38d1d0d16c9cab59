#include "core/ops/product.h"

#include <cblas.h>

#include <string_view>

namespace gradflow {
namespace {

/// Whether OpenBLAS runs kernels of 16 floats here: it chooses them by processor, and a user may have chosen
/// others. The names are those of its 512-bit kernels.
bool blas_is_wide() {
#ifdef EIGEN_VECTORIZE_AVX512
  const std::string_view name = openblas_get_corename();
  return name == "SkylakeX" || name == "Cooperlake" || name == "Sapphirerapids";
#else
  return false;
#endif
}

/// Whether it also gets a few products right: OpenBLAS releases older than a processor have been wrong on it.
bool blas_is_right();

/// Whether threads may call it side by side. A serial build shares its buffers between them without a lock,
/// and a product in some ten thousand comes out wrong (OpenBLAS issue 2126); only the one on POSIX threads is
/// told to work on the calling thread alone, and locks.
bool blas_is_shareable() {
  if (openblas_get_parallel() != OPENBLAS_THREAD) return false;
  openblas_set_num_threads(1);  // cores are for stacks and seeds
  return openblas_get_num_threads() == 1;
}

/// Decided once, before main().
const bool kUseBlas = blas_is_wide() && blas_is_shareable() && blas_is_right();

int to_int(Index size) { return static_cast<int>(size); }

/// c = a b + beta c, either transposed; row-major.
void blas(CBLAS_TRANSPOSE ta, CBLAS_TRANSPOSE tb, In<float> a, In<float> b, float beta, Out<float> c) {
  const Index inner = ta == CblasNoTrans ? a.cols() : a.rows();
  cblas_sgemm(CblasRowMajor, ta, tb, to_int(c.rows()), to_int(c.cols()), to_int(inner), 1.0F, a.data(),
              to_int(a.outerStride()), b.data(), to_int(b.outerStride()), beta, c.data(),
              to_int(c.outerStride()));
}

bool blas_is_right() {
  constexpr float kTolerance = 1e-3F;  // the sums below are of order 10
  for (const Index size : {5, 16, 33, 64, 100}) {
    Matrix<float> a(size, size + 3);
    for (Index i = 0; i < a.size(); ++i) a.data()[i] = static_cast<float>((i * 7919) % 31) / 31.0F - 0.5F;
    const Matrix<float> b = a.transpose();
    Matrix<float> c = Matrix<float>::Zero(size, size);
    blas(CblasNoTrans, CblasNoTrans, a, b, 0.0F, c);
    blas(CblasNoTrans, CblasTrans, a, a, 1.0F, c);
    blas(CblasTrans, CblasNoTrans, b, b, 1.0F, c);
    if (!((c - 3 * a.lazyProduct(b)).cwiseAbs().maxCoeff() < kTolerance)) return false;  // nan is not less
  }
  return true;
}

}  // namespace

template <>
void multiply<float>(In<float> a, In<float> b, Out<float> c) {
  if (kUseBlas) {
    blas(CblasNoTrans, CblasNoTrans, a, b, 0.0F, c);
  } else {
    c.noalias() = a * b;
  }
}

template <>
void multiply_by_transposed<float>(In<float> a, In<float> b, Out<float> c) {
  if (kUseBlas) {
    blas(CblasNoTrans, CblasTrans, a, b, 0.0F, c);
  } else {
    c.noalias() = a * b.transpose();
  }
}

template <>
void add_transposed_times<float>(In<float> a, In<float> b, Out<float> c) {
  if (kUseBlas) {
    blas(CblasTrans, CblasNoTrans, a, b, 1.0F, c);
  } else {
    c.noalias() += a.transpose() * b;
  }
}

template <>
void multiply<double>(In<double> a, In<double> b, Out<double> c) {
  c.noalias() = a * b;
}

template <>
void multiply_by_transposed<double>(In<double> a, In<double> b, Out<double> c) {
  c.noalias() = a * b.transpose();
}

template <>
void add_transposed_times<double>(In<double> a, In<double> b, Out<double> c) {
  c.noalias() += a.transpose() * b;
}

std::string float_product_kernels() {
  return kUseBlas ? std::string("OpenBLAS ") + openblas_get_corename() : "Eigen";
}

}  // namespace gradflow
