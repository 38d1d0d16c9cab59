#include "app/platform/input.h"

#include <imgui.h>

#include <algorithm>
#include <array>

#if IMGUI_VERSION_NUM < 18700
#include <GLFW/glfw3.h>  // 1.86 takes the platform's own key codes, and on the desktop those are GLFW's
#endif

namespace gradflow::platform {
namespace {

#if IMGUI_VERSION_NUM < 18700

struct KeyCode {
  Key key;
  int code;
  ImGuiKey meaning = ImGuiKey_COUNT;  // where Dear ImGui itself acts on the key
};

constexpr std::array<KeyCode, 28> kKeyCodes{{
    {Key::tab, GLFW_KEY_TAB, ImGuiKey_Tab},
    {Key::left, GLFW_KEY_LEFT, ImGuiKey_LeftArrow},
    {Key::right, GLFW_KEY_RIGHT, ImGuiKey_RightArrow},
    {Key::up, GLFW_KEY_UP, ImGuiKey_UpArrow},
    {Key::down, GLFW_KEY_DOWN, ImGuiKey_DownArrow},
    {Key::page_up, GLFW_KEY_PAGE_UP, ImGuiKey_PageUp},
    {Key::page_down, GLFW_KEY_PAGE_DOWN, ImGuiKey_PageDown},
    {Key::home, GLFW_KEY_HOME, ImGuiKey_Home},
    {Key::end, GLFW_KEY_END, ImGuiKey_End},
    {Key::insert, GLFW_KEY_INSERT, ImGuiKey_Insert},
    {Key::del, GLFW_KEY_DELETE, ImGuiKey_Delete},
    {Key::backspace, GLFW_KEY_BACKSPACE, ImGuiKey_Backspace},
    {Key::space, GLFW_KEY_SPACE, ImGuiKey_Space},
    {Key::enter, GLFW_KEY_ENTER, ImGuiKey_Enter},
    {Key::escape, GLFW_KEY_ESCAPE, ImGuiKey_Escape},
    {Key::a, GLFW_KEY_A, ImGuiKey_A},
    {Key::c, GLFW_KEY_C, ImGuiKey_C},
    {Key::e, GLFW_KEY_E},
    {Key::s, GLFW_KEY_S},
    {Key::v, GLFW_KEY_V, ImGuiKey_V},
    {Key::x, GLFW_KEY_X, ImGuiKey_X},
    {Key::y, GLFW_KEY_Y, ImGuiKey_Y},
    {Key::z, GLFW_KEY_Z, ImGuiKey_Z},
    {Key::zero, GLFW_KEY_0},
    {Key::minus, GLFW_KEY_MINUS},
    {Key::equal, GLFW_KEY_EQUAL},
    {Key::f1, GLFW_KEY_F1},
    {Key::f5, GLFW_KEY_F5},
}};

void feed_mouse(ImGuiIO& io, const Input& input) {
  io.MousePos = {input.mouse_x, input.mouse_y};
  io.MouseDown[0] = input.left;
  io.MouseDown[1] = input.right;
  io.MouseWheel = input.wheel;
}

void feed_keys(ImGuiIO& io, const Input& input) {
  for (const KeyCode& row : kKeyCodes) {
    io.KeysDown[row.code] = std::find(input.keys.begin(), input.keys.end(), row.key) != input.keys.end();
  }
  io.KeyCtrl = input.ctrl;
  io.KeyShift = input.shift;
  io.KeyAlt = input.alt;
}

#else

struct KeyCode {
  Key key;
  ImGuiKey code;
};

constexpr std::array<KeyCode, 28> kKeyCodes{{
    {Key::tab, ImGuiKey_Tab},
    {Key::left, ImGuiKey_LeftArrow},
    {Key::right, ImGuiKey_RightArrow},
    {Key::up, ImGuiKey_UpArrow},
    {Key::down, ImGuiKey_DownArrow},
    {Key::page_up, ImGuiKey_PageUp},
    {Key::page_down, ImGuiKey_PageDown},
    {Key::home, ImGuiKey_Home},
    {Key::end, ImGuiKey_End},
    {Key::insert, ImGuiKey_Insert},
    {Key::del, ImGuiKey_Delete},
    {Key::backspace, ImGuiKey_Backspace},
    {Key::space, ImGuiKey_Space},
    {Key::enter, ImGuiKey_Enter},
    {Key::escape, ImGuiKey_Escape},
    {Key::a, ImGuiKey_A},
    {Key::c, ImGuiKey_C},
    {Key::e, ImGuiKey_E},
    {Key::s, ImGuiKey_S},
    {Key::v, ImGuiKey_V},
    {Key::x, ImGuiKey_X},
    {Key::y, ImGuiKey_Y},
    {Key::z, ImGuiKey_Z},
    {Key::zero, ImGuiKey_0},
    {Key::minus, ImGuiKey_Minus},
    {Key::equal, ImGuiKey_Equal},
    {Key::f1, ImGuiKey_F1},
    {Key::f5, ImGuiKey_F5},
}};

void feed_mouse(ImGuiIO& io, const Input& input) {
  io.AddMousePosEvent(input.mouse_x, input.mouse_y);
  io.AddMouseButtonEvent(0, input.left);
  io.AddMouseButtonEvent(1, input.right);
  if (input.wheel != 0) io.AddMouseWheelEvent(0, input.wheel);
}

void feed_keys(ImGuiIO& io, const Input& input) {
#if IMGUI_VERSION_NUM < 18900  // their names until 1.89
  io.AddKeyEvent(ImGuiKey_ModCtrl, input.ctrl);
  io.AddKeyEvent(ImGuiKey_ModShift, input.shift);
  io.AddKeyEvent(ImGuiKey_ModAlt, input.alt);
#else
  io.AddKeyEvent(ImGuiMod_Ctrl, input.ctrl);
  io.AddKeyEvent(ImGuiMod_Shift, input.shift);
  io.AddKeyEvent(ImGuiMod_Alt, input.alt);
#endif
  for (const KeyCode& row : kKeyCodes) {
    io.AddKeyEvent(row.code, std::find(input.keys.begin(), input.keys.end(), row.key) != input.keys.end());
  }
}

#endif

}  // namespace

void prepare_input() {
#if IMGUI_VERSION_NUM < 18700
  for (const KeyCode& row : kKeyCodes) {
    if (row.meaning != ImGuiKey_COUNT) ImGui::GetIO().KeyMap[row.meaning] = row.code;
  }
#endif
}

void feed(const Input& input) {
  ImGuiIO& io = ImGui::GetIO();
  feed_mouse(io, input);
  feed_keys(io, input);
  if (!input.text.empty()) io.AddInputCharactersUTF8(input.text.c_str());
}

}  // namespace gradflow::platform
