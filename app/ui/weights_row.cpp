#include "app/ui/weights_row.h"

#include "app/session/scene_edits.h"
#include "app/ui/widgets.h"
#include "core/spec/wiring_words.h"

namespace gradflow::ui {
namespace {

constexpr float kRow = 24, kSpace = 8;

}  // namespace

float draw_weights_row(const Ui& ui, const std::string& base, const Rect& place, StackSpec* spec) {
  if (has_drawn_weights(*spec)) return 0;
  const Rect row{place.x, place.y, place.width, ui.px(kRow)};
  const float width = chip_width(ui, tr("drawn weights"));
  const Rect drawn{row.x + row.width - width, row.y, width, row.height};
  const Rect words{row.x, row.y, drawn.x - ui.px(kSpace) - row.x, row.height};
  ui.control(base + ".weights", words, weights_tip(*spec));
  ui.text_in(ui.fonts().small, words, Align::left, ui.theme().text,
             tr("weights of {0}", {weights_name(*spec)}));
  if (button(ui, base + ".drawn", drawn, tr("drawn weights"),
             tr("Draws the weights anew from the seed, as before any training, and takes the stack's own "
                "input; the depth stays."))) {
    session::draw_weights(spec);
  }
  return row.height + ui.px(kSpace);
}

std::string row_words(const StackSpec& spec) {
  return has_drawn_weights(spec) ? wiring_words(spec) : std::string(tr("from file"));
}

std::string weights_tip(const StackSpec& spec) {
  if (has_drawn_weights(spec)) return {};
  return tr(
      "Weights, and the tokens that they are measured on, are those of {0}; seed, input and initialisation "
      "change nothing of them.",
      {spec.init.weights});
}

}  // namespace gradflow::ui
