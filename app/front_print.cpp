// The lesson that is open, as a PDF to teach with or to hand out. It is measured beside the window.
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "app/front.h"
#include "core/io/file.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

namespace fs = std::filesystem;

bool is_handout(const ui::SessionWish& wish) { return wish.command == ui::Command::hand_out; }

}  // namespace

/// "~/02-watch-the-gradients-diverge.pdf"
fs::path Front::print_proposal() const {
  const lessons::Lesson* lesson = walk_.lesson();
  return lesson == nullptr ? fs::path() : fs::path("~") / (lesson->name + ".pdf");
}

void Front::start_print(const ui::SessionWish& wish) {
  const lessons::CourseEntry* entry = walk_.entry();
  if (entry == nullptr) return;
  if (!entry->parsed.problems.empty())
    return window_.notify(
        tr("The lesson cannot be printed: {0}", {said(entry->parsed.problems.front(), entry->file)}));
  fs::path path = session::with_home(wish.path);
  if (path.extension() != ".pdf") path += ".pdf";
  std::error_code ignored;
  if (wish.path != replaced_ && fs::exists(path, ignored)) {
    replaced_ = wish.path;
    return window_.ask_again(wish,
                             std::string(tr("This file is there already; confirm once more to replace it.")));
  }
  replaced_.clear();
  printing_ = {wish.command, path.string()};
  printer_.start(entry->parsed.lesson, is_handout(wish) ? Edition::handout : Edition::answered);
  window_.remark(std::string(tr("The lesson is printed as soon as all that it shows is measured")));
}

/// Once a frame.
void Front::finish_print() {
  const std::optional<PrintedLesson> printed = printer_.take();
  if (!printed) return;
  if (!printed->error.empty()) return window_.notify(tr("The lesson is not printed: {0}", {printed->error}));
  try {
    write_file(printing_.path, printed->pdf);
    window_.remark(tr("Printed in {0}", {printing_.path}));
  } catch (const std::exception& error) {
    window_.ask_again(printing_, error.what());
  }
}

}  // namespace gradflow
