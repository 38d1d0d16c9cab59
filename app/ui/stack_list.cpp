#include "app/ui/stack_list.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/ui/combo.h"
#include "app/ui/compat.h"
#include "app/ui/edits.h"
#include "app/ui/glyphs.h"
#include "app/ui/text_box.h"
#include "app/ui/weights_row.h"

namespace gradflow::ui {
namespace {

constexpr float kListRow = 32, kSwatch = 32, kLetter = 20, kTool = 24, kMore = 28, kMenuWidth = 200;
constexpr float kWordsShare = 0.46F;  // of the room of name and wiring
constexpr const char* kMenu = "list.menu";
constexpr const char* kReset = "list.reset";

enum class Edit : unsigned char { rename, duplicate, hide, pin, up, down, reset, remove };

/// The row's menu.
std::array<Choice, 8> menu_of(std::size_t index, const session::Scene& scene) {
  const std::size_t count = scene.stacks.size();
  return {{
      {"rename", tr("Rename"), tr("F2")},
      {"duplicate", tr("Duplicate"), "", state_if(count < session::kMaxStacks)},
      {"hide", session::is_hidden(scene, index) ? tr("Show") : tr("Hide")},
      {"pin", session::pin_of(scene, index) != nullptr ? tr("Unpin its curve") : tr("Pin its curve")},
      {"up", tr("Move up"), "", state_if(index > 0)},
      {"down", tr("Move down"), "", state_if(index + 1 < count)},
      {"reset", tr("Reset to…"), ""},
      {"remove", tr("Remove"), tr("Delete"), state_if(count > 1)},
  }};
}

void toggle_pin(session::Scene* scene, std::size_t index) {
  if (session::pin_of(*scene, index) != nullptr) {
    session::unpin_stack(scene, index);
  } else {
    session::pin_stack(scene, index);
  }
}

std::string row_name(std::size_t index) { return "list." + std::to_string(index); }

void draw_dots(const Ui& ui, const Rect& rect, ImU32 color) {
  for (const float step : {-5.0F, 0.0F, 5.0F}) {
    ui.draw()->AddCircleFilled(ImVec2(rect.center_x() + ui.px(step), rect.center_y()), ui.px(1.6F), color,
                               12);
  }
}

}  // namespace

void StackList::offer(std::vector<session::Offer> offers) { offers_ = std::move(offers); }

std::vector<Choice> StackList::choices() const {
  std::vector<Choice> list;
  for (const session::Offer& offer : offers_) list.push_back({offer.key, offer.label, offer.note});
  return list;
}

void StackList::rename(const Ui& ui, std::size_t index) {
  renamed_ = index;
  by_keyboard_ = ui.state().focus.visible();
  starts_renaming_ = true;
}

void StackList::open_menu(const Ui& ui, std::size_t index, const Rect& row) {
  menu_ = index;
  const float width = ui.px(kMenuWidth);
  anchor_ = {row.x + row.width - width, row.y, width, row.height};
  ui.state().combo_cursor = ui.state().focus.visible() ? 0 : -1;
  ImGui::OpenPopup(kMenu);
}

void StackList::draw_name(const Ui& ui, std::size_t index, const Rect& rect, session::Scene* scene) {
  StackSpec& stack = scene->stacks[index];
  if (renamed_ == index) {
    if (std::exchange(starts_renaming_, false)) ImGui::SetKeyboardFocusHere();
    const Rect box{rect.x - ui.px(4), rect.y + ui.px(2), rect.width + ui.px(4), rect.height - ui.px(4)};
    const auto name = line_box(ui, row_name(index) + ".name", box, ui.fonts().text, stack.name,
                               BoxLook::framed, tr("Enter keeps the name, Esc the old one."));
    if (name && !name->empty()) stack.name = *name;
    if (ImGui::IsItemDeactivated()) {
      renamed_.reset();
      ui.state().focus.set(row_name(index), by_keyboard_);
    }
    return;
  }
  const std::string words = row_words(stack);
  const float words_width =
      std::min(ui.width(ui.fonts().small, words) + 1, std::max(0.0F, rect.width * kWordsShare));
  const Rect name{rect.x, rect.y, rect.width - words_width - ui.px(8), rect.height};
  const bool named = !stack.name.empty();
  const bool bright = named && !session::is_hidden(*scene, index);
  ui.text_in(ui.fonts().text, name, Align::left, bright ? ui.theme().text : ui.theme().secondary,
             named ? std::string_view(stack.name) : tr("no name"));
  ui.text_in(ui.fonts().small, {rect.x + rect.width - words_width, rect.y, words_width, rect.height},
             Align::right, ui.theme().secondary, words);
}

/// Whether the curve is shown, and whether it is kept as it is; at the right end of the row, in front of the
/// menu's button.
void StackList::draw_tools(const Ui& ui, std::size_t index, Rect place, session::Scene* scene) const {
  const Theme& theme = ui.theme();
  place.width = ui.px(kTool);
  const bool hidden = session::is_hidden(*scene, index);
  const Hit eye = ui.control(row_name(index) + ".shown", place,
                             hidden ? tr("Hidden: a click brings curve and verdict back.")
                                    : tr("Hides the curve and the verdict; the stack stays."));
  if (eye.hovered) ui.fill(place, theme.control_hovered);
  draw_eye(ui, place, !hidden, eye.hovered || hidden ? theme.text : theme.secondary);
  if (eye.clicked) session::set_hidden(scene, index, !hidden);
  place.x += place.width;
  const bool pinned = session::pin_of(*scene, index) != nullptr;
  const Hit pin =
      ui.control(row_name(index) + ".pin", place,
                 pinned ? tr("Takes the pinned curve out of the plot again.")
                        : tr("Pins the curve: it stays as a thin ghost while the stack is edited on."));
  if (pin.hovered) ui.fill(place, theme.control_hovered);
  draw_pin(ui, place, pinned, pin.hovered || pinned ? theme.text : theme.secondary);
  if (pin.clicked) toggle_pin(scene, index);
}

void StackList::draw_row(const Ui& ui, std::size_t index, const Rect& row, session::Scene* scene) {
  const Theme& theme = ui.theme();
  const bool selected = scene->selected == index;
  const Rect body{row.x, row.y, row.width - ui.px(2 * kTool + kMore), row.height};
  if (selected) ui.fill(row, theme.control);
  if (renamed_ != index) {
    const StackSpec& stack = scene->stacks[index];
    const Hit hit =
        ui.control(row_name(index), body,
                   stack.name + ", " + wiring_words(stack) + ". " + weights_tip(stack) +
                       (has_drawn_weights(stack) ? "" : " ") +
                       std::string(tr("Click: open its block. Double click: rename. Right click: more.")));
    if (hit.hovered && !selected) ui.fill(body, theme.control);
    if (hit.clicked) scene->selected = index;
    if (hit.hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) rename(ui, index);
    if (hit.hovered && ImGui::IsMouseReleased(ImGuiMouseButton_Right)) open_menu(ui, index, row);
    if (hit.focused && ui.keys_free()) {
      if (compat::pressed_once(Key::f2)) rename(ui, index);
      if (compat::pressed_once(Key::del)) {
        menu_ = index;
        removed_ = true;
      }
    }
  }
  const bool hidden = session::is_hidden(*scene, index);
  const ImU32 color = hidden ? theme.secondary : theme.stack(index);
  if (selected) ui.fill({row.x, row.y + ui.px(6), ui.px(3), row.height - ui.px(12)}, color, 1);
  float x = row.x + ui.px(10);
  draw_swatch(ui, index, {x, row.y, ui.px(kSwatch), row.height}, color);
  x += ui.px(kSwatch + 8);
  ui.text_in(ui.fonts().text, {x, row.y, ui.px(kLetter), row.height}, Align::left, color,
             std::string(1, figure::stack_letter(index)));
  x += ui.px(kLetter);
  draw_name(ui, index, {x, row.y, body.x + body.width - x - ui.px(4), row.height}, scene);
  draw_tools(ui, index, {body.x + body.width, row.y, 0, row.height}, scene);
  const Rect more{row.x + row.width - ui.px(kMore), row.y, ui.px(kMore), row.height};
  const Hit hit = ui.control(row_name(index) + ".more", more, tr("Duplicate, order, reset, remove."));
  if (hit.hovered) ui.fill(more, theme.control_hovered);
  draw_dots(ui, more, hit.hovered ? theme.text : theme.secondary);
  if (hit.clicked) open_menu(ui, index, row);
}

void StackList::draw_menu(const Ui& ui, session::Scene* scene) {
  const std::size_t count = scene->stacks.size();
  menu_ = std::min(menu_, count - 1);
  const int picked = popup_list(ui, kMenu, kMenu, anchor_, menu_of(menu_, *scene), -1);
  if (picked >= 0) {
    switch (static_cast<Edit>(picked)) {
      case Edit::rename: rename(ui, menu_); break;
      case Edit::duplicate: session::duplicate_stack(scene, menu_); break;
      case Edit::hide: session::set_hidden(scene, menu_, !session::is_hidden(*scene, menu_)); break;
      case Edit::pin: toggle_pin(scene, menu_); break;
      case Edit::up: session::move_stack(scene, menu_, menu_ - 1); break;
      case Edit::down: session::move_stack(scene, menu_, menu_ + 1); break;
      case Edit::reset: ImGui::OpenPopup(kReset); break;
      case Edit::remove: removed_ = true; break;
    }
  }
  const int reset = popup_list(ui, kReset, kReset, anchor_, choices(), -1);
  if (reset >= 0) session::replace_stack(scene, menu_, offers_[static_cast<std::size_t>(reset)].stack);
  if (std::exchange(removed_, false)) session::remove_stack(scene, menu_);
}

void StackList::draw_add(const Ui& ui, const Rect& row, session::Scene* scene) {
  if (scene->stacks.size() >= session::kMaxStacks) {
    ui.text_in(ui.fonts().small, row, Align::center, ui.theme().secondary, tr("six stacks, as many as fit"));
    return;
  }
  const int picked = combo(ui, "list.add", row, tr("+  add a stack"), choices(), -1,
                           tr("One more stack to compare: a built-in wiring or a published model."));
  if (picked >= 0) session::add_stack(scene, offers_[static_cast<std::size_t>(picked)].stack);
}

float StackList::draw(const Ui& ui, const Rect& place, session::Scene* scene) {
  if (renamed_ && *renamed_ >= scene->stacks.size()) renamed_.reset();
  const float pad = ui.px(8);
  const float row = ui.px(kListRow);
  const float height =
      2 * pad + (row + ui.px(2)) * static_cast<float>(scene->stacks.size()) + ui.px(4 + Metrics::kControl);
  ui.fill({place.x, place.y, place.width, height}, ui.theme().panel, Metrics::kPanelCorner);
  Rect next{place.x + pad, place.y + pad, place.width - 2 * pad, row};
  for (std::size_t i = 0; i < scene->stacks.size(); ++i, next.y += row + ui.px(2))
    draw_row(ui, i, next, scene);
  draw_add(ui, {next.x, next.y + ui.px(4), next.width, ui.px(Metrics::kControl)}, scene);
  draw_menu(ui, scene);
  return height;
}

}  // namespace gradflow::ui
