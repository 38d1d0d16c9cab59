#include "app/figure/layers.h"

#include "app/figure/quantity.h"
#include "core/spec/overrides.h"

namespace gradflow::figure {

Figure layer_figure(std::span<const std::shared_ptr<const StackReport>> reports, std::string_view quantity) {
  Figure figure;
  figure.x_label = "layer (0 is next to the input)";
  figure.x_word = "layer";
  figure.y_label = quantity_axis(quantity);
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const auto& report = reports[i];
    if (!report) {
      figure.absences.push_back({i, "not measured yet"});
      continue;
    }
    if (!report->error.empty()) {
      figure.absences.push_back({i, report->error});
      continue;
    }
    const Series* series = report->find(quantity);
    if (series == nullptr || series->layers.empty()) {
      figure.absences.push_back({i, "no layer of this wiring has the quantity " + quantity_label(quantity)});
      continue;
    }
    Curve curve{i, report->spec.name, {}, series->values};
    curve.x.assign(series->layers.begin(), series->layers.end());
    const Layers overridden = overridden_layers(report->spec);
    curve.marks.assign(overridden.begin(), overridden.end());
    figure.curves.push_back(std::move(curve));
  }
  return figure;
}

}  // namespace gradflow::figure
