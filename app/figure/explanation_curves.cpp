// What curves and cells do, in sentences: where they begin and end, what they come to against each other and
// against the theory.
#include <algorithm>
#include <cmath>
#include <optional>

#include "app/figure/axis.h"
#include "app/figure/explanation_parts.h"
#include "app/figure/quantity.h"
#include "app/figure/readings.h"
#include "app/figure/style.h"
#include "core/spec/text.h"

namespace gradflow::figure {
namespace {

constexpr double kLikeness = 0.1;    // of a value or of a range: what differs by less stays where it is
constexpr double kBeyondEnds = 0.2;  // an extreme in the middle that goes so much further is worth a word

std::string whole(double x) { return std::to_string(std::lround(x)); }

bool has_place(double y, Scale scale) { return lane_of(y, scale) == Lane::data; }

/// "A rises from 0.1 in layer 0 to 0.4 in layer 11, 4.00 times as much."
std::string change_words(const Figure& figure, const Curve& curve, const std::string& name) {
  const double first = curve.y.front(), last = curve.y.back();
  const std::string from = value_words(first) + " " + place_words(figure.x_word, curve.x.front());
  const std::string to = value_words(last) + " " + place_words(figure.x_word, curve.x.back());
  if (curve.x.size() == 1) return tr("{0} has {1}.", {name, from});
  const bool log = figure.y_scale == Scale::logarithmic;
  const double change = log ? last / first - 1 : (last - first) / std::max(std::abs(first), std::abs(last));
  if (!(std::abs(change) >= kLikeness)) return tr("{0} stays about where it is: {1}, {2}.", {name, from, to});
  if (!log)
    return last > first ? tr("{0} rises from {1} to {2}.", {name, from, to})
                        : tr("{0} falls from {1} to {2}.", {name, from, to});
  const std::string factor = three_figures(last / first);
  return last > first ? tr("{0} rises from {1} to {2}, {3} times as much.", {name, from, to, factor})
                      : tr("{0} falls from {1} to {2}, {3} times as much.", {name, from, to, factor});
}

/// Of extremes that lie between the ends.
std::string middle_words(const Figure& figure, const Curve& curve) {
  std::optional<std::size_t> least, most;
  for (std::size_t i = 0; i < curve.y.size(); ++i) {
    if (!has_place(curve.y[i], figure.y_scale)) continue;
    if (!least || curve.y[i] < curve.y[*least]) least = i;
    if (!most || curve.y[i] > curve.y[*most]) most = i;
  }
  if (!least) return {};
  const double first = on_axis(figure.y_scale, curve.y.front()),
               last = on_axis(figure.y_scale, curve.y.back());
  const double low = std::min(first, last), high = std::max(first, last);
  const double top = on_axis(figure.y_scale, curve.y[*most]),
               bottom = on_axis(figure.y_scale, curve.y[*least]);
  const double beyond = kBeyondEnds * std::max(top - bottom, 1e-12);
  const auto at = [&](std::size_t i) {
    return value_words(curve.y[i]) + " " + place_words(figure.x_word, curve.x[i]);
  };
  std::string words;
  if (top > high + beyond) words += " " + tr("On the way it goes up to {0}.", {at(*most)});
  if (bottom < low - beyond) words += " " + tr("On the way it goes down to {0}.", {at(*least)});
  return words;
}

/// `words`: an English text with a hole for the place.
void add_lane(const Figure& figure, const Curve& curve, Lane lane, std::string_view words,
              std::string* line) {
  std::vector<double> places;
  for (std::size_t i = 0; i < curve.y.size(); ++i) {
    if (lane_of(curve.y[i], figure.y_scale) == lane) places.push_back(curve.x[i]);
  }
  if (places.empty()) return;
  const std::string where =
      places.size() == 1 ? place_words(figure.x_word, places.front())
                         : tr("at {0} places, the first {1} and the last {2}",
                              {std::to_string(places.size()), place_words(figure.x_word, places.front()),
                               place_words(figure.x_word, places.back())});
  *line += " " + tr(words, {where});
}

/// Of a curve that has no point on the axis; empty where it has one.
std::string nowhere_words(const Figure& figure, const Curve& curve, const std::string& name) {
  const auto all = [&](Lane lane) {
    return std::all_of(curve.y.begin(), curve.y.end(),
                       [&](double y) { return lane_of(y, figure.y_scale) == lane; });
  };
  if (all(Lane::overflow)) return tr("{0} is finite nowhere: its points lie in the lane at the top.", {name});
  if (all(Lane::underflow))
    return tr("{0} is exactly zero everywhere: its points lie in the lane at the bottom.", {name});
  return {};
}

std::string one_curve(const Subject& subject, const Figure& figure, const Curve& curve) {
  const std::string name = curve_name_first(subject, curve);
  if (std::string nowhere = nowhere_words(figure, curve, name); !nowhere.empty()) return nowhere;
  const auto at = [&](double x, double y) { return value_words(y) + " " + place_words(figure.x_word, x); };
  std::string line;
  if (has_place(curve.y.front(), figure.y_scale) && has_place(curve.y.back(), figure.y_scale)) {
    line = change_words(figure, curve, name) + middle_words(figure, curve);
  } else {
    line = tr("{0}: {1}, {2}.",
              {name, at(curve.x.front(), curve.y.front()), at(curve.x.back(), curve.y.back())});
  }
  add_lane(figure, curve, Lane::underflow, text_key("It is exactly zero, in the lane at the bottom, {0}."),
           &line);
  add_lane(figure, curve, Lane::overflow, text_key("It is not finite, in the lane at the top, {0}."), &line);
  if (curve.pinned) return line;
  if (!curve.note.empty()) line += " " + tr("Beside its name: {0}.", {curve.note});
  if (!curve.note.empty() && !curve.low.empty()) {
    line += " " + tr("The band about the mean reaches from {0} to {1}.",
                     {value_words(curve.low.back()), at(curve.x.back(), curve.high.back())});
  }
  if (!curve.marks.empty())
    line += " " + tr("Layers that are marked have a wiring of their own: {0}.",
                     {std::to_string(curve.marks.size())});
  return line;
}

/// Of stacks that are not equally deep: their last layers. `line` is the sentence so far, without its end.
std::string with_tops(const Figure& figure, const Curve& first, const Curve& other, const std::string& base,
                      const std::string& line) {
  const double a = first.y.back(), b = other.y.back();
  if (!has_place(a, figure.y_scale) || !has_place(b, figure.y_scale)) return line;
  if (figure.y_scale == Scale::logarithmic)
    return tr("{0}, and at its top {1} times that of {2}'s top", {line, three_figures(b / a), base});
  const std::string off = three_figures(std::abs(b - a));
  return b < a ? tr("{0}, and at its top {1} below {2}'s top", {line, off, base})
               : tr("{0}, and at its top {1} above {2}'s top", {line, off, base});
}

/// Against the first: at the left and at the right end of what both have.
std::string comparison(const Subject& subject, const Figure& figure, const Curve& first, const Curve& other) {
  std::vector<double> common;
  for (const double x : other.x) {
    const auto a = value_at(first, x), b = value_at(other, x);
    if (a && b && has_place(*a, figure.y_scale) && has_place(*b, figure.y_scale)) common.push_back(x);
  }
  if (common.empty()) return {};
  const std::string base = curve_name(subject, first);
  const bool log = figure.y_scale == Scale::logarithmic;
  const std::string name = curve_name_first(subject, other);
  const auto between = [&](double x) {
    const double a = *value_at(first, x), b = *value_at(other, x);
    return log ? three_figures(b / a) : three_figures(std::abs(b - a));
  };
  const auto order = [&](double x) { return *value_at(other, x) - *value_at(first, x); };
  const auto place = [&](double x) { return place_words(figure.x_word, x); };
  const double left = common.front(), right = common.back();
  std::string line;
  if (log) {
    line = tr("{0} has {1} times the value of {2} {3}", {name, between(left), base, place(left)});
  } else if (order(left) == 0) {
    line = tr("{0} is equal to {1} {2}", {name, base, place(left)});
  } else {
    line = order(left) < 0 ? tr("{0} is {1} below {2} {3}", {name, between(left), base, place(left)})
                           : tr("{0} is {1} above {2} {3}", {name, between(left), base, place(left)});
  }
  if (first.x.back() != other.x.back() && figure.x_word.starts_with("layer")) {
    line = with_tops(figure, first, other, base, line);
  } else if (common.size() > 1) {
    if (log) {
      line = tr("{0}, and {1} times {2}", {line, between(right), place(right)});
    } else if (order(right) == 0) {
      line = tr("{0}, and equal to it {1}", {line, place(right)});
    } else {
      line = order(right) < 0 ? tr("{0}, and {1} below it {2}", {line, between(right), place(right)})
                              : tr("{0}, and {1} above it {2}", {line, between(right), place(right)});
    }
  }
  return line + ".";
}

/// Twice as deep in the depth law.
std::string doubling(const Subject& subject, const Curve& curve) {
  const double deep = curve.x.back(), half = std::floor(deep / 2);
  const auto value = value_at(curve, half);
  if (half < 1 || !value || !has_place(*value, Scale::logarithmic) ||
      !has_place(curve.y.back(), Scale::logarithmic))
    return {};
  return tr("Of {0} the stack of {1} layers has {2} times the gradient of that of {3}.",
            {curve_name(subject, curve), whole(deep), three_figures(curve.y.back() / *value), whole(half)});
}

/// Many weights of one stack: the extremes alone.
Paragraphs weight_words(const Subject& subject, const Figure& figure,
                        const std::vector<const Curve*>& curves) {
  const Curve *least = nullptr, *most = nullptr;
  Paragraphs lines;
  for (const Curve* curve : curves) {
    const double y = curve->y.back();
    if (!has_place(y, figure.y_scale)) {
      lines.push_back(one_curve(subject, figure, *curve));
      continue;
    }
    if (least == nullptr || y < least->y.back()) least = curve;
    if (most == nullptr || y > most->y.back()) most = curve;
  }
  if (least == nullptr) return lines;
  lines.insert(lines.begin(),
               tr("Every one of the {0} curves is a weight. At the right end {1} has the largest gradient, "
                  "{2}, and {3} the smallest, {4}: {5} times less.",
                  {std::to_string(curves.size()), most->name, value_words(most->y.back()), least->name,
                   value_words(least->y.back()), three_figures(most->y.back() / least->y.back())}));
  lines.insert(lines.begin() + 1, one_curve(subject, figure, *most));
  if (least != most) lines.insert(lines.begin() + 2, one_curve(subject, figure, *least));
  return lines;
}

}  // namespace

std::string value_words(double value) {
  if (value == 0) return std::string(tr("exactly zero"));
  return std::isnan(value) ? std::string(tr("not a number")) : three_figures(value);
}

std::string place_words(const std::string& x_word, double x) {
  if (x_word == "layers passed:")
    return std::lround(x) == 1 ? std::string(tr("after 1 layer")) : tr("after {0} layers", {whole(x)});
  return x_word == "layer" ? tr("in layer {0}", {whole(x)}) : tr("at {0} {1}", {tr(x_word), whole(x)});
}

std::string curve_name(const Subject& subject, const Curve& curve) {
  const std::string letter(1, stack_letter(curve.stack));
  if (curve.pinned) return tr("the ghost of {0} ({1})", {letter, curve.name});
  return subject.race || curve.style ? curve.name : letter;
}

std::string curve_name_first(const Subject& subject, const Curve& curve) {
  if (!curve.pinned) return curve_name(subject, curve);
  return tr("The ghost of {0} ({1})", {std::string(1, stack_letter(curve.stack)), curve.name});
}

std::vector<const Curve*> shown_curves(const Subject& subject, const Figure& figure) {
  std::vector<const Curve*> shown;
  for (const Curve& curve : figure.curves) {
    if (!is_hidden(subject, curve.stack) && !curve.x.empty()) shown.push_back(&curve);
  }
  return shown;
}

Paragraphs curve_words(const Subject& subject) {
  const auto& figure = std::get<Figure>(subject.drawing);
  const std::vector<const Curve*> shown = shown_curves(subject, figure);
  Paragraphs lines;
  if (every_weight_of(subject.quantity)) {
    lines = weight_words(subject, figure, shown);
  } else {
    for (const Curve* curve : shown) lines.push_back(one_curve(subject, figure, *curve));
    const auto first =
        std::find_if(shown.begin(), shown.end(), [](const Curve* curve) { return !curve->pinned; });
    for (const Curve* curve : shown) {
      if (first == shown.end() || curve == *first) continue;
      if (std::string line = comparison(subject, figure, **first, *curve); !line.empty())
        lines.push_back(line);
    }
    for (const Curve* curve : shown) {
      if (figure.x_word != "depth" || curve->pinned) continue;
      if (std::string line = doubling(subject, *curve); !line.empty()) lines.push_back(line);
    }
  }
  for (const Absence& absence : figure.absences) {
    std::string line =
        tr("{0} has no curve: {1}.", {std::string(1, stack_letter(absence.stack)), absence.sentence});
    if (is_hidden(subject, absence.stack) || (!lines.empty() && lines.back() == line))
      continue;  // of two lanes
    lines.push_back(std::move(line));
  }
  if (figure.guides.empty() && !figure.guides_note.empty())
    lines.push_back(tr("Note: {0}.", {figure.guides_note}));
  return lines;
}

}  // namespace gradflow::figure
