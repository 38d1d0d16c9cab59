#include "app/cli/figure.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "app/cli/interrupt.h"
#include "app/cli/output_option.h"
#include "app/cli/progress.h"
#include "app/cli/stack_options.h"
#include "app/export/export.h"
#include "app/export/scene_answers.h"
#include "app/session/scene_file.h"
#include "app/ui/views.h"
#include "core/io/output_file.h"
#include "core/io/place.h"

namespace gradflow::cli {
namespace {

struct Options {
  StackOptions stacks;
  std::string view, quantity, output;
  int seeds = 0;  // those of the session
};

session::Scene scene_of(const Options& chosen) {
  session::Scene scene = session::open_named(chosen.stacks.stacks).scene;
  change_stacks(chosen.stacks, scene.stacks);
  if (!chosen.view.empty()) scene.view = session::parse_view(chosen.view);
  if (chosen.seeds > 0) scene.seeds = static_cast<std::size_t>(chosen.seeds);
  if (chosen.quantity.empty()) return scene;
  const ui::QuantityChoice* choice = ui::view_kind(scene.view).choice;
  if (choice == nullptr) {
    throw InputError("--quantity is " + chosen.quantity + "; the view " + std::string(named(scene.view).key) +
                     " has none to choose");
  }
  scene.*(choice->quantity) = chosen.quantity;
  return scene;
}

void check_quantity(const std::string& quantity, const ui::ViewKind& view, const StackReports& answers) {
  if (quantity.empty()) return;
  const std::vector<std::string> known = view.choice->offered(answers);
  if (std::find(known.begin(), known.end(), quantity) != known.end()) return;
  Place{}.of("--quantity").refuse(quantity, listed(known));
}

ExitCode write_figure(const Options& chosen) {
  const FigureFormat format = figure_format_of(chosen.output);
  const session::Scene scene = scene_of(chosen);
  check_output(chosen.output, chosen.stacks.inputs());
  const Interrupt interrupt;
  OutputFile file(chosen.output);
  Progress progress;
  progress.begin("measuring " + std::to_string(scene.stacks.size()) + " stacks");
  const std::optional<SceneAnswers> answers =
      answers_of(scene, interrupt.token(), [&](const StackReports& stacks) {
        check_quantity(chosen.quantity, ui::view_kind(scene.view), stacks);
      });
  if (!answers) return ExitCode::interrupted;
  file.append(exported(scene, answers->measured(scene.view), answers->pinned(scene.view), format));
  file.commit();
  return ExitCode::fine;
}

}  // namespace

Action declare_figure(CLI::App& options) {
  const auto chosen = std::make_shared<Options>();
  options
      .add_option("SESSION|STACK", chosen->stacks.stacks,
                  "A session, or a figure that was exported, or stack files, weights files (safetensors) and "
                  "names (default: "
                  "pre-ln post-ln)")
      ->type_name("");
  add_stack_changes(options, chosen->stacks);
  options
      .add_option("--view", chosen->view,
                  "What is drawn: " + all_keys<session::View>() + " (default: the session's)")
      ->type_name("VIEW");
  options
      .add_option(
          "--quantity", chosen->quantity,
          "What is drawn over the layers, as in the tidy table, such as grad_norm/total, or every_weight/0 "
          "for each weight of the first stack (default: the session's)")
      ->type_name("NAME");
  add_whole_number(options, "--seeds", chosen->seeds, 1, static_cast<int>(session::kMaxSeeds),
                   "Measure every stack with N seeds and draw their band; a table has the rows of each",
                   "the session's");
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
