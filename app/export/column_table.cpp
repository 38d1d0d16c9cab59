// Tables: columns as wide as their texts, or by their share of what there is; a row a piece a line.
#include <algorithm>
#include <numeric>

#include "app/export/column.h"

namespace gradflow {
namespace {

using lessons::Block;

constexpr double kCellGap = 14, kRowPad = 4;
constexpr TextSetting kCell{9.5, 13, Print::kText};
constexpr TextSetting kHead{9.5, 13, Print::kText, true};
constexpr std::size_t kKeptLines = 8;  // a row of so many lines stays on one page

std::size_t columns_of(const Block& table) {
  std::size_t columns = 1;
  for (const Block& row : table.blocks) columns = std::max(columns, row.blocks.size());
  return columns;
}

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// Every column has its least, and of the rest an equal share or what it needs.
std::vector<double> shared(const std::vector<double>& least, const std::vector<double>& wanted, double room) {
  std::vector<double> widths = least;
  double spare = room - sum(least);
  if (spare <= 0) {
    for (double& width : widths) width *= room / sum(least);
    return widths;
  }
  std::vector<std::size_t> order(least.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto need = [&](std::size_t column) { return wanted[column] - least[column]; };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return need(a) < need(b); });
  for (std::size_t i = 0; i < order.size(); ++i) {
    const double more = std::min(need(order[i]), spare / static_cast<double>(order.size() - i));
    widths[order[i]] += more;
    spare -= more;
  }
  return widths;
}

}  // namespace

std::vector<double> Column::table_columns(const Block& block) const {
  const std::size_t columns = columns_of(block);
  std::vector<double> least(columns, 1), wanted(columns, 1);
  for (const Block& row : block.blocks) {
    for (std::size_t i = 0; i < row.blocks.size(); ++i) {
      const TextExtent extent = extent_of(row.blocks[i].spans, kHead, faces_);
      least[i] = std::max(least[i], extent.word);
      wanted[i] = std::max(wanted[i], extent.line);
    }
  }
  const double room = place_.width - kCellGap * static_cast<double>(columns - 1);
  return sum(wanted) <= room ? wanted : shared(least, wanted, room);
}

Piece Column::table_line(const std::vector<std::vector<TextLine>>& cells, std::size_t line,
                         const std::vector<double>& columns) const {
  std::vector<std::function<void(figure::Document*, const Spot&)>> parts;
  double left = place_.left;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (line < cells[i].size()) parts.push_back(drawn(cells[i][line], left, kCell.leading));
    left += columns[i] + kCellGap;
  }
  Piece piece{kCell.leading};
  piece.draw = [parts = std::move(parts)](figure::Document* document, const Spot& spot) {
    for (const auto& draw : parts) draw(document, spot);
  };
  return piece;
}

void Column::table(const Block& block) {
  show_hanging();
  const std::vector<double> columns = table_columns(block);
  const double width =
      std::min(place_.width, sum(columns) + kCellGap * static_cast<double>(columns.size() - 1));
  std::shared_ptr<const Piece> head;  // repeated on every page
  for (std::size_t r = 0; r < block.blocks.size(); ++r) {
    std::vector<std::vector<TextLine>> cells;
    std::size_t lines = 1;
    for (std::size_t i = 0; i < block.blocks[r].blocks.size(); ++i) {
      cells.push_back(lines_of(block.blocks[r].blocks[i].spans, r == 0 ? kHead : kCell, columns[i], faces_));
      lines = std::max(lines, cells.back().size());
    }
    for (std::size_t line = 0; line < lines; ++line) {
      const bool begins = line == 0, ends = line + 1 == lines;
      Piece piece = table_line(cells, line, columns);
      piece.above = begins ? (r == 0 ? Print::kBlock : kRowPad) : 0;
      piece.with_next = r == 0 || (!ends && lines <= kKeptLines);
      if (ends) {
        piece.height += kRowPad;
        piece.draw = [inner = std::move(piece.draw), height = piece.height, left = place_.left, width,
                      is_head = r == 0](figure::Document* document, const Spot& spot) {
          inner(document, spot);
          document->canvas().rectangle({left, spot.top + height - 0.5, width, is_head ? 1.0 : 0.4},
                                       is_head ? Print::kSecondary : Print::kLine);
        };
      }
      if (begins) piece.head = head;
      add(std::move(piece));
      if (r == 0 && lines == 1) head = std::make_shared<const Piece>(pieces_.back());
    }
  }
}

}  // namespace gradflow
