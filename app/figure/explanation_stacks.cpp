// Which stacks are shown, what they have in common, and what tells them apart; what the axes are.
#include <algorithm>
#include <array>
#include <cmath>

#include "app/figure/explanation_parts.h"
#include "app/figure/quantity.h"
#include "app/figure/race.h"
#include "app/figure/style.h"
#include "core/spec/names.h"
#include "core/spec/wiring_words.h"

namespace gradflow::figure {
namespace {

struct Meaning {
  std::string_view quantity, words;
};
constexpr std::array<Meaning, 15> kMeanings{{
    {"grad_norm/total",
     "the length (Frobenius norm) of the loss gradient in all weights of a layer together"},
    {"stream_grad_norm", "the length of the loss gradient in the residual stream, over all tokens"},
    {"stream_rms", "the root mean square of the residual stream, a plain number"},
    {"branch_rms/attention", "the root mean square of what attention adds to the stream"},
    {"branch_rms/cross_attention", "the root mean square of what cross-attention adds to the stream"},
    {"branch_rms/ffn", "the root mean square of what the feed-forward adds to the stream"},
    {"token_cosine", "the mean cosine between the tokens of a sequence; at 1 they are all alike"},
    {"attention_entropy", "the entropy of attention in nats, 0 where every query looks at one token alone"},
    {"loss", "the loss of the step's batch, in nats a token"},
    {"gradient_norm", "the length of the loss gradient in all weights together, before clipping"},
    {"learning_rate", "the learning rate of the step"},
    {"update_ratio", "the length of the step's update over the length of all weights"},
    {"layer_gradients", "the length of the loss gradient in all weights of a layer"},
    {"layer_updates", "the length of a layer's update over the length of its weights"},
    {"layer_cosines", "the mean cosine between the tokens behind a layer; at 1 they are all alike"},
}};

/// What two stacks can differ in.
struct Trait {
  std::string_view words;
  bool (*same)(const StackSpec& left, const StackSpec& right);
};
template <auto kMember>
bool same(const StackSpec& left, const StackSpec& right) {
  return left.*kMember == right.*kMember;
}
bool same_sites(const StackSpec& left, const StackSpec& right) {
  return std::all_of(kSublayerKinds.begin(), kSublayerKinds.end(), [&](SublayerKind kind) {
    const SublayerSpec *a = left.sublayers.find(kind), *b = right.sublayers.find(kind);
    return (a == nullptr) == (b == nullptr) && (a == nullptr || a->norm == b->norm);
  });
}
bool same_residuals(const StackSpec& left, const StackSpec& right) {
  return std::all_of(kSublayerKinds.begin(), kSublayerKinds.end(), [&](SublayerKind kind) {
    const SublayerSpec *a = left.sublayers.find(kind), *b = right.sublayers.find(kind);
    return a == nullptr || b == nullptr || a->residual == b->residual;
  });
}
constexpr std::array<Trait, 24> kTraits{{
    {"where its norms are", same_sites},
    {"its residual wires", same_residuals},
    {"the wiring of single layers", same<&StackSpec::overrides>},
    {"the final norm", same<&StackSpec::final_norm>},
    {"the norm behind the embedding", same<&StackSpec::embedding_norm>},
    {"the kind of its norms", same<&StackSpec::norm>},
    {"the gain on its residual", same<&StackSpec::residual_scale>},
    {"its depth", same<&StackSpec::num_layers>},
    {"its width", same<&StackSpec::d_model>},
    {"its heads", same<&StackSpec::num_heads>},
    {"the width of its feed-forward", same<&StackSpec::d_ff>},
    {"its activation", same<&StackSpec::activation>},
    {"its positions", same<&StackSpec::positions>},
    {"whether it is causal", same<&StackSpec::causal>},
    {"its biases", same<&StackSpec::bias>},
    {"its QK-norm", same<&StackSpec::qk_norm>},
    {"its tied embedding", same<&StackSpec::tied_embedding>},
    {"its memory", same<&StackSpec::memory_cosine>},
    {"its initial weights", same<&StackSpec::init>},
    {"its seed", same<&StackSpec::seed>},
    {"its vocabulary", same<&StackSpec::vocab_size>},
    {"the length of its sequences", same<&StackSpec::sequence_length>},
    {"the size of its batch", same<&StackSpec::batch_size>},
    {"its input", same<&StackSpec::input>},
}};

/// "a", "a and b", "a, b and c"
std::string joined(const Paragraphs& words) {
  std::string list;
  for (std::size_t i = 0; i < words.size(); ++i)
    list += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + words[i];
  return list;
}

std::string letter(std::size_t stack) { return std::string(1, stack_letter(stack)); }

std::string difference_words(const Subject& subject, std::size_t first, std::size_t i) {
  Paragraphs traits;
  for (const Trait& trait : kTraits) {
    if (!trait.same(subject.stacks[first], subject.stacks[i])) traits.emplace_back(trait.words);
  }
  if (traits.empty()) return "It is the same as " + letter(first) + ".";
  return "It differs from " + letter(first) + " in " + joined(traits) + ".";
}

/// The shown stacks' own word for it, where they share one.
template <class Fn>
void add_common(const Subject& subject, const Fn& words, Paragraphs* list) {
  std::string common;
  for (std::size_t i = 0; i < subject.stacks.size(); ++i) {
    if (is_hidden(subject, i)) continue;
    const std::string own = words(subject.stacks[i]);
    if (!common.empty() && own != common) return;
    common = own;
  }
  if (!common.empty()) list->push_back(common);
}

std::string counted(int count, const std::string& word) {
  return std::to_string(count) + " " + word + (count == 1 ? "" : "s");
}

/// "W₁ (feed-forward)"
std::string weight_words(std::string_view quantity) {
  std::string label = quantity_label(quantity);
  const std::size_t gap = label.find("  ");
  return gap == std::string::npos ? label : label.substr(0, gap) + " (" + label.substr(gap + 2) + ")";
}

/// Whether curves are means over seeds.
bool has_bands(const Subject& subject) {
  const auto* figure = std::get_if<Figure>(&subject.drawing);
  return figure != nullptr && !subject.race &&
         std::any_of(figure->curves.begin(), figure->curves.end(),
                     [](const Curve& curve) { return !curve.low.empty(); });
}

}  // namespace

bool is_hidden(const Subject& subject, std::size_t stack) {
  return stack < subject.hidden.size() && subject.hidden[stack];
}

std::string quantity_meaning(std::string_view quantity) {
  for (const Meaning& row : kMeanings) {
    if (row.quantity == quantity) return std::string(row.words);
  }
  if (every_weight_of(quantity))
    return "the length (Frobenius norm) of the loss gradient in each weight by itself";
  if (quantity.starts_with("grad_norm/"))
    return "the length (Frobenius norm) of the loss gradient in " + weight_words(quantity);
  return quantity_label(quantity);
}

std::string axes_words(const Subject& subject) {
  if (const auto* table = std::get_if<TokenTable>(&subject.drawing)) {
    return "One token of " + counted(static_cast<int>(table->width), "number") +
           " on its way through a block, a line a step from the input on, and a gradient on its way back.";
  }
  if (const auto* map = std::get_if<HeatMap>(&subject.drawing)) {
    const bool race = map->x_word == "step";
    return std::string("From left to right: ") +
           (race ? "the steps" : "the layers, the input's at the left") +
           ". From top to bottom: " + (race ? "the layers, the last at the top" : "the weights of a layer") +
           ". The colour is " +
           (race ? quantity_meaning(subject.quantity) : "the length (Frobenius norm) of the loss gradient") +
           ", in one scale for all panels.";
  }
  const auto& figure = std::get<Figure>(subject.drawing);
  std::string across = "From left to right: " + figure.x_label;
  if (figure.x_scale == Scale::logarithmic) across += ", every doubling as wide as the one before";
  const std::string up = quantity_meaning(subject.quantity);
  const bool of_loss = up.find("loss gradient") != std::string::npos;
  return across + ". Upwards: " + up + (of_loss ? "; the loss is in nats a token." : ".") +
         (figure.y_scale == Scale::logarithmic
              ? " The scale is in powers of ten: equal steps are equal factors."
              : "");
}

std::string setting_words(const Subject& subject) {
  Paragraphs parts;
  const auto add = [&](const auto& words) { add_common(subject, words, &parts); };
  if (subject.view != "depth-law")
    add([](const StackSpec& stack) { return counted(stack.num_layers, "layer"); });
  add([](const StackSpec& stack) { return "d_model " + std::to_string(stack.d_model); });
  add([](const StackSpec& stack) { return counted(stack.num_heads, "head"); });
  add([](const StackSpec& stack) {
    return std::to_string(stack.batch_size) + " × " + std::to_string(stack.sequence_length) + " tokens";
  });
  if (!subject.race) {
    add([](const StackSpec& stack) {
      return stack.input.kind == InputKind::random ? std::string("random input")
                                                   : std::string("a text as input");
    });
  }
  const std::string on = has_bands(subject) ? " on" : "";
  add([&](const StackSpec& stack) {
    return has_drawn_weights(stack) ? "weights drawn as " + std::string(named(stack.init.scheme).label) +
                                          " from seed " + std::to_string(stack.seed) + on
                                    : "the weights of " + weights_name(stack);
  });
  return parts.empty() ? "stacks that have none of their sizes in common" : joined(parts);
}

Paragraphs stack_words(const Subject& subject) {
  Paragraphs lines;
  std::optional<std::size_t> first;
  for (std::size_t i = 0; i < subject.stacks.size(); ++i) {
    const StackSpec& stack = subject.stacks[i];
    std::string line = letter(i) + ", " + stack.name + ": " + wiring_words(stack) +
                       (stack.final_norm ? ", with" : ", without") + " a final norm, " +
                       counted(stack.num_layers, "layer") + ".";
    if (is_hidden(subject, i)) {
      line += " It is hidden in the plot.";
    } else if (first) {
      line += " " + difference_words(subject, *first, i);
    } else {
      first = i;
    }
    if (i < subject.stale.size() && subject.stale[i])
      line += " It is being measured; what is drawn is of before.";
    lines.push_back(std::move(line));
  }
  return lines;
}

Paragraphs verdict_words(const Subject& subject) {
  Paragraphs lines;
  for (std::size_t v = 0; v < subject.verdicts.size(); ++v) {
    const std::size_t owner = v < subject.owners.size() ? subject.owners[v] : v;
    if (is_hidden(subject, owner) || subject.verdicts[v].sentence.empty()) continue;
    lines.push_back("The line below the plot says of " + letter(owner) + ": " + subject.verdicts[v].sentence +
                    ".");
  }
  return lines;
}

}  // namespace gradflow::figure
