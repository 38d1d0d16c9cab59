// gradflow: the window, or a picture of it. Parses the command line and puts solver, window and platform
// together.
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <new>
#include <optional>
#include <string>

#include "app/front.h"
#include "app/gui_options.h"
#include "app/platform/desktop.h"
#include "app/platform/error.h"
#include "app/platform/offscreen.h"
#include "app/session/passes.h"
#include "core/io/file.h"

namespace gradflow {
namespace {

constexpr int kWrongUse = 2;
constexpr std::chrono::milliseconds kPatience{200};

platform::Size scaled(platform::Size size, float scale) {
  const auto pixels = [scale](int length) {
    return static_cast<int>(std::lround(static_cast<float>(length) * scale));
  };
  return {pixels(size.width), pixels(size.height)};
}

session::Storage storage_for(const GuiOptions& options) {
  const std::optional<session::Folders> folders = session::usual_folders();
  session::Storage storage = folders ? session::Storage(*folders, options.rescue) : session::Storage();
  if (options.session) storage.set_file(std::filesystem::absolute(*options.session));
  return storage;
}

/// The course and what is done of it, which is kept where there is a place for it.
void teach(const GuiOptions& options, Front& front) {
  const std::optional<session::Folders> folders = session::usual_folders();
  const std::filesystem::path file =
      folders ? lessons::progress_file(folders->data) : std::filesystem::path();
  lessons::LoadedProgress loaded = folders ? lessons::load_progress(file) : lessons::LoadedProgress();
  if (!loaded.problem.empty()) front.window().notify(loaded.problem);
  front.teach({options.course, lessons::built_in_gallery(language()), std::move(loaded.progress)}, file);
  if (options.page) front.open_page(*options.page);
}

void open_window(const GuiOptions& options) {
  platform::DesktopOptions look;
  look.design_size = scaled(look.design_size, options.window.scale);
  look.exact_size = options.size;
  platform::Desktop desktop(look);
  session::Solver solver(session::pass_measure, [&desktop] { desktop.wake(); });
  Front front(
      options.scene, options.window, solver, [&desktop] { desktop.wake(); }, storage_for(options));
  teach(options, front);
  if (options.rescue == session::Rescue::take) front.greet();
  desktop.run(front);
  front.end_cleanly();
  // One layer of a giant stack takes seconds, and nobody waits for its numbers any more.
  if (!solver.stop(kPatience) || !front.stop(kPatience)) std::_Exit(0);
}

void take_screenshot(const GuiOptions& options) {
  const platform::Size size =
      options.size.value_or(scaled(platform::DesktopOptions{}.design_size, options.window.scale));
  platform::Offscreen screen(size.width, size.height, 1);
  session::Solver solver(session::pass_measure, [] {});
  ui::WindowOptions window = options.window;
  window.timing = ui::Timing::hidden;  // the same command gives the same bytes
  Front front(options.scene, window, solver);
  front.teach({options.course, lessons::built_in_gallery(language())});
  if (options.page) front.open_page(*options.page);
  if (front.scene().view == session::View::training) front.start_race();
  settle(screen, front);
  write_file(*options.screenshot, platform::png(screen.pixels()));
}

void run(const GuiOptions& options) {
  if (!options.message.empty()) {
    std::cout << options.message;
  } else if (options.screenshot) {
    take_screenshot(options);
  } else {
    try {
      open_window(options);
    } catch (const platform::PlatformError& error) {
      throw platform::PlatformError(
          std::string(error.what()) +
          "; --screenshot OUT.png draws without one, gradflow-cli measures without one");
    }
  }
}

}  // namespace
}  // namespace gradflow

int main(int argc, char** argv) {
  try {
    gradflow::run(gradflow::parse_gui_options(argc, argv));
    return 0;
  } catch (const std::bad_alloc&) {
    std::cerr << "gradflow: there is not enough memory\n";
  } catch (const std::exception& error) {
    std::cerr << "gradflow: " << error.what() << '\n';
  }
  return gradflow::kWrongUse;
}
