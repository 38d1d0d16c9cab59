#include "app/ui/block_panel.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "app/ui/combo.h"
#include "app/ui/edits.h"
#include "app/ui/layer_strip.h"
#include "app/ui/panel_ground.h"
#include "app/ui/text_box.h"
#include "app/ui/weights_row.h"
#include "app/ui/widgets.h"
#include "core/spec/names.h"

namespace gradflow::ui {

/// Where the panel is drawn: its inside, and how far down it has come.
struct BlockPanel::Pen {
  float x, width, y;
  std::string base;  // "stack.0"
  std::size_t stack;

  Rect row(float height) {
    const Rect rect{x, y, width, height};
    y += height;
    return rect;
  }
};

namespace {

constexpr float kTitleRow = 32, kLayersRow = 24, kEquationRow = 24, kSpace = 8, kLetter = 28, kStripGap = 12;
constexpr float kLeastStage = 0.3F;  // of its usual size: a smaller diagram can neither be read nor clicked

/// The layer whose gradient the wires show: the topmost of those drawn that was measured. Nothing where every
/// layer has a wiring of its own, and the one that they would share is drawn.
std::optional<int> measured_layer(const StackReport& report, const Layers& drawn) {
  const int depth = report.spec.num_layers;
  if (!drawn.empty()) {
    const auto above = std::lower_bound(drawn.begin(), drawn.end(), depth);
    return above == drawn.begin() ? std::nullopt : std::optional(*(above - 1));
  }
  const Layers overridden = overridden_layers(report.spec);
  for (int layer = depth - 1; layer >= 0; --layer) {
    if (!std::binary_search(overridden.begin(), overridden.end(), layer)) return layer;
  }
  return std::nullopt;
}

std::string frame_words(const LayerSelection& selection, int num_layers) {
  if (!selection.layers.empty()) return selection_words(selection, num_layers);
  return num_layers == 1 ? std::string(tr("one layer")) : tr("× {0} layers", {std::to_string(num_layers)});
}

/// What the residual wires are multiplied by, as the equation writes it.
std::string skip_words(const SkipGain& skip) {
  if (skip.rule == SkipGain::Rule::deepnorm) return "α";
  return skip.value == 1 ? "" : number_text(skip.value);
}

void draw_equations(const Ui& ui, const std::string& base, Rect row, const StackSpec& spec,
                    const Sublayers& wiring) {
  for (const SublayerKind kind : kSublayerKinds) {
    const SublayerSpec* sublayer = wiring.find(kind);
    if (sublayer == nullptr) continue;
    const std::string formula =
        "y = " + equation(*sublayer, spec.residual_scale, figure::norm_abbreviation(spec.norm.kind),
                          figure::function_abbreviation(kind));
    const bool fits = ui.width(ui.fonts().text, formula) <= row.width;
    ui.text_in(fits ? ui.fonts().text : ui.fonts().small, row, Align::left, ui.theme().text, formula);
    ui.landmark(base + "." + std::string(key_of(kind)) + ".equation", row);
    row.y += row.height;
  }
}

void draw_norm_kind(const Ui& ui, const std::string& base, const Rect& rect, std::size_t stack,
                    StackSpec* spec) {
  std::array<Choice, kNames<NormKind>.size()> choices;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    choices[i] = {kNames<NormKind>[i].key, figure::norm_abbreviation(kNames<NormKind>[i].value)};
  }
  const int picked = segmented(ui, base + ".norm_kind", rect, choices, static_cast<int>(spec->norm.kind),
                               stack_look(ui.theme(), stack),
                               tr("What every norm of this stack computes: LayerNorm (LN) also subtracts the "
                                  "mean, RMSNorm only divides by the root mean square."));
  if (picked >= 0) spec->norm.kind = kNames<NormKind>[static_cast<std::size_t>(picked)].value;
}

/// The mouse moves over the panel.
bool touched(const Rect& card) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool moves = io.MouseDelta.x != 0 || io.MouseDelta.y != 0;
  return moves && ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) &&
         card.contains(io.MousePos.x, io.MousePos.y);
}

}  // namespace

