// The off-screen screen itself, with a view of a few widgets: input arrives, pictures repeat, sizes change.
#include "app/platform/offscreen.h"

#include <gtest/gtest.h>
#include <imgui.h>

#include <algorithm>
#include <array>

#include "app/platform/error.h"

namespace gradflow::platform {
namespace {

/// A window over the whole screen with a button, a text box and a slider.
class Widgets : public View {
 public:
  bool prepare(float scale) override {
    last_scale = scale;
    return false;
  }
  void draw() override {
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    ImGui::Begin("all", nullptr, ImGuiWindowFlags_NoDecoration);
    ImGui::SetCursorScreenPos({10, 10});
    if (ImGui::Button("press", {100, 30})) ++presses;
    ImGui::SetCursorScreenPos({10, 60});
    ImGui::SetNextItemWidth(100);
    ImGui::InputText("text", text.data(), text.size());
    ImGui::SetCursorScreenPos({10, 110});
    ImGui::SetNextItemWidth(100);
    ImGui::SliderFloat("slide", &slide, 0, 1);
    wheel = ImGui::GetIO().MouseWheel;
    ImGui::End();
  }
  bool wants_frames() const override { return false; }
  void open(const std::vector<std::filesystem::path>&) override {}

  int presses = 0;
  std::array<char, 32> text{};
  float slide = 0;
  float wheel = 0;
  float last_scale = 0;
};

void click(Offscreen& screen, View& view, float x, float y) {
  screen.frame(view, {.mouse_x = x, .mouse_y = y});
  screen.frame(view, {.mouse_x = x, .mouse_y = y, .left = true});
  screen.frame(view, {.mouse_x = x, .mouse_y = y});
}

TEST(Offscreen, ClicksTypesDragsAndWheels) {
  Offscreen screen(320, 200, 1.5F);
  Widgets view;
  screen.frame(view);
  EXPECT_EQ(view.last_scale, 1.5F);
  click(screen, view, 50, 20);
  EXPECT_EQ(view.presses, 1);
  click(screen, view, 50, 68);
  screen.frame(view, {.mouse_x = 50, .mouse_y = 68, .text = "ab"});
  screen.frame(view, {.mouse_x = 50, .mouse_y = 68, .text = "c"});
  screen.frame(view, {.mouse_x = 50, .mouse_y = 68, .keys = {ui::Key::backspace}});
  screen.frame(view);
  EXPECT_STREQ(view.text.data(), "ab");
  screen.frame(view, {.mouse_x = 15, .mouse_y = 118});
  screen.frame(view, {.mouse_x = 15, .mouse_y = 118, .left = true});
  screen.frame(view, {.mouse_x = 150, .mouse_y = 118, .left = true, .wheel = 2});
  EXPECT_EQ(view.wheel, 2);
  screen.frame(view);
  EXPECT_EQ(view.slide, 1);
  EXPECT_EQ(view.wheel, 0);
}

TEST(Offscreen, CopiesAndPastesWithoutADisplay) {
  Offscreen screen(320, 200, 1);
  Widgets view;
  screen.frame(view);
  click(screen, view, 50, 68);
  screen.frame(view, {.text = "xy"});
  for (const ui::Key key : {ui::Key::a, ui::Key::c, ui::Key::end, ui::Key::v}) {
    screen.frame(view, {.ctrl = key != ui::Key::end, .keys = {key}});
    screen.frame(view);
  }
  EXPECT_STREQ(view.text.data(), "xyxy");
}

Image drawn_afresh() {
  Offscreen screen(320, 200, 1);
  Widgets view;
  for (int frame = 0; frame < 5; ++frame) screen.frame(view, {.mouse_x = 50, .mouse_y = 20});
  return screen.pixels();
}

TEST(Offscreen, PicturesRepeatAndAreNotEmpty) {
  const Image first = drawn_afresh();
  EXPECT_EQ(first, drawn_afresh());
  EXPECT_EQ(png(first), png(drawn_afresh()));
  EXPECT_EQ(first.rgb.size(), 320U * 200U * 3U);
  const std::size_t corner = 0;
  const std::size_t button = (std::size_t{20} * 320 + 12) * 3;
  EXPECT_FALSE(
      std::equal(first.rgb.begin() + corner, first.rgb.begin() + corner + 3, first.rgb.begin() + button));
}

TEST(Offscreen, ResizesAndRefusesWhatTheDriverCannotDraw) {
  Offscreen screen(64, 48, 1);
  Widgets view;
  screen.frame(view);
  screen.resize(640, 480);
  screen.frame(view);
  EXPECT_EQ(screen.pixels().width, 640);
  EXPECT_EQ(screen.pixels().height, 480);
  EXPECT_THROW(screen.resize(1000000, 10), PlatformError);
  EXPECT_THROW(screen.resize(0, 10), PlatformError);
  screen.frame(view);  // what was there before goes on
  EXPECT_EQ(screen.pixels().width, 640);
}

}  // namespace
}  // namespace gradflow::platform
