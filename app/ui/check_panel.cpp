#include "app/ui/check_panel.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "app/figure/style.h"
#include "app/ui/compat.h"
#include "app/ui/glyphs.h"
#include "app/ui/widgets.h"

namespace gradflow::ui {
namespace {

constexpr float kWidth = 880, kHeight = 620, kPad = 24, kLine = 24;
constexpr std::string_view kWhat = text_key(
    "One pass in double precision, taken apart and held against what can be known without trusting it: "
    "central differences, Xiong's Lemma 3, the wiring equation, and the same pass in float.");

/// The columns of the table, as shares of its width.
struct Column {
  float x, width;
};
constexpr Column kSign{0, 0.04F}, kCheck{0.04F, 0.36F}, kError{0.40F, 0.10F}, kTolerance{0.50F, 0.10F},
    kWhere{0.62F, 0.38F};

Rect cell(const Rect& row, const Column& column) {
  return {row.x + row.width * column.x, row.y, row.width * column.width, row.height};
}

std::string scientific(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.0e", value);
  return text;
}

std::string error_words(const CheckRow& row) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1e", row.error);
  return text;
}

Judgement judgement_of(const CheckRow& row) { return row.passed() ? Judgement::good : Judgement::bad; }

std::string result_words(const CheckReport& report) {
  if (!report.error.empty()) return report.error;
  const auto failed = std::count_if(report.rows.begin(), report.rows.end(),
                                    [](const CheckRow& row) { return !row.passed(); });
  const std::string all = std::to_string(report.rows.size());
  return failed == 0 ? tr("all {0} checks passed", {all})
                     : tr("{0} of {1} checks failed", {std::to_string(failed), all});
}

/// One button a stack, side by side.
void draw_starts(const Ui& ui, const Rect& row, const session::Scene& scene, CheckWish* wish) {
  const auto count = static_cast<float>(scene.stacks.size());
  const float width = std::min(ui.px(200), (row.width - ui.px(8) * (count - 1)) / count);
  Rect place{row.x, row.y, width, ui.px(Metrics::kControl)};
  for (std::size_t i = 0; i < scene.stacks.size(); ++i) {
    const std::string label =
        tr("Check {0}  {1}", {std::string(1, figure::stack_letter(i)), scene.stacks[i].name});
    if (button(ui, "check.start." + std::to_string(i), place, label,
               tr("Proves this stack's numbers by differences and by theory, in a thread of its own."))) {
      wish->start = i;
    }
    place.x += width + ui.px(8);
  }
}

void draw_progress(const Ui& ui, const Rect& row, const session::CheckStatus& status, CheckWish* wish) {
  const Rect stop{row.x + row.width - ui.px(72), row.y, ui.px(72), ui.px(Metrics::kControl)};
  wish->stop =
      button(ui, "check.stop", stop, tr("Stop"), tr("Ends the check; the window goes on meanwhile."));
  const Rect bar{row.x, row.y + ui.px(10), row.width - ui.px(88), ui.px(8)};
  const float share =
      status.steps > 0 ? static_cast<float>(status.step) / static_cast<float>(status.steps) : 0;
  ui.fill(bar, ui.theme().control);
  ui.fill({bar.x, bar.y, std::max(bar.height, bar.width * std::min(1.0F, share)), bar.height},
          ui.theme().good);
  ui.landmark("check.progress", bar);
  ui.text_in(ui.fonts().small, {bar.x, bar.y + ui.px(16), bar.width, ui.px(kLine)}, Align::left,
             ui.theme().secondary, status.doing);
}

void draw_titles(const Ui& ui, const Rect& row) {
  const auto title = [&](const Column& column, Align align, std::string_view words) {
    ui.text_in(ui.fonts().small, cell(row, column), align, ui.theme().secondary, words);
  };
  title(kCheck, Align::left, tr("check"));
  title(kError, Align::right, tr("worst error"));
  title(kTolerance, Align::right, tr("tolerance"));
  title(kWhere, Align::left, tr("where, and what there is to say"));
}

void draw_row(const Ui& ui, const Rect& row, std::size_t k, const CheckRow& entry) {
  const Font& font = ui.fonts().small;
  const Theme& theme = ui.theme();
  const float sign = font.size * 0.8F;
  const Rect sign_rect{cell(row, kSign).x + ui.px(4), row.y + (row.height - sign) / 2, sign, sign};
  const bool finding = std::isinf(entry.tolerance);
  if (!finding)
    draw_judgement(ui, judgement_of(entry), sign_rect, judgement_color(theme, judgement_of(entry)));
  ui.text_in(font, cell(row, kCheck), Align::left, theme.text, entry.check);
  ui.text_in(font, cell(row, kError), Align::right, theme.text, error_words(entry));
  ui.text_in(font, cell(row, kTolerance), Align::right, theme.secondary,
             finding ? std::string(tr("finding")) : scientific(entry.tolerance));
  const std::string where =
      entry.where + (entry.where.empty() || entry.note.empty() ? "" : "  ·  ") + entry.note;
  ui.text_in(font, cell(row, kWhere), Align::left, theme.secondary, where);
  ui.explain("check.row." + std::to_string(k), row,
             tr("{0}: {1} held against it, {2} of them smaller than differences can see.",
                {entry.check, std::to_string(entry.count), std::to_string(entry.unresolved)}) +
                 " " + where);
  ui.landmark("check.row." + std::to_string(k), row);
}

void draw_table(const Ui& ui, const Rect& rect, const CheckReport& report) {
  ImGui::SetCursorScreenPos(ImVec2(rect.x, rect.y));
  if (ImGui::BeginChild("check.table", ImVec2(rect.width, rect.height), false,
                        ImGuiWindowFlags_NoNavInputs)) {
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    Rect row{origin.x, origin.y, rect.width - ui.px(16), ui.px(kLine)};
    for (std::size_t k = 0; k < report.rows.size(); ++k, row.y += row.height) {
      draw_row(ui, row, k, report.rows[k]);
    }
    ImGui::SetCursorScreenPos(ImVec2(origin.x, row.y));
    ImGui::Dummy(ImVec2(1, 1));
  }
  ImGui::EndChild();
}

void draw_result(const Ui& ui, Rect rect, const session::Scene& scene, const session::CheckStatus& status) {
  const bool passed = status.report.passed();
  const Judgement judgement = passed ? Judgement::good : Judgement::bad;
  const float sign = ui.fonts().text.size * 0.8F;
  draw_judgement(ui, judgement, {rect.x, rect.y + ui.px(6), sign, sign},
                 judgement_color(ui.theme(), judgement));
  const bool changed = std::find(scene.stacks.begin(), scene.stacks.end(), status.spec) == scene.stacks.end();
  const Rect line{rect.x + ui.px(24), rect.y, rect.width - ui.px(24), ui.px(Metrics::kControl)};
  ui.landmark("check.result", line);
  ui.text_in(ui.fonts().text, line, Align::left, ui.theme().text,
             status.spec.name + ": " + result_words(status.report) +
                 (changed ? " " + std::string(tr("(the stack has been changed since)")) : ""));
  if (status.report.rows.empty()) return;
  draw_titles(ui, {rect.x, rect.y + ui.px(36), rect.width - ui.px(16), ui.px(kLine)});
  draw_table(ui, {rect.x, rect.y + ui.px(60), rect.width, std::max(1.0F, rect.height - ui.px(60))},
             status.report);
}

}  // namespace

