#include "app/figure/race.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "app/figure/axis.h"
#include "app/figure/layers.h"
#include "core/spec/text.h"
#include "core/spec/training.h"

namespace gradflow::figure {
namespace {

constexpr int kMostColumns = 512;

/// One number of a step.
struct StepNumber {
  std::string_view key, axis;
  Scale scale;
  double StepReport::*number;
};
constexpr std::array<StepNumber, 4> kNumbers{{
    {"loss", text_key("loss, nats a token"), Scale::linear, &StepReport::loss},
    {"gradient_norm", text_key("‖∂L/∂θ‖ before clipping"), Scale::logarithmic, &StepReport::gradient_norm},
    {"learning_rate", text_key("learning rate"), Scale::linear, &StepReport::learning_rate},
    {"update_ratio", text_key("update / weight, ‖Δθ‖ / ‖θ‖"), Scale::logarithmic, &StepReport::update_ratio},
}};

/// One number of each layer.
struct LayerNumber {
  std::string_view key, axis;
  std::vector<double> StepReport::*numbers;
};
constexpr std::array<LayerNumber, 3> kLayerNumbers{{
    {"layer_gradients", text_key("gradient, layer × step"), &StepReport::layer_gradients},
    {"layer_updates", text_key("update / weight, layer × step"), &StepReport::layer_updates},
    {"layer_cosines", text_key("token cosine, layer × step"), &StepReport::layer_cosines},
}};

template <class Rows>
auto row_of(const Rows& rows, std::string_view key) -> decltype(&rows[0]) {
  const auto row = std::find_if(rows.begin(), rows.end(), [key](const auto& it) { return it.key == key; });
  return row == rows.end() ? nullptr : &*row;
}

std::string absence_of(const RaceLane& lane) {
  if (lane.report == nullptr) return std::string(tr("not started: press Start below, or Space"));
  if (!lane.report->error.empty()) return lane.report->error;
  return std::string(tr("no step has been made yet"));
}

bool has_steps(const RaceLane& lane) { return lane.report != nullptr && !lane.report->history.empty(); }

/// The first of a span's steps, and over more than one step the least and the largest about it.
Curve curve_of(const RaceLane& lane, const StepNumber& number) {
  Curve curve{lane.stack, lane.label, {}, {}};
  curve.style = lane_style(lane.stack, lane.warmup);
  const std::vector<StepSpan>& spans = lane.report->history.spans();
  const bool coarse = spans.front().last > spans.front().first.step;
  for (const StepSpan& span : spans) {
    curve.x.push_back(span.first.step);
    curve.y.push_back(span.first.*number.number);
    if (!coarse) continue;
    curve.low.push_back(span.low.*number.number);
    curve.high.push_back(span.high.*number.number);
  }
  return curve;
}

/// What who knows nothing has: a line a task, shared by the lanes.
Guide chance_guide(const LaneReport& lane, std::span<const RaceLane> lanes) {
  const double chance = chance_loss(lane.stack, lane.training);
  Guide guide{tr("chance: {0}", {three_figures(chance)}),
              std::string(tr("chance")),
              {1.0, double(lane.training.steps)},
              {chance, chance}};
  guide.label_below = true;  // a lane at chance lies just above
  for (const RaceLane& each : lanes) guide.stacks.push_back(each.stack);
  return guide;
}

Figure step_figure(std::span<const RaceLane> lanes, const StepNumber& number, int step) {
  Figure figure;
  figure.x_label = tr("step");
  figure.x_word = text_key("step");
  figure.y_label = std::string(tr(number.axis));
  figure.y_scale = number.scale;
  for (const RaceLane& lane : lanes) {
    if (!has_steps(lane)) {
      figure.absences.push_back({lane.stack, absence_of(lane)});
      continue;
    }
    figure.curves.push_back(curve_of(lane, number));
    figure.x_shown = Range{1, double(lane.report->training.steps)};
    if (number.key == "loss" && figure.guides.empty())
      figure.guides.push_back(chance_guide(*lane.report, lanes));
  }
  if (step > 0 && !figure.curves.empty()) {
    Mark mark{double(step), {}, tr("step {0}", {std::to_string(step)})};
    for (const Curve& curve : figure.curves) mark.stacks.push_back(curve.stack);
    figure.marks.push_back(std::move(mark));
  }
  return figure;
}

/// The largest of a layer's numbers over the steps from `first` to `last`.
HeatCell largest(const History& history, int first, int last, int layer, const LayerNumber& number) {
  if (first > history.steps()) return std::nullopt;
  HeatCell most;
  for (const StepSpan* span = &history.at(first); span <= &history.spans().back() && span->first.step <= last;
       ++span) {
    const double value = (span->high.*number.numbers)[static_cast<std::size_t>(layer)];
    if (!most || !(value <= *most)) most = value;
  }
  return most;
}

HeatPanel panel_of(const RaceLane& lane, const LayerNumber& number, int rows, int stride) {
  HeatPanel panel{lane.stack, lane.name, 0, {}, {}, {}};
  if (!has_steps(lane)) {
    panel.absence = absence_of(lane);
    return panel;
  }
  const History& history = lane.report->history;
  panel.layers = (lane.report->training.steps + stride - 1) / stride;
  const int own = lane.report->stack.num_layers;
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < panel.layers; ++column) {
      const int first = 1 + column * stride;
      const int layer = rows - 1 - row;
      panel.cells.push_back(layer < own ? largest(history, first, first + stride - 1, layer, number)
                                        : std::nullopt);
    }
  }
  return panel;
}

