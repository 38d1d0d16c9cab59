// Where Dear ImGui 1.86 and its successors up to 1.92 differ: keys, fonts, focus, and (for scripted input)
// how an event is handed in. Everything else of app/ uses only what all of them have.
#pragma once

#include <imgui.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace gradflow::ui {

enum class Key : std::uint8_t {
  tab,
  left,
  right,
  up,
  down,
  page_up,
  page_down,
  home,
  end,
  del,
  backspace,
  space,
  enter,
  keypad_enter,
  escape,
  a,
  c,
  e,
  n,
  o,
  s,
  v,
  x,
  y,
  z,
  f1,
  f2,
  f3,
  f5,
  plus,
  keypad_plus,
  minus,
  keypad_minus,
  zero,
};
inline constexpr std::size_t kKeyCount = static_cast<std::size_t>(Key::zero) + 1;

namespace compat {

#if IMGUI_VERSION_NUM < 18700
using NativeKey = int;  // before 1.87 keys are the backend's own numbers: GLFW's
inline constexpr std::array<NativeKey, kKeyCount> kNativeKeys{
    258, 263, 262, 265, 264, 266, 267, 268, 269, 261, 259, 32,  257, 335, 256, 65,  67,
    69,  78,  79,  83,  86,  88,  89,  90,  290, 291, 292, 294, 61,  334, 45,  333, 48};
/// Which Key stands behind each ImGuiKey_ of 1.86, in its order; Insert (index 9) is none of ours.
inline constexpr std::array<Key, 22> kMappedKeys{
    Key::tab,    Key::left,         Key::right, Key::up,  Key::down,      Key::page_up, Key::page_down,
    Key::home,   Key::end,          Key::end,   Key::del, Key::backspace, Key::space,   Key::enter,
    Key::escape, Key::keypad_enter, Key::a,     Key::c,   Key::v,         Key::x,       Key::y,
    Key::z};
#else
using NativeKey = ImGuiKey;
// It would put one key on a line.
// clang-format off
inline constexpr std::array<NativeKey, kKeyCount> kNativeKeys{
    ImGuiKey_Tab,         ImGuiKey_LeftArrow,   ImGuiKey_RightArrow,
    ImGuiKey_UpArrow,     ImGuiKey_DownArrow,   ImGuiKey_PageUp,
    ImGuiKey_PageDown,    ImGuiKey_Home,        ImGuiKey_End,
    ImGuiKey_Delete,      ImGuiKey_Backspace,   ImGuiKey_Space,
    ImGuiKey_Enter,       ImGuiKey_KeypadEnter, ImGuiKey_Escape,
    ImGuiKey_A,           ImGuiKey_C,           ImGuiKey_E,           ImGuiKey_N,
    ImGuiKey_O,           ImGuiKey_S,           ImGuiKey_V,
    ImGuiKey_X,           ImGuiKey_Y,           ImGuiKey_Z,
    ImGuiKey_F1,          ImGuiKey_F2,          ImGuiKey_F3,          ImGuiKey_F5,
    ImGuiKey_Equal,       ImGuiKey_KeypadAdd,   ImGuiKey_Minus,
    ImGuiKey_KeypadSubtract, ImGuiKey_0};
// clang-format on
#endif

inline NativeKey native(Key key) { return kNativeKeys[static_cast<std::size_t>(key)]; }

/// Went down in this frame, or repeats because it is held.
inline bool pressed(Key key) { return ImGui::IsKeyPressed(native(key)); }
inline bool pressed_once(Key key) { return ImGui::IsKeyPressed(native(key), false); }
inline bool down(Key key) { return ImGui::IsKeyDown(native(key)); }

// Scripted input, for a program without a platform backend: call before NewFrame, one event a frame.

/// Once, after the context was made.
inline void prepare_scripted_input([[maybe_unused]] ImGuiIO& io) {
#if IMGUI_VERSION_NUM < 18700
  for (std::size_t i = 0; i < kMappedKeys.size(); ++i) io.KeyMap[i] = native(kMappedKeys[i]);
  io.KeyMap[ImGuiKey_Insert] = 260;
#endif
}

inline void send_key(ImGuiIO& io, Key key, bool is_down) {
#if IMGUI_VERSION_NUM < 18700
  io.KeysDown[native(key)] = is_down;
#else
  io.AddKeyEvent(native(key), is_down);
#endif
}

inline void send_control(ImGuiIO& io, bool is_down) {
#if IMGUI_VERSION_NUM < 18700
  io.KeyCtrl = is_down;
#elif IMGUI_VERSION_NUM < 18900
  io.AddKeyEvent(ImGuiKey_ModCtrl, is_down);
#else
  io.AddKeyEvent(ImGuiMod_Ctrl, is_down);
#endif
}

inline void send_shift(ImGuiIO& io, bool is_down) {
#if IMGUI_VERSION_NUM < 18700
  io.KeyShift = is_down;
#elif IMGUI_VERSION_NUM < 18900
  io.AddKeyEvent(ImGuiKey_ModShift, is_down);
#else
  io.AddKeyEvent(ImGuiMod_Shift, is_down);
#endif
}

inline void send_mouse(ImGuiIO& io, float x, float y) {
#if IMGUI_VERSION_NUM < 18700
  io.MousePos = ImVec2(x, y);
#else
  io.AddMousePosEvent(x, y);
#endif
}

inline void send_button(ImGuiIO& io, int button, bool is_down) {
#if IMGUI_VERSION_NUM < 18700
  io.MouseDown[button] = is_down;
#else
  io.AddMouseButtonEvent(button, is_down);
#endif
}

inline void send_wheel(ImGuiIO& io, float notches) {
#if IMGUI_VERSION_NUM < 18700
  io.MouseWheel += notches;
#else
  io.AddMouseWheelEvent(0, notches);
#endif
}

// Fonts: from 1.92 on a font has no size of its own.

inline void push_font(ImFont* font, [[maybe_unused]] float size) {
#if IMGUI_VERSION_NUM < 19200
  ImGui::PushFont(font);
#else
  ImGui::PushFont(font, size);
#endif
}

}  // namespace compat
}  // namespace gradflow::ui