Sublayers BlockPanel::shown(const StackSpec& spec) const {
  return layers_.layers.empty() ? spec.sublayers : sublayers_of(spec, layers_.layers.back());
}

StackSpec* BlockPanel::select(session::Scene* scene) {
  const std::size_t stack = scene->selected = std::min(scene->selected, scene->stacks.size() - 1);
  if (std::exchange(stack_, stack) != stack) layers_ = {};
  clamp_selection(scene->stacks[stack].num_layers, &layers_);
  return &scene->stacks[stack];
}

float BlockPanel::draw_letters(const Ui& ui, const Rect& row, session::Scene* scene) const {
  Rect part{row.x, row.y, ui.px(kLetter), row.height};
  for (std::size_t i = 0; i < scene->stacks.size(); ++i, part.x += part.width) {
    const std::string words(1, figure::stack_letter(i));
    if (chip(ui, "block.select." + std::to_string(i), part, words, state_if(i == stack_),
             stack_look(ui.theme(), i), tr("Whose block is shown below, to be rewired.")))
      scene->selected = i;
  }
  return part.x;
}

/// Letters that select, the name; the quick pick, the kind of the norms.
void BlockPanel::draw_head(const Ui& ui, Pen* pen, session::Scene* scene) {
  const Rect row = pen->row(ui.px(kTitleRow));
  const float inner = row.height - ui.px(4);
  const float x = draw_letters(ui, {row.x, row.y + ui.px(2), 0, inner}, scene);
  StackSpec* spec = &scene->stacks[pen->stack];
  const Rect box{x + ui.px(kSpace), row.y + ui.px(2), row.x + row.width - x - ui.px(kSpace), inner};
  const auto name = line_box(ui, pen->base + ".name", box, ui.fonts().text, spec->name, BoxLook::plain,
                             tr("The stack's name: click to change it."));
  if (name) spec->name = *name;
  pen->y += ui.px(4);

  const Rect picks = pen->row(ui.px(Metrics::kControl));
  float kinds = 0;
  for (const Named<NormKind>& kind : kNames<NormKind>)
    kinds += chip_width(ui, figure::norm_abbreviation(kind.value));
  draw_quick_pick(ui, pen->base, {picks.x, picks.y, picks.width - kinds - ui.px(kSpace), picks.height}, spec);
  draw_norm_kind(ui, pen->base, {picks.x + picks.width - kinds, picks.y, kinds, picks.height}, pen->stack,
                 spec);
}

void BlockPanel::draw_quick_pick(const Ui& ui, const std::string& base, const Rect& rect,
                                 StackSpec* spec) const {
  std::array<Choice, kWirings.size()> choices;
  StackSpec drawn = *spec;
  drawn.sublayers = shown(*spec);
  const NamedWiring* current = wiring_of(drawn);
  int index = -1;
  for (std::size_t i = 0; i < kWirings.size(); ++i) {
    choices[i] = {kWirings[i].key, tr(kWirings[i].label), tr(kWirings[i].known_from)};
    if (&kWirings[i] == current) index = static_cast<int>(i);
  }
  const int picked =
      combo(ui, base + ".wiring", rect, wiring_words(drawn), choices, index,
            tr("A norm placement that has a name, for all sub-layers of the layers shown at once."));
  if (picked < 0) return;
  const NamedWiring& wiring = kWirings[static_cast<std::size_t>(picked)];
  if (layers_.layers.empty()) {
    apply_wiring(wiring, spec);
    return;
  }
  for (const SublayerKind kind : kSublayerKinds) {
    edit_wiring(spec, layers_.layers, kind, [&](SublayerSpec* sublayer) { *sublayer = {wiring.norm, true}; });
  }
}

