// What the front does with the pages of lessons: while one is open, the user's session waits, with its
// history and its file, and nothing of the page is saved in its place.
#include <exception>
#include <utility>

#include "app/front.h"
#include "core/spec/text.h"

namespace gradflow {

void Front::teach(lessons::Walk walk, std::filesystem::path progress) {
  walk_ = std::move(walk);
  progress_ = std::move(progress);
  turn_ = walk_.turns();
}

void Front::open_page(const lessons::Place& place) {
  walk_.open(place, &scene_);
  follow_pages();
}

void Front::leave_page() {
  walk_.leave(&scene_);
  follow_pages();
}

/// Once a frame, behind what may turn a page.
void Front::follow_pages() {
  if (std::exchange(turn_, walk_.turns()) != walk_.turns()) {
    racer_.clear();
    const bool was_open = page_history_.has_value();
    page_history_.reset();
    if (walk_.place()) {
      page_history_.emplace(scene_);
      if (!was_open) own_file_ = storage_.file();
      storage_.set_file({});
    } else if (was_open) {
      storage_.set_file(std::exchange(own_file_, {}));
    }
  }
  if (!walk_.take_progress_news() || progress_.empty()) return;
  try {
    lessons::save_progress(walk_.progress(), progress_);
  } catch (const std::exception& error) {
    window_.notify(tr("What is done in the lessons is not kept: {0}", {error.what()}));
    progress_.clear();
  }
}

}  // namespace gradflow
