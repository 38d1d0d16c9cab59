// The blocks of a lesson's page, one below the other: paragraphs, lists, tables, code.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/lessons/lesson.h"
#include "app/ui/rich_text.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

class LessonBlocks {
 public:
  /// Draws a task or a question, which are more than text, from the top of the place; returns the height.
  using Card = std::function<float(const lessons::Block& block, const Rect& place)>;

  LessonBlocks(const Ui& ui, std::string name, RichHooks hooks, Card card);

  /// From the top of the place; returns the height.
  float draw(const std::vector<lessons::Block>& blocks, const Rect& place);
  float draw_spans(const lessons::Spans& spans, const Rect& place, const Font& font, ImU32 color);

 private:
  float draw_block(const lessons::Block& block, const Rect& place);
  float draw_list(const lessons::Block& block, const Rect& place);
  float draw_quote(const lessons::Block& block, const Rect& place);
  float draw_code(const lessons::Block& block, const Rect& place) const;
  float draw_table(const lessons::Block& block, const Rect& place);
  std::vector<float> column_widths(const lessons::Block& table, float room) const;

  const Ui& ui_;
  std::string name_;
  RichHooks hooks_;
  Card card_;
  int texts_ = 0;  // drawn so far: numbers their landmarks
};

}  // namespace gradflow::ui
