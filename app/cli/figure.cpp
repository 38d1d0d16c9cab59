#include "app/cli/figure.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <thread>

#include "app/cli/interrupt.h"
#include "app/cli/output_option.h"
#include "app/cli/progress.h"
#include "app/cli/stack_options.h"
#include "app/export/export.h"
#include "app/session/depth_laws.h"
#include "app/session/passes.h"
#include "app/session/scene_file.h"
#include "app/session/solver.h"
#include "app/ui/views.h"
#include "core/io/output_file.h"
#include "core/io/place.h"

namespace gradflow::cli {
namespace {

using Reports = std::vector<std::shared_ptr<const StackReport>>;

struct Options {
  StackOptions stacks;
  std::string view, quantity, output;
};

session::Scene scene_of(const Options& chosen) {
  session::Scene scene = session::open_named(chosen.stacks.stacks).scene;
  change_stacks(chosen.stacks, scene.stacks);
  if (!chosen.view.empty()) scene.view = session::parse_view(chosen.view);
  if (!chosen.quantity.empty()) scene.quantity = chosen.quantity;
  return scene;
}

/// Nothing where it was interrupted.
std::optional<Reports> answers_of(session::Solver& solver, const session::Scene& scene,
                                  const Interrupt& interrupt) {
  constexpr std::chrono::milliseconds kLook{5};
  Progress progress;
  progress.begin("measuring " + std::to_string(scene.stacks.size()) + " stacks");
  solver.resize(scene.stacks.size());
  for (std::size_t i = 0; i < scene.stacks.size(); ++i) solver.ask(i, scene.stacks[i]);
  while (!solver.idle()) {
    if (interrupt.token().stop_requested()) return std::nullopt;
    std::this_thread::sleep_for(kLook);
  }
  Reports answers;
  for (std::size_t i = 0; i < scene.stacks.size(); ++i) answers.push_back(solver.answer(i));
  return answers;
}

void check_quantity(const std::string& quantity, const ui::ViewKind& view, const Reports& answers) {
  if (quantity.empty()) return;
  const std::vector<std::string> known = view.quantities(answers);
  if (std::find(known.begin(), known.end(), quantity) != known.end()) return;
  Place{}.of("--quantity").refuse(quantity, listed(known));
}

ExitCode write_figure(const Options& chosen) {
  const FigureFormat format = figure_format_of(chosen.output);
  const session::Scene scene = scene_of(chosen);
  check_output(chosen.output, chosen.stacks.inputs());
  const Interrupt interrupt;
  OutputFile file(chosen.output);
  const ui::ViewKind& view = ui::view_kind(scene.view);
  const bool laws = view.source == &ui::Measurements::laws;
  session::Solver solver =
      laws ? session::Solver([] { return session::depth_law_measure(); }, [] {}, session::is_obsolete_law)
           : session::Solver(session::pass_measure, [] {});
  const std::optional<Reports> answers = answers_of(solver, scene, interrupt);
  if (!answers) return ExitCode::interrupted;
  check_quantity(chosen.quantity, view, *answers);
  ui::Measurements measured;
  measured.*view.source = *answers;
  file.append(exported(scene, measured, format));
  file.commit();
  return ExitCode::fine;
}

}  // namespace

Action declare_figure(CLI::App& options) {
  const auto chosen = std::make_shared<Options>();
  options
      .add_option(
          "SESSION|STACK", chosen->stacks.stacks,
          "A session, or a figure that was exported, or stack files and names (default: pre-ln post-ln)")
      ->type_name("");
  add_stack_changes(options, chosen->stacks);
  options
      .add_option("--view", chosen->view,
                  "What is drawn: " + all_keys<session::View>() + " (default: the session's)")
      ->type_name("VIEW");
  options
      .add_option(
          "--quantity", chosen->quantity,
          "Whose norm is drawn, as in the tidy table, such as grad_norm/total (default: the session's)")
      ->type_name("NAME");
  options
      .add_option("--output", chosen->output,
                  "The file to write; its ending says the format: .svg, .pdf, .png, or .csv for the table")
      ->type_name("FILE")
      ->required();
  options.footer(
      "The session lies inside the file: `gradflow FIGURE.svg` opens it again. The window's File > Export\n"
      "writes the same bytes.\n"
      "Example: the gradients of both built-in stacks at depth 48, for a paper\n"
      "  gradflow-cli figure pre-ln post-ln --set num_layers=48 --output gradients.pdf");
  return [chosen] { return write_figure(*chosen); };
}

}  // namespace gradflow::cli
