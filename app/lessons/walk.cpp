#include "app/lessons/walk.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "app/lessons/scene_block.h"
#include "core/io/input_error.h"

namespace gradflow::lessons {
namespace {

bool all_done(const std::vector<TaskMark>& tasks) {
  return std::all_of(tasks.begin(), tasks.end(), [](const TaskMark& task) { return task.done; });
}

/// Whether what is measured of the scene is what the question's answer is about.
bool shows_answer(const session::Scene& scene, const Question& question) {
  if (!asks_race(*question.answer))
    return scene.stacks == question.after.stacks && scene.token == question.after.token;
  return session::lanes_of(scene) == session::lanes_of(question.after);
}

/// Every lane has come to its end.
bool has_raced(const State& state) {
  return state.race.size() == session::lane_places(state.scene).size() &&
         std::all_of(state.race.begin(), state.race.end(),
                     [](const auto& lane) { return lane != nullptr && lane->finished; });
}

}  // namespace

Walk::Walk(std::vector<CourseEntry> course, std::vector<CourseEntry> gallery, Progress progress)
    : course_(std::move(course)), gallery_(std::move(gallery)), progress_(std::move(progress)) {}

const std::vector<CourseEntry>& Walk::entries(Book book) const {
  return book == Book::course ? course_ : gallery_;
}

const CourseEntry* Walk::entry() const { return place_ ? &entries(place_->book)[place_->lesson] : nullptr; }

const Lesson* Walk::lesson() const { return place_ ? &entry()->parsed.lesson : nullptr; }

const Step* Walk::step() const {
  if (!place_ || place_->step >= lesson()->steps.size()) return nullptr;
  return &lesson()->steps[place_->step];
}

void Walk::open(Place place, session::Scene* scene) {
  if (place.lesson >= entries(place.book).size()) throw std::out_of_range("there is no such lesson");
  turn_to(place, false, scene);
}

/// `goes_on`: the page before was read to its end, and what was done there may stay.
void Walk::turn_to(Place place, bool goes_on, session::Scene* scene) {
  if (!own_) own_ = *scene;
  const std::vector<Step>& steps = entries(place.book)[place.lesson].parsed.lesson.steps;
  place.step = std::min(place.step, steps.empty() ? std::size_t{0} : steps.size() - 1);
  place_ = place;
  tasks_.clear();
  replies_.clear();
  race_wanted_ = false;
  ++turns_;
  if (step() == nullptr) return;
  tasks_.resize(step()->tasks.size());
  replies_.resize(step()->questions.size());
  if (step()->sets_scene || !goes_on) *scene = step()->scene;
  if (place.book == Book::gallery || progress_.has_step(*lesson(), place.step)) return;
  progress_.visit(*lesson(), place.step);
  progress_news_ = true;
}

bool Walk::has_next() const {
  if (!place_) return false;
  return place_->step + 1 < lesson()->steps.size() || place_->lesson + 1 < entries(place_->book).size();
}

bool Walk::has_previous() const { return place_ && (place_->step > 0 || place_->lesson > 0); }

void Walk::next(session::Scene* scene) {
  if (!has_next()) return;
  Place to = *place_;
  if (to.step + 1 < lesson()->steps.size()) {
    ++to.step;
    turn_to(to, all_done(tasks_), scene);
  } else {
    turn_to({to.book, to.lesson + 1, 0}, false, scene);
  }
}

void Walk::previous(session::Scene* scene) {
  if (!has_previous()) return;
  Place to = *place_;
  if (to.step > 0) {
    --to.step;
  } else {
    --to.lesson;
    to.step = kMaxSteps;  // the last there is
  }
  turn_to(to, false, scene);
}

void Walk::again(session::Scene* scene) {
  if (place_) turn_to(*place_, false, scene);
}

bool Walk::follow(std::string_view link, session::Scene* scene) {
  if (!place_ || !link.starts_with('#')) return false;
  const std::vector<Step>& steps = lesson()->steps;
  const auto page = std::find_if(steps.begin(), steps.end(),
                                 [&](const Step& step) { return link_name(step.title) == link.substr(1); });
  if (page == steps.end()) return false;
  turn_to({place_->book, place_->lesson, static_cast<std::size_t>(page - steps.begin())}, false, scene);
  return true;
}

void Walk::leave(session::Scene* scene) {
  if (!place_) return;
  *scene = *std::exchange(own_, {});
  keep();
}

void Walk::keep() {
  if (!place_) return;
  own_.reset();
  place_.reset();
  tasks_.clear();
  replies_.clear();
  race_wanted_ = false;
  ++turns_;
}

void Walk::do_task(std::size_t index, session::Scene* scene) {
  const Task& task = step()->tasks.at(index);
  session::Scene done = *scene;
  try {
    for (const Setting& setting : task.solution) apply(setting, &done);
  } catch (const InputError&) {  // the scene has been edited out of what the task is about
    done = task.after;
  }
  *scene = std::move(done);
  race_wanted_ = race_wanted_ || asks_race(task.done_when);
}

/// The scene that the answer is about; what a prediction changes may also be only how it is looked at.
void Walk::show_question(const Question& question, session::Scene* scene) {
  if (!question.answer || (question.changes.empty() && shows_answer(*scene, question))) return;
  const std::size_t selected = scene->selected;
  *scene = question.after;
  if (selected < scene->stacks.size()) scene->selected = selected;
}

void Walk::reply(std::size_t index, Reply reply, session::Scene* scene) {
  const Question& asked = question(index);
  reply.hinted = replies_.at(index).hinted;
  replies_[index] = reply;
  show_question(asked, scene);
  if (!asked.answer) return tell(index, {});
  race_wanted_ = race_wanted_ || asks_race(*asked.answer);
}

void Walk::choose(std::size_t index, std::size_t choice, session::Scene* scene) {
  reply(index, {.choice = choice}, scene);
}

void Walk::answer(std::size_t index, double number, session::Scene* scene) {
  reply(index, {.number = number}, scene);
}

void Walk::give_up(std::size_t index, session::Scene* scene) { reply(index, {.given_up = true}, scene); }

void Walk::tell(std::size_t index, std::optional<double> measured) {
  const Question& asked = question(index);
  Reply& reply = replies_[index];
  reply.measured = measured;
  reply.told = true;
  if (reply.choice) reply.right = right_choice(asked, measured) == reply.choice;
  if (reply.number) reply.right = measured && is_near(*measured, *reply.number, asked.tolerance);
  const bool learnt = reply.right || asked.kind == Question::Kind::prediction;
  if (!learnt || progress_.has_question(*lesson(), place_->step, index)) return;
  progress_.finish_question(*lesson(), place_->step, index);
  progress_news_ = true;
}

/// Every prediction that changes the scene before it on the page has been told: until then it may hold by
/// chance.
bool Walk::is_open(std::size_t task) const {
  for (const Block& block : step()->blocks) {
    if (block.kind == Block::Kind::task && block.index == task) return true;
    const bool changes = block.kind == Block::Kind::question && !question(block.index).changes.empty();
    if (changes && !replies_[block.index].told) return false;
  }
  return true;
}

void Walk::look(const State& state) {
  if (step() == nullptr) return;
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    if (tasks_[i].done || !is_open(i) || holds(step()->tasks[i].done_when, state) != true) continue;
    tasks_[i].done = true;
    if (progress_.has_task(*lesson(), place_->step, i)) continue;
    progress_.finish_task(*lesson(), place_->step, i);
    progress_news_ = true;
  }
  for (std::size_t i = 0; i < replies_.size(); ++i) {
    if (!replies_[i].given() || replies_[i].told || !shows_answer(state.scene, question(i))) continue;
    if (asks_race(*question(i).answer) && !has_raced(state)) continue;
    if (const auto measured = number_of(*question(i).answer, state)) tell(i, measured);
  }
}

bool Walk::take_race_wish() { return std::exchange(race_wanted_, false); }

void Walk::forget_progress(const Lesson& lesson) {
  progress_.forget(lesson);
  progress_news_ = true;
}

bool Walk::take_progress_news() { return std::exchange(progress_news_, false); }

}  // namespace gradflow::lessons
