#include "core/analysis/token_walk.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/spec/names.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

using Values = std::vector<double>;

constexpr std::array<std::string_view, 7> kPlaces{"x", "trunk", "input", "written", "branch", "sum", "y"};
constexpr std::string_view kBackPrefix = "gradient.";

double mean_of(const Values& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double mean_product(const Values& a, const Values& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0) / static_cast<double>(a.size());
}

Values minus(Values values, double mean) {
  for (double& value : values) value -= mean;
  return values;
}

/// A norm of scale 1 and shift 0 with what its backward pass needs; without one, the identity.
class NormStep {
 public:
  NormStep(const NormSpec& spec, bool there) : spec_(spec), there_(there) {}

  Values forward(const Values& x) {
    if (!there_) return x;
    const double mean = spec_.kind == NormKind::layer_norm ? mean_of(x) : 0;
    z_ = minus(x, mean);
    const double spread = std::sqrt(mean_product(z_, z_) + spec_.epsilon);
    for (double& value : z_) value /= spread;
    taken_ = NormTaken{mean, spread};
    return z_;
  }

  /// (dz - mean(dz) - z mean(dz z)) / spread, RMSNorm without mean(dz): core/ops/norm.h.
  Values backward(const Values& dz) const {
    if (!there_) return dz;
    const double along_z = mean_product(dz, z_);
    Values dx = minus(dz, spec_.kind == NormKind::layer_norm ? mean_of(dz) : 0);
    for (std::size_t i = 0; i < dx.size(); ++i) dx[i] = (dx[i] - z_[i] * along_z) / taken_->spread;
    return dx;
  }

  bool there() const { return there_; }
  const std::optional<NormTaken>& taken() const { return taken_; }

 private:
  NormSpec spec_;
  bool there_;
  Values z_;
  std::optional<NormTaken> taken_;
};

/// One sub-layer, forwards and back.
class Sublayer {
 public:
  Sublayer(const StackSpec& stack, SublayerKind kind, const SublayerSpec& wiring)
      : kind_(kind),
        skip_(wiring.residual ? stack.residual_scale.at(stack.num_layers) : 0),
        entry_(stack.norm, wiring.norm.contains(Site::entry)),
        pre_(stack.norm, wiring.norm.contains(Site::pre)),
        branch_(stack.norm, wiring.norm.contains(Site::branch)),
        post_(stack.norm, wiring.norm.contains(Site::post)) {}

  void forward(const Values& written, std::vector<TokenRow>* rows) {
    const Values trunk = entry_.forward(rows->back().values);
    rows->push_back({TokenPlace::trunk, kind_, trunk, entry_.taken(), {}, entry_.there()});
    const Values input = pre_.forward(trunk);
    rows->push_back({TokenPlace::input, kind_, input, pre_.taken()});
    rows->push_back({TokenPlace::written, kind_, written});
    const Values branch = branch_.forward(written);
    rows->push_back({TokenPlace::branch, kind_, branch, branch_.taken(), {}, branch_.there()});
    Values sum = branch;
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += past_the_branch(trunk[i]);
    rows->push_back({TokenPlace::sum, kind_, sum, {}, {}, post_.there()});
    const Values y = post_.forward(sum);
    rows->push_back({TokenPlace::y, kind_, y, post_.taken()});
  }

  /// Down to what is below: the y of the sub-layer before, or the block's x.
  void backward(TokenRow below, std::vector<TokenRow>* rows) const {
    Values at = post_.backward(rows->back().values);
    rows->push_back({TokenPlace::sum, kind_, at, post_.taken(), {}, post_.there()});
    for (double& value : at) value = past_the_branch(value);
    rows->push_back({TokenPlace::trunk, kind_, at, {}, skip_, entry_.there()});
    below.values = entry_.backward(at);
    below.norm = entry_.taken();
    if (!entry_.there()) below.skip = skip_;
    rows->push_back(std::move(below));
  }

  SublayerKind kind() const { return kind_; }

 private:
  /// A wire that is cut brings nothing, whatever is on it.
  double past_the_branch(double value) const { return skip_ == 0 ? 0 : skip_ * value; }

  SublayerKind kind_;
  double skip_;
  NormStep entry_, pre_, branch_, post_;
};

std::string number_words(double value) {
  char text[32];
  const auto result = std::to_chars(text, text + sizeof text, value);
  return {text, result.ptr};
}

