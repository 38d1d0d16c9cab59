// The race: what the user wants of it, and what the window is handed.
#include "app/front.h"

namespace gradflow {

void Front::fetch_race() {
  lanes_ = racer_.reports();
  moments_ = racer_.moments(scene_.race.step);
}

ui::RaceView Front::race_view() const { return {racer_.phase(), lanes_, moments_}; }

/// Whether what is shown is still under way.
bool Front::racing() const { return scene_.view == session::View::training && !racer_.resting(); }

void Front::start_race(session::Racer::From from) {
  raced_ = session::lanes_of(scene_);
  racer_.start(raced_, from);
}

/// Any change of the lanes starts a race that is there again.
void Front::obey(ui::RaceWish wish) {
  const RacePhase phase = racer_.phase();
  const bool changed = phase != RacePhase::none && session::lanes_of(scene_) != raced_;
  if (changed || wish == ui::RaceWish::start) scene_.race.step = 0;
  if (changed) return start_race();
  switch (wish) {
    case ui::RaceWish::none: break;
    case ui::RaceWish::start: start_race(); break;
    case ui::RaceWish::pause: racer_.pause(); break;
    case ui::RaceWish::resume: racer_.resume(); break;
    case ui::RaceWish::stop: racer_.stop(); break;
    case ui::RaceWish::step:
      if (phase == RacePhase::paused) {
        racer_.step();
      } else if (phase != RacePhase::running) {
        scene_.race.step = 0;
        start_race(session::Racer::From::paused);
      }
      break;
  }
}

}  // namespace gradflow
