#include "app/ui/theme.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace gradflow::ui {
namespace {

constexpr ImU32 rgb(std::uint32_t hex) {
  return IM_COL32((hex >> 16U) & 0xFFU, (hex >> 8U) & 0xFFU, hex & 0xFFU, 0xFF);
}

constexpr std::array<Theme, 2> kThemes{{
    {ThemeKind::dark, rgb(0x0f1419), rgb(0x171d26), rgb(0x232b36), rgb(0x2e3845), rgb(0xe6edf3),
     rgb(0x9aa7b4), rgb(0x2a333e), rgb(0x4cc38a), rgb(0xf2c14e), rgb(0xff7b72)},
    {ThemeKind::light, rgb(0xffffff), rgb(0xf5f7f9), rgb(0xe7ebef), rgb(0xd9dfe5), rgb(0x16202a),
     rgb(0x55616d), rgb(0xdde3e8), rgb(0x1a7f4b), rgb(0x8a5a00), rgb(0xc62828)},
}};

unsigned channel(ImU32 color, int shift) { return (color >> static_cast<unsigned>(shift)) & 0xFFU; }

ImVec4 floats(ImU32 color) { return ImGui::ColorConvertU32ToFloat4(color); }

void apply_colors(const Theme& theme, ImVec4* colors) {
  const ImU32 clear = IM_COL32(0, 0, 0, 0);
  colors[ImGuiCol_Text] = floats(theme.text);
  colors[ImGuiCol_TextDisabled] = floats(theme.secondary);
  colors[ImGuiCol_WindowBg] = floats(theme.ground);
  colors[ImGuiCol_ChildBg] = floats(clear);
  colors[ImGuiCol_PopupBg] = floats(mix(theme.panel, theme.control, 0.5F));
  colors[ImGuiCol_Border] = floats(clear);
  colors[ImGuiCol_FrameBg] = floats(theme.control);
  colors[ImGuiCol_FrameBgHovered] = floats(theme.control_hovered);
  colors[ImGuiCol_FrameBgActive] = floats(theme.control_hovered);
  colors[ImGuiCol_ScrollbarBg] = floats(clear);
  colors[ImGuiCol_ScrollbarGrab] = floats(theme.control);
  colors[ImGuiCol_ScrollbarGrabHovered] = floats(theme.control_hovered);
  colors[ImGuiCol_ScrollbarGrabActive] = floats(theme.secondary);
  colors[ImGuiCol_TextSelectedBg] = floats(with_alpha(theme.stack(0), 0.4F));
  colors[ImGuiCol_NavHighlight] = floats(clear);  // the focus ring is drawn by Ui
}

}  // namespace

ImU32 Theme::color(const figure::StackStyle& style) const {
  const figure::Rgb& color = kind == ThemeKind::dark ? style.on_dark : style.on_light;
  return IM_COL32(color.r, color.g, color.b, 0xFF);
}

ImU32 Theme::on_stack(std::size_t index) const {
  const ImU32 color = stack(index);
  const ImU32 black = IM_COL32(0x0f, 0x14, 0x19, 0xFF);
  const ImU32 white = IM_COL32_WHITE;
  return contrast(color, black) > contrast(color, white) ? black : white;
}

const Theme& theme_of(ThemeKind kind) { return kThemes[static_cast<std::size_t>(kind)]; }

float luminance(ImU32 color) {
  const auto linear = [color](int shift) {
    const float value = static_cast<float>(channel(color, shift)) / 255.0F;
    return value <= 0.03928F ? value / 12.92F : std::pow((value + 0.055F) / 1.055F, 2.4F);
  };
  return 0.2126F * linear(IM_COL32_R_SHIFT) + 0.7152F * linear(IM_COL32_G_SHIFT) +
         0.0722F * linear(IM_COL32_B_SHIFT);
}

float contrast(ImU32 left, ImU32 right) {
  const float a = luminance(left);
  const float b = luminance(right);
  return (std::max(a, b) + 0.05F) / (std::min(a, b) + 0.05F);
}

ImU32 mix(ImU32 from, ImU32 to, float amount) {
  ImU32 result = 0;
  for (const int shift : {IM_COL32_R_SHIFT, IM_COL32_G_SHIFT, IM_COL32_B_SHIFT, IM_COL32_A_SHIFT}) {
    const auto a = static_cast<float>(channel(from, shift));
    const auto b = static_cast<float>(channel(to, shift));
    const auto value = static_cast<ImU32>(std::lround(std::clamp(a + (b - a) * amount, 0.0F, 255.0F)));
    result |= value << static_cast<unsigned>(shift);
  }
  return result;
}

ImU32 with_alpha(ImU32 color, float alpha) {
  const auto value = static_cast<ImU32>(std::lround(std::clamp(alpha, 0.0F, 1.0F) * 255.0F));
  return (color & ~IM_COL32_A_MASK) | value << static_cast<unsigned>(IM_COL32_A_SHIFT);
}

void apply_style(const Theme& theme, float scale, ImGuiStyle* style) {
  *style = ImGuiStyle();
  style->WindowPadding = ImVec2(0, 0);
  style->WindowBorderSize = 0;
  style->ChildBorderSize = 0;
  style->PopupBorderSize = 0;
  style->PopupRounding = Metrics::kPanelCorner;
  style->FramePadding = ImVec2(8, 4);
  style->FrameRounding = Metrics::kCorner;
  style->ItemSpacing = ImVec2(0, 0);
  style->ScrollbarSize = 8;
  style->ScrollbarRounding = 4;
  style->ScaleAllSizes(scale);
  style->WindowMinSize = ImVec2(1, 1);  // Dear ImGui asserts on less
  apply_colors(theme, style->Colors);
}

}  // namespace gradflow::ui
