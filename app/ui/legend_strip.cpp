#include "app/ui/legend_strip.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/ui/glyphs.h"

namespace gradflow::ui {
namespace {

constexpr float kGap = 4;
constexpr float kShortestName = 60, kLongestName = 120;  // that are shown, with their letters

std::string words_of(const session::Scene& scene, std::size_t stack) {
  return std::string(1, figure::stack_letter(stack)) + "  " + scene.stacks[stack].name;
}

/// What an entry needs beside its words.
struct Frame {
  float swatch, pad;
  float width() const { return swatch + 2 * pad; }
};
Frame roomy(const Ui& ui) { return {ui.px(32), ui.px(8)}; }
Frame narrow(const Ui& ui) { return {ui.px(26), ui.px(4)}; }
Frame tight(const Ui& ui) { return {ui.px(18), ui.px(1)}; }

/// The roomiest in which entries of this width still have their letters, or their names.
Frame frame_for(const Ui& ui, float entry, bool all_fits) {
  if (all_fits) return roomy(ui);
  const float letter = ui.width(ui.fonts().text, "A") + 1;
  return entry >= narrow(ui).width() + letter ? narrow(ui) : tight(ui);
}

Hit draw_entry(const Ui& ui, const std::string& name, const Rect& entry, const Frame& frame,
               std::size_t stack, std::string_view words, bool off, std::string_view tip) {
  const Hit hit = ui.control(name, entry, tip);
  const Theme& theme = ui.theme();
  if (hit.hovered) ui.fill(entry, theme.control);
  const ImU32 color = off ? theme.control_hovered : theme.stack(stack);
  draw_swatch(ui, stack, {entry.x + frame.pad, entry.y, frame.swatch - ui.px(8), entry.height}, color);
  const Rect text{entry.x + frame.pad + frame.swatch, entry.y, entry.width - frame.width(), entry.height};
  ui.text_in(ui.fonts().text, text, Align::left, off ? theme.secondary : theme.text, words);
  if (off) {
    const float y = std::round(entry.center_y());
    ui.draw()->AddLine(ImVec2(text.x, y), ImVec2(text.x + text.width, y), theme.secondary, ui.px(1));
  }
  return hit;
}

}  // namespace

float legend_width(const Ui& ui, const session::Scene& scene) {
  float width = 0;
  for (std::size_t i = 0; i < scene.stacks.size(); ++i) {
    const float words = ui.width(ui.fonts().text, words_of(scene, i)) + 1;
    width += roomy(ui).width() + std::min(words, ui.px(kLongestName)) + ui.px(kGap);
  }
  return width;
}

std::optional<std::size_t> draw_legend_strip(const Ui& ui, const Rect& rect, const session::Scene& scene,
                                             const std::vector<bool>& off, std::string_view tip) {
  std::optional<std::size_t> clicked;
  const std::size_t count = scene.stacks.size();
  const float gap = ui.px(kGap);
  const float fair = rect.width / static_cast<float>(std::max<std::size_t>(1, count)) - gap;
  const bool names = fair >= narrow(ui).width() + ui.px(kShortestName);  // else letters alone
  const Frame frame = frame_for(ui, fair, legend_width(ui, scene) <= rect.width + 1);
  std::vector<std::string> words;
  std::vector<float> wishes;
  float right = rect.x + rect.width;
  float left = rect.x;  // of the entry: where those before it may end
  for (std::size_t i = 0; i < count; ++i) {
    words.push_back(names ? words_of(scene, i) : std::string(1, figure::stack_letter(i)));
    wishes.push_back(ui.width(ui.fonts().text, words[i]) + 1 + frame.width());
    left += std::min(wishes[i], fair) + gap;
  }
  for (std::size_t i = count; i-- > 0;) {
    left -= std::min(wishes[i], fair) + gap;
    const float width = std::round(std::min(wishes[i], std::max(fair, right - left)));
    const Rect entry{right - width, rect.y, width, rect.height};
    if (draw_entry(ui, "plot.legend." + std::to_string(i), entry, frame, i, words[i], off[i], tip).clicked)
      clicked = i;
    right = entry.x - gap;
  }
  return clicked;
}

}  // namespace gradflow::ui
