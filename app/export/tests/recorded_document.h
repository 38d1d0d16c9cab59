// A document that keeps what is put on its pages, for tests to read.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "app/figure/document.h"

namespace gradflow::test {

/// Words of a line and of figures, without the white space that the layout chose.
inline std::string squeezed(std::string_view text) {
  std::string kept;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ' ' || text[i] == '\n') continue;
    const bool no_break = text.substr(i, 2) == "\u00A0", en_space = text.substr(i, 3) == "\u2002";
    if (!no_break && !en_space) kept += text[i];
    if (no_break || en_space) i += no_break ? 1 : 2;
  }
  return kept;
}

class RecordedDocument : public figure::Document {
 public:
  struct Text {
    int page;
    figure::PagePoint at;
    std::string words;
    figure::TextLook look;
  };
  struct Link {
    int page;
    std::string uri;
    figure::Place to;
  };

  figure::Canvas& canvas() override { return canvas_; }
  void text(figure::PagePoint at, std::string_view words, const figure::TextLook& look) override {
    texts.push_back({page, at, std::string(words), look});
  }
  void place(const figure::Inset& inset, figure::PagePoint corner) override {
    figures.push_back({page, {corner.x, corner.y, 0, inset.height()}});
    inset.draw(&canvas_);
  }
  void link(const figure::PageBox&, std::string_view uri) override {
    links.push_back({page, std::string(uri), {}});
  }
  void link(const figure::PageBox&, const figure::Place& to) override { links.push_back({page, "", to}); }
  void add_to_outline(const std::string& title, const figure::Place& to) override {
    outline.push_back({title, to});
  }
  void end_page() override { ++page; }

  int pages() const { return page - 1; }
  /// Everything that stands on the pages, or on one of them, squeezed.
  std::string all(int of_page = 0) const {
    std::string words;
    for (const Text& one : texts) {
      if (of_page == 0 || one.page == of_page) words += squeezed(one.words);
    }
    return words;
  }
  bool has(std::string_view words) const { return all().find(squeezed(words)) != std::string::npos; }
  std::size_t strokes(figure::Rgb color) const {
    return static_cast<std::size_t>(std::count(canvas_.colors.begin(), canvas_.colors.end(), color));
  }

  struct Figure {
    int page;
    figure::PageBox place;
  };
  struct Entry {
    std::string title;
    figure::Place to;
  };
  std::vector<Text> texts;
  std::vector<Link> links;
  std::vector<Figure> figures;
  std::vector<Entry> outline;

 private:
  struct Canvas : figure::Canvas {
    void line(std::span<const figure::PagePoint>, const figure::Pen& pen) override {
      colors.push_back(pen.color);
    }
    void polygon(std::span<const figure::PagePoint>, const figure::Fill&) override {}
    void circle(figure::PagePoint, double, figure::Rgb) override {}
    void text(figure::PagePoint, std::string_view, const figure::TextStyle&) override {}
    std::vector<figure::Rgb> colors;  // of strokes
  };
  int page = 1;
  Canvas canvas_;
};

}  // namespace gradflow::test
