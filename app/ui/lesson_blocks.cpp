#include "app/ui/lesson_blocks.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/ui/code_lines.h"

namespace gradflow::ui {
namespace {

using lessons::Block;
using Kind = lessons::Block::Kind;

constexpr float kSpace = 10, kItemSpace = 4, kIndent = 22, kCodePad = 10, kCellPad = 8, kCellRow = 5;
constexpr float kCodeLeading = 1.3F;
constexpr std::size_t kLeastColumns = 20;

bool is_tight(const Block& block) { return block.kind == Kind::item || block.kind == Kind::row; }

}  // namespace

LessonBlocks::LessonBlocks(const Ui& ui, std::string name, RichHooks hooks, Card card)
    : ui_(ui), name_(std::move(name)), hooks_(std::move(hooks)), card_(std::move(card)) {}

float LessonBlocks::draw(const std::vector<Block>& blocks, const Rect& place) {
  float y = 0;
  for (const Block& block : blocks) {
    if (y > 0) y += ui_.px(is_tight(block) ? kItemSpace : kSpace);
    y += draw_block(block, {place.x, place.y + y, place.width, 0});
  }
  return y;
}

float LessonBlocks::draw_spans(const lessons::Spans& spans, const Rect& place, const Font& font,
                               ImU32 color) {
  return rich_text(ui_, name_ + ".text." + std::to_string(texts_++), spans, place, font, color, hooks_);
}

float LessonBlocks::draw_block(const Block& block, const Rect& place) {
  const Fonts& fonts = ui_.fonts();
  const Theme& theme = ui_.theme();
  switch (block.kind) {
    case Kind::heading:
      return draw_spans(block.spans, place, {fonts.strong.face, fonts.text.size}, theme.text);
    case Kind::list: return draw_list(block, place);
    case Kind::quote: return draw_quote(block, place);
    case Kind::code: return draw_code(block, place);
    case Kind::table: return draw_table(block, place);
    case Kind::rule: ui_.fill({place.x, place.y, place.width, ui_.px(1)}, theme.grid, 0); return ui_.px(1);
    case Kind::task:
    case Kind::question: return card_ ? card_(block, place) : 0;
    case Kind::paragraph:
    case Kind::item:
    case Kind::row:
    case Kind::cell: break;
  }
  if (!block.blocks.empty()) return draw(block.blocks, place);
  return draw_spans(block.spans, place, fonts.text, theme.text);
}

float LessonBlocks::draw_list(const Block& block, const Rect& place) {
  const Font& font = ui_.fonts().text;
  float y = 0;
  int number = block.level;
  for (const Block& item : block.blocks) {
    if (y > 0) y += ui_.px(kItemSpace);
    const std::string sign = block.level > 0 ? std::to_string(number++) + "." : "•";
    const float line = std::round(font.size * 1.28F);
    ui_.text_in(font, {place.x, place.y + y, ui_.px(kIndent - 6), line}, Align::right, ui_.theme().secondary,
                sign);
    y += draw_block(item, {place.x + ui_.px(kIndent), place.y + y, place.width - ui_.px(kIndent), 0});
  }
  return y;
}

float LessonBlocks::draw_quote(const Block& block, const Rect& place) {
  const float indent = ui_.px(kIndent - 6);
  const float height = draw(block.blocks, {place.x + indent, place.y, place.width - indent, 0});
  ui_.fill({place.x, place.y, ui_.px(3), height}, ui_.theme().grid, 1);
  return height;
}

float LessonBlocks::draw_code(const Block& block, const Rect& place) const {
  const Font& font = ui_.fonts().mono;
  const float pad = ui_.px(kCodePad);
  const float line = std::round(font.size * kCodeLeading);
  const float letter = ui_.width(font, "0");
  const float room = std::max(1.0F, place.width - 2 * pad);
  const auto columns = std::max(kLeastColumns, static_cast<std::size_t>(room / letter));
  std::string text = block.text;
  while (text.ends_with('\n')) text.pop_back();
  const std::vector<CodeRow> rows = code_rows(text, columns);
  const Rect paper{place.x, place.y, place.width, line * static_cast<float>(rows.size()) + 2 * pad};
  ui_.fill(paper, ui_.theme().ground);
  float y = paper.y + pad + (line - font.size) / 2;
  for (const CodeRow& row : rows) {
    ui_.text(font, paper.x + pad + letter * static_cast<float>(row.indent), y,
             row.comment ? ui_.theme().secondary : ui_.theme().text, row.text);
    y += line;
  }
  return paper.height;
}

/// As wide as their words where there is room; else each keeps its longest word, and they share what is left.
std::vector<float> LessonBlocks::column_widths(const Block& table, float room) const {
  std::vector<float> wanted, least;
  for (const Block& row : table.blocks) {
    wanted.resize(std::max(wanted.size(), row.blocks.size()), 0.0F);
    least.resize(wanted.size(), 0.0F);
    for (std::size_t i = 0; i < row.blocks.size(); ++i) {
      float word = 0, end = 0;
      const RichLayout line = lay_out(ui_, row.blocks[i].spans, 1e6F, ui_.fonts().strong);
      for (const RichPiece& piece : line.pieces) {
        word = piece.x > end + 0.5F ? piece.width : word + piece.width;  // pieces that touch are one word
        end = piece.x + piece.width;
        least[i] = std::max(least[i], word);
      }
      wanted[i] = std::max(wanted[i], end);
    }
  }
  float needed = 0, more = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    wanted[i] += ui_.px(2 * kCellPad) + 1;
    least[i] += ui_.px(2 * kCellPad) + 1;
    needed += least[i];
    more += wanted[i] - least[i];
  }
  const float share = more > 0 ? std::clamp((room - needed) / more, 0.0F, 1.0F) : 0;
  const float squeeze = needed > room ? room / needed : 1;
  for (std::size_t i = 0; i < wanted.size(); ++i)
    least[i] = (least[i] + (wanted[i] - least[i]) * share) * squeeze;
  return least;
}

float LessonBlocks::draw_table(const Block& block, const Rect& place) {
  const std::vector<float> widths = column_widths(block, place.width);
  const float pad = ui_.px(kCellPad), space = ui_.px(kCellRow);
  float y = 0, right = 0;
  for (const float width : widths) right += width;
  for (std::size_t row = 0; row < block.blocks.size(); ++row) {
    const std::vector<Block>& cells = block.blocks[row].blocks;
    const Font& font = row == 0 ? ui_.fonts().strong : ui_.fonts().text;
    float x = 0, tallest = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const Rect cell{place.x + x + pad, place.y + y + space, widths[i] - 2 * pad, 0};
      tallest = std::max(tallest, draw_spans(cells[i].spans, cell, font, ui_.theme().text));
      x += widths[i];
    }
    y += tallest + 2 * space;
    ui_.fill({place.x, place.y + y, right, std::max(1.0F, ui_.px(1))}, ui_.theme().grid, 0);
    y += ui_.px(1);
  }
  return y;
}

}  // namespace gradflow::ui
