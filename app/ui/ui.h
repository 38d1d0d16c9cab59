// What every panel draws with: lengths at the current scale, text, and the one way in which a control comes
// into being: control() makes it clickable, reachable by Tab, explained on hover and findable by name.
#pragma once

#include <imgui.h>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "app/ui/focus.h"
#include "app/ui/fonts.h"
#include "app/ui/landmarks.h"
#include "app/ui/theme.h"
#include "core/spec/text.h"

namespace gradflow::ui {

/// A text box that holds what is not yet, or cannot be, in the scene.
struct PendingEdit {
  std::string text;
  std::string problem;  // a sentence; empty while it is being typed
};

/// What controls remember from frame to frame.
struct UiState {
  Landmarks landmarks;
  Focus focus;
  std::map<std::string, PendingEdit, std::less<>> edits;
  std::string remark;              // what a control wants said in passing, such as that it has copied
  bool committed = false;          // a box has handed over what was typed into it, in this frame
  std::string tip_name, tip_text;  // the control under the mouse or the keyboard
  Rect tip_rect;
  float tip_seconds = 0;
  bool tip_alive = false;  // its control was there in this frame
  bool tip_muted = false;  // it has been used: no tip until the mouse comes back
  int combo_cursor = -1;   // the entry of the open combo that the keyboard is on
  std::string reveal;
  int reveal_frames = 0;
  std::set<std::string, std::less<>>* drawn = nullptr;  // where a test wants every text that is shown
};

/// What happened to a control in this frame.
struct Hit {
  Rect rect;
  bool hovered = false;
  bool held = false;     // the mouse went down on it and is still down
  bool clicked = false;  // by mouse or by key
  bool focused = false;  // by keyboard
};

enum class Align : unsigned char { left, center, right };

class Ui {
 public:
  Ui(const Theme& theme, const Fonts& fonts, float scale, UiState* state);

  const Theme& theme() const { return theme_; }
  const Fonts& fonts() const { return fonts_; }
  UiState& state() const { return *state_; }
  float scale() const { return scale_; }
  /// A length at scale 1, in whole pixels of this screen.
  float px(float length) const;
  ImDrawList* draw() const { return ImGui::GetWindowDrawList(); }

  float width(const Font& font, std::string_view text) const;
  /// `y` is the top of the line.
  void text(const Font& font, float x, float y, ImU32 color, std::string_view text) const;
  /// One line in the middle of the height, cut short with an ellipsis where it does not fit.
  void text_in(const Font& font, const Rect& rect, Align align, ImU32 color, std::string_view text) const;
  /// Several lines from the top of the rectangle; returns their height.
  float paragraph(const Font& font, const Rect& rect, ImU32 color, std::string_view text) const;
  float paragraph_height(const Font& font, float width, std::string_view text) const;
  void fill(const Rect& rect, ImU32 color, float corner = Metrics::kCorner) const;

  Hit control(const std::string& name, const Rect& rect, std::string_view tip,
              const std::optional<Track>& x = {}) const;
  /// Names a rectangle that is no control.
  void landmark(std::string_view name, const Rect& rect, const std::optional<Track>& x = {}) const;
  /// For items of Dear ImGui's own: what control() does around the item just submitted. `typing` says that
  /// the item takes keys itself.
  void adopt(const std::string& name, const Rect& rect, std::string_view tip) const;
  /// Scrolls the window to the item just submitted under this name, when it is out of sight and wanted, or
  /// asked for by Window::reveal.
  void scroll_into_view(const std::string& name, bool wanted) const;
  void focus_ring(const Rect& rect) const;
  void explain(const std::string& name, const Rect& rect, std::string_view tip) const;
  /// Keys belong to whoever shows the focus ring: no popup is open, no text box is active.
  bool keys_free() const;

 private:
  void put(const Font& font, float x, float y, ImU32 color, std::string_view text) const;
  void note(std::string_view text) const;

  const Theme& theme_;
  const Fonts& fonts_;
  float scale_;
  UiState* state_;
};

Rect inset(const Rect& rect, float by);

/// `text` cut to `width` by `measure`, with an ellipsis, between whole UTF-8 characters.
std::string ellipsized(std::string_view text, float width, float (*measure)(const void*, std::string_view),
                       const void* context);

}  // namespace gradflow::ui
