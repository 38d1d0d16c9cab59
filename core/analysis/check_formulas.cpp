// Sub-layers, norms and streams against their formulas; see check.h.
#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "core/analysis/check_pass.h"
#include "core/model/random.h"
#include "core/spec/names.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

constexpr double kExact = 1e-10;  // for what differs in the order of a few sums alone
const char* const kJacobian = text_key("Lemma 3: the norm's Jacobian");
const char* const kBound = text_key("Lemma 3: its bound sqrt(d)/|y|");
const char* const kEquation = "y = post(skip t + b)";
const char* const kSum = text_key("stream = embedding + branches");

double norm(const Matrix<double>& x) { return std::sqrt(squared_norm(x)); }

/// |x - y| / |y|; two zeros agree.
double relative(const Matrix<double>& x, const Matrix<double>& y) {
  const double error = norm(x - y);
  return error == 0 ? 0 : error / norm(y);
}

using RowVector = Eigen::RowVectorXd;

/// What of a row is normalised: LayerNorm takes the mean off first.
RowVector centred(const Norm<double>& op, const RowVector& x) {
  if (op.kind == NormKind::rms_norm) return x;
  return x.array() - x.sum() / static_cast<double>(x.size());
}

/// The factor that the row is divided by: sqrt(|y|^2/d + eps).
double length(const Norm<double>& op, const RowVector& y) {
  return std::sqrt(y.squaredNorm() / static_cast<double>(y.size()) + op.epsilon);
}

/// The norm by its formula, row by row.
Matrix<double> normed(const Norm<double>& op, const Matrix<double>& x) {
  Matrix<double> out(x.rows(), x.cols());
  for (Index r = 0; r < x.rows(); ++r) {
    const RowVector y = centred(op, x.row(r));
    out.row(r) = y.cwiseProduct(op.weight) / length(op, y);
    if (op.bias.size() > 0) out.row(r) += op.bias;
  }
  return out;
}

/// J v for one row: J = (I - 11^T/d) (1/s) (I - y y^T/(d s^2)), s = sqrt(|y|^2/d + eps), RMSNorm without its
/// first factor. At eps = 0 this is Lemma 3's (sqrt(d)/|y|) (I - y y^T/|y|^2) (I - 11^T/d): y has no mean.
RowVector jacobian_times(const Norm<double>& op, const RowVector& y, const RowVector& v) {
  const double d = static_cast<double>(y.size());
  const double s = length(op, y);
  const RowVector u = (v - y * (y.dot(v) / (d * s * s))) / s;
  return centred(op, u);
}

/// The program's backward pass of a norm at its input x, on a random gradient.
void check_norm(const Norm<double>& op, const Matrix<double>& x, const std::string& where,
                CheckTable& table) {
  Matrix<double> dy(x.rows(), x.cols());
  fill_normal<double>({1, "check.norm", 0}, 1, dy);
  NormTape<double> tape;
  Matrix<double> out(x.rows(), x.cols());
  Matrix<double> dx(x.rows(), x.cols());
  Norm<double> gradient = op;
  forward(op, x, tape, out);
  backward(op, tape, dy, gradient, dx);
  const double root_d = std::sqrt(static_cast<double>(x.cols()));
  double error = 0;
  double excess = 0;
  for (Index r = 0; r < x.rows(); ++r) {
    const RowVector y = centred(op, x.row(r));
    const RowVector v = dy.row(r).cwiseProduct(op.weight);
    if (v.norm() == 0) continue;
    // Digits of a row that is nearly constant are lost when its mean comes off: an error counts relative.
    const double s = length(op, y);
    const double lost = std::max(1.0, x.row(r).norm() / (root_d * s));
    error = std::max(error, (dx.row(r) - jacobian_times(op, y, v)).norm() * s / (v.norm() * lost));
    excess = std::max(excess, (dx.row(r).norm() * y.norm() / (root_d * v.norm()) - 1) / lost);
  }
  table.add(std::string(tr(kJacobian)), where, error, kExact);
  table.add(std::string(tr(kBound)), where, excess, kExact);
}

