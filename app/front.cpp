#include "app/front.h"

#include <algorithm>
#include <utility>

#include "app/session/depth_laws.h"
#include "app/session/passes.h"
#include "app/session/seed_bands.h"
#include "app/ui/views.h"
#include "core/analysis/check.h"

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

Front::Front(session::Scene scene, const ui::WindowOptions& options, session::Solver& solver,
             std::function<void()> wake, session::Storage storage)
    : scene_(std::move(scene)),
      history_(scene_),
      storage_(std::move(storage)),
      user_scale_(options.scale),
      window_(options),
      checker_(core_check, wake),
      law_solver_([] { return session::depth_law_measure(); }, wake, session::is_obsolete_law),
      band_solver_([] { return session::seed_bands_measure(session::pass_measure()); }, wake,
                   session::is_obsolete_band),
      passes_{solver},
      laws_{law_solver_},
      bands_{band_solver_} {
  window_.offer(stack_offers());
  restore();
}

bool Front::prepare(float scale) {
  window_.set_scale(scale * user_scale_);
  return window_.prepare();
}

void Front::Desk::fetch(std::size_t stacks) {
  solver.resize(stacks);
  answers.resize(stacks);
  for (std::size_t i = 0; i < stacks; ++i) answers[i] = solver.answer(i);
}

void Front::Desk::ask(const std::vector<StackSpec>& stacks, std::size_t seeds) {
  solver.resize(stacks.size());
  asked.resize(stacks.size());
  for (std::size_t i = 0; i < stacks.size(); ++i) {
    session::Asked question(stacks[i], static_cast<int>(seeds));
    if (asked[i] == question) continue;
    solver.ask(i, question);
    asked[i] = std::move(question);
  }
}

void Front::Desk::withdraw() {
  if (asked.empty()) return;
  solver.withdraw();
  asked.clear();
}

bool Front::Desk::current(const std::vector<StackSpec>& stacks) const {
  if (solver.size() != stacks.size() || !solver.idle()) return false;  // an answer may be a part of one
  for (std::size_t i = 0; i < stacks.size(); ++i) {
    const auto answer = solver.answer(i);
    if (answer == nullptr || !(answer->spec == stacks[i])) return false;
  }
  return true;
}

void Front::draw() {
  passes_.fetch(scene_.stacks.size());
  laws_.fetch(scene_.stacks.size());
  bands_.fetch(scene_.stacks.size());
  window_.show_check(checker_.status());
  window_.show_session(session_status());
  window_.draw(scene_, {passes_.answers, laws_.answers, bands_.answers});
  if (const ui::CheckWish& wish = window_.check_wish(); wish.start) {
    checker_.start(scene_.stacks.at(*wish.start));
  } else if (wish.stop) {
    checker_.stop();
  }
  keep();
  obey(window_.session_wish());
  ask();
}

bool Front::wants_bands() const { return ui::shows_bands(scene_); }

/// The live answers come first: the band's other seeds take no core from them.
void Front::ask() {
  passes_.ask(scene_.stacks);
  if (scene_.view == session::View::depth_law) {
    laws_.ask(scene_.stacks);
  } else {
    laws_.withdraw();
  }
  if (wants_bands() && passes_.current(scene_.stacks)) {
    bands_.ask(scene_.stacks, scene_.seeds);
  } else {
    bands_.withdraw();
  }
  export_once_measured();
}

bool Front::current() const {
  const bool laws = scene_.view != session::View::depth_law || laws_.current(scene_.stacks);
  const bool bands = !wants_bands() || bands_.current(scene_.stacks);
  return laws && bands && passes_.current(scene_.stacks);
}

void Front::wait() const {
  passes_.solver.wait();
  law_solver_.wait();
  band_solver_.wait();
}

bool Front::stop(std::chrono::milliseconds patience) {
  const bool laws = law_solver_.stop(patience);
  const bool bands = band_solver_.stop(patience);
  return checker_.stop(patience) && laws && bands;
}

void settle(platform::Offscreen& screen, Front& front, const platform::Input& input) {
  do {
    screen.frame(front, input);
    front.wait();
  } while (!front.current());
  int frame = 0;
  for (; frame < kSettlingFrames; ++frame) screen.frame(front, input);
  for (; frame < kMostSettlingFrames && front.window().settling(); ++frame) screen.frame(front, input);
}

}  // namespace gradflow
