#include "app/cli/presets.h"

#include <algorithm>
#include <memory>

#include "app/cli/output_option.h"
#include "core/io/output_file.h"
#include "core/io/preset.h"
#include "core/io/stack_file.h"

namespace gradflow::cli {
namespace {

enum class Shown : unsigned char { stack, facts };

struct Options {
  std::string name;
  Shown shown = Shown::stack;
  std::string output = "-";
};

/// "48 layers of 1600, 25 heads, feed-forward 6400": what the source gives of it.
std::string size_text(const PresetFacts& facts) {
  std::string text = facts.num_layers ? std::to_string(*facts.num_layers) + " layers" : "several sizes";
  if (facts.d_model) text += " of " + std::to_string(*facts.d_model);
  if (facts.num_heads) text += ", " + std::to_string(*facts.num_heads) + " heads";
  if (facts.d_ff) text += ", feed-forward " + std::to_string(*facts.d_ff);
  return text;
}

std::string title(const PresetFacts& facts) {
  return facts.model + ", " + std::to_string(facts.year) + ": " + size_text(facts);
}

std::string list_text() {
  const std::vector<std::string> names = preset_names();
  std::size_t width = 0;
  for (const std::string& name : names) width = std::max(width, name.size());
  std::string text;
  for (const std::string& name : names) {
    text += name + std::string(width - name.size() + 2, ' ') + title(load_preset(name).facts) + "\n";
  }
  return text;
}

std::string facts_text(const Preset& preset) {
  const StackSpec& stack = preset.stack;
  std::string text = title(preset.facts) + "\nsource: " + preset.facts.source + "\nruns here as " +
                     std::to_string(stack.num_layers) + " layers of " + std::to_string(stack.d_model) + ", " +
                     std::to_string(stack.num_heads) + " heads, feed-forward " + std::to_string(stack.d_ff) +
                     "\n";
  for (const std::string& sentence : preset.facts.left_out) text += "left out: " + sentence + "\n";
  return text;
}

std::string text_of(const Options& chosen) {
  if (chosen.name.empty()) return list_text();
  const Preset preset = load_preset(chosen.name);
  return chosen.shown == Shown::facts ? facts_text(preset) : stack_json(preset.stack);
}

ExitCode presets(const Options& chosen) {
  if (chosen.name.empty() && chosen.shown == Shown::facts) {
    throw InputError("--facts needs a preset; gradflow-cli presets lists them");
  }
  OutputFile file(chosen.output);
  file.append(text_of(chosen));
  file.commit();
  return ExitCode::fine;
}

}  // namespace

Action declare_presets(CLI::App& options) {
  const auto chosen = std::make_shared<Options>();
  options.add_option("NAME", chosen->name, "Print this preset as a stack file (default: list all of them)")
      ->type_name("");
  options.add_flag_callback(
      "--facts", [chosen] { chosen->shown = Shown::facts; },
      "Print instead what the model really was, the source, and what is left out");
  add_table_output(options, chosen->output);
  options.footer(
      "A preset's name stands for its stack in every command: gradflow-cli measure gpt-2\n"
      "Example: GPT-2's stack as a file to change\n"
      "  gradflow-cli presets gpt-2 --output gpt-2.json");
  return [chosen] { return presets(*chosen); };
}

}  // namespace gradflow::cli
