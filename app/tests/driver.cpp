#include "app/tests/driver.h"

#include <algorithm>
#include <stdexcept>

#include "app/platform/image.h"

namespace gradflow::testing {
namespace {

/// The byte length of the UTF-8 character that starts here.
std::size_t character_length(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

}  // namespace

Driver::Driver(const Stage& stage)
    : screen_(stage.width, stage.height, stage.scale),
      solver_(stage.measure, [] {}),
      front_(
          stage.scene, stage.window, solver_, [] {}, stage.storage()) {
  frames(2);
}

const StackReport& Driver::report(std::size_t i) const {
  if (!front_.current())
    throw std::logic_error("the answers are not those of the present scene: settle() first");
  return *solver_.answer(i);
}

bool Driver::has(std::string_view name) { return front_.window().landmarks().find(name) != nullptr; }

const ui::Landmark& Driver::landmark(std::string_view name) {
  if (const ui::Landmark* found = front_.window().landmarks().find(name)) return *found;
  std::string all;
  for (const std::string& other : front_.window().landmarks().names()) all += " " + other;
  throw std::out_of_range("nothing is called " + std::string(name) + "; there are" + all);
}

const ui::Landmark& Driver::reach(std::string_view name) {
  const ui::Landmark* found = front_.window().landmarks().find(name);
  if (found == nullptr || !found->visible) {
    front_.window().reveal(name);
    frames(4);
  }
  const ui::Landmark& reached = landmark(name);
  if (!reached.visible) throw std::logic_error(std::string(name) + " cannot be brought into sight");
  return reached;
}

void Driver::frame() {
  screen_.frame(front_, hand_);
  hand_.text.clear();
  hand_.wheel = 0;
}

void Driver::frames(int count) {
  for (int i = 0; i < count; ++i) frame();
}

void Driver::settle() { gradflow::settle(screen_, front_, hand_); }

void Driver::rest_as_on_the_desktop() {
  front_.wait();
  frames(3);
  for (int limit = 0; front_.wants_frames() && limit < 600; ++limit) frame();
}

void Driver::move(float x, float y) {
  hand_.mouse_x = x;
  hand_.mouse_y = y;
  frame();
}

void Driver::move_to(std::string_view name) {
  const ui::Rect rect = reach(name).rect;
  move(rect.center_x(), rect.center_y());
}

void Driver::move_away() { move(-1, -1); }

void Driver::press_at(float x, float y) {
  move(x, y);
  hand_.left = true;
  frame();
}

void Driver::release() {
  hand_.left = false;
  hand_.right = false;
  frames(2);
}

void Driver::click(std::string_view name) {
  const ui::Rect rect = reach(name).rect;
  press_at(rect.center_x(), rect.center_y());
  release();
}

void Driver::click_right(std::string_view name) {
  move_to(name);
  hand_.right = true;
  frame();
  release();
}

void Driver::double_click(std::string_view name) {
  move_to(name);
  for (int i = 0; i < 2; ++i) {
    hand_.left = true;
    frame();
    hand_.left = false;
    frame();
  }
}

void Driver::click_with_shift(std::string_view name) {
  hand_.shift = true;
  click(name);
  hand_.shift = false;
  frame();
}

void Driver::click_with_ctrl(std::string_view name) {
  hand_.ctrl = true;
  click(name);
  hand_.ctrl = false;
  frame();
}

void Driver::tab_to(std::string_view name) {
  constexpr int kMostTabs = 200;
  for (int tabs = 0; tabs < kMostTabs; ++tabs) {
    key(ui::Key::tab);
    if (front_.window().focused() == name) return;
  }
  throw std::out_of_range("Tab does not come by " + std::string(name));
}

void Driver::drag(std::string_view name, double from, double to, int steps) {
  const ui::Landmark track = reach(name);
  if (!track.x) throw std::logic_error(std::string(name) + " has no scale to drag along");
  const float y = track.rect.center_y();
  press_at(track.x->x_of(from), y);
  for (int step = 1; step <= steps; ++step) move(track.x->x_of(from + (to - from) * step / steps), y);
  release();
}

void Driver::wheel(std::string_view name, float notches) {
  move_to(name);
  hand_.wheel = notches;
  frames(2);
}

void Driver::key(ui::Key key) {
  hand_.keys = {key};
  frame();
  hand_.keys.clear();
  frame();
}

void Driver::key_with_ctrl(ui::Key which) {
  hand_.ctrl = true;
  frame();
  key(which);
  hand_.ctrl = false;
  frame();
}

void Driver::key_with_shift(ui::Key which) {
  hand_.shift = true;
  frame();
  key(which);
  hand_.shift = false;
  frame();
}

void Driver::key_with_ctrl_and_shift(ui::Key which) {
  hand_.shift = true;
  key_with_ctrl(which);
  hand_.shift = false;
  frame();
}

void Driver::hold(ui::Key which, int count) {
  hand_.keys = {which};
  frames(count);
  hand_.keys.clear();
  frame();
}

void Driver::type(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = character_length(text.front());
    hand_.text = text.substr(0, length);
    frame();
    text.remove_prefix(std::min(length, text.size()));
  }
}

void Driver::enter(std::string_view name, std::string_view text) {
  click(name);
  key_with_ctrl(ui::Key::a);
  type(text);
  key(ui::Key::enter);
}

void Driver::choose(std::string_view combo, std::string_view key) {
  click(combo);
  frames(2);
  click(std::string(combo) + "." + std::string(key));
}

void Driver::resize(int width, int height) {
  screen_.resize(width, height);
  frames(2);
}

platform::Image crop(const platform::Image& image, const ui::Rect& rect) {
  const int x0 = std::clamp(static_cast<int>(rect.x), 0, image.width);
  const int x1 = std::clamp(static_cast<int>(rect.x + rect.width), 0, image.width);
  const int y0 = std::clamp(static_cast<int>(rect.y), 0, image.height);
  const int y1 = std::clamp(static_cast<int>(rect.y + rect.height), 0, image.height);
  platform::Image part{x1 - x0, y1 - y0, {}};
  for (int y = y0; y < y1; ++y) {
    const auto row = image.rgb.begin() + (static_cast<std::ptrdiff_t>(y) * image.width + x0) * 3;
    part.rgb.insert(part.rgb.end(), row, row + static_cast<std::ptrdiff_t>(part.width) * 3);
  }
  return part;
}

platform::Image picture_of(Driver& driver, std::string_view name) {
  return crop(driver.pixels(), driver.landmark(name).rect);
}

std::size_t difference(const platform::Image& a, const platform::Image& b) {
  if (a.width != b.width || a.height != b.height) return std::max(a.rgb.size(), b.rgb.size()) / 3;
  std::size_t count = 0;
  for (std::size_t i = 0; i < a.rgb.size(); i += 3) {
    count += std::equal(a.rgb.begin() + static_cast<std::ptrdiff_t>(i),
                        a.rgb.begin() + static_cast<std::ptrdiff_t>(i) + 3,
                        b.rgb.begin() + static_cast<std::ptrdiff_t>(i))
                 ? 0
                 : 1;
  }
  return count;
}

}  // namespace gradflow::testing