HeatMap step_map(std::span<const RaceLane> lanes, const LayerNumber& number) {
  HeatMap map;
  int rows = 0;
  int steps = 1;
  for (const RaceLane& lane : lanes) {
    if (lane.report == nullptr) continue;
    rows = std::max(rows, lane.report->stack.num_layers);
    steps = std::max(steps, lane.report->training.steps);
  }
  const int stride = (steps + kMostColumns - 1) / kMostColumns;
  map.x_label = tr("step");
  map.x_word = text_key("step");
  map.missing = text_key("not yet");
  map.x_first = 1;
  map.x_stride = stride;
  map.value_label = std::string(tr(number.axis));
  if (stride > 1) map.note = tr("a column is the largest of {0} steps", {std::to_string(stride)});
  for (int layer = rows; layer-- > 0;) {
    const std::string words = tr("layer {0}", {std::to_string(layer)});
    map.rows.push_back({words, words, words});
  }
  for (const RaceLane& lane : lanes) map.panels.push_back(panel_of(lane, number, rows, stride));
  return map;
}

}  // namespace

std::vector<std::string> race_quantities() {
  std::vector<std::string> keys;
  for (const StepNumber& number : kNumbers) keys.emplace_back(number.key);
  for (const LayerNumber& number : kLayerNumbers) keys.emplace_back(number.key);
  return keys;
}

std::string race_quantity_axis(std::string_view quantity) {
  if (const StepNumber* number = row_of(kNumbers, quantity)) return std::string(tr(number->axis));
  if (const LayerNumber* number = row_of(kLayerNumbers, quantity)) return std::string(tr(number->axis));
  return std::string(quantity);
}

StackStyle lane_style(std::size_t stack, bool warmup) {
  StackStyle style = stack_style(stack);
  if (!warmup) return style;
  style.dash = style.dash == Dash::dotted ? Dash::dashed : Dash::dotted;
  style.marker = Marker::none;
  return style;
}

Drawing race_drawing(std::span<const RaceLane> lanes, std::string_view quantity, int step) {
  if (const LayerNumber* number = row_of(kLayerNumbers, quantity)) return step_map(lanes, *number);
  if (const StepNumber* number = row_of(kNumbers, quantity)) return step_figure(lanes, *number, step);
  Figure figure;
  figure.x_label = tr("step");
  figure.x_word = text_key("step");
  for (const RaceLane& lane : lanes) {
    figure.absences.push_back({lane.stack, tr("a race has no quantity {0}", {quantity})});
  }
  return figure;
}

Figure moment_figure(std::span<const RaceLane> lanes,
                     std::span<const std::shared_ptr<const StackReport>> moments, std::string_view quantity) {
  Figure figure = layer_figure(moments, quantity);
  for (Curve& curve : figure.curves) {
    const RaceLane& lane = lanes[curve.stack];
    curve.stack = lane.stack;
    curve.name = lane.label;
    curve.style = lane_style(lane.stack, lane.warmup);
  }
  for (Absence& absence : figure.absences) absence.stack = lanes[absence.stack].stack;
  figure.guides.clear();  // the theory is of the initialisation
  figure.guides_note.clear();
  return figure;
}

}  // namespace gradflow::figure
