#include "core/io/training_table.h"

#include <utility>
#include <vector>

#include "core/io/number.h"
#include "core/io/tidy.h"

namespace gradflow {
namespace {

/// The rows of one step, which all start alike.
class Rows {
 public:
  Rows(const StackSpec& stack, int step)
      : start_(csv_field(stack.name) + ',' + std::to_string(stack.seed) + ',' + std::to_string(step) + ',') {}

  /// A quantity of the whole stack.
  void add(std::string_view quantity, double value) { add_row("", quantity, value); }

  void add_layers(std::string_view quantity, const std::vector<double>& values, std::size_t first = 0) {
    for (std::size_t i = 0; i < values.size(); ++i) add_row(std::to_string(first + i), quantity, values[i]);
  }

  std::string take() { return std::move(rows_); }

 private:
  void add_row(std::string_view layer, std::string_view quantity, double value) {
    rows_.append(start_).append(layer).append(1, ',').append(quantity).append(1, ',');
    rows_.append(shortest(value)).append(1, '\n');
  }

  std::string start_, rows_;
};

}  // namespace

std::string training_rows(const LaneReport& lane, const StepReport& step) {
  const bool updated = !lane.breakdown || step.step < lane.breakdown->step;
  Rows rows(lane.stack, step.step);
  rows.add("loss", step.loss);
  rows.add("learning_rate", step.learning_rate);
  rows.add("grad_norm/total", step.gradient_norm);
  if (updated) rows.add("update_ratio", step.update_ratio);
  if (updated && step.step == 1) rows.add("first_move", lane.first_move);
  rows.add_layers("grad_norm/total", step.layer_gradients);
  if (updated) rows.add_layers("update_ratio", step.layer_updates);
  if (lane.stack.sequence_length > 1) rows.add_layers("token_cosine", step.layer_cosines, 1);
  return rows.take();
}

}  // namespace gradflow
