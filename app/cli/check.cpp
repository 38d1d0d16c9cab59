#include "app/cli/check.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>

#include "app/cli/interrupt.h"
#include "app/cli/output_option.h"
#include "app/cli/progress.h"
#include "app/cli/stack_options.h"
#include "core/analysis/check.h"
#include "core/io/output_file.h"

namespace gradflow::cli {
namespace {

struct Options {
  StackOptions stacks;
  int coordinates = 4;
  std::string output = "-";
};

std::string scientific(double value) {
  if (std::isinf(value)) return "inf";
  char text[32];
  std::snprintf(text, sizeof text, "%.1e", value);
  return text;
}

std::string note_of(const CheckRow& row) {
  std::string note = row.note;
  if (row.unresolved == 0) return note;
  return std::to_string(row.unresolved) + " of " + std::to_string(row.count) +
         " smaller than differences can see" + (note.empty() ? "" : "; " + note);
}

/// One line: verdict, check, worst error, tolerance, how many, where and why.
std::string line(const CheckRow& row, int width) {
  const bool judged = std::isfinite(row.tolerance);
  char text[160];
  std::snprintf(text, sizeof text, "%-6s  %-*s  %9s  %9s  %6d  ",
                !row.passed() ? "FAILED"
                : judged      ? "ok"
                              : "-",
                width, row.check.c_str(), scientific(row.error).c_str(),
                judged ? scientific(row.tolerance).c_str() : "-", row.count);
  const std::string note = note_of(row);
  std::string all = text + row.where + (row.where.empty() || note.empty() ? "" : "; ") + note;
  all.erase(all.find_last_not_of(' ') + 1);
  return all + "\n";
}

std::string table_of(const CheckReport& report) {
  std::size_t width = 5;
  for (const CheckRow& row : report.rows) width = std::max(width, row.check.size());
  char head[160];
  std::snprintf(head, sizeof head, "%-6s  %-*s  %9s  %9s  %6s  %s\n", "", static_cast<int>(width), "check",
                "worst", "tolerance", "count", "where the worst is");
  std::string table = report.rows.empty() ? "" : head;
  for (const CheckRow& row : report.rows) table += line(row, static_cast<int>(width));
  return table;
}

ExitCode check_stack(const Options& chosen) {
  const StackSpec spec = load_stacks(chosen.stacks).front();
  check_output(chosen.output, chosen.stacks.inputs());
  const Interrupt interrupt;
  OutputFile table(chosen.output);
  std::optional<CheckReport> report;
  {
    Progress progress;
    report = check(
        spec, {chosen.coordinates, chosen.stacks.memory_limit},
        [&](std::string_view doing, int step, int steps) {
          progress.show_step("checking " + spec.name + ", " + std::string(doing), step, steps);
        },
        interrupt.token());
  }
  if (!report || interrupt.token().stop_requested()) return ExitCode::interrupted;
  table.append(table_of(*report));
  table.commit();
  const auto failed =
      std::count_if(report->rows.begin(), report->rows.end(), [](const auto& row) { return !row.passed(); });
  if (!report->error.empty())
    std::fprintf(stderr, "gradflow-cli: %s: %s\n", spec.name.c_str(), report->error.c_str());
  if (failed > 0 && report->error.empty()) {
    std::fprintf(stderr, "gradflow-cli: %s: %d of %d checks failed\n", spec.name.c_str(),
                 static_cast<int>(failed), static_cast<int>(report->rows.size()));
  }
  return report->passed() ? ExitCode::fine : ExitCode::check_failed;
}

}  // namespace

Action declare_check(CLI::App& options) {
  constexpr int kMaxCoordinates = 1000;
  const auto chosen = std::make_shared<Options>();
  add_one_stack_options(options, chosen->stacks);
  add_whole_number(options, "--coordinates", chosen->coordinates, 1, kMaxCoordinates,
                   "Try N coordinates of each tensor, half of them where its gradient is largest");
  add_table_output(options, chosen->output);
  options.footer(
      "Gradients are held against central differences, norms against their Jacobian in closed form (Xiong\n"
      "et al. 2020, Lemma 3), sub-layers and stream against their formulas, float against double. The\n"
      "status is 1 where a check failed or where the stack's numbers are not finite.\n"
      "Example: whether the numbers of a Post-LN stack are right\n"
      "  gradflow-cli check post-ln --set num_layers=6 --output check.txt");
  return [chosen] { return check_stack(*chosen); };
}

}  // namespace gradflow::cli
