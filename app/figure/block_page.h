// The block diagram on paper: as app/ui/block_diagram.cpp draws it on the screen, without what is measured.
#pragma once

#include <string>
#include <vector>

#include "app/figure/block.h"
#include "app/figure/canvas.h"
#include "app/figure/faces.h"

namespace gradflow::figure {

/// Blocks of stacks, side by side in one row.
class BlockRow {
 public:
  struct Entry {
    std::size_t stack;  // its colour and its letter
    std::string name;
    StackSpec spec;
  };
  /// The faces outlive this.
  BlockRow(std::vector<Entry> entries, double width, Faces* faces);

  double height() const;
  void draw(Canvas* canvas, PagePoint corner) const;

 private:
  double column() const;
  double scale() const;
  void draw_block(Canvas* canvas, PagePoint corner, const Entry& entry, const BlockFigure& block) const;

  std::vector<Entry> entries_;
  std::vector<BlockFigure> blocks_;
  double width_;
  Faces* faces_;
};

}  // namespace gradflow::figure
