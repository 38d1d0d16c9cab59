#include "app/export/column.h"

#include <algorithm>
#include <string_view>

namespace gradflow {
namespace {

using lessons::Block;

constexpr double kListIndent = 18, kQuoteIndent = 14;
constexpr double kCodePad = 6, kBarWidth = 2;
constexpr TextSetting kCode{9, 12.8, Print::kText};
constexpr std::size_t kKeptLines = 10;  // code of so many lines stays on one page

/// Lines, without their ends; tabs as four spaces.
std::vector<std::string> code_lines(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  std::vector<std::string> lines{1};
  for (const char byte : text) {
    if (byte == '\n') {
      lines.emplace_back();
    } else if (byte == '\t') {
      lines.back() += "    ";
    } else {
      lines.back() += byte;
    }
  }
  return lines;
}

/// A line of code keeps the spaces that text would lose.
std::string unbroken(std::string line) {
  constexpr std::string_view kNoBreak = "\u00A0";
  for (std::size_t at = line.find(' '); at != std::string::npos; at = line.find(' ', at + kNoBreak.size())) {
    line.replace(at, 1, kNoBreak);
  }
  return line;
}

bool is_outside(std::string_view link) {
  return link.starts_with("https://") || link.starts_with("http://") || link.starts_with("mailto:");
}

/// "With F for the sub-layer:"
bool announces(const lessons::Spans& spans) { return !spans.empty() && spans.back().text.ends_with(':'); }

TextSetting heading(int level) { return {level <= 3 ? 11.5 : 10.5, 16, Print::kText, true}; }

}  // namespace

void Column::add(Piece piece) {
  piece.above = std::max(piece.above, std::exchange(gap_, 0));
  for (Stroke& bar : bars_) {
    piece.draw = [x = bar.x, above = bar.begun, height = piece.height, inner = std::move(piece.draw)](
                     figure::Document* document, const Spot& spot) {
      const double more = above ? spot.above : 0;
      document->canvas().rectangle({x, spot.top - more, kBarWidth, height + more}, Print::kLine);
      inner(document, spot);
    };
    bar.begun = true;
  }
  pieces_.push_back(std::move(piece));
}

void Column::keep_with_next() {
  if (!pieces_.empty()) pieces_.back().with_next = true;
}

void Column::indented(double by, Bar bar, const std::function<void()>& fill) {
  const Extent before = place_;
  const std::size_t bars = bars_.size();
  if (bar == Bar::drawn) bars_.push_back({place_.left});
  const double step = std::min(by, place_.width / 4);  // lists within lists keep some width
  place_ = {place_.left + step, place_.width - step};
  fill();
  place_ = before;
  bars_.resize(bars);
}

std::function<void(figure::Document*, const Spot&)> Column::drawn(TextLine line, double left,
                                                                  double height) const {
  return [line = std::move(line), left, height, targets = targets_, hanging = hanging_](
             figure::Document* document, const Spot& spot) {
    const double middle = spot.top + height / 2;
    if (hanging.second) hanging.second(document, left - hanging.first, middle);
    for (const TextRun& run : line) {
      const auto target = targets->find(run.link);
      const bool leads = target != targets->end() || is_outside(run.link);
      figure::TextLook look = run.look;
      if (leads) look.color = Print::kAccent;
      document->text({left + run.x, middle + kBaseLine * look.size}, run.words, look);
      const figure::PageBox area{left + run.x, spot.top, run.width, height};
      if (target != targets->end()) {
        document->link(area, target->second);
      } else if (leads) {
        document->link(area, run.link);
      }
    }
  };
}

void Column::text(const lessons::Spans& spans, const TextSetting& setting, double above) {
  std::vector<TextLine> lines = lines_of(spans, setting, place_.width, faces_);
  const std::size_t count = lines.size();
  for (std::size_t i = 0; i < count; ++i) {
    Piece piece{setting.leading, i == 0 ? above : 0};
    piece.with_next = count > 1 && (i == 0 || i + 2 == count);  // no line of a paragraph stands alone
    piece.draw = drawn(std::move(lines[i]), place_.left, setting.leading);
    hanging_ = {};
    add(std::move(piece));
  }
}

void Column::block(const Block& block) {
  switch (block.kind) {
    case Block::Kind::paragraph:
      text(block.spans, Print::kBody, Print::kParagraph);
      if (announces(block.spans)) keep_with_next();
      return;
    case Block::Kind::heading: text(block.spans, heading(block.level), 16); return keep_with_next();
    case Block::Kind::list: return list(block);
    case Block::Kind::quote: return indented(kQuoteIndent, Bar::drawn, [&] { blocks(block.blocks); });
    case Block::Kind::code: return code(block.text);
    case Block::Kind::table: return table(block);
    case Block::Kind::rule: return rule();
    case Block::Kind::item:
    case Block::Kind::row:
    case Block::Kind::cell: return blocks(block.blocks);
    case Block::Kind::task:
    case Block::Kind::question: return;
  }
}

void Column::list(const Block& block) {
  int number = block.level;
  bool first = true;
  for (const Block& item : block.blocks) {
    const std::string mark = block.level > 0 ? std::to_string(number++) + "." : "•";
    const figure::TextLook look{figure::Letters::regular, Print::kBody.size, Print::kSecondary};
    indented(kListIndent, Bar::none, [&] {
      hang(kListIndent - 2, [=](figure::Document* document, double x, double middle) {
        document->text({x, middle + kBaseLine * look.size}, mark, look);
      });
      for (const Block& part : item.blocks) {
        if (part.kind == Block::Kind::paragraph) {
          text(part.spans, Print::kBody, first ? Print::kParagraph : Print::kItem);
        } else {
          this->block(part);
        }
        first = false;
      }
      show_hanging();
    });
  }
}

void Column::code(const std::string& text) {
  std::vector<TextLine> lines;
  for (const std::string& line : code_lines(text)) {
    const lessons::Spans spans{{.text = unbroken(line), .code = true}};
    for (TextLine& part : lines_of(spans, kCode, place_.width - 2 * kCodePad, faces_)) {
      lines.push_back(std::move(part));
    }
  }
  const std::size_t count = lines.size();
  for (std::size_t i = 0; i < count; ++i) {
    const bool begins = i == 0, ends = i + 1 == count;
    Piece piece{kCode.leading + (begins ? kCodePad : 0) + (ends ? kCodePad : 0),
                begins ? Print::kParagraph + 1 : 0};
    piece.with_next = !ends && (begins || count <= kKeptLines || i + 2 == count);
    const auto letters = drawn(std::move(lines[i]), place_.left + kCodePad, kCode.leading);
    hanging_ = {};
    piece.draw = [=, height = piece.height, place = place_](figure::Document* document, const Spot& spot) {
      document->canvas().rectangle({place.left, spot.top, place.width, height}, Print::kGround);
      letters(document, {spot.page, spot.top + (begins ? kCodePad : 0), 0});
    };
    add(std::move(piece));
  }
}

void Column::show_hanging() {
  if (hanging_.second) text(lessons::Spans(), Print::kBody, Print::kItem);
}

void Column::rule() {
  show_hanging();
  Piece piece{1, Print::kBlock};
  piece.draw = [place = place_](figure::Document* document, const Spot& spot) {
    document->canvas().rectangle({place.left, spot.top, place.width, 0.5}, Print::kLine);
  };
  add(std::move(piece));
}

}  // namespace gradflow
