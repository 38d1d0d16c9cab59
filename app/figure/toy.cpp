#include "app/figure/toy.h"

#include <array>
#include <cmath>

#include "app/figure/axis.h"
#include "core/spec/names.h"
#include "core/spec/text.h"

namespace gradflow::figure {
namespace {

constexpr double kMostDecades = 300;  // of a product that is written out
constexpr double kLikeness = 0.02;    // gains that differ by less are called alike

Gain power(double each, int count) { return {each, std::log10(each) * count, count}; }

/// All points of every series that starts so, and whose name ends in one of these sites.
class Product {
 public:
  void take(const StackReport& report, std::string_view quantity) {
    const Series* series = report.find(quantity);
    if (series == nullptr) return;
    for (const double value : series->values) {
      sum_ += std::log10(value);
      ++count_;
    }
  }
  std::optional<Gain> gain() const {
    if (count_ == 0) return std::nullopt;
    return Gain{std::pow(10.0, sum_ / count_), sum_, count_};
  }

 private:
  double sum_ = 0;
  int count_ = 0;
};

std::optional<Gain> norm_gain(const StackReport& report, const std::array<Site, 2>& sites) {
  Product product;
  for (const SublayerKind kind : kSublayerKinds) {
    for (const Site site : sites) {
      product.take(report, "norm_gain/" + std::string(key_of(kind)) + "." + std::string(key_of(site)));
    }
  }
  return product.gain();
}

/// What the norm's own gain says of the whole sub-layer's.
std::string norm_words(const MeasuredGains& measured) {
  if (!measured.norm) return std::string(tr("there is no norm to take part"));
  const std::string own = three_figures(measured.norm->each);
  if (!measured.norm_is_on_trunk)
    return tr("the norm's {0} lies on the branch, not on the residual wire", {own});
  return measured.sublayer->each > measured.norm->each
             ? tr("the norm alone hands on {0}, and residual and branch together make up for it", {own})
             : tr("the norm alone hands on {0}, and residual and branch together take from it", {own});
}

}  // namespace

Gain toy_residual(const Toy& toy, int num_layers) { return power(1 + toy.branch, num_layers); }

Gain toy_post_ln(const Toy& toy, int num_layers) { return power(toy.norm * (1 + toy.branch), num_layers); }

MeasuredGains measured_gains(const StackReport& report) {
  MeasuredGains measured;
  Product sublayers;
  for (const SublayerKind kind : kSublayerKinds)
    sublayers.take(report, "jacobian_gain/" + std::string(key_of(kind)));
  measured.sublayer = sublayers.gain();
  measured.norm = norm_gain(report, {Site::entry, Site::post});
  measured.norm_is_on_trunk = measured.norm.has_value();
  if (!measured.norm) measured.norm = norm_gain(report, {Site::pre, Site::branch});
  return measured;
}

std::string toy_sentence(const Toy& toy, const StackReport& report) {
  if (!report.error.empty()) return tr("Nothing to compare with: {0}", {report.error});
  const MeasuredGains measured = measured_gains(report);
  if (!measured.sublayer) return std::string(tr("Nothing to compare with: no gradient reaches a sub-layer."));
  const int depth = report.spec.num_layers;
  const Gain assumed = measured.norm_is_on_trunk ? toy_post_ln(toy, depth) : toy_residual(toy, depth);
  const double each = measured.sublayer->each;
  const std::string formula = measured.norm_is_on_trunk ? "b (1 + a) = " : "1 + a = ";
  const bool alike = std::abs(each - assumed.each) <= kLikeness * assumed.each;
  const std::string toys = formula + three_figures(assumed.each);
  const std::string why = norm_words(measured);
  return alike ? tr("A sub-layer hands on {0} of the gradient, where the toy also has {1}: {2}.",
                    {three_figures(each), toys, why})
               : tr("A sub-layer hands on {0} of the gradient, where the toy has {1}: {2}.",
                    {three_figures(each), toys, why});
}

std::string product_words(double log10_product) {
  if (!std::isfinite(log10_product)) return three_figures(std::pow(10.0, log10_product));
  if (std::abs(log10_product) < kMostDecades) return three_figures(std::pow(10.0, log10_product));
  return power_of_ten(static_cast<int>(std::lround(log10_product)));
}

}  // namespace gradflow::figure