CheckWish draw_check_panel(const Ui& ui, const session::Scene& scene, const session::CheckStatus* status) {
  CheckWish wish;
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float width = std::min(ui.px(kWidth), screen.x);
  const float height = std::min(ui.px(kHeight), screen.y);
  ImGui::SetNextWindowPos(ImVec2(std::round((screen.x - width) / 2), std::round((screen.y - height) / 2)));
  ImGui::SetNextWindowSize(ImVec2(width, height));
  if (!ImGui::BeginPopup(kCheckPanel, ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoNavInputs)) return wish;
  const ImVec2 origin = ImGui::GetWindowPos();
  const float pad = ui.px(kPad);
  const Rect inner{origin.x + pad, origin.y + pad, width - 2 * pad, height - 2 * pad};
  ui.landmark(kCheckPanel, {origin.x, origin.y, width, height});
  ui.text_in(ui.fonts().title, {inner.x, inner.y, inner.width, ui.px(28)}, Align::left, ui.theme().text,
             tr("Check these numbers"));
  const Rect close{inner.x + inner.width - ui.px(72), inner.y, ui.px(72), ui.px(Metrics::kControl)};
  const bool leave = button(ui, "check.close", close, tr("Close"), "") ||
                     (!ImGui::IsWindowAppearing() && compat::pressed_once(Key::escape));
  float y = inner.y + ui.px(40);
  y += ui.paragraph(ui.fonts().small, {inner.x, y, inner.width, 0}, ui.theme().secondary, tr(kWhat)) +
       ui.px(12);
  draw_starts(ui, {inner.x, y, inner.width, ui.px(Metrics::kControl)}, scene, &wish);
  y += ui.px(Metrics::kControl) + ui.px(16);
  const Rect rest{inner.x, y, inner.width, inner.y + inner.height - y};
  if (status != nullptr && status->phase == session::CheckPhase::running)
    draw_progress(ui, rest, *status, &wish);
  if (status != nullptr && status->phase == session::CheckPhase::done) draw_result(ui, rest, scene, *status);
  if (leave) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
  return wish;
}

}  // namespace gradflow::ui
