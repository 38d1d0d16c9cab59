#include "app/ui/depth_slider.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "app/session/scene_edits.h"
#include "app/ui/compat.h"
#include "app/ui/edits.h"
#include "app/ui/glyphs.h"
#include "app/ui/text_box.h"
#include "app/ui/widgets.h"
#include "core/spec/fields.h"

namespace gradflow::ui {
namespace {

constexpr std::array<int, 6> kTicks{1, 12, 24, 48, 96, 128};
constexpr float kStepSeconds = 0.08F;  // of the sweep, at least
constexpr int kPage = 12;              // layers a press of page up
constexpr float kHandle = 10;          // radius

/// What the tip adds where stacks do not move: " C keeps the depth of its weights."
std::string kept_words(const session::Scene& scene) {
  std::string words;
  for (std::size_t i = 0; i < scene.stacks.size(); ++i) {
    if (has_drawn_weights(scene.stacks[i])) continue;
    words += " " + tr("{0} keeps the depth of its weights in {1}.",
                      {std::string(1, figure::stack_letter(i)), weights_name(scene.stacks[i])});
  }
  return words;
}

}  // namespace

int DepthSlider::depth(const session::Scene& scene) const { return scene.stacks[stack_].num_layers; }

void DepthSlider::move(int layers, session::Scene* scene) {
  // In long arithmetic, since the box takes any int. The track's keys stop at its ends but never pull a
  // deeper stack back onto it in one leap.
  const long from = depth(*scene);
  const long top = std::max<long>(from, kTrackDepth);
  set_depth(scene, stack_, static_cast<int>(std::clamp(from + layers, std::min(from, 1L), top)));
}

void DepthSlider::take_mouse(const Hit& hit, const Track& x, session::Scene* scene) {
  const ImGuiIO& io = ImGui::GetIO();
  if (hit.held) {
    if (!scene->depth_linked && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
      for (std::size_t i = 0; i < scene->stacks.size(); ++i) {
        const auto distance = [&](std::size_t k) {
          return std::abs(x.x_of(scene->stacks[k].num_layers) - io.MousePos.x);
        };
        if (has_drawn_weights(scene->stacks[i]) && distance(i) < distance(stack_)) stack_ = i;
      }
    }
    const double value = std::round(x.value_of(io.MousePos.x));
    set_depth(scene, stack_, static_cast<int>(std::clamp(value, 1.0, double(kTrackDepth))));
    sweeping_ = false;
  } else if (hit.hovered && io.MouseWheel != 0) {
    move(static_cast<int>(std::copysign(std::ceil(std::abs(io.MouseWheel)), io.MouseWheel)), scene);
  }
  busy_ = hit.held;
}

void DepthSlider::take_keys(const Ui& ui, session::Scene* scene) {
  const Focus& focus = ui.state().focus;
  if (!ui.keys_free() || (focus.visible() && !focus.shows("depth.slider"))) return;
  if (compat::pressed(Key::right) || compat::pressed(Key::up)) move(1, scene);
  if (compat::pressed(Key::left) || compat::pressed(Key::down)) move(-1, scene);
  if (page_keys_ && compat::pressed(Key::page_up)) move(kPage, scene);
  if (page_keys_ && compat::pressed(Key::page_down)) move(-kPage, scene);
  if (compat::pressed(Key::home)) set_depth(scene, stack_, 1);
  if (compat::pressed(Key::end)) set_depth(scene, stack_, kTrackDepth);
  for (const Key key : {Key::right, Key::left, Key::up, Key::down}) busy_ |= compat::down(key);
  busy_ |= page_keys_ && (compat::down(Key::page_up) || compat::down(Key::page_down));
}

/// Says why, where the hand has tried to move what does not.
void DepthSlider::explain(const Ui& ui, const session::Scene& scene) const {
  const StackSpec& stack = scene.stacks[stack_];
  if (has_drawn_weights(stack)) return;
  ui.state().remark = tr("The depth stays at {0}, which is that of the weights in {1}",
                         {std::to_string(stack.num_layers), weights_name(stack)});
}

void DepthSlider::sweep(bool stale, float seconds, session::Scene* scene) {
  if (!sweeping_) return;
  since_step_ += seconds;
  if (stale || since_step_ < kStepSeconds) return;
  since_step_ = 0;
  if (depth(*scene) >= kTrackDepth || !has_drawn_weights(scene->stacks[stack_])) {
    sweeping_ = false;
    return;
  }
  set_depth(scene, stack_, std::max(1, depth(*scene) + 1));
}

void DepthSlider::draw_track(const Ui& ui, const Rect& track, session::Scene* scene) {
  const Theme& theme = ui.theme();
  const float radius = ui.px(kHandle);
  const Track x{1, kTrackDepth, track.x + radius, track.x + track.width - radius};
  const Hit hit =
      ui.control("depth.slider", track,
                 std::string(tr("L, the number of layers: drag, turn the wheel, or press ← and →.")) +
                     kept_words(*scene),
                 x);
  take_mouse(hit, x, scene);
  if (hit.held || (hit.hovered && ImGui::GetIO().MouseWheel != 0)) explain(ui, *scene);
  const float y = std::round(track.y + ui.px(16));
  const float half = ui.px(2);
  const auto at = [&](std::size_t stack) {
    return x.x_of(std::clamp(scene->stacks[stack].num_layers, 1, kTrackDepth));
  };
  ui.fill({x.x0, y - half, x.x1 - x.x0, 2 * half}, theme.control_hovered, 2);
  ui.fill({x.x0, y - half, at(stack_) - x.x0, 2 * half}, theme.secondary, 2);
  float free_from = -1e9F;  // right end of the last label: on a short track some have no room
  for (const int tick : kTicks) {
    const float place = std::round(x.x_of(tick));
    ui.fill({place - ui.px(0.5F), y + ui.px(12), std::max(1.0F, ui.px(1)), ui.px(5)}, theme.secondary, 0);
    const Rect label{place - ui.px(24), y + ui.px(18), ui.px(48), ui.fonts().small.size};
    const std::string words = std::to_string(tick);
    const float half_width = ui.width(ui.fonts().small, words) / 2;
    if (place - half_width < free_from) continue;
    free_from = place + half_width + ui.px(4);
    ui.text_in(ui.fonts().small, label, Align::center, theme.secondary, words);
  }
  for (std::size_t i = 0; i < scene->stacks.size(); ++i) {
    if (scene->depth_linked && i != stack_) continue;
    const float grown = hit.held && i == stack_ ? radius * 1.2F : radius;
    const ImU32 color = scene->depth_linked ? theme.text : theme.stack(i);
    ui.draw()->AddCircleFilled(ImVec2(at(i), y), grown + ui.px(2), theme.ground, 32);
    ui.draw()->AddCircleFilled(ImVec2(at(i), y), hit.hovered ? grown : grown - ui.px(1), color, 32);
    const Rect handle{at(i) - radius, y - radius, 2 * radius, 2 * radius};
    ui.landmark("depth.handle." + std::to_string(scene->depth_linked ? 0 : i), handle);
    if (scene->depth_linked) continue;
    const std::string letter(1, figure::stack_letter(i));
    ui.text_in(ui.fonts().small, handle, Align::center, theme.on_stack(i), letter);
  }
}

void DepthSlider::draw(const Ui& ui, const Rect& rect, bool stale, float seconds, session::Scene* scene) {
  if (scene->stacks.empty()) return;
  const bool moves = stack_ < scene->stacks.size() && has_drawn_weights(scene->stacks[stack_]);
  if (scene->depth_linked || !moves) stack_ = session::linked_stack(*scene);
  busy_ = false;
  const float control = ui.px(Metrics::kControl + 4);
  const float top = rect.y + ui.px(8);
  const float gap = ui.px(Metrics::kGap);
  const float label = ui.px(64);
  ui.text_in(ui.fonts().title, {rect.x, top, label, control}, Align::left, ui.theme().text, tr("Depth"));

  float right = rect.x + rect.width;
  const Rect play{right - control, top, control, control};
  right = play.x - gap;
  const float linked_width = chip_width(ui, tr("linked"));
  const Rect linked{right - linked_width, top, linked_width, control};
  right = linked.x - gap;
  const Rect box{right - ui.px(68), top, ui.px(68), control};
  right = box.x - ui.px(Metrics::kMargin);
  const Rect track{rect.x + label, top, std::max(ui.px(40), right - rect.x - label), rect.height - ui.px(8)};
  draw_track(ui, track, scene);
  take_keys(ui, scene);

  const auto typed = number_box(ui, "depth.input", box, depth(*scene),
                                tr("L, the number of layers: 1 to 4096; Enter sets it."));
  if (typed) {
    set_depth(scene, stack_, *typed);
    explain(ui, *scene);
  }
  if (chip(ui, "depth.linked", linked, tr("linked"), state_if(scene->depth_linked), neutral_look(ui.theme()),
           tr("Linked: one depth for all stacks. Unlinked: a handle each."))) {
    scene->depth_linked = !scene->depth_linked;
    if (scene->depth_linked) set_depth(scene, stack_, depth(*scene));
  }
  const Hit hit =
      ui.control("depth.play", play, tr("Sweeps the depth up to 128, one measured layer at a time."));
  ui.fill(play, hit.hovered ? ui.theme().control_hovered : ui.theme().control);
  draw_arrow(ui, sweeping_ ? Arrow::pause : Arrow::right, play.center_x(), play.center_y(), ui.px(7),
             ui.theme().text);
  if (hit.clicked) {
    sweeping_ = !sweeping_;
    if (sweeping_ && depth(*scene) >= kTrackDepth) set_depth(scene, stack_, 1);
    since_step_ = 0;
    explain(ui, *scene);
  }
  sweep(stale, seconds, scene);
}

}  // namespace gradflow::ui
