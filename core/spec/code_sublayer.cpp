#include "core/spec/code_sublayer.h"

#include <array>

#include "core/spec/code_fill.h"

namespace gradflow {
namespace {

/// How the parts of a block are spelled in a language, x being the expression that goes in.
struct Dialect {
  std::string_view norm, function;   // expressions
  std::string_view make, make_norm;  // statements; empty where nothing has to be made
  std::string_view indent;
};
constexpr std::array kDialects{
    Dialect{"{{norm}}({{x}}, {{local}}.norm_{{site}})",
            "{{function}}({{x}}, {{local}}{{from_memory?, memory}})", "", "", "    "},
    Dialect{"self.{{key}}.norm_{{site}}({{x}})", "self.{{key}}({{x}}{{from_memory?, memory}})",
            "self.{{key}} = {{module}}()", "self.{{key}}.norm_{{site}} = {{Norm}}(D_MODEL, eps=EPSILON)",
            "        "},
};
static_assert(kDialects.size() == kNames<CodeLanguage>.size());

/// How the code calls a sub-layer: its weights within a block, its function and its module.
struct Words {
  std::string_view local, function, module;
};
constexpr std::array kWords{
    Words{"attn", "attention", "Attention"},
    Words{"cross", "attention", "Attention"},
    Words{"ffn", "feed_forward", "FeedForward"},
};
static_assert(kWords.size() == kSublayerKinds.size());

class Writer {
 public:
  explicit Writer(const SublayerToWrite& sublayer)
      : sublayer_(sublayer),
        dialect_(kDialects[static_cast<std::size_t>(sublayer.language)]),
        fill_(sublayer.fill) {
    const Words& words = kWords[static_cast<std::size_t>(sublayer.kind)];
    fill_.flags["from_memory"] = sublayer.kind == SublayerKind::cross_attention;
    fill_.values["key"] = key_of(sublayer.kind);
    fill_.values["local"] = words.local;
    fill_.values["function"] = words.function;
    fill_.values["module"] = words.module;
  }

  /// The norm of `x`, or `x` itself where the site has none.
  std::string norm(Site site, const std::string& x) {
    if (!sublayer_.wiring.norm.contains(site)) return x;
    fill_.values["site"] = key_of(site);
    fill_.values["x"] = x;
    return fill_holes(dialect_.norm, fill_);
  }

  std::string function(const std::string& x) {
    fill_.values["x"] = x;
    return fill_holes(dialect_.function, fill_);
  }

  /// "x + b", "ALPHA * x + b", or `b` where the wire is cut.
  std::string sum(const std::string& b) const {
    const SkipGain& skip = sublayer_.stack.residual_scale;
    const double gain = sublayer_.wiring.residual ? skip.at(sublayer_.stack.num_layers) : 0;
    if (gain == 0) return b;
    if (gain == 1) return "x + " + b;
    return (skip.rule == SkipGain::Rule::deepnorm ? "ALPHA" : number_code(gain)) + " * x + " + b;
  }

  bool fits(const std::string& statement) const {
    return dialect_.indent.size() + statement.size() <= kCodeColumns;
  }

  bool makes_parts() const { return !dialect_.make.empty(); }

  std::string make() const { return fill_holes(dialect_.make, fill_); }

  std::string make_norm(Site site) {
    fill_.values["site"] = key_of(site);
    return fill_holes(dialect_.make_norm, fill_);
  }

 private:
  const SublayerToWrite& sublayer_;
  const Dialect& dialect_;
  TemplateFill fill_;
};

}  // namespace

std::vector<std::string> sublayer_statements(const SublayerToWrite& sublayer) {
  Writer write(sublayer);
  std::vector<std::string> statements;
  if (sublayer.wiring.norm.contains(Site::entry)) {
    statements.push_back("x = " + write.norm(Site::entry, "x"));
  }
  const auto branch = [&](const std::string& u) { return write.norm(Site::branch, write.function(u)); };
  const std::string u = write.norm(Site::pre, "x");
  const std::string y = write.norm(Site::post, write.sum("b"));
  const std::string nested = "x = " + write.norm(Site::post, write.sum(branch(u)));
  const std::string b = y == "b" ? "x = " : "b = ";  // nothing happens to the branch's output
  if (write.fits(nested)) {
    statements.push_back(nested);
    return statements;
  }
  if (write.fits(b + branch(u))) {
    statements.push_back(b + branch(u));
  } else {
    statements.push_back("u = " + u);
    statements.push_back(b + branch("u"));
  }
  if (y != "b") statements.push_back("x = " + y);
  return statements;
}

std::vector<std::string> sublayer_parts(const SublayerToWrite& sublayer) {
  Writer write(sublayer);
  std::vector<std::string> statements;
  if (!write.makes_parts()) return statements;
  statements.push_back(write.make());
  for (Site site : kSites) {
    if (sublayer.wiring.norm.contains(site)) statements.push_back(write.make_norm(site));
  }
  return statements;
}

std::string_view block_indent(CodeLanguage language) {
  return kDialects[static_cast<std::size_t>(language)].indent;
}

}  // namespace gradflow
