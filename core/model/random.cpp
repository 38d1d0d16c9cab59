#include "core/model/random.h"

#include <Random123/philox.h>

#include <algorithm>
#include <array>
#include <numbers>

namespace gradflow {
namespace {

constexpr std::size_t kBlock =
    256;  // numbers drawn at a time: long enough for vector code, small enough for L1

std::uint32_t hash(std::string_view name) {  // FNV-1a
  std::uint32_t value = 2166136261U;
  for (char c : name) value = (value ^ static_cast<unsigned char>(c)) * 16777619U;
  return value;
}

/// The kBlock random words of place `block` in the stream of `key`.
void draw(const RandomKey& key, std::uint32_t block, std::array<std::uint32_t, kBlock>& words) {
  const r123::Philox4x32::key_type philox_key{
      {static_cast<std::uint32_t>(key.seed), static_cast<std::uint32_t>(key.seed >> 32U)}};
  const std::uint32_t name = hash(key.name);
  for (std::uint32_t i = 0; i < kBlock / 4; ++i) {
    const r123::Philox4x32::ctr_type counter{{block * static_cast<std::uint32_t>(kBlock / 4) + i,
                                              static_cast<std::uint32_t>(key.layer), name, 0U}};
    const r123::Philox4x32::ctr_type four = r123::Philox4x32()(counter, philox_key);
    for (std::size_t j = 0; j < 4; ++j) words[std::size_t{4} * i + j] = four[j];
  }
}

using Floats = Eigen::Array<float, static_cast<int>(kBlock), 1>;

/// Words to (0, 1]: the top 24 bits, which a float holds exactly, plus a half step.
Floats to_unit(const std::array<std::uint32_t, kBlock>& words) {
  Floats unit;
  for (std::size_t i = 0; i < kBlock; ++i) {
    unit[static_cast<Index>(i)] = (static_cast<float>(words[i] >> 8U) + 0.5F) * 0x1p-24F;
  }
  return unit;
}

/// Fills x row by row from blocks made by transform(words).
template <class T, class Transform>
void fill(const RandomKey& key, View<T> x, Transform transform) {
  std::array<std::uint32_t, kBlock> words{};
  std::uint32_t block = 0;
  Index used = static_cast<Index>(kBlock);
  Floats values;
  for (Index r = 0; r < x.rows(); ++r) {
    for (Index c = 0; c < x.cols();) {
      if (used == static_cast<Index>(kBlock)) {
        draw(key, block++, words);
        values = transform(words);
        used = 0;
      }
      const Index count = std::min(x.cols() - c, static_cast<Index>(kBlock) - used);
      x.row(r).segment(c, count) = values.segment(used, count).matrix().transpose().template cast<T>();
      c += count;
      used += count;
    }
  }
}

}  // namespace

template <class T>
void fill_normal(const RandomKey& key, double std, Out<T> x) {
  constexpr Index kHalf = static_cast<Index>(kBlock) / 2;
  fill<T>(key, x, [&](const auto& words) {
    const Floats unit = to_unit(words);
    const auto radius = (unit.head<kHalf>().log() * -2.0F).sqrt() * static_cast<float>(std);
    const auto angle = unit.tail<kHalf>() * (2.0F * std::numbers::pi_v<float>);
    Floats normal;
    normal.head<kHalf>() = radius * angle.cos();
    normal.tail<kHalf>() = radius * angle.sin();
    return normal;
  });
}

template <class T>
void fill_uniform(const RandomKey& key, double limit, Out<T> x) {
  fill<T>(key, x, [&](const auto& words) -> Floats {
    return (to_unit(words) * 2.0F - 1.0F) * static_cast<float>(limit);
  });
}

void fill_integers(const RandomKey& key, int bound, std::size_t count, int* out) {
  std::array<std::uint32_t, kBlock> words{};
  for (std::size_t i = 0; i < count; ++i) {
    if (i % kBlock == 0) draw(key, static_cast<std::uint32_t>(i / kBlock), words);
    // Lemire's multiply-shift; its bias of bound / 2^32 is far below what any curve can show.
    out[i] = static_cast<int>((std::uint64_t{words[i % kBlock]} * static_cast<std::uint64_t>(bound)) >> 32U);
  }
}

template void fill_normal<float>(const RandomKey&, double, Out<float>);
template void fill_normal<double>(const RandomKey&, double, Out<double>);
template void fill_uniform<float>(const RandomKey&, double, Out<float>);
template void fill_uniform<double>(const RandomKey&, double, Out<double>);

}  // namespace gradflow
