// Several pages of running text, figures, links and an outline, and a PDF of them.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "app/figure/canvas.h"
#include "app/figure/faces.h"
#include "app/figure/inset.h"

namespace gradflow::figure {

struct PaperSize {
  double width, height;
};
inline constexpr PaperSize kA4{595.276, 841.89}, kLetter{612, 792};

struct TextLook {
  Letters letters = Letters::regular;
  double size = 10;
  Rgb color = {};
};

/// Where a link leads within the document.
struct Place {
  int page = 1;  // from 1
  PagePoint at = {};
};

class Document {
 public:
  Document() = default;
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;
  virtual ~Document() = default;

  virtual Canvas& canvas() = 0;  // of the page
  /// One line of well-formed UTF-8; `at` lies on its base line.
  virtual void text(PagePoint at, std::string_view words, const TextLook& look) = 0;
  virtual void place(const Inset& inset, PagePoint corner) = 0;
  virtual void link(const PageBox& area, std::string_view uri) = 0;
  virtual void link(const PageBox& area, const Place& to) = 0;
  virtual void add_to_outline(const std::string& title, const Place& to) = 0;
  virtual void end_page() = 0;
};

/// PDF 1.4, with nothing in it that differs from run to run.
class PdfDocument : public Document {
 public:
  /// The faces outlive this.
  PdfDocument(const PaperSize& size, const std::string& title, Faces* faces);
  ~PdfDocument() override;

  Canvas& canvas() override;
  void text(PagePoint at, std::string_view words, const TextLook& look) override;
  void place(const Inset& inset, PagePoint corner) override;
  void link(const PageBox& area, std::string_view uri) override;
  void link(const PageBox& area, const Place& to) override;
  void add_to_outline(const std::string& title, const Place& to) override;
  void end_page() override;

  /// The file. Throws std::runtime_error with a sentence.
  std::string take();

 private:
  class Sheets;
  Faces* faces_;
  std::unique_ptr<Sheets> sheets_;
};

}  // namespace gradflow::figure