/// Whom an edit goes to, and the way back.
void BlockPanel::draw_layers_row(const Ui& ui, Pen* pen, const Layers& overridden, StackSpec* spec) {
  const Rect row = pen->row(ui.px(kLayersRow));
  const bool all = layers_.layers.empty();
  const float reset_width = chip_width(ui, tr("reset"));
  const float all_width = chip_width(ui, tr("all layers"));
  const Rect reset{row.x + row.width - reset_width, row.y, reset_width, row.height};
  const Rect every{reset.x - ui.px(4) - all_width, row.y, all_width, row.height};
  const Rect words{row.x, row.y, every.x - ui.px(kSpace) - row.x, row.height};
  ui.text_in(ui.fonts().small, words, Align::left, all ? ui.theme().secondary : ui.theme().text,
             tr("edits go to {0}", {selection_words(layers_, spec->num_layers)}));
  if (chip(ui, "block.layers.all", every, tr("all layers"), state_if(all), neutral_look(ui.theme()),
           tr("Shows and edits the wiring that every layer has which has none of its own.")))
    layers_ = {};
  const bool some =
      all ? !overridden.empty() : std::any_of(layers_.layers.begin(), layers_.layers.end(), [&](int layer) {
        return std::binary_search(overridden.begin(), overridden.end(), layer);
      });
  const ChipLook look{some ? ui.theme().caution : ui.theme().control, ui.theme().ground};
  if (chip(ui, "block.layers.reset", reset, tr("reset"), state_if(some), look,
           tr("Gives the picked layers the stack's own wiring back; with none picked, every layer.")))
    reset_layers(spec, layers_.layers);
}

void BlockPanel::apply(const BlockClick& click, StackSpec* spec) const {
  const Sublayers before = shown(*spec);
  if (std::holds_alternative<NormKindClick>(click)) {
    const auto next = (static_cast<std::size_t>(spec->norm.kind) + 1) % kNames<NormKind>.size();
    spec->norm.kind = kNames<NormKind>[next].value;
  } else if (const auto* residual = std::get_if<ResidualClick>(&click)) {
    const bool mended = !before.find(residual->sublayer)->residual;
    edit_wiring(spec, layers_.layers, residual->sublayer,
                [mended](SublayerSpec* it) { it->residual = mended; });
  } else if (const auto* site = std::get_if<figure::SitePlace>(&std::get<figure::SocketPlace>(click))) {
    const bool had = before.find(site->sublayer)->norm.contains(site->site);
    edit_wiring(spec, layers_.layers, site->sublayer, [&](SublayerSpec* it) {
      if (it->norm.contains(site->site) == had) it->norm.toggle(site->site);
    });
  } else {
    bool& norm = spec->*std::get<bool StackSpec::*>(std::get<figure::SocketPlace>(click));
    norm = !norm;
  }
}

Rect BlockPanel::draw_diagram(const Ui& ui, const Pen& pen, const StackReport* report, float dim,
                              StackSpec* spec) {
  const figure::BlockFigure figure = figure::block_figure(*spec, shown(*spec));
  const Rect area{pen.x, pen.y, ui.px(figure.width), ui.px(figure.height)};
  const std::optional<int> layer =
      report == nullptr || !report->error.empty() ? std::nullopt : measured_layer(*report, layers_.layers);
  const figure::BlockGradient gradient =
      layer ? figure::block_gradient(*report, *layer) : figure::BlockGradient{};
  const BlockView view{figure,
                       gradient,
                       pen.base,
                       pen.stack,
                       spec->norm.kind,
                       skip_words(spec->residual_scale),
                       frame_words(layers_, spec->num_layers),
                       layer ? tr("layer {0}", {std::to_string(*layer)}) : "",
                       dim,
                       pulses_.way(),
                       pulses_.running() ? pulses_.brightness() : 0};
  const auto click = draw_block_diagram(ui, area, view);
  ui.landmark("block.diagram", area);
  if (click) apply(*click, spec);
  return area;
}

