// The pieces of check() (check.h): a pass whose tensors all stand, and one function a kind of check. A test
// falsifies the pass and sees that it is found.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/analysis/check.h"
#include "core/model/stack.h"

namespace gradflow {

struct CheckPass {
  StackSpec spec;
  Stack<double> stack;
  Batch<double> batch;
  StackTape<double> tape;
  double loss = 0;
  Stack<double> gradient;
  std::vector<Matrix<double>> dstream;  // of stream(k), k = 0..L
};

CheckPass run_check_pass(const StackSpec& spec);

/// A sentence that names the first number that is not finite, in the order of the computation; or empty.
std::string first_non_finite(CheckPass& pass);
/// The same of a forward pass that stands alone.
template <class T>
std::string first_non_finite(const StackTape<T>& tape, double loss, std::string_view precision);

/// Keeps the worst error of each kind.
class CheckTable {
 public:
  void add(const std::string& check, const std::string& where, double error, double tolerance,
           const std::string& note = "");
  void add_unresolved(const std::string& check) { row(check).unresolved += 1; }
  void add_note(const std::string& check, const std::string& note) { row(check).note = note; }
  std::vector<CheckRow> take() { return std::move(rows_); }

 private:
  CheckRow& row(const std::string& check);
  std::vector<CheckRow> rows_;
};

/// One piece of the work, so that the caller can count, report and stop between two.
struct CheckStep {
  std::string doing;
  std::function<void()> run;
};

/// The steps of each kind; what they are given must outlive them, and `pass` is as before after each. Where
/// the pass in float is not finite, `non_finite` becomes a sentence that says so.
void add_gradient_steps(CheckPass& pass, const CheckOptions& options, CheckTable& table,
                        std::vector<CheckStep>& steps);
void add_loss_steps(CheckPass& pass, CheckTable& table, std::vector<CheckStep>& steps);
void add_formula_steps(const CheckPass& pass, CheckTable& table, std::vector<CheckStep>& steps);
void add_float_steps(CheckPass& pass, CheckTable& table, std::vector<CheckStep>& steps,
                     std::string& non_finite);

/// The largest |q||k| / sqrt(d_head) of layer `l`: the most that a score can be. Softmax turns a relative
/// error of a score into one of its probability that is this many times as large.
double largest_score(const CheckPass& pass, std::size_t l);

}  // namespace gradflow
