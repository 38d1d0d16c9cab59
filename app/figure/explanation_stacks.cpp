// Which stacks are shown, what they have in common, and what tells them apart; what the axes are.
#include <algorithm>
#include <array>
#include <cmath>

#include "app/figure/explanation_parts.h"
#include "app/figure/quantity.h"
#include "app/figure/race.h"
#include "app/figure/style.h"
#include "core/spec/names.h"
#include "core/spec/text.h"
#include "core/spec/wiring_words.h"

namespace gradflow::figure {
namespace {

struct Meaning {
  std::string_view quantity, words;
};
constexpr std::array<Meaning, 15> kMeanings{{
    {"grad_norm/total",
     text_key("the length (Frobenius norm) of the loss gradient in all weights of a layer together")},
    {"stream_grad_norm", text_key("the length of the loss gradient in the residual stream, over all tokens")},
    {"stream_rms", text_key("the root mean square of the residual stream, a plain number")},
    {"branch_rms/attention", text_key("the root mean square of what attention adds to the stream")},
    {"branch_rms/cross_attention",
     text_key("the root mean square of what cross-attention adds to the stream")},
    {"branch_rms/ffn", text_key("the root mean square of what the feed-forward adds to the stream")},
    {"token_cosine", text_key("the mean cosine between the tokens of a sequence; at 1 they are all alike")},
    {"attention_entropy",
     text_key("the entropy of attention in nats, 0 where every query looks at one token alone")},
    {"loss", text_key("the loss of the step's batch, in nats a token")},
    {"gradient_norm", text_key("the length of the loss gradient in all weights together, before clipping")},
    {"learning_rate", text_key("the learning rate of the step")},
    {"update_ratio", text_key("the length of the step's update over the length of all weights")},
    {"layer_gradients", text_key("the length of the loss gradient in all weights of a layer")},
    {"layer_updates", text_key("the length of a layer's update over the length of its weights")},
    {"layer_cosines", text_key("the mean cosine between the tokens behind a layer; at 1 they are all alike")},
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
    {text_key("where its norms are"), same_sites},
    {text_key("its residual wires"), same_residuals},
    {text_key("the wiring of single layers"), same<&StackSpec::overrides>},
    {text_key("the final norm"), same<&StackSpec::final_norm>},
    {text_key("the norm behind the embedding"), same<&StackSpec::embedding_norm>},
    {text_key("the kind of its norms"), same<&StackSpec::norm>},
    {text_key("the gain on its residual"), same<&StackSpec::residual_scale>},
    {text_key("its depth"), same<&StackSpec::num_layers>},
    {text_key("its width"), same<&StackSpec::d_model>},
    {text_key("its heads"), same<&StackSpec::num_heads>},
    {text_key("the width of its feed-forward"), same<&StackSpec::d_ff>},
    {text_key("its activation"), same<&StackSpec::activation>},
    {text_key("its positions"), same<&StackSpec::positions>},
    {text_key("whether it is causal"), same<&StackSpec::causal>},
    {text_key("its biases"), same<&StackSpec::bias>},
    {text_key("its QK-norm"), same<&StackSpec::qk_norm>},
    {text_key("its tied embedding"), same<&StackSpec::tied_embedding>},
    {text_key("its memory"), same<&StackSpec::memory_cosine>},
    {text_key("its initial weights"), same<&StackSpec::init>},
    {text_key("its seed"), same<&StackSpec::seed>},
    {text_key("its vocabulary"), same<&StackSpec::vocab_size>},
    {text_key("the length of its sequences"), same<&StackSpec::sequence_length>},
    {text_key("the size of its batch"), same<&StackSpec::batch_size>},
    {text_key("its input"), same<&StackSpec::input>},
}};

/// "a", "a and b", "a, b and c"
std::string joined(const Paragraphs& words) {
  std::string list = words.front();
  for (std::size_t i = 1; i + 1 < words.size(); ++i) list += ", " + words[i];
  return words.size() == 1 ? list : tr("{0} and {1}", {list, words.back()});
}

std::string letter(std::size_t stack) { return std::string(1, stack_letter(stack)); }

std::string difference_words(const Subject& subject, std::size_t first, std::size_t i) {
  Paragraphs traits;
  for (const Trait& trait : kTraits) {
    if (!trait.same(subject.stacks[first], subject.stacks[i])) traits.emplace_back(tr(trait.words));
  }
  if (traits.empty()) return tr("It is the same as {0}.", {letter(first)});
  return tr("It differs from {0} in {1}.", {letter(first), joined(traits)});
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

std::string layers_words(int count) {
  return count == 1 ? std::string(tr("1 layer")) : tr("{0} layers", {std::to_string(count)});
}
std::string heads_words(int count) {
  return count == 1 ? std::string(tr("1 head")) : tr("{0} heads", {std::to_string(count)});
}

std::string drawn_words(const StackSpec& stack, bool from_there_on) {
  const std::string_view scheme = label_of(stack.init.scheme);
  const std::string seed = std::to_string(stack.seed);
  return from_there_on ? tr("weights drawn as {0} from seed {1} on", {scheme, seed})
                       : tr("weights drawn as {0} from seed {1}", {scheme, seed});
}

const Meaning* meaning_of(std::string_view quantity) {
  const auto* row = std::find_if(kMeanings.begin(), kMeanings.end(),
                                 [&](const Meaning& it) { return it.quantity == quantity; });
  return row == kMeanings.end() ? nullptr : row;
}

/// The unit of the loss has to be said with it.
bool is_loss_gradient(std::string_view quantity) {
  const Meaning* row = meaning_of(quantity);
  return every_weight_of(quantity) || quantity.starts_with("grad_norm/") ||
         (row != nullptr && row->words.find("loss gradient") != std::string_view::npos);
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
  if (const Meaning* row = meaning_of(quantity)) return std::string(tr(row->words));
  if (every_weight_of(quantity))
    return std::string(tr("the length (Frobenius norm) of the loss gradient in each weight by itself"));
  if (quantity.starts_with("grad_norm/"))
    return tr("the length (Frobenius norm) of the loss gradient in {0}", {weight_words(quantity)});
  return quantity_label(quantity);
}

std::string axes_words(const Subject& subject) {
  if (const auto* table = std::get_if<TokenTable>(&subject.drawing)) {
    return table->width == 1
               ? std::string(tr("One token of 1 number on its way through a block, a line a step from the "
                                "input on, and a gradient on its way back."))
               : tr("One token of {0} numbers on its way through a block, a line a step from the input on, "
                    "and a gradient on its way back.",
                    {std::to_string(table->width)});
  }
  if (const auto* map = std::get_if<HeatMap>(&subject.drawing)) {
    if (map->x_word == "step")
      return tr(
          "From left to right: the steps. From top to bottom: the layers, the last at the top. The "
          "colour is {0}, in one scale for all panels.",
          {quantity_meaning(subject.quantity)});
    return std::string(
        tr("From left to right: the layers, the input's at the left. From top to bottom: the weights of a "
           "layer. The colour is the length (Frobenius norm) of the loss gradient, in one scale for all "
           "panels."));
  }
  const auto& figure = std::get<Figure>(subject.drawing);
  std::string words =
      figure.x_scale == Scale::logarithmic
          ? tr("From left to right: {0}, every doubling as wide as the one before.", {figure.x_label})
          : tr("From left to right: {0}.", {figure.x_label});
  const std::string up = quantity_meaning(subject.quantity);
  words += " ";
  words += is_loss_gradient(subject.quantity) ? tr("Upwards: {0}; the loss is in nats a token.", {up})
                                              : tr("Upwards: {0}.", {up});
  if (figure.y_scale == Scale::logarithmic)
    words.append(" ").append(tr("The scale is in powers of ten: equal steps are equal factors."));
  return words;
}

std::string setting_words(const Subject& subject) {
  Paragraphs parts;
  const auto add = [&](const auto& words) { add_common(subject, words, &parts); };
  if (subject.view != "depth-law") add([](const StackSpec& stack) { return layers_words(stack.num_layers); });
  add([](const StackSpec& stack) { return "d_model " + std::to_string(stack.d_model); });
  add([](const StackSpec& stack) { return heads_words(stack.num_heads); });
  add([](const StackSpec& stack) {
    return tr("{0} × {1} tokens", {std::to_string(stack.batch_size), std::to_string(stack.sequence_length)});
  });
  if (!subject.race) {
    add([](const StackSpec& stack) {
      return stack.input.kind == InputKind::random ? std::string(tr("random input"))
                                                   : std::string(tr("a text as input"));
    });
  }
  add([&](const StackSpec& stack) {
    return has_drawn_weights(stack) ? drawn_words(stack, has_bands(subject))
                                    : tr("the weights of {0}", {weights_name(stack)});
  });
  return parts.empty() ? std::string(tr("stacks that have none of their sizes in common")) : joined(parts);
}

Paragraphs stack_words(const Subject& subject) {
  Paragraphs lines;
  std::optional<std::size_t> first;
  for (std::size_t i = 0; i < subject.stacks.size(); ++i) {
    const StackSpec& stack = subject.stacks[i];
    const std::string wiring = wiring_words(stack), layers = layers_words(stack.num_layers);
    std::string line =
        stack.final_norm
            ? tr("{0}, {1}: {2}, with a final norm, {3}.", {letter(i), stack.name, wiring, layers})
            : tr("{0}, {1}: {2}, without a final norm, {3}.", {letter(i), stack.name, wiring, layers});
    if (is_hidden(subject, i)) {
      line.append(" ").append(tr("It is hidden in the plot."));
    } else if (first) {
      line += " " + difference_words(subject, *first, i);
    } else {
      first = i;
    }
    if (i < subject.stale.size() && subject.stale[i])
      line.append(" ").append(tr("It is being measured; what is drawn is of before."));
    lines.push_back(std::move(line));
  }
  return lines;
}

Paragraphs verdict_words(const Subject& subject) {
  Paragraphs lines;
  for (std::size_t v = 0; v < subject.verdicts.size(); ++v) {
    const std::size_t owner = v < subject.owners.size() ? subject.owners[v] : v;
    if (is_hidden(subject, owner) || subject.verdicts[v].sentence.empty()) continue;
    lines.push_back(
        tr("The line below the plot says of {0}: {1}.", {letter(owner), subject.verdicts[v].sentence}));
  }
  return lines;
}

}  // namespace gradflow::figure
