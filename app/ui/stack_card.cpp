#include "app/ui/stack_card.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "app/ui/combo.h"
#include "app/ui/edits.h"
#include "app/ui/glyphs.h"
#include "app/ui/text_box.h"
#include "app/ui/widgets.h"
#include "core/spec/names.h"

namespace gradflow::ui {
namespace {

constexpr float kTitleRow = 32, kLabelRow = 24, kEquationRow = 28, kSpace = 8;

constexpr std::array<std::string_view, kSites.size()> kSiteTips{
    "Norm on the trunk before it splits: the residual then carries the normed stream, a bug found in the "
    "wild.",
    "Pre-LN: norm on the branch's input; the trunk stays untouched.",
    "Output norm (OLMo 2): norm on the branch's output, before it is added; with pre it makes a sandwich.",
    "Post-LN (2017): norm on the sum of residual and branch, so the trunk itself passes through it.",
};

/// Where the card is drawn: the panel's inside, and how far down it has come.
struct Pen {
  float x, width, y;
  Rect row(float height) {
    const Rect rect{x, y, width, height};
    y += height;
    return rect;
  }
};

std::string_view function_name(SublayerKind kind) {
  switch (kind) {
    case SublayerKind::attention: return "Attn";
    case SublayerKind::cross_attention: return "Cross";
    case SublayerKind::ffn: return "FFN";
  }
  return "F";
}

std::string_view norm_name(NormKind kind) { return kind == NormKind::layer_norm ? "LN" : "RMS"; }

void draw_title(const Ui& ui, std::size_t index, const std::string& base, Pen* pen, StackSpec* spec) {
  const Rect row = pen->row(ui.px(kTitleRow));
  const ImU32 color = ui.theme().stack(index);
  draw_swatch(ui, index, {row.x, row.y, ui.px(32), row.height}, color);
  const std::string letter(1, figure::stack_letter(index));
  ui.text_in(ui.fonts().title, {row.x + ui.px(40), row.y, ui.px(16), row.height}, Align::left, color, letter);
  const Rect box{row.x + ui.px(60), row.y + ui.px(2), row.width - ui.px(60), row.height - ui.px(4)};
  const auto name = line_box(ui, base + ".name", box, ui.fonts().text, spec->name, BoxLook::plain,
                             "The stack's name: click to change it.");
  if (name) spec->name = *name;
}

void draw_quick_pick(const Ui& ui, const std::string& base, Pen* pen, StackSpec* spec) {
  const Rect row = pen->row(ui.px(Metrics::kControl));
  std::array<Choice, kWirings.size()> choices;
  const NamedWiring* current = wiring_of(*spec);
  int index = -1;
  for (std::size_t i = 0; i < kWirings.size(); ++i) {
    choices[i] = {kWirings[i].key, kWirings[i].label, kWirings[i].known_from};
    if (&kWirings[i] == current) index = static_cast<int>(i);
  }
  const int picked = combo(ui, base + ".wiring", row, wiring_words(*spec), choices, index,
                           "A norm placement that has a name, for all sub-layers of this stack at once.");
  if (picked >= 0) apply_wiring(kWirings[static_cast<std::size_t>(picked)], spec);
}

/// The sites and the residual in the order of the forward pass, spread over the row.
void draw_sites(const Ui& ui, std::size_t index, const std::string& base, const Rect& row,
                SublayerSpec* sublayer) {
  constexpr std::string_view kResidual = "residual";
  float words = chip_width(ui, kResidual);
  for (const Named<Site>& site : kNames<Site>) words += chip_width(ui, site.label);
  const float gap = ui.px(4);
  const float extra = (row.width - words - gap * 4) / 5;
  float x = row.x;
  const auto place = [&](std::string_view label) {
    const float width = chip_width(ui, label) + extra;
    const Rect rect{std::round(x), row.y, std::round(x + width) - std::round(x), row.height};
    x += width + gap;
    return rect;
  };
  ChipLook look = stack_look(ui.theme(), index);
  const auto residual = [&] {
    look.corner = Metrics::kControl / 2;
    const Rect rect = place(kResidual);
    const bool clicked = chip(ui, base + ".residual", rect, kResidual, state_if(sublayer->residual), look,
                              "The residual (skip) connection: off cuts the wire past this sub-layer.");
    if (!sublayer->residual) {  // a cut wire is crossed out, not only grey
      const float half = ui.width(ui.fonts().small, kResidual) / 2 + ui.px(2);
      const float y = std::round(rect.center_y());
      ui.draw()->AddLine(ImVec2(rect.center_x() - half, y), ImVec2(rect.center_x() + half, y), ui.theme().bad,
                         ui.px(2));
    }
    if (clicked) sublayer->residual = !sublayer->residual;
    look.corner = Metrics::kCorner;
  };
  for (const Named<Site>& site : kNames<Site>) {
    if (site.value == Site::post) residual();
    const bool on = sublayer->norm.contains(site.value);
    const std::string name = base + ".norm." + std::string(site.key);
    const std::string_view tip = kSiteTips[static_cast<std::size_t>(site.value)];
    if (chip(ui, name, place(site.label), site.label, state_if(on), look, tip))
      sublayer->norm.toggle(site.value);
  }
}

void draw_sublayer(const Ui& ui, std::size_t index, const std::string& base, const Named<SublayerKind>& kind,
                   Pen* pen, StackSpec* spec) {
  SublayerSpec* sublayer = spec->sublayers.find(kind.value);
  if (sublayer == nullptr) return;
  const std::string name = base + "." + std::string(kind.key);
  pen->y += ui.px(kSpace);
  ui.text_in(ui.fonts().small, pen->row(ui.px(kLabelRow)), Align::left, ui.theme().secondary, kind.label);
  draw_sites(ui, index, name, pen->row(ui.px(Metrics::kControl)), sublayer);
  const std::string formula = "y = " + equation(*sublayer, spec->residual_scale, norm_name(spec->norm.kind),
                                                function_name(kind.value));
  const Rect row = pen->row(ui.px(kEquationRow));
  const bool fits = ui.width(ui.fonts().text, formula) <= row.width;
  ui.text_in(fits ? ui.fonts().text : ui.fonts().small, row, Align::left, ui.theme().text, formula);
  ui.landmark(name + ".equation", row);
}

void draw_norms(const Ui& ui, std::size_t index, const std::string& base, Pen* pen, StackSpec* spec) {
  pen->y += ui.px(12);
  const Rect row = pen->row(ui.px(Metrics::kControl));
  const ChipLook look = stack_look(ui.theme(), index);
  const float final_width = chip_width(ui, "final norm") + ui.px(4);
  const Rect kinds{row.x, row.y, row.width - final_width - ui.px(Metrics::kGap), row.height};
  std::array<Choice, kNames<NormKind>.size()> choices;
  for (std::size_t i = 0; i < choices.size(); ++i)
    choices[i] = {kNames<NormKind>[i].key, kNames<NormKind>[i].label};
  const int picked =
      segmented(ui, base + ".norm_kind", kinds, choices, static_cast<int>(spec->norm.kind), look,
                "What every norm of this stack computes: LayerNorm also subtracts the mean, RMSNorm "
                "only divides by the root mean square.");
  if (picked >= 0) spec->norm.kind = kNames<NormKind>[static_cast<std::size_t>(picked)].value;
  const Rect final_rect{row.x + row.width - final_width, row.y, final_width, row.height};
  if (chip(ui, base + ".final_norm", final_rect, "final norm", state_if(spec->final_norm), look,
           "One more norm above the last layer, before the unembedding: Pre-LN stacks need it.")) {
    spec->final_norm = !spec->final_norm;
  }
}

/// Wirings of single layers come from stack files; the card must not hide that they are there.
void draw_overrides(const Ui& ui, Pen* pen, const StackSpec& spec) {
  if (spec.overrides.empty()) return;
  std::string layers;
  for (const Override& entry : spec.overrides) {
    for (const int layer : entry.layers) layers += (layers.empty() ? "" : ", ") + std::to_string(layer);
  }
  pen->y += ui.px(4);
  ui.text_in(ui.fonts().small, pen->row(ui.px(kLabelRow)), Align::left, ui.theme().secondary,
             "a wiring of its own in layer " + layers);
}

}  // namespace

float draw_stack_card(const Ui& ui, std::size_t index, const Rect& place, StackSpec* spec) {
  const std::string base = "stack." + std::to_string(index);
  ImDrawList* list = ui.draw();
  list->ChannelsSplit(2);  // the panel lies under the controls, but its height is known only after them
  list->ChannelsSetCurrent(1);
  const float pad = ui.px(Metrics::kPadding);
  Pen pen{place.x + pad, place.width - 2 * pad, place.y + ui.px(8)};
  draw_title(ui, index, base, &pen, spec);
  pen.y += ui.px(4);
  draw_quick_pick(ui, base, &pen, spec);
  for (const Named<SublayerKind>& kind : kNames<SublayerKind>)
    draw_sublayer(ui, index, base, kind, &pen, spec);
  draw_norms(ui, index, base, &pen, spec);
  draw_overrides(ui, &pen, *spec);
  const Rect card{place.x, place.y, place.width, pen.y + pad - place.y};
  list->ChannelsSetCurrent(0);
  ui.fill(card, ui.theme().panel, Metrics::kPanelCorner);
  list->ChannelsMerge();
  ui.landmark(base, card);
  return card.height;
}

}  // namespace gradflow::ui
