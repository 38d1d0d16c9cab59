#include "app/ui/rich_text.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

namespace gradflow::ui {
namespace {

constexpr float kLeading = 1.28F;
constexpr float kCodePad = 3;

Font font_of(const Ui& ui, const lessons::Span& span, const Font& base) {
  const Fonts& fonts = ui.fonts();
  const float factor = base.size / fonts.text.size;
  if (span.code) return {fonts.mono.face, std::round(fonts.mono.size * factor)};
  if (span.strong) return {fonts.strong.face, base.size};
  if (span.emphasis) return {fonts.emphasis.face, base.size};
  return base;
}

/// The end of the UTF-8 character that starts at `at`.
std::size_t next_character(std::string_view text, std::size_t at) {
  ++at;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
  return at;
}

/// Puts words on lines. A word is what stands between two spaces, of however many looks.
class Setter {
 public:
  Setter(const Ui& ui, float width, const Font& base) : ui_(ui), width_(width), base_(base) {
    layout_.line = std::round(base.size * kLeading);
  }

  void take(const lessons::Span& span) {
    const Font font = font_of(ui_, span, base_);
    lead_ = span.code ? ui_.px(kCodePad) : 0;
    std::string_view rest = span.text;
    while (!rest.empty()) {
      if (rest.front() == '\n') {
        end_word();
        break_line();
        rest.remove_prefix(1);
      } else if (rest.front() == ' ') {
        end_word();
        space_ = std::max(space_, ui_.width(font, " "));
        rest.remove_prefix(1);
      } else {
        const std::string_view run = rest.substr(0, std::min(rest.find_first_of(" \n"), rest.size()));
        add(span, font, run);
        rest.remove_prefix(run.size());
      }
    }
    if (!span.code || word_.empty()) return;
    word_.back().width += ui_.px(kCodePad);
    word_width_ += ui_.px(kCodePad);
  }

  RichLayout finish() {
    end_word();
    layout_.height = y_ + layout_.line;
    return std::move(layout_);
  }

 private:
  void add(const lessons::Span& span, const Font& font, std::string_view text) {
    const float width = ui_.width(font, text) + lead_;
    word_.push_back({&span, std::string(text), font, 0, 0, width, std::exchange(lead_, 0.0F)});
    word_width_ += width;
  }

  void break_line() {
    x_ = 0;
    space_ = 0;
    y_ += layout_.line;
  }

  void end_word() {
    if (word_.empty()) return;
    if (x_ > 0 && x_ + space_ + word_width_ > width_) break_line();
    if (x_ > 0) x_ += space_;
    for (RichPiece& piece : word_) put(std::move(piece));
    word_.clear();
    word_width_ = 0;
    space_ = 0;
  }

  /// On this line, or, where a piece alone is wider than a line, in parts.
  void put(RichPiece piece) {
    while (piece.width > width_ - x_ + 0.5F && word_width_ > width_) {
      std::size_t end = next_character(piece.text, 0);
      while (end < piece.text.size()) {
        const std::size_t next = next_character(piece.text, end);
        if (x_ + ui_.width(piece.font, std::string_view(piece.text).substr(0, next)) > width_) break;
        end = next;
      }
      if (end >= piece.text.size()) break;
      RichPiece part = piece;
      part.text = piece.text.substr(0, end);
      part.width = ui_.width(part.font, part.text) + part.lead;
      piece.lead = 0;
      place(std::move(part));
      break_line();
      piece.text.erase(0, end);
      piece.width = ui_.width(piece.font, piece.text);
    }
    place(std::move(piece));
  }

  void place(RichPiece piece) {
    piece.x = x_;
    piece.y = y_;
    x_ += piece.width;
    layout_.pieces.push_back(std::move(piece));
  }

  const Ui& ui_;
  float width_;
  Font base_;
  RichLayout layout_;
  std::vector<RichPiece> word_;
  float word_width_ = 0, space_ = 0, lead_ = 0, x_ = 0, y_ = 0;
};

enum class Line : unsigned char { solid, dotted };

void underline(const Ui& ui, const Rect& rect, ImU32 color, Line kind) {
  const float y = std::round(rect.y + rect.height - ui.px(2));
  const float thick = std::max(1.0F, ui.px(1));
  if (kind == Line::solid) return ui.fill({rect.x, y, rect.width, thick}, color, 0);
  const float step = 3 * thick;
  for (float x = rect.x; x + thick <= rect.x + rect.width; x += step) ui.fill({x, y, thick, thick}, color, 0);
}

bool mouse_on(const Rect& rect) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  return ImGui::IsWindowHovered() && rect.contains(mouse.x, mouse.y);
}

}  // namespace

RichLayout lay_out(const Ui& ui, const lessons::Spans& spans, float width, const Font& base) {
  Setter setter(ui, std::max(1.0F, width), base);
  for (const lessons::Span& span : spans) setter.take(span);
  return setter.finish();
}

void draw_rich(const Ui& ui, const std::string& name, const RichLayout& layout, float x, float y, ImU32 color,
               const RichHooks& hooks) {
  const Theme& theme = ui.theme();
  const lessons::Span* last_link = nullptr;
  int links = 0;
  for (std::size_t i = 0; i < layout.pieces.size(); ++i) {
    const RichPiece& piece = layout.pieces[i];
    const Rect rect{x + piece.x, y + piece.y, piece.width, layout.line};
    const lessons::Span& span = *piece.span;
    const float top = rect.y + (layout.line - piece.font.size) / 2;
    if (span.code) {
      // The words of one piece of code stand on one ground, with the blanks between them.
      const bool goes_on = i + 1 < layout.pieces.size() && layout.pieces[i + 1].span == &span &&
                           layout.pieces[i + 1].y == piece.y;
      const float width = goes_on ? layout.pieces[i + 1].x - piece.x + 1 : piece.width;
      ui.fill({rect.x, top - ui.px(1), width, piece.font.size + ui.px(2)}, theme.control, 3);
    }
    ImU32 shade = color;
    if (!span.link.empty()) {
      shade = theme.stack(0);
      underline(ui, rect, shade, Line::solid);
      // The first word is the control, for the keyboard; the mouse may take any.
      bool clicked = mouse_on(rect) && ImGui::IsMouseClicked(ImGuiMouseButton_Left) && last_link == &span;
      if (last_link != &span)
        clicked = ui.control(name + ".link." + std::to_string(links++), rect, span.link).clicked;
      last_link = &span;
      if (clicked && hooks.follow) hooks.follow(span.link);
    } else if (span.number) {
      underline(ui, rect, theme.secondary, Line::dotted);
      if (mouse_on(rect) && hooks.tip_of_number)
        ui.explain(name + ".number." + std::to_string(*span.number), rect, hooks.tip_of_number(*span.number));
    }
    ui.text(piece.font, rect.x + piece.lead, top, shade, piece.text);
  }
}

float rich_text(const Ui& ui, const std::string& name, const lessons::Spans& spans, const Rect& place,
                const Font& base, ImU32 color, const RichHooks& hooks) {
  const RichLayout layout = lay_out(ui, spans, place.width, base);
  draw_rich(ui, name, layout, place.x, place.y, color, hooks);
  return layout.height;
}

}  // namespace gradflow::ui