float BlockPanel::draw(const Ui& ui, const Rect& place, Answers answers, const std::vector<float>& dimmed,
                       const PlotMotion& motion, session::Scene* scene) {
  if (scene->stacks.empty()) return 0;
  StackSpec* spec = select(scene);
  const std::size_t stack = stack_;
  const PanelGround ground(ui);
  const float pad = ui.px(Metrics::kPadding);
  Pen pen{place.x + pad, place.width - 2 * pad, place.y + ui.px(kSpace), "stack." + std::to_string(stack),
          stack};
  draw_head(ui, &pen, scene);
  pen.y += ui.px(kSpace);
  pen.y += draw_weights_row(ui, pen.base, {pen.x, pen.y, pen.width, 0}, spec);
  const Layers overridden = overridden_layers(*spec);
  draw_layers_row(ui, &pen, overridden, spec);
  pen.y += ui.px(kSpace);
  const StackReport* report = stack < answers.size() ? answers[stack].get() : nullptr;
  const float dim = stack < dimmed.size() ? dimmed[stack] : 0;
  const Rect area = draw_diagram(ui, pen, report, dim, spec);
  const float left = area.x + area.width + ui.px(kStripGap);
  draw_layer_strip(ui, {left, area.y, pen.x + pen.width - left, area.height},
                   {*spec, overridden, report, stack, dim}, &layers_);
  pen.y += area.height + ui.px(kSpace);
  const Sublayers wiring = shown(*spec);
  draw_equations(ui, pen.base, {pen.x, pen.y, pen.width, ui.px(kEquationRow)}, *spec, wiring);
  for (const SublayerKind kind : kSublayerKinds)
    pen.y += wiring.find(kind) == nullptr ? 0 : ui.px(kEquationRow);
  pen.y += ui.px(kSpace);
  pen.y += code_.draw(ui, {place.x, pen.y, place.width, 0}, *spec, layers_.layers);
  const Rect card{place.x, place.y, place.width, pen.y - place.y};
  pulses_.follow(wiring, touched(card), motion.seconds, motion.motion);
  ground.fill(card);
  ui.landmark(pen.base, card);
  return card.height;
}

float BlockPanel::present(const Ui& ui, const Rect& room, Answers answers, const std::vector<float>& dimmed,
                          const PlotMotion& motion, session::Scene* scene) {
  if (scene->stacks.empty()) return 0;
  StackSpec* spec = select(scene);
  const std::size_t stack = stack_;
  const figure::BlockFigure figure = figure::block_figure(*spec, shown(*spec));
  const float pad = ui.px(Metrics::kPadding);
  const float top = ui.px(kTitleRow) + ui.px(kSpace);
  const float larger = std::min((room.width - 2 * pad) / ui.px(figure.width),
                                (room.height - 2 * pad - top) / ui.px(figure.height));
  if (larger < kLeastStage) return 0;
  const Fonts fonts = enlarged(ui.fonts(), larger);
  const Ui stage(ui.theme(), fonts, ui.scale() * larger, &ui.state());
  const Rect card{room.x, room.y, stage.px(figure.width) + 2 * pad, room.height};
  const PanelGround ground(ui);
  ground.fill(card);
  const Rect row{card.x + pad, card.y + pad, card.width - 2 * pad, ui.px(kTitleRow)};
  const float letters = draw_letters(ui, row, scene);
  const bool picked = !layers_.layers.empty();
  const float all = picked ? chip_width(ui, tr("all layers")) : 0;
  const Rect every{row.x + row.width - all, row.y, all, row.height};
  ui.text_in(ui.fonts().title, {letters + pad, row.y, every.x - letters - 2 * pad, row.height}, Align::left,
             ui.theme().text, spec->name);
  if (picked && chip(ui, "block.layers.all", every, tr("all layers"), State::off, neutral_look(ui.theme()),
                     tr("Shows and edits the wiring that every layer has which has none of its own.")))
    layers_ = {};
  const Pen pen{row.x, row.width, row.y + top, "stack." + std::to_string(stack), stack};
  const StackReport* report = stack < answers.size() ? answers[stack].get() : nullptr;
  draw_diagram(stage, pen, report, stack < dimmed.size() ? dimmed[stack] : 0, spec);
  pulses_.follow(shown(*spec), touched(card), motion.seconds, motion.motion);
  ui.landmark(pen.base, card);
  return card.width;
}

}  // namespace gradflow::ui
