// A hand drags the depth from 1 to 96, one layer a frame of 1/60 s, with both default stacks live: the real
// window, solver and core on real threads, as the desktop runs them, but for OpenGL. Software OpenGL would
// take cores from the answers that a graphics card leaves free; the frames' draw lists are made and dropped.
//
//   age of the drawn answer   frames since the hand was last where the answer that is drawn was asked for. An
//                             answer is asked for at the end of a frame, so 1 is the least
//   work of a frame           the window's thread from the input to the finished draw lists, in ms of its own
//                             processor time and of the clock, which also runs while a solver has its core
#include <imgui.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <thread>
#include <utility>
#include <vector>

#include "app/front.h"
#include "app/platform/input.h"
#include "app/session/passes.h"
#include "app/ui/compat.h"

namespace gradflow {
namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr std::chrono::nanoseconds kFrame{1'000'000'000 / 60};
constexpr int kDeepest = 96;
constexpr int kDrags = 20;

/// The frames of a view, drawn by nobody.
class Screen {
 public:
  Screen() {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = {1280, 800};
    io.DeltaTime = std::chrono::duration<float>(kFrame).count();
#if IMGUI_VERSION_NUM >= 19200
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
#endif
    ui::compat::prepare_scripted_input(io);
  }
  ~Screen() { ImGui::DestroyContext(); }
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  static void frame(Front& front, const platform::Input& hand) {
    front.prepare(1);
    platform::feed(hand);
    ImGui::NewFrame();
    front.draw();
    ImGui::Render();
  }
};

struct Figures {
  std::vector<double> ages;          // in frames, one a stack and frame
  std::vector<double> work, passed;  // milliseconds of the thread and of the clock, one a frame
};

/// What this thread has worked.
double thread_milliseconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

double quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  const auto last = static_cast<double>(values.size() - 1);
  return values[static_cast<std::size_t>(std::ceil(share * last))];
}

class Drag {
 public:
  explicit Drag(const session::Scene& scene = {})
      : solver_(session::pass_measure, [] {}), front_(scene, ui::WindowOptions(), solver_) {
    frame();
  }

  void timed_frame(Figures* figures) {
    const auto start = Clock::now();
    const double worked = thread_milliseconds();
    frame();
    figures->work.push_back(thread_milliseconds() - worked);
    figures->passed.push_back(Milliseconds(Clock::now() - start).count());
  }

  void run(Figures* figures) {
    settle();
    const ui::Landmark track = *front_.window().landmarks().find("depth.slider");
    hand_.mouse_y = track.rect.center_y();
    move_to(track, 1);
    frame();
    hand_.left = true;
    frame();
    settle();
    std::vector<int> where;  // the hand's depth at each frame
    Clock::time_point due = Clock::now();
    for (int depth = 2; depth <= kDeepest; ++depth) {
      std::this_thread::sleep_until(due);
      due += kFrame;
      std::array<int, 2> drawn{};  // the answers that this frame finds
      for (std::size_t i = 0; i < drawn.size(); ++i) drawn[i] = solver_.answer(i)->spec.num_layers;
      move_to(track, depth);
      timed_frame(figures);
      where.push_back(front_.scene().stacks.front().num_layers);
      const auto now = static_cast<double>(where.size());
      for (const int found : drawn) {
        const auto last = std::find(where.rbegin(), where.rend(), found);
        const double asked = static_cast<double>(where.rend() - last);  // 0: before the first frame
        figures->ages.push_back(now - asked);
      }
    }
    hand_.left = false;
    frame();
    settle();
  }

  /// Frames at 60 a second for as long as the race runs.
  void race(Figures* figures) {
    front_.start_race();
    Clock::time_point due = Clock::now();
    while (!front_.current()) {
      std::this_thread::sleep_until(due);
      due += kFrame;
      timed_frame(figures);
    }
    settle();
  }

  /// The step that is looked at is dragged from the last back to the first.
  void scrub(Figures* figures) {
    const ui::Landmark track = *front_.window().landmarks().find("race.moment");
    const int steps = front_.scene().race.training.steps;
    hand_.mouse_y = track.rect.center_y();
    move_to(track, steps);
    frame();
    hand_.left = true;
    for (int step = steps; step > 0; --step) {
      move_to(track, step);
      timed_frame(figures);
    }
    hand_.left = false;
    frame();
  }

 private:
  void move_to(const ui::Landmark& track, int value) { hand_.mouse_x = track.x->x_of(value); }
  void frame() { Screen::frame(front_, hand_); }
  void settle() {
    for (int still = 0; still < 30; ++still) {
      frame();
      front_.wait();
    }
  }

  Screen screen_;
  session::Solver solver_;
  Front front_;
  platform::Input hand_;
};

/// Six stacks of 128 layers whose seeds fill in: five seconds of frames.
Figures six_stacks() {
  constexpr int kFrames = 300;
  session::Scene scene;
  scene.seeds = 20;
  while (scene.stacks.size() < session::kMaxStacks)
    scene.stacks.push_back(scene.stacks[scene.stacks.size() % 2]);
  for (StackSpec& stack : scene.stacks) stack.num_layers = 128;
  Drag drag(scene);
  Figures figures;
  Clock::time_point due = Clock::now();
  for (int i = 0; i < kFrames; ++i) {
    std::this_thread::sleep_until(due);
    due += kFrame;
    drag.timed_frame(&figures);
  }
  return figures;
}

void print_work(const Figures& figures) {
  for (const auto& [name, values] :
       {std::pair{"own time", &figures.work}, std::pair{"by the clock", &figures.passed}}) {
    std::printf("work of a frame, %s: median %.2f ms, 99 %% under %.2f ms, longest %.2f ms\n", name,
                quantile(*values, 0.5), quantile(*values, 0.99), quantile(*values, 1));
  }
}

void print(const Figures& figures) {
  constexpr int kOldest = 8;
  std::array<int, kOldest + 1> counts{};
  for (const double age : figures.ages) ++counts.at(static_cast<std::size_t>(std::min<double>(age, kOldest)));
  std::printf("Dragging the depth from 1 to %d at 60 steps a second, two stacks, %d times\n\n", kDeepest,
              kDrags);
  std::printf("age of the drawn answer   share\n");
  double share = 0;
  for (int age = 1; age <= kOldest; ++age) {
    const double count = counts.at(static_cast<std::size_t>(age));
    share += count / static_cast<double>(figures.ages.size());
    std::printf("%d%s frames               %5.1f %%   together %5.1f %%\n", age, age == kOldest ? "+" : " ",
                100 * count / static_cast<double>(figures.ages.size()), 100 * share);
  }
  std::printf("oldest: %.0f frames\n\n", quantile(figures.ages, 1));
  print_work(figures);
}

}  // namespace
}  // namespace gradflow

int main() {
  using namespace gradflow;
  Figures figures;
  {
    Drag drag;
    for (int i = 0; i < kDrags; ++i) drag.run(&figures);
  }
  print(figures);
  std::printf("\nSix stacks of 128 layers, 20 seeds each filling in\n\n");
  print_work(six_stacks());
  session::Scene scene;
  scene.view = session::View::training;
  Drag drag(scene);
  Figures race;
  Figures scrubbing;
  drag.race(&race);
  drag.scrub(&scrubbing);
  std::printf("\nThe default race while it runs, three lanes on the other threads: %zu frames\n\n",
              race.work.size());
  print_work(race);
  std::printf("\nDragging back through its %zu steps, one a frame\n\n", scrubbing.work.size());
  print_work(scrubbing);
  return 0;
}
