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
#include "app/session/racer.h"
#include "app/session/scene_edits.h"
#include "app/session/scene_file.h"
#include "app/session/seed_bands.h"
#include "app/session/solver.h"
#include "app/ui/views.h"
#include "core/io/output_file.h"
#include "core/io/place.h"

namespace gradflow::cli {
namespace {

using Reports = std::vector<std::shared_ptr<const StackReport>>;

constexpr std::chrono::milliseconds kLook{5};

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

/// One entry a stack; nullptr where nothing is asked.
using Questions = std::vector<const StackSpec*>;

Questions stacks_of(const session::Scene& scene) {
  Questions questions;
  for (const StackSpec& stack : scene.stacks) questions.push_back(&stack);
  return questions;
}

/// Those that another seed draws anew.
Questions seeded_of(const session::Scene& scene) {
  Questions questions = stacks_of(scene);
  for (const StackSpec*& stack : questions) {
    if (!has_drawn_weights(*stack)) stack = nullptr;
  }
  return questions;
}

Questions pins_of(const session::Scene& scene) {
  Questions questions;
  for (std::size_t i = 0; i < scene.pinned.size(); ++i) questions.push_back(session::pin_of(scene, i));
  return questions;
}

/// Nothing where it was interrupted.
std::optional<Reports> answers_of(session::Solver& solver, const Questions& questions, std::size_t seeds,
                                  const Interrupt& interrupt) {
  solver.resize(questions.size());
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (questions[i] != nullptr) solver.ask(i, {*questions[i], static_cast<int>(seeds)});
  }
  while (!solver.idle()) {
    if (interrupt.token().stop_requested()) return std::nullopt;
    std::this_thread::sleep_for(kLook);
  }
  Reports answers;
  for (std::size_t i = 0; i < questions.size(); ++i) answers.push_back(solver.answer(i));
  return answers;
}

/// As the window asks for it. Nothing where it was interrupted.
std::optional<Reports> passes_of(const Questions& questions, const Interrupt& interrupt) {
  session::Solver solver(session::pass_measure, [] {});
  return answers_of(solver, questions, 1, interrupt);
}

std::optional<Reports> laws_of(const Questions& questions, const Interrupt& interrupt) {
  session::Solver solver([] { return session::depth_law_measure(); }, [] {}, session::is_obsolete_law);
  return answers_of(solver, questions, 1, interrupt);
}

std::optional<Reports> bands_of(const session::Scene& scene, const Interrupt& interrupt) {
  session::Solver solver([] { return session::seed_bands_measure(session::pass_measure()); }, [] {},
                         session::is_obsolete_band);
  return answers_of(solver, seeded_of(scene), scene.seeds, interrupt);
}

std::optional<Reports> law_bands_of(const session::Scene& scene, const Interrupt& interrupt) {
  session::Solver solver([] { return session::law_bands_measure(); }, [] {}, session::is_obsolete_law);
  return answers_of(solver, seeded_of(scene), scene.seeds, interrupt);
}

/// The race of the scene, run to its end.
struct Race {
  std::vector<std::shared_ptr<const LaneReport>> lanes;
  Reports moments;
};
std::optional<Race> race_of(const session::Scene& scene, const Interrupt& interrupt) {
  if (scene.view != session::View::training) return Race();
  session::Racer racer([] {});
  racer.start(session::lanes_of(scene));
  while (racer.phase() == RacePhase::running) {
    if (interrupt.token().stop_requested()) return std::nullopt;
    std::this_thread::sleep_for(kLook);
  }
  return Race{racer.reports(), racer.moments(scene.race.step)};
}

void check_quantity(const std::string& quantity, const ui::ViewKind& view, const Reports& answers) {
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
  const ui::ViewKind& view = ui::view_kind(scene.view);
  const bool laws = view.source == &ui::Measurements::laws;
  const auto measure = laws ? laws_of : passes_of;
  const std::optional<Reports> answers = measure(stacks_of(scene), interrupt);
  if (!answers) return ExitCode::interrupted;
  const std::optional<Reports> ghosts = measure(pins_of(scene), interrupt);
  if (!ghosts) return ExitCode::interrupted;
  check_quantity(chosen.quantity, view, *answers);
  std::optional<Reports> bands{Reports()};
  if (ui::shows_bands(scene)) bands = laws ? law_bands_of(scene, interrupt) : bands_of(scene, interrupt);
  if (!bands) return ExitCode::interrupted;
  const std::optional<Race> race = race_of(scene, interrupt);
  if (!race) return ExitCode::interrupted;
  ui::Measurements measured;
  measured.race = {RacePhase::finished, race->lanes, race->moments};
  measured.*view.source = *answers;
  if (view.bands != nullptr) measured.*view.bands = *bands;
  ui::Measurements pinned;
  pinned.*view.source = *ghosts;
  file.append(exported(scene, measured, pinned, format));
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
