#include "app/ui/header_bar.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "app/figure/style.h"
#include "app/ui/combo.h"
#include "app/ui/compat.h"
#include "app/ui/lesson_menu.h"
#include "app/ui/menu.h"
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
    {"theme.dark", text_key("Dark theme"), "", [](Look* look) { look->theme = ThemeKind::dark; },
     [](const Look& look) { return look.theme == ThemeKind::dark; }},
    {"theme.light", text_key("Light theme"), "", [](Look* look) { look->theme = ThemeKind::light; },
     [](const Look& look) { return look.theme == ThemeKind::light; }},
    {"presenter", text_key("Presenter mode"), text_key("F5"),
     [](Look* look) { look->presenter = !look->presenter; }, [](const Look& look) { return look.presenter; }},
    {"text_larger", text_key("Larger text"), text_key("Ctrl +"), zoom_in, never},
    {"text_smaller", text_key("Smaller text"), text_key("Ctrl -"), zoom_out, never},
    {"text_reset", text_key("Normal text"), text_key("Ctrl 0"), [](Look* look) { look->zoom = 1; }, never},
    {"reduce_motion", text_key("Reduce motion"), "",
     [](Look* look) { look->motion = look->motion == Motion::full ? Motion::reduced : Motion::full; },
     [](const Look& look) { return look.motion == Motion::reduced; }},
}};

void draw_view_menu(const Ui& ui, const Rect& anchor, Look* look) {
  std::array<Choice, kView.size()> choices;
  for (std::size_t i = 0; i < kView.size(); ++i) {
    const Entry& entry = kView[i];
    choices[i] = {entry.key, tr(entry.label), entry.marked(*look) ? tr("on") : tr(entry.note)};
  }
  const int picked = popup_list(ui, "header.view", "view", anchor, choices, -1);
  if (picked >= 0) kView[static_cast<std::size_t>(picked)].action(look);
}

constexpr std::array<Entry, 3> kHelp{{
    {"keys", text_key("Keys"), text_key("F1"), [](Look* look) { look->keys_wanted = true; }, never},
    {"explain", text_key("What am I looking at?"), text_key("F3"),
     [](Look* look) { look->explain_wanted = true; }, never},
    {"hint", text_key("First steps"), "", [](Look* look) { look->hint_wanted = true; }, never},
}};

void draw_help_menu(const Ui& ui, const Rect& bar, Look* look, float* x) {
  std::array<Choice, kHelp.size()> choices;
  for (std::size_t i = 0; i < kHelp.size(); ++i)
    choices[i] = {kHelp[i].key, tr(kHelp[i].label), tr(kHelp[i].note)};
  const MenuWord word{"header.help", tr("Help"),
                      tr("The keys, what is shown in words, and the first steps.")};
  const int picked = menu(ui, word, "help", choices, bar, x);
  if (picked >= 0) kHelp[static_cast<std::size_t>(picked)].action(look);
}

/// True when it was clicked away.
bool draw_sentence(const Ui& ui, const std::string& name, const Rect& place, ImU32 color,
                   const std::string& sentence) {
  const std::string tip = tr("{0} (click: dismiss)", {sentence});
  const Rect rect{place.x, place.y + ui.px(8),
                  std::min(place.width, ui.width(ui.fonts().small, sentence) + ui.px(20)),
                  place.height - ui.px(16)};
  const Hit hit = ui.control(name, rect, tip);
  ui.fill(rect, hit.hovered ? ui.theme().control_hovered : ui.theme().control);
  const Rect words{rect.x + ui.px(8), rect.y, rect.width - ui.px(16), rect.height};
  ui.text_in(ui.fonts().small, words, Align::left, color, sentence);
  return hit.clicked;
}

/// The oldest notice, else the remark.
void draw_notice(const Ui& ui, const Rect& place, std::vector<std::string>* notices, std::string* remark) {
  if (place.width < ui.px(80)) return;
  if (!notices->empty()) {
    if (draw_sentence(ui, "header.notice", place, ui.theme().caution, notices->front())) {
      notices->erase(notices->begin());
    }
  } else if (!remark->empty()) {
    if (draw_sentence(ui, "header.remark", place, ui.theme().text, *remark)) remark->clear();
  }
}

}  // namespace

void zoom_in(Look* look) { look->zoom = std::min(kMaxZoom, look->zoom * kZoomStep); }
void zoom_out(Look* look) { look->zoom = std::max(kMinZoom, look->zoom / kZoomStep); }

void take_look_keys(Look* look) {
  if (compat::pressed_once(Key::f5)) look->presenter = !look->presenter;
  if (!ImGui::GetIO().KeyCtrl) return;
  if (compat::pressed(Key::plus) || compat::pressed(Key::keypad_plus)) zoom_in(look);
  if (compat::pressed(Key::minus) || compat::pressed(Key::keypad_minus)) zoom_out(look);
  if (compat::pressed(Key::zero)) look->zoom = 1;
}

std::string status_words(Answers answers, bool stale, Timing timing) {
  std::string words;
  for (std::size_t i = 0; i < answers.size() && timing == Timing::shown; ++i) {
    if (!answers[i] || !answers[i]->error.empty()) continue;
    char text[32];
    std::snprintf(text, sizeof text, "%c %.1f  ", figure::stack_letter(i), answers[i]->milliseconds);
    words += text;
  }
  if (!words.empty()) words.replace(words.size() - 2, 2, " ms  ·  ");
  words += stale ? tr("measuring") : tr("live");
  return words + "  ·  f32";
}

void draw_header(const Ui& ui, const Rect& rect, const HeaderContent& content, const HeaderEdits& edits) {
  Look* look = edits.look;
  const float name_width = ui.width(ui.fonts().title, "gradflow");
  ui.text_in(ui.fonts().title, {rect.x, rect.y, name_width + 1, rect.height}, Align::left, ui.theme().text,
             "gradflow");
  float x = rect.x + name_width + ui.px(Metrics::kMargin);
  draw_session_menus(ui, rect, content.session, &x, edits.wish);
  const Rect anchor{x, rect.y + ui.px(8), ui.px(200), ui.px(Metrics::kControl)};
  if (menu_word(ui, {"header.view", tr("View"), tr("Theme, text size, presenter mode.")}, rect, &x)) {
    ui.state().combo_cursor = ui.state().focus.visible() ? 0 : -1;
    ImGui::OpenPopup("header.view");
  }
  draw_view_menu(ui, anchor, look);
  if (edits.walk != nullptr) draw_lesson_menus(ui, rect, edits.walk, edits.scene, &x, edits.wish);
  const std::string_view check_tip =
      tr("Check these numbers: by differences, by theory and in double precision.");
  if (menu_word(ui, {"header.check", tr("Check"), check_tip}, rect, &x)) look->check_wanted = true;
  draw_help_menu(ui, rect, look, &x);

  const std::string status = status_words(content.answers, content.stale, look->timing);
  const float status_width = ui.width(ui.fonts().small, status);
  const Rect right{rect.x + rect.width - status_width, rect.y, status_width + 1, rect.height};
  ui.control(
      "header.status", right,
      tr("Wall time of one forward and backward pass of each stack; measured live, in single precision."));
  ui.text_in(ui.fonts().small, right, Align::left, ui.theme().secondary, status);
  const float left = x + ui.px(Metrics::kMargin);
  draw_notice(ui, {left, rect.y, right.x - left - ui.px(Metrics::kMargin), rect.height}, edits.notices,
              edits.remark);
}

}  // namespace gradflow::ui
