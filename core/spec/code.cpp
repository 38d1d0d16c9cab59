#include "core/spec/code.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <string_view>
#include <utility>
#include <vector>

#include "core/spec/asset.h"
#include "core/spec/code_fill.h"
#include "core/spec/code_sublayer.h"
#include "core/spec/code_wiring.h"

namespace gradflow {
namespace {

struct BlockName {
  std::string_view stem, separator;
};
constexpr std::array kBlockNames{BlockName{"block", "_"}, BlockName{"Block", ""}};
static_assert(kBlockNames.size() == kNames<CodeLanguage>.size());

/// A stack with what every part of its code needs to know.
struct Source {
  Source(const StackSpec& stack, CodeLanguage wanted, std::vector<WiredLayers> needed)
      : spec(stack), language(wanted), wirings(std::move(needed)), fill(code_fill(stack, wirings)) {}
  const StackSpec& spec;
  CodeLanguage language;
  std::vector<WiredLayers> wirings;
  TemplateFill fill;
};

/// A value ends where its line in the template does.
std::string without_end(std::string_view lines) { return std::string(lines.substr(0, lines.size() - 1)); }

/// A template of the language: "" is the program, "_block" a block.
std::string_view template_of(const Source& source, std::string_view part) {
  return asset("code/" + std::string(key_of(source.language)) + std::string(part) + ".py.txt");
}

/// "block" where there is but one wiring, otherwise "block_1" and so on; in PyTorch "Block1".
std::string block_name(const Source& source, std::size_t wiring) {
  const BlockName& name = kBlockNames[static_cast<std::size_t>(source.language)];
  std::string text(name.stem);
  if (source.wirings.size() > 1) text += std::string(name.separator) + std::to_string(wiring + 1);
  return text;
}

/// The statements of every sub-layer, one below the other, without the end of the last line.
std::string statements(const Source& source, const Sublayers& sublayers,
                       std::vector<std::string> (*statements_of)(const SublayerToWrite&)) {
  std::string text;
  for (SublayerKind kind : kSublayerKinds) {
    const SublayerSpec* wiring = sublayers.find(kind);
    if (wiring == nullptr) continue;
    for (const std::string& line :
         statements_of({source.language, kind, source.spec, *wiring, source.fill})) {
      text += text.empty() ? "" : "\n";
      text += block_indent(source.language);
      text += line;
    }
  }
  return text;
}

/// The definition of one block.
std::string block(const Source& source, std::size_t wiring) {
  constexpr std::size_t kAboutColumns = 43;  // what the rest of the docstring leaves
  const auto& [sublayers, layers] = source.wirings[wiring];
  TemplateFill fill = source.fill;
  fill.values["block"] = block_name(source, wiring);
  fill.values["about"] = layers_text(layers, source.spec.num_layers, kAboutColumns);
  fill.values["parts"] = statements(source, sublayers, sublayer_parts);
  fill.values["lines"] = statements(source, sublayers, sublayer_statements);
  return without_end(fill_template(template_of(source, "_block"), fill));
}

/// All of them, two empty lines between.
std::string blocks(const Source& source) {
  std::string text;
  for (std::size_t i = 0; i < source.wirings.size(); ++i) {
    if (i > 0) text += "\n\n\n";
    text += block(source, i);
  }
  return text;
}

/// Terms with " + " between, in brackets over several lines where they are longer than the line leaves room
/// for.
std::string sum(const std::vector<std::string>& terms, std::size_t room) {
  std::string line, lines;
  for (const std::string& term : terms) {
    if (4 + line.size() + 3 + term.size() > kCodeColumns) lines += "\n    " + std::exchange(line, "");
    line += (line.empty() ? lines.empty() ? "" : "+ " : " + ") + term;
  }
  return lines.empty() && line.size() <= room ? line : "(" + lines + "\n    " + line + "\n)";
}

/// Which block each layer is: "BLOCKS = [block_1] * 6 + [block_2] + [block_1] * 5".
std::string layer_blocks(const Source& source) {
  constexpr std::string_view kStart = "BLOCKS = ";
  std::vector<std::string> terms;
  for (const LayerRun& run : layer_runs(source.wirings)) {
    terms.push_back("[" + block_name(source, run.wiring) + "]");
    if (run.length > 1) terms.back() += " * " + std::to_string(run.length);
  }
  return std::string(kStart) + sum(terms, kCodeColumns - kStart.size());
}

/// `text` with everything that the code of the stack has to say.
std::string filled(const Source& source, std::string_view text) {
  TemplateFill fill = source.fill;
  fill.values["language"] = named(source.language).label;
  fill.values["blocks"] = blocks(source);
  fill.values["layer_blocks"] = layer_blocks(source);
  fill.values["read_safetensors"] = without_end(asset("code/read_safetensors.py.txt"));
  return fill_template(text, fill);
}

}  // namespace

std::string block_code(const StackSpec& spec, CodeLanguage language) {
  return filled({spec, language, distinct_wirings(spec)}, asset("code/block.py.txt"));
}

std::string block_code(const StackSpec& spec, CodeLanguage language, int layer) {
  std::vector<WiredLayers> wirings = distinct_wirings(spec);
  std::erase_if(wirings, [&](const WiredLayers& wiring) {
    return std::find(wiring.layers.begin(), wiring.layers.end(), layer) == wiring.layers.end();
  });
  assert(wirings.size() == 1);
  return filled({spec, language, std::move(wirings)}, asset("code/block.py.txt"));
}

std::string program_code(const StackSpec& spec, CodeLanguage language) {
  const Source source(spec, language, distinct_wirings(spec));
  return filled(source, template_of(source, ""));
}

}  // namespace gradflow
