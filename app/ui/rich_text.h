// Text of more than one look on lines of one width: words of lessons with emphasis, code, links, and numbers
// that say what they are when the mouse is on them.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "app/lessons/lesson.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

/// What becomes of the words that are more than words.
struct RichHooks {
  std::function<std::string(std::size_t number)> tip_of_number;  // asked only where the mouse is
  std::function<void(const std::string& target)> follow;         // a link was clicked
};

/// A run of text in one look at its place, relative to the text's top left.
struct RichPiece {
  const lessons::Span* span = nullptr;
  std::string text;
  Font font;
  float x = 0, y = 0, width = 0;  // y: of the line
  float lead = 0;                 // of the width, before the text: code has a ground of its own
};

struct RichLayout {
  std::vector<RichPiece> pieces;
  float line = 0;  // height of one
  float height = 0;
};

/// Breaks at spaces; what is too long for a line by itself breaks anywhere. The spans outlive the layout.
RichLayout lay_out(const Ui& ui, const lessons::Spans& spans, float width, const Font& base);

/// `name` begins the landmarks of the links: NAME.link.K.
void draw_rich(const Ui& ui, const std::string& name, const RichLayout& layout, float x, float y, ImU32 color,
               const RichHooks& hooks);

/// Both; returns the height.
float rich_text(const Ui& ui, const std::string& name, const lessons::Spans& spans, const Rect& place,
                const Font& base, ImU32 color, const RichHooks& hooks);

}  // namespace gradflow::ui
