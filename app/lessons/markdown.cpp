#include "app/lessons/markdown.h"

#include <md4c.h>

#include <algorithm>
#include <utility>

#include "app/lessons/braces.h"
#include "core/spec/text.h"

namespace gradflow::lessons {
namespace {

using Kind = Block::Kind;

/// Puts what md4c finds together: the blocks that are open stand on a stack, the innermost last.
class Builder {
 public:
  Builder(std::string_view text, int first_line, Problems* problems)
      : text_(text),
        first_line_(first_line),
        problems_(problems),
        extents_(find_braces(text, first_line, problems)),
        masked_(without(text, extents_)),
        open_(1) {
    int line = first_line;
    std::size_t counted = 0;  // bytes whose line ends are in `line`
    for (const Extent& extent : extents_) {
      line = line_at(text.substr(counted), extent.begin - counted, line);
      counted = extent.begin;
      braces_.push_back({std::string(text.substr(extent.begin + 1, extent.end - extent.begin - 2)), line});
    }
  }

  Document run();

  int enter(MD_BLOCKTYPE type, void* detail) {
    const std::optional<Block> block = block_of(type, detail);
    if (!block) return 0;
    flush_item();
    if (++count_ > kMaxBlocks)
      return stop(
          tr("the text has more than {0} blocks; nothing behind is read", {std::to_string(kMaxBlocks)}));
    if (open_.size() > kMaxBlockDepth)
      return stop(tr("the text has lists and quotes that nest too deep; nothing behind is read"));
    open_.push_back(*block);
    return 0;
  }

  int leave(MD_BLOCKTYPE type, void* detail) {
    if (!block_of(type, detail)) return 0;
    flush_item();
    Block block = std::move(open_.back());
    open_.pop_back();
    if (block.line == 0) block.line = line_of(seen_) + 1;
    open_.back().blocks.push_back(std::move(block));
    return 0;
  }

  int enter_span(MD_SPANTYPE type, void* detail) {
    if (type == MD_SPAN_EM) style_.emphasis = true;
    if (type == MD_SPAN_STRONG) style_.strong = true;
    if (type == MD_SPAN_CODE) style_.code = true;
    if (type == MD_SPAN_A) {
      const MD_ATTRIBUTE& href = static_cast<MD_SPAN_A_DETAIL*>(detail)->href;
      style_.link.assign(href.text == nullptr ? "" : href.text, href.size);
    }
    if (type == MD_SPAN_IMG) refuse(tr("a picture is not shown; allowed are text, lists, tables and code"));
    return 0;
  }

  int leave_span(MD_SPANTYPE type) {
    if (type == MD_SPAN_EM) style_.emphasis = false;
    if (type == MD_SPAN_STRONG) style_.strong = false;
    if (type == MD_SPAN_CODE) style_.code = false;
    if (type == MD_SPAN_A) style_.link.clear();
    return 0;
  }

  int text(MD_TEXTTYPE type, const char* piece, std::size_t size) {
    const auto offset = offset_of(piece);
    if (offset) {
      see(*offset);
      seen_ = *offset + size;
    }
    const std::string_view original = offset ? text_.substr(*offset, size) : std::string_view(piece, size);
    Block& block = open_.back();
    if (block.kind == Kind::code) {
      block.text += original;
    } else if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) {
      if (!in_braces(seen_)) add(type == MD_TEXT_BR ? "\n" : " ");
    } else if (type == MD_TEXT_NULLCHAR) {
      add("\uFFFD");
    } else if (offset && type != MD_TEXT_CODE) {
      add_with_numbers(*offset, *offset + size);
    } else {
      add(original);
    }
    return 0;
  }

 private:
  static std::optional<Block> block_of(MD_BLOCKTYPE type, void* detail) {
    switch (type) {
      case MD_BLOCK_QUOTE: return Block{.kind = Kind::quote};
      case MD_BLOCK_UL: return Block{.kind = Kind::list};
      case MD_BLOCK_OL:
        return Block{.kind = Kind::list,
                     .level = static_cast<int>(static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start)};
      case MD_BLOCK_LI: return Block{.kind = Kind::item};
      case MD_BLOCK_HR: return Block{.kind = Kind::rule};
      case MD_BLOCK_H:
        return Block{.kind = Kind::heading,
                     .level = static_cast<int>(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level)};
      case MD_BLOCK_CODE: {
        const MD_ATTRIBUTE& language = static_cast<MD_BLOCK_CODE_DETAIL*>(detail)->lang;
        return Block{.kind = Kind::code,
                     .language = std::string(language.text == nullptr ? "" : language.text, language.size)};
      }
      case MD_BLOCK_P: return Block{.kind = Kind::paragraph};
      case MD_BLOCK_TABLE: return Block{.kind = Kind::table};
      case MD_BLOCK_TR: return Block{.kind = Kind::row};
      case MD_BLOCK_TH:
      case MD_BLOCK_TD: return Block{.kind = Kind::cell};
      default: return {};  // the document, the two parts of a table
    }
  }

