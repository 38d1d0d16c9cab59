// Pieces that are not broken, one below the other, over as many pages as they need.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "app/figure/document.h"

namespace gradflow {

/// Where a piece came to lie.
struct Spot {
  int page = 1;  // from 1
  double top = 0;
  double above = 0;  // the space over it that belongs to it
};

struct Piece {
  double height = 0;
  double above = 0;        // space before it, which the top of a page has no need of
  bool with_next = false;  // no page ends behind it
  bool floats = false;     // where it does not fit, what follows may come first, and it heads the next page
  std::function<void(figure::Document*, const Spot&)> draw = {};
  std::shared_ptr<const Piece> head = {};  // is repeated before this where a page begins with it
};

struct PlacedPiece {
  const Piece* piece;
  Spot spot;
};

/// In the order of the pages, from the top of each at `top`. A piece that is higher than a page sticks out.
std::vector<PlacedPiece> paginated(const std::vector<Piece>& pieces, double top, double height);

}  // namespace gradflow
