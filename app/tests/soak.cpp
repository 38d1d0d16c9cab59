// soak SECONDS SEED: a hand that knows nothing does anything to the window. What fails is a crash, a finding
// of the sanitizers, an exception, or a window that no longer comes to an answer. Prints what it did; the
// same seed does the same until the time is up.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "app/session/passes.h"
#include "app/tests/driver.h"
#include "core/analysis/products.h"

namespace gradflow::testing {
namespace {

constexpr double kMostFlops = 2e9;  // a pass of a few hundred milliseconds under the sanitizers
constexpr double kMostToWaitFor = 1e11;
constexpr int kActionsBetweenAnswers = 40;

/// The core, but for stacks that would take the soak's time for themselves.
session::Measure quick_measure() {
  return [measure = session::pass_measure()](const StackSpec& spec,
                                             const std::stop_token& stop) -> std::optional<StackReport> {
    if (product_flops(spec) < kMostFlops) return measure(spec, stop);
    StackReport report;
    report.error = "too large for a soak";
    return report;
  };
}

class Hand {
 public:
  explicit Hand(std::uint32_t seed) : random_(seed), driver_(stage()) {}

  void act() {
    switch (pick(12)) {
      case 0: driver_.click_right(anything()); break;
      case 1: driver_.double_click(anything()); break;
      case 2: driver_.wheel(anything(), pick(2) == 0 ? 1.0F : -1.0F); break;
      case 3: drag(); break;
      case 4: driver_.type(words()); break;
      case 5: press(); break;
      case 6: resize(); break;
      case 7: driver_.click_with_shift(anything()); break;
      default: driver_.click(anything()); break;
    }
  }

  /// Waits for the answers; those that would take minutes are left to come.
  void come_to_an_answer() {
    if (cost() < kMostToWaitFor) {
      driver_.settle();
    } else {
      driver_.frames(30);
    }
    driver_.pixels();
  }

 private:
  /// Operations of all that is measured: a law has a pass a depth at worst, a band a pass a seed.
  double cost() const {
    const session::Scene& scene = driver_.scene();
    double sum = 0;
    const auto add = [&](const StackSpec& stack) {
      const double passes =
          scene.view == session::View::depth_law ? stack.num_layers : static_cast<double>(scene.seeds);
      sum += passes * product_flops(stack);
    };
    for (const StackSpec& stack : scene.stacks) add(stack);
    for (const auto& pin : scene.pinned) {
      if (pin) add(*pin);
    }
    if (scene.view != session::View::training) return sum;
    constexpr double kOfAPass = 2;  // what a step takes, with its update
    for (const session::Lane& lane : session::lanes_of(scene)) {
      sum += kOfAPass * lane.training.steps * std::max(0.0, product_flops(lane.spec));
    }
    return sum;
  }

  static Stage stage() {
    Stage stage;
    stage.measure = quick_measure;
    return stage;
  }

  std::size_t pick(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
  }

  /// Of what is drawn and in sight.
  std::string anything() {
    std::vector<std::string> names;
    for (const std::string& name : driver_.front().window().landmarks().names()) {
      if (driver_.landmark(name).visible) names.push_back(name);
    }
    return names.at(pick(names.size()));
  }

  void drag() {
    const ui::Rect from = driver_.landmark(anything()).rect;
    driver_.press_at(from.center_x(), from.center_y());
    for (std::size_t step = 0; step < 1 + pick(8); ++step) {
      driver_.move(static_cast<float>(pick(1400)) - 50, static_cast<float>(pick(900)) - 50);
    }
    driver_.release();
  }

  std::string words() {
    constexpr std::string_view kPieces[] = {
        "0", "1", "7", "12", "64", "-", ".", "e", "a b", "\xE2\x88\x82", "inf", "nan", "999999999999"};
    std::string text;
    for (std::size_t i = 0; i < 1 + pick(4); ++i) text += kPieces[pick(std::size(kPieces))];
    return text;
  }

  void press() {
    const auto key = static_cast<ui::Key>(pick(ui::kKeyCount));
    switch (pick(4)) {
      case 0: driver_.key_with_ctrl(key); break;
      case 1: driver_.key_with_shift(key); break;
      case 2: driver_.hold(key, 5); break;
      default: driver_.key(key); break;
    }
  }

  void resize() {
    const bool usual = pick(3) > 0;
    driver_.resize(usual ? 900 : 100 + static_cast<int>(pick(1900)),
                   usual ? 600 : 80 + static_cast<int>(pick(1000)));
  }

  std::mt19937 random_;
  Driver driver_;
};

int soak(double seconds, std::uint32_t seed) {
  const auto start = std::chrono::steady_clock::now();
  const auto elapsed = [start] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  Hand hand(seed);
  long actions = 0;
  long answers = 0;
  while (elapsed() < seconds) {
    for (int i = 0; i < kActionsBetweenAnswers; ++i, ++actions) hand.act();
    hand.come_to_an_answer();
    ++answers;
  }
  std::printf("seed %u: %ld actions, %ld answers in %.0f s\n", seed, actions, answers, elapsed());
  return 0;
}

}  // namespace
}  // namespace gradflow::testing

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: soak SECONDS SEED\n");
    return 2;
  }
  // What is saved under a name that was typed lands here.
  std::string folder = (std::filesystem::temp_directory_path() / "gradflow_soak_XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr || chdir(folder.c_str()) != 0) return 1;
  const int status = gradflow::testing::soak(std::atof(argv[1]),
                                             static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10)));
  std::filesystem::remove_all(folder);
  return status;
}