/// Walks the stream and sums what the branches add since the last norm on the trunk.
struct Sum {
  Matrix<double> start;     // the stream after that norm
  double gain = 1;          // what the skips since then made of it
  Matrix<double> branches;  // what they made of the branches' sum
  int added = 0;

  void restart(const Matrix<double>& x) { *this = {x, 1, Matrix<double>::Zero(x.rows(), x.cols()), 0}; }
  void add(double skip, const Matrix<double>& branch) {
    gain *= skip;
    branches = skip * branches + branch;
    ++added;
  }
};

/// Puts the sub-layer together again from x; returns nothing, for the next one starts from the program's y.
template <class F>
void check_sublayer(const Sublayer<double, F>& op, const Matrix<double>& x,
                    const SublayerTape<double, F>& tape, const std::string& where, Sum& sum,
                    CheckTable& table) {
  const auto through = [&](Site site, const Matrix<double>& from) -> Matrix<double> {
    if (!op.at(site)) return from;
    check_norm(*op.at(site), from, where + "." + std::string(key_of(site)), table);
    return normed(*op.at(site), from);
  };
  typename F::Tape scratch;
  if constexpr (requires { scratch.memory; }) scratch.memory = tape.function.memory;
  const Matrix<double> trunk = through(Site::entry, x);
  const Matrix<double> input = through(Site::pre, trunk);
  Matrix<double> branch;
  forward(op.function, input, scratch, branch);
  branch = through(Site::branch, branch);
  const Matrix<double> joined = op.skip * trunk + branch;
  table.add(kEquation, where, relative(tape.y, through(Site::post, joined)), kExact);
  if (op.at(Site::entry) || op.at(Site::post)) {
    sum.restart(tape.y);
    return;
  }
  sum.add(op.skip, branch);
  const Matrix<double> expected = sum.gain * sum.start + sum.branches;
  // A sum that cancels has lost what its summands were larger by.
  const double larger = std::max(norm(sum.gain * sum.start), norm(sum.branches)) / norm(expected);
  table.add(std::string(tr(kSum)), where, relative(tape.y, expected) / std::max(1.0, larger), kExact);
}

void check_layer_formulas(const CheckPass& pass, std::size_t l, Sum& sum, CheckTable& table) {
  const Layer<double>& layer = pass.stack.layers[l];
  const LayerTape<double>& tape = pass.tape.layers[l];
  const std::string where = tr("layer {0}", {std::to_string(l)}) + " ";
  const Matrix<double>* x = &stream(pass.tape, l);
  if (l == 0) sum.restart(*x);
  check_sublayer(layer.attention, *x, tape.attention, where + "attention", sum, table);
  x = &tape.attention.y;
  if (layer.cross_attention) {
    check_sublayer(*layer.cross_attention, *x, tape.cross_attention, where + "cross_attention", sum, table);
    x = &tape.cross_attention.y;
  }
  check_sublayer(layer.ffn, *x, tape.ffn, where + "ffn", sum, table);
}

void check_ends_formulas(const CheckPass& pass, CheckTable& table) {
  const Ends<double>& ends = pass.stack.ends;
  const std::size_t depth = pass.stack.layers.size();
  Matrix<double> x(pass.tape.embedded.rows(), pass.tape.embedded.cols());
  forward(ends.embedding, pass.batch.tokens, x);
  if (ends.embedding_norm) check_norm(*ends.embedding_norm, x, "embedding.norm", table);
  if (ends.final_norm) check_norm(*ends.final_norm, stream(pass.tape, depth), "final_norm", table);
}

}  // namespace

void add_formula_steps(const CheckPass& pass, CheckTable& table, std::vector<CheckStep>& steps) {
  const auto sum = std::make_shared<Sum>();
  for (std::size_t l = 0; l < pass.stack.layers.size(); ++l) {
    steps.push_back({tr("formulas of layer {0}", {std::to_string(l)}),
                     [&pass, l, sum, &table] { check_layer_formulas(pass, l, *sum, table); }});
  }
  steps.push_back(
      {std::string(tr("formulas of the ends")), [&pass, &table] { check_ends_formulas(pass, table); }});
}

}  // namespace gradflow
