#include "app/export/figure_page.h"

#include <variant>

#include "app/ui/views.h"
#include "core/io/text_code.h"

namespace gradflow {
namespace {

/// Whether these bytes of UTF-8 end in one of Unicode's code points for no character (U+FDD0 to U+FDEF, and
/// the last two of every plane), which neither XML nor Cairo takes.
bool ends_in_no_character(std::string_view text) {
  if (text.size() < 3) return false;
  const std::string_view last = text.substr(text.size() - 3);
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(last[i]); };
  if (byte(0) == 0xEF && byte(1) == 0xB7) return byte(2) >= 0x90 && byte(2) <= 0xAF;
  if (byte(1) != 0xBF || byte(2) < 0xBE) return false;
  const bool after_lead = text.size() > 3 && static_cast<unsigned char>(text[text.size() - 4]) >= 0xF0;
  return byte(0) == 0xEF || (after_lead && (byte(0) & 0x0FU) == 0x0FU);
}

void clean(std::string* text) {
  constexpr std::size_t kLongest = 2000;
  *text = on_paper(*text, kLongest);
}

void clean(figure::Figure* figure) {
  for (std::string* text : {&figure->x_label, &figure->y_label, &figure->guides_note}) clean(text);
  for (figure::Curve& curve : figure->curves) {
    clean(&curve.name);
    clean(&curve.note);
  }
  for (figure::Absence& absence : figure->absences) clean(&absence.sentence);
  for (figure::Guide& guide : figure->guides) clean(&guide.label);
  for (figure::Mark& mark : figure->marks) clean(&mark.label);
}

void clean(figure::TokenTable* table) {
  for (figure::TokenPanel& panel : table->panels) clean(&panel.name);
}

void clean(figure::HeatMap* map) {
  for (std::string* text : {&map->x_label, &map->value_label, &map->note}) clean(text);
  for (figure::HeatRow& row : map->rows) clean(&row.tag);
  for (figure::HeatPanel& panel : map->panels) {
    clean(&panel.name);
    clean(&panel.absence);
  }
}

}  // namespace

std::string on_paper(std::string_view text, std::size_t longest) {
  constexpr std::string_view kUnknown = "\xEF\xBF\xBD";
  std::string shown;
  for (const char byte : clipped(text, longest)) {
    shown += byte;
    if (!ends_in_no_character(shown)) continue;
    const bool four = (static_cast<unsigned char>(shown[shown.size() - 3]) & 0xC0U) == 0x80U;
    shown.replace(shown.size() - (four ? 4 : 3), std::string::npos, kUnknown);
  }
  return shown;
}

figure::Page figure_page(const session::Scene& scene, const ui::Measurements& measured,
                         const ui::Measurements& pinned) {
  figure::Page page{ui::drawing_of(measured, ui::ghosts_of(pinned, scene), scene), {}};
  ui::leave_out_hidden(scene, &page.drawing);
  std::visit([](auto& drawing) { clean(&drawing); }, page.drawing);
  for (const StackSpec& stack : scene.stacks) clean(&page.names.emplace_back(stack.name));
  return page;
}

}  // namespace gradflow
