// The window put together: a scene, the solver that answers its questions and the panels that draw both. What
// the desktop window, the screenshot and the tests all drive.
//
// A frame: draw(scene, newest answers), which may edit the scene; then every stack that differs from what was
// asked last is asked. The two comparisons, here and where answers are drawn, are all the state there is.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/export/lesson_printer.h"
#include "app/lessons/walk.h"
#include "app/platform/input.h"
#include "app/platform/offscreen.h"
#include "app/platform/view.h"
#include "app/session/checker.h"
#include "app/session/history.h"
#include "app/session/racer.h"
#include "app/session/scene.h"
#include "app/session/scene_edits.h"
#include "app/session/solver.h"
#include "app/session/storage.h"
#include "app/ui/options.h"
#include "app/ui/window.h"

namespace gradflow {

/// The stacks that have names, for the list of what can be added.
std::vector<session::Offer> stack_offers();

class Front : public platform::View {
 public:
  /// `options.scale` is the user's own, on top of the monitor's. The solver outlives this. `wake` tells the
  /// loop that a check or a depth law has come further.
  Front(
      session::Scene scene, const ui::WindowOptions& options, session::Solver& solver,
      std::function<void()> wake = [] {}, session::Storage storage = {});

  bool prepare(float scale) override;
  void draw() override;
  bool wants_frames() const override { return window_.wants_frames(); }
  /// A session takes the place of the one that is shown, stack files that of its stacks; where one cannot be
  /// read nothing changes and a notice says why.
  void open(const std::vector<std::filesystem::path>& files) override;

  /// The lessons that there are, and the file that keeps what is done in them; empty: nothing is kept.
  void teach(lessons::Walk walk, std::filesystem::path progress = {});
  /// Opens a page, as the menus do.
  void open_page(const lessons::Place& place);
  const lessons::Walk& walk() const { return walk_; }

  /// Starts the race of the scene from step 1, as the button does.
  void start_race(session::Racer::From from = session::Racer::From::running);

  /// Whether every stack has been answered as it is now, in all that is shown.
  bool current() const;

  /// A lesson is being printed.
  bool printing() const { return printer_.busy(); }
  void wait_for_print() const { printer_.wait(); }

  /// Blocks until every question is answered: for pictures and tests, never for the window.
  void wait() const;

  /// Stops the depth laws and a check that run; false where one has not noticed within `patience`.
  bool stop(std::chrono::milliseconds patience);

  /// Shows the first steps, unless they are known or there is something to go on with.
  void greet();

  /// The user has closed the window: the next run has nothing to restore.
  void end_cleanly() { storage_.end_cleanly(); }

  const session::Scene& scene() const { return scene_; }
  ui::Window& window() { return window_; }

 private:
  // front_lessons.cpp: pages of lessons, and the user's session beside them.
  void follow_pages();
  void leave_page();
  session::History& history() { return page_history_ ? *page_history_ : history_; }
  const session::History& history() const { return page_history_ ? *page_history_ : history_; }

  // front_session.cpp: what is done with the session as a whole.
  ui::SessionStatus session_status() const;
  void restore();
  void obey(const ui::SessionWish& wish);
  void save(const ui::SessionWish& wish);
  void keep();
  // front_print.cpp
  std::filesystem::path print_proposal() const;
  void start_print(const ui::SessionWish& wish);
  void finish_print();
  // front_export.cpp
  std::filesystem::path figure_proposal() const;
  void start_export(const ui::SessionWish& wish);
  void export_once_measured();

  session::Scene scene_;
  session::History history_;
  session::Storage storage_;
  lessons::Walk walk_;
  ui::SessionWish printing_;                        // where to, and what
  std::filesystem::path progress_;                  // the file
  std::uint64_t turn_ = 0;                          // of the pages, that was followed last
  std::optional<session::History> page_history_;    // of the page that is open; the user's own waits
  std::optional<std::filesystem::path> own_file_;   // the session's, while a page is open
  std::string replaced_;                            // the path whose file the user has been warned about
  std::optional<std::filesystem::path> exporting_;  // once all is measured
  std::optional<std::filesystem::path> exported_;   // where the last figure went
  bool kept_ = true;  // the scene is what autosave has, or what every run starts with
  float user_scale_;
  ui::Window window_;
  /// What is asked, one entry a stack; nullptr where nothing is.
  using Questions = std::vector<const StackSpec*>;
  Questions stacks() const;
  Questions seeded() const;
  Questions pins() const;

  /// A solver with what was asked of it last and what it has answered, one entry a stack.
  struct Desk {
    session::Solver& solver;
    std::vector<std::optional<session::Asked>> asked = {};
    std::vector<std::shared_ptr<const StackReport>> answers = {};
    void fetch(std::size_t stacks);
    void ask(const Questions& questions, std::size_t seeds = 1);
    void withdraw();
    bool current(const Questions& questions) const;
  };
  void fetch();
  ui::Measurements measured() const;
  ui::Measurements pinned() const;
  bool shows_law() const;
  bool answered() const;
  void ask();

  // front_race.cpp
  void fetch_race();
  ui::RaceView race_view() const;
  bool racing() const;
  void obey(ui::RaceWish wish);

  session::Checker checker_;
  session::Racer racer_;
  LessonPrinter printer_;
  std::vector<session::Lane> raced_;  // the lanes of the race that was started last
  std::vector<std::shared_ptr<const LaneReport>> lanes_;
  std::vector<std::shared_ptr<const StackReport>> moments_;
  // Pins do not wait for stacks, nor stacks for pins.
  session::Solver law_solver_, band_solver_, law_band_solver_, pin_solver_, pin_law_solver_;
  Desk passes_, laws_, bands_, law_bands_, pins_, pin_laws_;
};

/// Frames until the answers to what the scene asks are drawn and nothing moves any more. The answers come
/// between frames, so the frames, and with them the picture, are the same in every run.
void settle(platform::Offscreen& screen, Front& front, const platform::Input& input = {});

}  // namespace gradflow