std::string count_problem(const std::string& name, std::size_t count) {
  const std::string least = std::to_string(kMinTokenWidth), most = std::to_string(kMaxTokenWidth);
  return count == 1
             ? tr("{0} has 1 number; allowed is {1} to {2}", {name, least, most})
             : tr("{0} has {1} numbers; allowed is {2} to {3}", {name, std::to_string(count), least, most});
}

std::string width_problem(const std::string& name, std::size_t count, std::size_t width,
                          const std::string& first) {
  const std::string allowed = std::to_string(width);
  return count == 1 ? tr("{0} has 1 number; allowed is {1}, as many as {2} has", {name, allowed, first})
                    : tr("{0} has {1} numbers; allowed is {2}, as many as {3} has",
                         {name, std::to_string(count), allowed, first});
}

std::string problem_of(const Values& values, const std::string& name, std::size_t width,
                       const std::string& first) {
  const std::size_t count = values.size();
  if (name == first && (count < kMinTokenWidth || count > kMaxTokenWidth)) return count_problem(name, count);
  if (count != width) return width_problem(name, count, width, first);
  for (std::size_t i = 0; i < count; ++i) {
    if (std::abs(values[i]) <= kMaxTokenValue) continue;
    const std::string limit = std::to_string(std::lround(kMaxTokenValue));
    return tr("{0}[{1}] is {2}; allowed is -{3} to {3}",
              {name, std::to_string(i), number_words(values[i]), limit});
  }
  return {};
}

}  // namespace

const std::vector<double>& TokenVectors::written(SublayerKind kind) const {
  switch (kind) {
    case SublayerKind::attention: return attention;
    case SublayerKind::cross_attention: return cross_attention;
    case SublayerKind::ffn: break;
  }
  return ffn;
}

std::string token_problem(const TokenVectors& vectors, std::string_view prefix) {
  std::string problem;
  each_token_vector(vectors, [&](const char* name, const Values& values) {
    const std::string start(prefix);
    if (problem.empty()) problem = problem_of(values, start + name, vectors.x.size(), start + "x");
  });
  return problem;
}

void resize_token(std::size_t width, TokenVectors* vectors) {
  each_token_vector(*vectors, [&](const char*, Values& values) { values.resize(width); });
}

double TokenRow::mean() const { return mean_of(values); }
double TokenRow::rms() const { return std::sqrt(mean_product(values, values)); }
double TokenRow::length() const { return std::sqrt(mean_product(values, values) * double(values.size())); }

double TokenRow::sd() const {
  const Values centred = minus(values, mean());
  return std::sqrt(mean_product(centred, centred));
}

std::string TokenRow::key() const {
  const std::string_view name = kPlaces[static_cast<std::size_t>(place)];
  if (place == TokenPlace::x) return std::string(name);
  return std::string(key_of(sublayer)) + "." + std::string(name);
}

double TokenWalk::share(const TokenRow& row) const { return row.length() / backward.front().length(); }

TokenWalk token_walk(const StackSpec& stack, const TokenVectors& vectors) {
  TokenWalk walk;
  walk.forward.push_back({TokenPlace::x, SublayerKind::attention, vectors.x});
  std::vector<Sublayer> sublayers;
  for (const SublayerKind kind : kSublayerKinds) {
    const SublayerSpec* wiring = stack.sublayers.find(kind);
    if (wiring == nullptr) continue;
    sublayers.emplace_back(stack, kind, *wiring);
    sublayers.back().forward(vectors.written(kind), &walk.forward);
  }
  walk.backward.push_back({TokenPlace::y, sublayers.back().kind(), vectors.gradient});
  for (std::size_t i = sublayers.size(); i-- > 0;) {
    const TokenRow below = i > 0 ? TokenRow{TokenPlace::y, sublayers[i - 1].kind(), {}} : TokenRow{};
    sublayers[i].backward(below, &walk.backward);
  }
  return walk;
}

const TokenRow* find_row(const TokenWalk& walk, std::string_view key) {
  const bool back = key.starts_with(kBackPrefix);
  if (back) key.remove_prefix(kBackPrefix.size());
  if (key == "y") return back ? &walk.backward.front() : &walk.forward.back();
  const std::vector<TokenRow>& rows = back ? walk.backward : walk.forward;
  const auto row =
      std::find_if(rows.begin(), rows.end(), [&](const TokenRow& one) { return one.key() == key; });
  return row == rows.end() ? nullptr : &*row;
}

}  // namespace gradflow
