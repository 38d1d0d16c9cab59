#include "app/front.h"

#include <algorithm>
#include <utility>

#include "core/analysis/analyze.h"
#include "core/io/stack_file.h"

namespace gradflow {
namespace {

// 0.2 s: longer than the state changes of 150 ms.
constexpr int kSettlingFrames = 12;
// What never comes to rest (the sweep, once it plays) is left in mid-motion.
constexpr int kMostSettlingFrames = 300;

std::optional<CheckReport> core_check(const StackSpec& spec, const CheckProgress& progress,
                                      const std::stop_token& stop) {
  return check(spec, {}, progress, stop);
}

}  // namespace

session::Measure core_measure() {
  const auto analyzer = std::make_shared<Analyzer>();
  return [analyzer](const StackSpec& spec, const std::stop_token& stop) {
    return analyzer->analyze(spec, stop);
  };
}

Front::Front(session::Scene scene, const ui::WindowOptions& options, session::Solver& solver,
             std::function<void()> wake)
    : scene_(std::move(scene)),
      user_scale_(options.scale),
      window_(options),
      solver_(solver),
      checker_(core_check, std::move(wake)) {}

bool Front::prepare(float scale) {
  window_.set_scale(scale * user_scale_);
  return window_.prepare();
}

void Front::draw() {
  answers_.resize(scene_.stacks.size());
  solver_.resize(scene_.stacks.size());
  for (std::size_t i = 0; i < answers_.size(); ++i) answers_[i] = solver_.answer(i);
  window_.show_check(checker_.status());
  window_.draw(scene_, answers_);
  if (const ui::CheckWish& wish = window_.check_wish(); wish.start) {
    checker_.start(scene_.stacks.at(*wish.start));
  } else if (wish.stop) {
    checker_.stop();
  }
  solver_.resize(scene_.stacks.size());
  asked_.resize(scene_.stacks.size());
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    if (asked_[i] == scene_.stacks[i]) continue;
    solver_.ask(i, scene_.stacks[i]);
    asked_[i] = scene_.stacks[i];
  }
}

void Front::open(const std::vector<std::filesystem::path>& files) {
  try {
    session::check_stack_count(files.size());
    std::vector<StackSpec> stacks(files.size());
    std::transform(files.begin(), files.end(), stacks.begin(), read_stack_file);
    scene_.stacks = std::move(stacks);
  } catch (const std::exception& error) {
    window_.notify(error.what());
  }
}

bool Front::current() const {
  if (solver_.size() != scene_.stacks.size()) return false;
  for (std::size_t i = 0; i < scene_.stacks.size(); ++i) {
    const auto answer = solver_.answer(i);
    if (answer == nullptr || !(answer->spec == scene_.stacks[i])) return false;
  }
  return true;
}

void settle(platform::Offscreen& screen, Front& front, const session::Solver& solver,
            const platform::Input& input) {
  do {
    screen.frame(front, input);
    solver.wait();
  } while (!front.current());
  int frame = 0;
  for (; frame < kSettlingFrames; ++frame) screen.frame(front, input);
  for (; frame < kMostSettlingFrames && front.wants_frames(); ++frame) screen.frame(front, input);
}

}  // namespace gradflow
