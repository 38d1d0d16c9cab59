// A column of text that is being filled: paragraphs, code, lists and tables become pieces of pages.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/export/pages.h"
#include "app/export/text_lines.h"

namespace gradflow {

/// The look of a printed lesson; lengths in points.
struct Print {
  static constexpr figure::Rgb kText{0x16, 0x20, 0x2A}, kSecondary{0x45, 0x50, 0x5B};
  static constexpr figure::Rgb kAccent{0x00, 0x72, 0xB2}, kRight{0x00, 0x7A, 0x5A};
  static constexpr figure::Rgb kGround{0xF3, 0xF5, 0xF7}, kLine{0xC4, 0xCD, 0xD5};
  static constexpr TextSetting kBody{10.5, 15.5, kText}, kAside{9.5, 14, kSecondary};
  static constexpr TextSetting kCaption{9, 13, kSecondary}, kLabel{9, 14, kAccent, true};
  static constexpr double kParagraph = 7, kItem = 3, kBlock = 11;  // space above
};

/// Where links within the document lead; filled once everything has its place.
using LinkTargets = std::map<std::string, figure::Place, std::less<>>;

/// Draws what stands in the margin of a line, such as a bullet; `x` is its left end.
using Hanging = std::function<void(figure::Document* document, double x, double middle)>;

/// Faces and targets outlive it and its pieces.
class Column {
 public:
  Column(double left, double width, figure::Faces* faces, const LinkTargets* targets)
      : place_{left, width}, faces_(faces), targets_(targets) {}

  void text(const lessons::Spans& spans, const TextSetting& setting, double above);
  void text(const std::string& words, const TextSetting& setting, double above) {
    text(lessons::Spans{{.text = words}}, setting, above);
  }
  /// What Markdown has, except tasks and questions.
  void block(const lessons::Block& block);
  void blocks(const std::vector<lessons::Block>& blocks) {
    for (const lessons::Block& one : blocks) block(one);
  }
  void add(Piece piece);
  /// No page ends behind the last piece.
  void keep_with_next();
  /// What comes next keeps at least so much space above.
  void gap(double least) { gap_ = least; }
  /// Goes with the first line of what comes next.
  void hang(double indent, Hanging hanging) { hanging_ = {indent, std::move(hanging)}; }

  /// What `fill` adds lies further to the right; with a bar at its left, where it is to stand out.
  enum class Bar : unsigned char { none, drawn };
  void indented(double by, Bar bar, const std::function<void()>& fill);

  std::size_t size() const { return pieces_.size(); }
  double left() const { return place_.left; }
  double width() const { return place_.width; }
  figure::Faces* faces() const { return faces_; }
  std::vector<Piece> take() { return std::move(pieces_); }

 private:
  struct Extent {
    double left, width;
  };
  /// A line of text at its place: what draws it.
  std::function<void(figure::Document*, const Spot&)> drawn(TextLine line, double left, double height) const;
  /// Of what has no line of its own to stand beside.
  void show_hanging();
  void list(const lessons::Block& block);
  void code(const std::string& text);
  void rule();
  // column_table.cpp
  void table(const lessons::Block& block);
  std::vector<double> table_columns(const lessons::Block& block) const;
  Piece table_line(const std::vector<std::vector<TextLine>>& cells, std::size_t line,
                   const std::vector<double>& columns) const;

  Extent place_;
  struct Stroke {
    double x;
    bool begun = false;
  };
  std::vector<Stroke> bars_;
  double gap_ = 0;
  std::pair<double, Hanging> hanging_ = {};
  figure::Faces* faces_;
  const LinkTargets* targets_;
  std::vector<Piece> pieces_;
};

}  // namespace gradflow
