// Products of the small matrices of attention heads. A general product packs its operands first, which for
// heads of 16 tokens by 16 numbers takes longer than the arithmetic: here a tile of the result stays in
// registers and the operands are read where they lie.
//
// Eigen's time over this one's on one core with AVX-512, for a b, a^T b, a b^T:
//   16 x 16 x 16   3.3 3.1 2.2
//   32 x 16 x 32   2.0 2.1 1.8
//   64 x 64 x 64   1.2 1.0 1.2
#pragma once

#include "core/ops/product.h"

namespace gradflow {

/// The columns of a tile, one AVX-512 register of floats.
inline constexpr Index kTileColumns = 16;

/// Whether small_product() pays for a result of these columns: whole tiles, and operands that stay in the
/// first-level cache.
constexpr bool is_small(Index rows, Index inner, Index columns) {
  constexpr Index kMost = 64;
  return columns % kTileColumns == 0 && rows <= kMost && inner <= kMost && columns <= kMost;
}

namespace detail {

// A register as a template's argument loses its alignment attribute, which nothing here needs.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wignored-attributes"

/// b = a^T by squares of vector registers, where they fit; Eigen's own goes number by number.
template <class T>
void flip(const ConstView<T>& a, Matrix<T>& b) {
  using Packet = typename Eigen::internal::packet_traits<T>::type;
  constexpr int kSide = Eigen::internal::packet_traits<T>::size;
  if (a.rows() % kSide != 0 || a.cols() % kSide != 0) {
    b = a.transpose();
    return;
  }
  for (Index row = 0; row < a.rows(); row += kSide) {
    for (Index column = 0; column < a.cols(); column += kSide) {
      Eigen::internal::PacketBlock<Packet, kSide> square;
      for (int i = 0; i < kSide; ++i) {
        square.packet[i] = Eigen::internal::ploadu<Packet>(a.data() + (row + i) * a.outerStride() + column);
      }
      Eigen::internal::ptranspose(square);
      for (int i = 0; i < kSide; ++i) {
        Eigen::internal::pstoreu(b.data() + (column + i) * b.cols() + row, square.packet[i]);
      }
    }
  }
}

#pragma GCC diagnostic pop

/// kRows rows of c = a b, tile by tile. a(r, k) lies at a[r * a_row + k * a_inner]; b's rows are contiguous.
template <int kRows, class T>
void product_rows(const T* a, Index a_row, Index a_inner, const ConstView<T>& b, T* c, Index c_row) {
  using Lane = Eigen::Array<T, kTileColumns, 1>;
  for (Index column = 0; column < b.cols(); column += kTileColumns) {
    Lane sums[kRows];
    for (Lane& sum : sums) sum.setZero();
    for (Index k = 0; k < b.rows(); ++k) {
      const Lane row = Eigen::Map<const Lane>(b.data() + k * b.outerStride() + column);
      for (int r = 0; r < kRows; ++r) sums[r] += row * a[r * a_row + k * a_inner];
    }
    for (int r = 0; r < kRows; ++r) Eigen::Map<Lane>(c + r * c_row + column) = sums[r];
  }
}

}  // namespace detail

/// c = a b, where a(r, k) lies at a[r * a_row + k * a_inner]; c's columns are whole tiles.
template <class T>
void small_product(const T* a, Index a_row, Index a_inner, const ConstView<T>& b, View<T> c) {
  constexpr int kRows = 8;
  Index r = 0;
  for (; r + kRows <= c.rows(); r += kRows) {
    detail::product_rows<kRows>(a + r * a_row, a_row, a_inner, b, c.data() + r * c.outerStride(),
                                c.outerStride());
  }
  for (; r < c.rows(); ++r) {
    detail::product_rows<1>(a + r * a_row, a_row, a_inner, b, c.data() + r * c.outerStride(),
                            c.outerStride());
  }
}

/// c = a b.
template <class T>
void multiply_small(In<T> a, In<T> b, Out<T> c) {
  if (is_small(a.rows(), a.cols(), b.cols())) {
    small_product<T>(a.data(), a.outerStride(), 1, b, c);
  } else {
    multiply<T>(a, b, c);
  }
}

/// c = a^T b.
template <class T>
void multiply_transposed_small(In<T> a, In<T> b, Out<T> c) {
  if (is_small(a.cols(), a.rows(), b.cols())) {
    small_product<T>(a.data(), 1, a.outerStride(), b, c);
  } else {
    c.setZero();
    add_transposed_times<T>(a, b, c);
  }
}

/// c = a b^T; `flipped` is room for b^T.
template <class T>
void multiply_by_transposed_small(In<T> a, In<T> b, Matrix<T>& flipped, Out<T> c) {
  if (is_small(a.rows(), a.cols(), b.rows())) {
    flipped.resize(b.cols(), b.rows());
    detail::flip<T>(b, flipped);
    small_product<T>(a.data(), a.outerStride(), 1, flipped, c);
  } else {
    multiply_by_transposed<T>(a, b, c);
  }
}

}  // namespace gradflow
