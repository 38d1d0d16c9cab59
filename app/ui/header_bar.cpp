#include "app/ui/header_bar.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "app/figure/style.h"
#include "app/ui/combo.h"
#include "app/ui/widgets.h"

namespace gradflow::ui {
namespace {

constexpr float kZoomStep = 1.1F, kMinZoom = 0.7F, kMaxZoom = 2.5F;

using Action = void (*)(Look*);
struct Entry {
  std::string_view key, label, note;
  Action action;
  bool (*marked)(const Look&);
};

bool never(const Look&) { return false; }

constexpr std::array<Entry, 7> kView{{
    {"theme.dark", "Dark theme", "", [](Look* look) { look->theme = ThemeKind::dark; },
     [](const Look& look) { return look.theme == ThemeKind::dark; }},
    {"theme.light", "Light theme", "", [](Look* look) { look->theme = ThemeKind::light; },
     [](const Look& look) { return look.theme == ThemeKind::light; }},
    {"presenter", "Presenter mode", "F5", [](Look* look) { look->presenter = !look->presenter; },
     [](const Look& look) { return look.presenter; }},
    {"text_larger", "Larger text", "Ctrl +", zoom_in, never},
    {"text_smaller", "Smaller text", "Ctrl -", zoom_out, never},
    {"text_reset", "Normal text", "Ctrl 0", [](Look* look) { look->zoom = 1; }, never},
    {"reduce_motion", "Reduce motion", "",
     [](Look* look) { look->motion = look->motion == Motion::full ? Motion::reduced : Motion::full; },
     [](const Look& look) { return look.motion == Motion::reduced; }},
}};

float draw_menu_button(const Ui& ui, const std::string& name, float x, const Rect& bar,
                       std::string_view label, std::string_view tip, bool* clicked) {
  const float width = ui.width(ui.fonts().text, label) + ui.px(24);
  const Rect rect{x, bar.y + (bar.height - ui.px(Metrics::kControl)) / 2, width, ui.px(Metrics::kControl)};
  const Hit hit = ui.control(name, rect, tip);
  if (hit.hovered) ui.fill(rect, ui.theme().control);
  ui.text_in(ui.fonts().text, rect, Align::center, ui.theme().secondary, label);
  *clicked = hit.clicked;
  return width;
}

void draw_view_menu(const Ui& ui, const Rect& anchor, Look* look) {
  std::array<Choice, kView.size()> choices;
  for (std::size_t i = 0; i < kView.size(); ++i) {
    const Entry& entry = kView[i];
    choices[i] = {entry.key, entry.label, entry.marked(*look) ? "on" : entry.note};
  }
  const int picked = popup_list(ui, "header.view", "view", anchor, choices, -1);
  if (picked >= 0) kView[static_cast<std::size_t>(picked)].action(look);
}

void draw_notice(const Ui& ui, const Rect& place, std::vector<std::string>* notices) {
  if (notices->empty() || place.width < ui.px(80)) return;
  const std::string& sentence = notices->front();
  const std::string tip = sentence + " (click: dismiss)";
  const Rect rect{place.x, place.y + ui.px(8),
                  std::min(place.width, ui.width(ui.fonts().small, sentence) + ui.px(20)),
                  place.height - ui.px(16)};
  const Hit hit = ui.control("header.notice", rect, tip);
  ui.fill(rect, hit.hovered ? ui.theme().control_hovered : ui.theme().control);
  const Rect words{rect.x + ui.px(8), rect.y, rect.width - ui.px(16), rect.height};
  ui.text_in(ui.fonts().small, words, Align::left, ui.theme().caution, sentence);
  if (hit.clicked) notices->erase(notices->begin());
}

}  // namespace

void zoom_in(Look* look) { look->zoom = std::min(kMaxZoom, look->zoom * kZoomStep); }
void zoom_out(Look* look) { look->zoom = std::max(kMinZoom, look->zoom / kZoomStep); }

std::string status_words(Answers answers, bool stale, Timing timing) {
  std::string words;
  for (std::size_t i = 0; i < answers.size() && timing == Timing::shown; ++i) {
    if (!answers[i] || !answers[i]->error.empty()) continue;
    char text[32];
    std::snprintf(text, sizeof text, "%c %.1f  ", figure::stack_letter(i), answers[i]->milliseconds);
    words += text;
  }
  if (!words.empty()) words.replace(words.size() - 2, 2, " ms  ·  ");
  words += stale ? "measuring" : "live";
  return words + "  ·  f32";
}

void draw_header(const Ui& ui, const Rect& rect, Answers answers, bool stale, Look* look,
                 std::vector<std::string>* notices) {
  const float name_width = ui.width(ui.fonts().title, "gradflow");
  ui.text_in(ui.fonts().title, {rect.x, rect.y, name_width + 1, rect.height}, Align::left, ui.theme().text,
             "gradflow");
  float x = rect.x + name_width + ui.px(Metrics::kMargin);
  const Rect anchor{x, rect.y + ui.px(8), ui.px(200), ui.px(Metrics::kControl)};
  bool clicked = false;
  x += draw_menu_button(ui, "header.view", x, rect, "View", "Theme, text size, presenter mode.", &clicked);
  if (clicked) {
    ui.state().combo_cursor = ui.state().focus.visible() ? 0 : -1;
    ImGui::OpenPopup("header.view");
  }
  draw_view_menu(ui, anchor, look);
  x += draw_menu_button(ui, "header.check", x, rect, "Check",
                        "Check these numbers: by differences, by theory and in double precision.", &clicked);
  if (clicked) look->check_wanted = true;
  x +=
      draw_menu_button(ui, "header.help", x, rect, "Help", "The keys that this window knows (F1).", &clicked);
  if (clicked) look->keys_wanted = true;

  const std::string status = status_words(answers, stale, look->timing);
  const float status_width = ui.width(ui.fonts().small, status);
  const Rect right{rect.x + rect.width - status_width, rect.y, status_width + 1, rect.height};
  ui.control("header.status", right,
             "Wall time of one forward and backward pass of each stack; measured live, in single precision.");
  ui.text_in(ui.fonts().small, right, Align::left, ui.theme().secondary, status);
  const float left = x + ui.px(Metrics::kMargin);
  draw_notice(ui, {left, rect.y, right.x - left - ui.px(Metrics::kMargin), rect.height}, notices);
}

}  // namespace gradflow::ui