  void refuse(std::string_view sentence) { problems_->push_back({line_of(seen_), std::string(sentence)}); }

  int stop(std::string_view sentence) {
    refuse(sentence);
    return 1;
  }

  std::optional<std::size_t> offset_of(const char* piece) const {
    const std::less<> before;
    if (before(piece, masked_.data()) || !before(piece, masked_.data() + masked_.size())) return {};
    return static_cast<std::size_t>(piece - masked_.data());
  }

  int line_of(std::size_t offset) const { return line_at(text_, offset, first_line_); }

  /// The first text of a block tells where it stands; that of code begins behind its fence.
  void see(std::size_t offset) {
    for (Block& block : open_) {
      if (block.line != 0) continue;
      block.line = line_of(offset);
      if (block.kind != Kind::code) continue;
      block.line -= 1 + static_cast<int>(std::count(block.text.begin(), block.text.end(), '\n'));
    }
  }

  bool in_braces(std::size_t offset) const {
    const auto extent = std::partition_point(extents_.begin(), extents_.end(),
                                             [&](const Extent& one) { return one.end <= offset; });
    return extent != extents_.end() && extent->begin < offset;
  }

  /// A tight list has its text in the item itself; a page shall find a paragraph there.
  void flush_item() {
    Block& item = open_.back();
    if (item.kind != Kind::item || item.spans.empty()) return;
    item.blocks.push_back(
        {.kind = Kind::paragraph, .line = item.line, .spans = std::exchange(item.spans, {})});
  }

  void add(std::string_view piece) {
    if (piece.empty()) return;
    Spans& spans = open_.back().spans;
    Span span = style_;
    if (!spans.empty() && !spans.back().number) {
      span.text = spans.back().text;
      if (span == spans.back()) {
        spans.back().text += piece;
        return;
      }
    }
    span.text = piece;
    spans.push_back(std::move(span));
  }

  void add_with_numbers(std::size_t begin, std::size_t end) {
    while (next_ < extents_.size() && extents_[next_].end <= begin) ++next_;
    for (std::size_t i = next_; i < extents_.size() && extents_[i].begin < end; ++i) {
      const Extent& extent = extents_[i];
      if (extent.begin >= begin) {
        add(text_.substr(begin, extent.begin - begin));
        Span span = style_;
        span.number = i;
        open_.back().spans.push_back(std::move(span));
      }
      begin = std::min(end, extent.end);
    }
    add(text_.substr(begin, end - begin));
  }

  std::string_view text_;
  int first_line_;
  Problems* problems_;
  std::vector<Extent> extents_;
  std::string masked_;  // what md4c reads
  std::vector<Block> open_;
  std::vector<Braces> braces_;
  Span style_;             // of the text that comes
  std::size_t seen_ = 0;   // behind the last piece of text
  std::size_t next_ = 0;   // of extents_
  std::size_t count_ = 0;  // of blocks
};

Document Builder::run() {
  MD_PARSER parser{};
  parser.flags = MD_FLAG_TABLES | MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS;
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
    return static_cast<Builder*>(self)->enter(type, detail);
  };
  parser.leave_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
    return static_cast<Builder*>(self)->leave(type, detail);
  };
  parser.enter_span = [](MD_SPANTYPE type, void* detail, void* self) {
    return static_cast<Builder*>(self)->enter_span(type, detail);
  };
  parser.leave_span = [](MD_SPANTYPE type, void*, void* self) {
    return static_cast<Builder*>(self)->leave_span(type);
  };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* piece, MD_SIZE size, void* self) {
    return static_cast<Builder*>(self)->text(type, piece, size);
  };
  md_parse(masked_.data(), static_cast<MD_SIZE>(masked_.size()), &parser, this);
  return {std::move(open_.front().blocks), std::move(braces_)};
}

}  // namespace

Document read_markdown(std::string_view text, int first_line, Problems* problems) {
  return Builder(text, first_line, problems).run();
}

}  // namespace gradflow::lessons
