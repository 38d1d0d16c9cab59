#include "app/ui/explain_panel.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/ui/compat.h"
#include "app/ui/widgets.h"
#include "core/spec/text.h"

namespace gradflow::ui {
namespace {

constexpr float kWidth = 760, kHeight = 720, kPad = 24, kHead = 44, kEdge = 24;
constexpr float kSection = 18, kParagraph = 6;  // above each

/// Draws the text from the top of the place; returns its height.
float draw_text(const Ui& ui, const Rect& place, const figure::Explanation& explanation) {
  float y = place.y;
  for (const figure::ExplanationPart& part : explanation.parts) {
    if (y > place.y) y += ui.px(kSection);
    y += ui.paragraph(ui.fonts().text, {place.x, y, place.width, 0}, ui.theme().secondary, part.title);
    for (const std::string& paragraph : part.paragraphs) {
      y += ui.px(kParagraph);
      y += ui.paragraph(ui.fonts().text, {place.x, y, place.width, 0}, ui.theme().text, paragraph);
    }
  }
  return y - place.y;
}

float text_height(const Ui& ui, float width, const figure::Explanation& explanation) {
  float height = 0;
  for (const figure::ExplanationPart& part : explanation.parts) {
    if (height > 0) height += ui.px(kSection);
    height += ui.paragraph_height(ui.fonts().text, width, part.title);
    for (const std::string& paragraph : part.paragraphs)
      height += ui.px(kParagraph) + ui.paragraph_height(ui.fonts().text, width, paragraph);
  }
  return height;
}

/// The place of the lesson of this name in the course.
std::optional<std::size_t> lesson_called(const lessons::Walk* walk, const std::string& name) {
  if (walk == nullptr || name.empty()) return {};
  const std::vector<lessons::CourseEntry>& course = walk->entries(lessons::Book::course);
  const auto entry = std::find_if(course.begin(), course.end(), [&](const lessons::CourseEntry& it) {
    return it.parsed.lesson.name == name && it.parsed.problems.empty();
  });
  if (entry == course.end()) return {};
  return static_cast<std::size_t>(entry - course.begin());
}

/// The buttons at the bottom; true when one of them closes the panel.
bool draw_buttons(const Ui& ui, const Rect& row, const figure::Explanation& explanation, lessons::Walk* walk,
                  session::Scene* scene) {
  float x = row.x;
  const auto next = [&](std::string_view label) {
    const Rect rect{x, row.y, chip_width(ui, label) + ui.px(12), row.height};
    x += rect.width + ui.px(8);
    return rect;
  };
  if (button(ui, "explain.copy", next(tr("Copy")), tr("Copy"), tr("Puts this text on the clipboard."))) {
    ImGui::SetClipboardText(figure::text_of(explanation).c_str());
    ui.state().remark = tr("Copied the explanation");
  }
  const auto lesson = lesson_called(walk, explanation.lesson);
  bool opened = false;
  if (lesson) {
    const lessons::Lesson& about = walk->entries(lessons::Book::course)[*lesson].parsed.lesson;
    const std::string label = tr("Lesson {0}: {1}", {std::to_string(*lesson + 1), about.title});
    opened =
        button(ui, "explain.lesson", next(label), label, tr("Opens the lesson that is about this view."));
    if (opened) walk->open({lessons::Book::course, *lesson, walk->progress().next_step(about)}, scene);
  }
  const float width = chip_width(ui, tr("Close")) + ui.px(12);
  return button(ui, "explain.close", {row.x + row.width - width, row.y, width, row.height}, tr("Close"),
                "") ||
         opened;
}

}  // namespace

void draw_explain_panel(const Ui& ui, const figure::Explanation& explanation, lessons::Walk* walk,
                        session::Scene* scene) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float pad = ui.px(kPad);
  const float bar = ui.px(12);  // kept free for the scroll bar
  const float width = std::min(ui.px(kWidth), screen.x - ui.px(kEdge));
  const float column = width - 2 * pad - bar;
  const float control = ui.px(Metrics::kControl);
  const float around = 2 * pad + ui.px(kHead) + control + ui.px(12);
  const float most = std::min(ui.px(kHeight), screen.y - ui.px(kEdge));
  const float height = std::round(std::min(around + text_height(ui, column, explanation), most));
  ImGui::SetNextWindowPos(ImVec2(std::round((screen.x - width) / 2), std::round((screen.y - height) / 2)));
  ImGui::SetNextWindowSize(ImVec2(width, height));
  if (!ImGui::BeginPopup(kExplainPanel, ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoNavInputs)) return;
  const ImVec2 origin = ImGui::GetWindowPos();
  ui.landmark(kExplainPanel, {origin.x, origin.y, width, height});
  const Rect inner{origin.x + pad, origin.y + pad, width - 2 * pad, height - 2 * pad};
  ui.text_in(ui.fonts().title, {inner.x, inner.y, inner.width, ui.px(28)}, Align::left, ui.theme().text,
             tr("What am I looking at?"));
  const float top = inner.y + ui.px(kHead);
  const Rect body{inner.x, top, inner.width, std::max(1.0F, height - around)};
  ImGui::SetCursorScreenPos(ImVec2(body.x, body.y));
  if (ImGui::BeginChild("explain.scroll", ImVec2(body.width, body.height), false,
                        ImGuiWindowFlags_NoNavInputs)) {
    ui.landmark("explain.text", body);
    if (!ImGui::IsWindowAppearing()) {
      const float line = ui.fonts().text.size * 2;
      if (compat::pressed(Key::down)) ImGui::SetScrollY(ImGui::GetScrollY() + line);
      if (compat::pressed(Key::up)) ImGui::SetScrollY(ImGui::GetScrollY() - line);
      if (compat::pressed(Key::page_down)) ImGui::SetScrollY(ImGui::GetScrollY() + body.height);
      if (compat::pressed(Key::page_up)) ImGui::SetScrollY(ImGui::GetScrollY() - body.height);
    }
    const ImVec2 start = ImGui::GetCursorScreenPos();
    const float drawn = draw_text(ui, {start.x, start.y, column, 0}, explanation);
    ImGui::SetCursorScreenPos(ImVec2(start.x, start.y + drawn));
    ImGui::Dummy(ImVec2(1, 1));
  }
  ImGui::EndChild();
  const Rect row{inner.x, inner.y + inner.height - control, inner.width, control};
  bool leave = draw_buttons(ui, row, explanation, walk, scene);
  for (const Key key : {Key::escape, Key::f3})
    leave |= !ImGui::IsWindowAppearing() && compat::pressed_once(key);
  if (leave) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

}  // namespace gradflow::ui
