#include "app/export/text_lines.h"

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

#include "app/export/figure_page.h"

namespace gradflow {
namespace {

using figure::Letters;

constexpr double kCodeSize = 0.9;  // the letters of code are wider

/// What no space is in, each part with its look.
struct Word {
  std::vector<TextRun> parts;
  double space = 0;   // before it
  bool ends = false;  // in place of a word: the line
  double width() const {
    double sum = 0;
    for (const TextRun& part : parts) sum += part.width;
    return sum;
  }
};

Letters letters_of(const lessons::Span& span, const TextSetting& setting) {
  if (span.code) return Letters::code;
  const bool strong = span.strong || setting.strong;
  if (span.emphasis) return strong ? Letters::strong_emphasis : Letters::emphasis;
  return strong ? Letters::strong : Letters::regular;
}

class Words {
 public:
  Words(const TextSetting& setting, figure::Faces* faces) : setting_(setting), faces_(faces) {}

  void add(const lessons::Span& span) {
    const figure::TextLook look{letters_of(span, setting_),
                                span.code ? setting_.size * kCodeSize : setting_.size, setting_.color};
    std::string_view rest = span.text;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find_first_of(" \n"), rest.size());
      if (end > 0) add_part(rest.substr(0, end), look, span.link);
      if (end == rest.size()) return;
      if (rest[end] == ' ') {
        space_ = faces_->width(" ", look.letters, look.size);
      } else {
        words_.push_back({.parts = {}, .space = 0, .ends = true});
        space_ = 0;
      }
      open_ = false;
      rest.remove_prefix(end + 1);
    }
  }

  std::vector<Word> take() { return std::move(words_); }

 private:
  void add_part(std::string_view text, const figure::TextLook& look, const std::string& link) {
    if (!open_) words_.push_back({.parts = {}, .space = std::exchange(space_, 0)});
    open_ = true;
    std::string shown = on_paper(text);
    const double width = faces_->width(shown, look.letters, look.size);
    words_.back().parts.push_back({0, width, std::move(shown), look, link});
  }

  const TextSetting& setting_;
  figure::Faces* faces_;
  std::vector<Word> words_;
  double space_ = 0;
  bool open_ = false;  // what comes belongs to the last word
};

std::vector<Word> words_of(const lessons::Spans& spans, const TextSetting& setting, figure::Faces* faces) {
  Words words(setting, faces);
  for (const lessons::Span& span : spans) words.add(span);
  return words.take();
}

bool look_alike(const TextRun& a, const TextRun& b) {
  return a.look.letters == b.look.letters && a.look.size == b.look.size && a.link == b.link;
}

class Lines {
 public:
  Lines(double width, figure::Faces* faces) : width_(width), faces_(faces) {}

  void add(const Word& word) {
    if (word.ends) return begin_line();
    const double width = word.width();
    if (x_ > 0 && x_ + word.space + width > width_) begin_line();
    double space = x_ > 0 ? word.space : 0;
    for (const TextRun& part : word.parts) {
      if (width > width_) {
        add_letters(part, space);
      } else {
        add_run(part, space);
      }
      space = 0;
    }
  }

  std::vector<TextLine> take() { return std::move(lines_); }

 private:
  void begin_line() {
    lines_.emplace_back();
    x_ = 0;
  }

  void add_run(const TextRun& part, double space) {
    TextLine& line = lines_.back();
    if (!line.empty() && look_alike(line.back(), part)) {
      line.back().words += (space > 0 ? " " : "") + part.words;
      line.back().width += space + part.width;
    } else {
      line.push_back(part);
      line.back().x = x_ + space;
    }
    x_ += space + part.width;
  }

  /// Of a word that no line is wide enough for.
  void add_letters(const TextRun& part, double space) {
    std::string_view rest = part.words;
    while (!rest.empty()) {
      std::size_t length = 1;
      while (length < rest.size() && (static_cast<unsigned char>(rest[length]) & 0xC0U) == 0x80U) ++length;
      TextRun letter = part;
      letter.words = rest.substr(0, length);
      letter.width = faces_->width(letter.words, part.look.letters, part.look.size);
      if (x_ > 0 && x_ + space + letter.width > width_) begin_line();
      add_run(letter, std::exchange(space, 0));
      rest.remove_prefix(length);
    }
  }

  double width_;
  figure::Faces* faces_;
  std::vector<TextLine> lines_{1};
  double x_ = 0;
};

}  // namespace

std::vector<TextLine> lines_of(const lessons::Spans& spans, const TextSetting& setting, double width,
                               figure::Faces* faces) {
  Lines lines(width, faces);
  for (const Word& word : words_of(spans, setting, faces)) lines.add(word);
  return lines.take();
}

TextExtent extent_of(const lessons::Spans& spans, const TextSetting& setting, figure::Faces* faces) {
  TextExtent extent;
  double line = 0;
  for (const Word& word : words_of(spans, setting, faces)) {
    line = word.ends ? 0 : line + word.space + word.width();
    extent.line = std::max(extent.line, line);
    extent.word = std::max(extent.word, word.width());
  }
  return extent;
}

}  // namespace gradflow
