#include "app/front.h"

#include <algorithm>
#include <utility>

#include "app/session/depth_laws.h"
#include "app/session/passes.h"
#include "app/session/seed_bands.h"
#include "app/ui/views.h"
#include "core/analysis/check.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

// 0.2 s: longer than the state changes of 150 ms.
constexpr int kSettlingFrames = 12;
// What never comes to rest (the sweep, once it plays) is left in mid-motion.
constexpr int kMostSettlingFrames = 300;

std::optional<CheckReport> core_check(const StackSpec& spec, const CheckProgress& progress,
                                      const std::stop_token& stop) {
  session::need_drawn_weights(spec, tr("the check draws the weights that it computes with anew"));
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
      racer_(wake),
      printer_(wake),
      law_solver_([] { return session::depth_law_measure(); }, wake, session::is_obsolete_law),
      band_solver_([] { return session::seed_bands_measure(session::pass_measure()); }, wake,
                   session::is_obsolete_band),
      law_band_solver_([] { return session::law_bands_measure(); }, wake, session::is_obsolete_law),
      pin_solver_(session::pass_measure, wake),
      pin_law_solver_([] { return session::depth_law_measure(); }, wake, session::is_obsolete_law),
      passes_{solver},
      laws_{law_solver_},
      bands_{band_solver_},
      law_bands_{law_band_solver_},
      pins_{pin_solver_},
      pin_laws_{pin_law_solver_} {
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

void Front::Desk::ask(const Questions& questions, std::size_t seeds) {
  solver.resize(questions.size());
  asked.resize(questions.size());
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (questions[i] == nullptr) {
      asked[i].reset();
      continue;
    }
    session::Asked question(*questions[i], static_cast<int>(seeds));
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

bool Front::Desk::current(const Questions& questions) const {
  if (solver.size() != questions.size() || !solver.idle()) return false;  // an answer may be a part of one
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const auto answer = solver.answer(i);
    if (questions[i] != nullptr && (answer == nullptr || !(answer->spec == *questions[i]))) return false;
  }
  return true;
}

Front::Questions Front::stacks() const {
  Questions questions;
  for (const StackSpec& stack : scene_.stacks) questions.push_back(&stack);
  return questions;
}

/// Those that another seed draws anew.
Front::Questions Front::seeded() const {
  Questions questions = stacks();
  for (const StackSpec*& stack : questions) {
    if (!has_drawn_weights(*stack)) stack = nullptr;
  }
  return questions;
}

/// No entries, and so no threads, behind the last pin.
Front::Questions Front::pins() const {
  Questions questions;
  for (std::size_t i = 0; i < scene_.pinned.size(); ++i) questions.push_back(session::pin_of(scene_, i));
  return questions;
}

void Front::fetch() {
  for (Desk* desk : {&passes_, &laws_, &bands_, &law_bands_}) desk->fetch(scene_.stacks.size());
  for (Desk* desk : {&pins_, &pin_laws_}) desk->fetch(scene_.pinned.size());
  fetch_race();
}

ui::Measurements Front::measured() const {
  return {passes_.answers, laws_.answers, bands_.answers, law_bands_.answers, race_view()};
}

ui::Measurements Front::pinned() const { return {pins_.answers, pin_laws_.answers, {}}; }

void Front::draw() {
  fetch();
  window_.show_check(checker_.status());
  window_.show_session(session_status());
  window_.draw(scene_, measured(), pinned(), &walk_);
  follow_pages();
  if (const ui::CheckWish& wish = window_.check_wish(); wish.start) {
    checker_.start(scene_.stacks.at(*wish.start));
  } else if (wish.stop) {
    checker_.stop();
  }
  obey(window_.race_wish());
  keep();
  obey(window_.session_wish());
  finish_print();
  ask();
}

bool Front::shows_law() const { return scene_.view == session::View::depth_law; }

/// Whether the first seed of every stack has been, in what is shown.
bool Front::answered() const {
  return passes_.current(stacks()) && (!shows_law() || laws_.current(stacks()));
}

/// The live answers come first: the band's other seeds take no core from them.
void Front::ask() {
  passes_.ask(stacks());
  pins_.ask(pins());
  if (shows_law()) {
    laws_.ask(stacks());
    pin_laws_.ask(pins());
  } else {
    laws_.withdraw();
    pin_laws_.withdraw();
  }
  Desk& bands = shows_law() ? law_bands_ : bands_;
  for (Desk* desk : {&bands_, &law_bands_}) {
    if (desk == &bands && ui::shows_bands(scene_) && answered()) {
      desk->ask(seeded(), scene_.seeds);
    } else {
      desk->withdraw();
    }
  }
  export_once_measured();
}

bool Front::current() const {
  if (!answered() || !pins_.current(pins()) || racing()) return false;
  if (shows_law() && !pin_laws_.current(pins())) return false;
  return !ui::shows_bands(scene_) || (shows_law() ? law_bands_ : bands_).current(seeded());
}

void Front::wait() const {
  for (const Desk* desk : {&passes_, &laws_, &bands_, &law_bands_, &pins_, &pin_laws_}) desk->solver.wait();
  if (racing()) racer_.wait();
}

bool Front::stop(std::chrono::milliseconds patience) {
  bool stopped = checker_.stop(patience);
  stopped = racer_.stop(patience) && stopped;
  stopped = printer_.stop(patience) && stopped;
  for (session::Solver* solver :
       {&law_solver_, &band_solver_, &law_band_solver_, &pin_solver_, &pin_law_solver_})
    stopped = solver->stop(patience) && stopped;
  return stopped;
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
