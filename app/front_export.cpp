// The current figure into a file, and its table beside it. What is not measured yet is waited for, between
// frames.
#include <filesystem>
#include <system_error>
#include <utility>

#include "app/export/export.h"
#include "app/front.h"
#include "core/io/file.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

namespace fs = std::filesystem;

fs::path table_beside(fs::path figure) { return figure.replace_extension(".csv"); }

bool is_there(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

}  // namespace

fs::path Front::figure_proposal() const {
  if (exported_) return *exported_;
  if (storage_.file()) return fs::path(*storage_.file()).replace_extension(".svg");
  return "~/figure.svg";
}

void Front::start_export(const ui::SessionWish& wish) {
  const fs::path path = session::with_home(wish.path);
  try {
    figure_format_of(path);
  } catch (const std::exception& error) {
    return window_.ask_again(wish, error.what());
  }
  const fs::path table = table_beside(path);
  if (path != exported_ && wish.path != replaced_ && (is_there(path) || is_there(table))) {
    replaced_ = wish.path;
    return window_.ask_again(
        wish, is_there(path) ? std::string(tr("This file is there already; confirm once more to replace it."))
                             : tr("Its table, {0}, is there already; confirm once more to replace it.",
                                  {table.filename().string()}));
  }
  replaced_.clear();
  exporting_ = path;
  if (scene_.view == session::View::training && racer_.phase() == RacePhase::none) start_race();
  if (!current()) window_.remark(std::string(tr("The figure is exported as soon as all of it is measured")));
}

void Front::export_once_measured() {
  if (!exporting_ || !current()) return;
  const fs::path path = *std::exchange(exporting_, {});
  const fs::path table = table_beside(path);
  fetch();
  try {
    const FigureFormat format = figure_format_of(path);
    if (format != FigureFormat::csv) write_file(path, exported(scene_, measured(), pinned(), format));
    write_file(table, exported(scene_, measured(), pinned(), FigureFormat::csv));
    exported_ = path;
    window_.remark(format == FigureFormat::csv
                       ? tr("Exported in {0}", {path.string()})
                       : tr("Exported in {0}, its table in {1}", {path.string(), table.filename().string()}));
  } catch (const std::exception& error) {
    window_.ask_again({ui::Command::export_figure, path.string()}, error.what());
  }
}

}  // namespace gradflow
