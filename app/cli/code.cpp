#include "app/cli/code.h"

#include <memory>

#include "app/cli/choice_option.h"
#include "app/cli/output_option.h"
#include "app/cli/stack_options.h"
#include "core/io/output_file.h"
#include "core/spec/code.h"

namespace gradflow::cli {
namespace {

enum class Extent : unsigned char { program, block };

struct Options {
  StackOptions stacks;
  CodeLanguage language = CodeLanguage::numpy;
  Extent extent = Extent::program;
  std::string output = "-";
};

ExitCode code(const Options& chosen) {
  const StackSpec spec = load_stacks(chosen.stacks).front();
  check_output(chosen.output, chosen.stacks.inputs());
  OutputFile file(chosen.output);
  file.append(chosen.extent == Extent::block ? block_code(spec, chosen.language)
                                             : program_code(spec, chosen.language));
  file.commit();
  return ExitCode::fine;
}

}  // namespace

Action declare_code(CLI::App& options) {
  const auto chosen = std::make_shared<Options>();
  add_one_stack_options(options, chosen->stacks);
  add_choice(options, "--language", chosen->language, "What to write it in")->required();
  options.add_flag_callback(
      "--block", [chosen] { chosen->extent = Extent::block; },
      "Write the layer alone (default: the whole program)");
  add_text_output(options, chosen->output, "code");
  options.footer(
      "The program, run as python3 FILE WEIGHTS [RESULTS], computes the loss and in PyTorch every gradient\n"
      "from what gradflow-cli weights writes, and saves them as .npz.\n"
      "Example: the built-in Post-LN stack as a PyTorch program\n"
      "  gradflow-cli code post-ln --language pytorch --output post_ln.py");
  return [chosen] { return code(*chosen); };
}

}  // namespace gradflow::cli
