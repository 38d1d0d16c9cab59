// The block diagram of a stack as data: wires, boxes and sockets with stable names, laid out from the wiring
// equation (core/spec/wiring.h) and from nothing else. The trunk runs up; each sub-layer branches off to the
// right and joins again at its add:
//
//        y            the sites are sockets, on the trunk (entry, post) and on the branch's legs (pre,
//        branch);
//      [post]         a socket without a norm is the identity, and the wire runs through it
//        + <-[branch]-+
//        |            F
//        +---[pre]----+
//     [entry]
//        x
//
// Lengths at scale 1, origin at the top left, y down. The layout does not move when a norm comes or goes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/spec/names.h"
#include "core/spec/stack.h"

namespace gradflow::figure {

struct Point {
  float x = 0, y = 0;
  friend bool operator==(const Point&, const Point&) = default;
};

struct Area {
  float x = 0, y = 0, width = 0, height = 0;
  Point center() const { return {x + width / 2, y + height / 2}; }
  friend bool operator==(const Area&, const Area&) = default;
};

/// A sub-layer's wires, by the variable of the equation that runs on them, in the order of the forward pass.
enum class Wire : std::uint8_t {
  x,         // below entry
  trunk,     // t, from entry to where it splits
  foot,      // t, from the split to pre
  input,     // pre(t), into F
  output,    // F's, into branch
  branch,    // b, into the add
  residual,  // skip t, from the split to the add
  sum,       // skip t + b, into post
  y,         // above post
};
inline constexpr std::size_t kWireCount = static_cast<std::size_t>(Wire::y) + 1;

/// The wires outside the layers.
enum class EndWire : std::uint8_t {
  embedding,  // of tokens and positions, below the embedding norm
  bottom,     // x_0, into layer 0
  top,        // x_L, out of the last layer
  head,       // behind the final norm, into the unembedding
};
inline constexpr std::size_t kEndWireCount = static_cast<std::size_t>(EndWire::head) + 1;

struct SublayerWire {
  SublayerKind sublayer = SublayerKind::attention;
  Wire wire = Wire::x;
  friend bool operator==(const SublayerWire&, const SublayerWire&) = default;
};
/// Memory is what cross-attention reads; it is fixed, and no gradient is asked for there.
struct MemoryWire {
  friend bool operator==(const MemoryWire&, const MemoryWire&) = default;
};
using WirePlace = std::variant<SublayerWire, EndWire, MemoryWire>;

struct WireLine {
  std::string name;  // "attention.residual", "top", "cross_attention.memory"
  WirePlace place;
  std::vector<Point> points;  // along the axes, in the direction of the forward pass
  bool cut = false;           // the residual of a sub-layer without one
  float from_loss = 0;        // the way back from the loss to its last point, for what runs along it
};

enum class BoxKind : std::uint8_t { function, add, end, memory };
struct Box {
  std::string name, label;  // "attention.function", "Attention"
  BoxKind kind = BoxKind::function;
  Area area;
};

struct SitePlace {
  SublayerKind sublayer = SublayerKind::attention;
  Site site = Site::entry;
  friend bool operator==(const SitePlace&, const SitePlace&) = default;
};
/// A site of a sub-layer, or one of the norms that a stack has once.
using SocketPlace = std::variant<SitePlace, bool StackSpec::*>;

enum class Side : std::uint8_t { left, right, above, below };
struct Socket {
  std::string name, label;  // "attention.norm.pre", "pre"
  SocketPlace place;
  Point at;
  Side label_side = Side::left;
  bool filled = false;
};

struct BlockFigure {
  float width = 0, height = 0;
  Area frame;  // around what is there once a layer
  std::vector<WireLine> wires;
  std::vector<Box> boxes;
  std::vector<Socket> sockets;  // in the order of the forward pass
};

inline constexpr float kSocketWidth = 64, kSocketHeight = 24;  // of a norm
inline constexpr float kAddRadius = 10;

/// `layer` is the wiring of the layer that is drawn: the stack's own, or that of a layer with an override.
BlockFigure block_figure(const StackSpec& spec, const Sublayers& layer);

/// "LN" or "RMS"
std::string_view norm_abbreviation(NormKind kind);

/// "Attn", "Cross", "FFN": F in an equation.
std::string_view function_abbreviation(SublayerKind kind);

}  // namespace gradflow::figure
