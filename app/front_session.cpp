// What the front does with the session as a whole: undo, files, and what a run that broke off has left.
#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "app/front.h"
#include "core/io/preset.h"
#include "core/io/stack_file.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

namespace fs = std::filesystem;

/// Whether saving to `path` replaces a file that is not the session's own.
bool replaces_another(const fs::path& path, const session::Storage& storage) {
  const fs::path target = session::with_home(path);
  std::error_code error;
  if (!fs::exists(target, error)) return false;
  return !storage.file() || !fs::equivalent(target, *storage.file(), error);
}

}  // namespace

std::vector<session::Offer> stack_offers() {
  const std::vector<std::string> presets = preset_names();
  std::vector<session::Offer> offers;
  for (const std::string& name : stack_names()) {
    if (std::find(presets.begin(), presets.end(), name) == presets.end()) {
      StackSpec stack = load_stack(name);
      offers.push_back({name, stack.name, std::string(tr("built in")), std::move(stack)});
    } else {
      Preset preset = load_preset(name);
      offers.push_back(
          {name, preset.facts.model, std::to_string(preset.facts.year), std::move(preset.stack)});
    }
  }
  return offers;
}

ui::SessionStatus Front::session_status() const {
  ui::SessionStatus status{.can_undo = history().can_undo(), .can_redo = history().can_redo()};
  if (storage_.file()) status.file = storage_.file()->string();
  status.figure = figure_proposal().string();
  status.print = print_proposal().string();
  for (const fs::path& file : storage_.recent()) status.recent.push_back(file.string());
  return status;
}

void Front::restore() {
  if (std::optional<session::Scene> rescued = storage_.take_rescued()) {
    scene_ = std::move(*rescued);
    history_.follow(scene_, session::kNoGesture);
    kept_ = false;
    window_.notify(std::string(
        tr("Restored what was open when gradflow last broke off (Ctrl+Z or File > New: start afresh)")));
  }
}

void Front::greet() {
  if (scene_ == session::Scene() && !walk_.place() && !storage_.knows_first_steps()) window_.show_hint();
}

void Front::keep() {
  if (window_.take_hint_end()) storage_.keep_first_steps();
  if (history().follow(scene_, window_.gesture())) {
    window_.remark({});
    if (!page_history_) {  // a page's scene is not the user's session
      kept_ = true;
      storage_.keep(scene_);
    }
  } else if (!kept_ && !page_history_ && current()) {  // a restored scene that could be measured
    kept_ = true;
    storage_.keep(scene_);
  }
  if (std::string problem = storage_.take_problem(); !problem.empty()) window_.notify(std::move(problem));
}

void Front::save(const ui::SessionWish& wish) {
  const bool as = wish.command == ui::Command::save_as;
  const std::optional<fs::path> own = storage_.file() ? storage_.file() : storage_.proposal();
  if (!as && !own) return window_.ask_again({ui::Command::save_as, ""}, {});
  const fs::path path = as ? fs::path(wish.path) : *own;
  if (as && wish.path != replaced_ && replaces_another(path, storage_)) {
    replaced_ = wish.path;
    return window_.ask_again(wish,
                             std::string(tr("This file is there already; confirm once more to replace it.")));
  }
  replaced_.clear();
  try {
    window_.remark(tr("Saved in {0}", {storage_.save(scene_, path).string()}));
  } catch (const std::exception& error) {
    window_.ask_again({ui::Command::save_as, path.string()}, error.what());
  }
}

void Front::obey(const ui::SessionWish& wish) {
  if (wish.command == ui::Command::fresh || wish.command == ui::Command::open) leave_page();
  std::optional<session::Scene> scene;
  switch (wish.command) {
    case ui::Command::none:
    case ui::Command::summarize: return;
    case ui::Command::undo: scene = history().undo(); break;
    case ui::Command::redo: scene = history().redo(); break;
    case ui::Command::fresh:
      scene = session::Scene();
      storage_.set_file({});
      break;
    case ui::Command::open: try { scene = storage_.open({wish.path}, scene_);
      } catch (const std::exception& error) {
        window_.ask_again(wish, error.what());
      }
      break;
    case ui::Command::save:
    case ui::Command::save_as: save(wish); break;
    case ui::Command::export_figure: start_export(wish); break;
    case ui::Command::print_lesson:
    case ui::Command::hand_out: start_print(wish); break;
  }
  if (!scene) return;
  window_.drop_typing();
  scene_ = std::move(*scene);
  const bool stepped = wish.command == ui::Command::undo || wish.command == ui::Command::redo;
  if ((history().follow(scene_, session::kNoGesture) || stepped) && !page_history_) storage_.keep(scene_);
}

void Front::open(const std::vector<fs::path>& files) {
  leave_page();
  try {
    scene_ = storage_.open(files, scene_);
    window_.drop_typing();
  } catch (const std::exception& error) {
    window_.notify(error.what());
  }
}

}  // namespace gradflow
