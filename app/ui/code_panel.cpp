#include "app/ui/code_panel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "app/ui/widgets.h"
#include "core/spec/names.h"
#include "core/spec/validate.h"

namespace gradflow::ui {
namespace {

constexpr float kTools = 28, kSpace = 8, kInside = 8, kLeading = 1.25F;
constexpr std::size_t kLeastColumns = 20;

}  // namespace

bool in_code(std::string_view name) { return name.starts_with("block.code."); }

void CodePanel::update(const StackSpec& spec, std::optional<int> layer) {
  if (spec_ == spec && layer_ == layer && written_in_ == language_) return;
  spec_ = spec;
  layer_ = layer;
  written_in_ = language_;
  columns_ = 0;
  code_.clear();
  problem_.clear();
  try {
    validate(spec, std::numeric_limits<std::size_t>::max());  // what is too large to run can be read
    code_ = layer ? block_code(spec, language_, *layer) : block_code(spec, language_);
  } catch (const InvalidSpec& error) {
    problem_ = error.what();
  }
}

void CodePanel::lay_out(const Ui& ui, float width) {
  const float letter = ui.width(ui.fonts().code, "0");
  const auto columns = std::max(kLeastColumns, static_cast<std::size_t>(std::max(0.0F, width / letter)));
  if (columns == columns_) return;
  columns_ = columns;
  rows_ = code_rows(code_, columns);
}

void CodePanel::draw_tools(const Ui& ui, const Rect& row) {
  constexpr auto& kLanguages = kNames<CodeLanguage>;
  std::array<Choice, kLanguages.size()> choices;
  float width = 0;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    choices[i] = {kLanguages[i].key, tr(kLanguages[i].label)};
    width += chip_width(ui, tr(kLanguages[i].label));
  }
  const int picked =
      segmented(ui, "block.code.language", {row.x, row.y, width, row.height}, choices,
                static_cast<int>(language_), neutral_look(ui.theme()),
                tr("NumPy: the forward pass on arrays. PyTorch: a module, gradients by autograd."));
  if (picked >= 0) language_ = kLanguages[static_cast<std::size_t>(picked)].value;
  if (code_.empty()) return;
  const bool copied = copied_ == code_;
  const float copy = std::max(chip_width(ui, tr("Copy")), chip_width(ui, tr("Copied")));
  if (button(ui, "block.code.copy", {row.x + row.width - copy, row.y, copy, row.height},
             copied ? tr("Copied") : tr("Copy"), tr("Puts this code on the clipboard, as it is."))) {
    ImGui::SetClipboardText(code_.c_str());
    copied_ = code_;
    ui.state().remark = tr("Copied the block in {0}", {label_of(language_)});
  }
}

float CodePanel::draw(const Ui& ui, const Rect& place, const StackSpec& spec, const Layers& layers) {
  const Rect head{place.x, place.y, place.width, ui.px(Metrics::kFold)};
  fold_head(ui, "block.code", head, tr("Code of this block"), tr("The wiring as a program writes it."),
            &open_);
  float y = head.y + head.height;
  if (!open_) return y - place.y;
  const float pad = ui.px(Metrics::kPadding);
  const float inside = ui.px(kInside);
  const float width = place.width - 2 * pad;
  update(spec, layers.empty() ? std::nullopt : std::optional(layers.back()));
  draw_tools(ui, {place.x + pad, y, width, ui.px(kTools)});
  y += ui.px(kTools + kSpace);
  lay_out(ui, width - 2 * inside);
  const Font& font = ui.fonts().code;
  const float line = std::round(font.size * kLeading);
  const float words = width - 2 * inside;
  const float height = problem_.empty() ? line * static_cast<float>(rows_.size())
                                        : ui.paragraph_height(ui.fonts().small, words, problem_);
  const Rect paper{place.x + pad, y, width, height + 2 * inside};
  ui.fill(paper, ui.theme().ground);
  ui.landmark("block.code.text", paper);
  if (!problem_.empty())
    ui.paragraph(ui.fonts().small, {paper.x + inside, paper.y + inside, words, 0}, ui.theme().text, problem_);
  const float letter = ui.width(font, "0");
  float top = paper.y + inside + (line - font.size) / 2;
  for (const CodeRow& row : rows_) {
    const float left = paper.x + inside + letter * static_cast<float>(row.indent);
    if (!row.text.empty())
      ui.text(font, left, top, row.comment ? ui.theme().secondary : ui.theme().text, row.text);
    top += line;
  }
  return paper.y + paper.height + pad - place.y;
}

}  // namespace gradflow::ui
