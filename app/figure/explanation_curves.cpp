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

namespace gradflow::figure {
namespace {

constexpr double kLikeness = 0.1;    // of a value or of a range: what differs by less stays where it is
constexpr double kBeyondEnds = 0.2;  // an extreme in the middle that goes so much further is worth a word

std::string whole(double x) { return std::to_string(std::lround(x)); }

bool has_place(double y, Scale scale) { return lane_of(y, scale) == Lane::data; }

std::string factor_words(double factor) { return three_figures(factor) + " times"; }

/// "rises from 0.1 in layer 0 to 0.4 in layer 11, 4.00 times as much"
std::string change_words(const Figure& figure, const Curve& curve) {
  const double first = curve.y.front(), last = curve.y.back();
  const std::string from = value_words(first) + " " + place_words(figure.x_word, curve.x.front());
  const std::string to = value_words(last) + " " + place_words(figure.x_word, curve.x.back());
  if (curve.x.size() == 1) return "has " + from;
  const bool log = figure.y_scale == Scale::logarithmic;
  const double change = log ? last / first - 1 : (last - first) / std::max(std::abs(first), std::abs(last));
  if (!(std::abs(change) >= kLikeness)) return "stays about where it is: " + from + ", " + to;
  const std::string way = std::string(last > first ? "rises" : "falls") + " from " + from + " to " + to;
  return log ? way + ", " + factor_words(last / first) + " as much" : way;
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
  if (top > high + beyond) words += " On the way it goes up to " + at(*most) + ".";
  if (bottom < low - beyond) words += " On the way it goes down to " + at(*least) + ".";
  return words;
}

void add_lane(const Figure& figure, const Curve& curve, Lane lane, const std::string& words,
              std::string* line) {
  std::vector<double> places;
  for (std::size_t i = 0; i < curve.y.size(); ++i) {
    if (lane_of(curve.y[i], figure.y_scale) == lane) places.push_back(curve.x[i]);
  }
  if (places.empty()) return;
  const std::string where = places.size() == 1
                                ? place_words(figure.x_word, places.front())
                                : "at " + std::to_string(places.size()) + " places, the first " +
                                      place_words(figure.x_word, places.front()) + " and the last " +
                                      place_words(figure.x_word, places.back());
  *line += " " + words + " " + where + ".";
}

std::string sentence_start(std::string name) {
  if (name.starts_with("the ")) name[0] = 'T';
  return name;
}

/// Of a curve that has no point on the axis; empty where it has one.
std::string nowhere_words(const Figure& figure, const Curve& curve) {
  const auto all = [&](Lane lane) {
    return std::all_of(curve.y.begin(), curve.y.end(),
                       [&](double y) { return lane_of(y, figure.y_scale) == lane; });
  };
  if (all(Lane::overflow)) return " is finite nowhere: its points lie in the lane at the top.";
  if (all(Lane::underflow)) return " is exactly zero everywhere: its points lie in the lane at the bottom.";
  return {};
}

std::string one_curve(const Subject& subject, const Figure& figure, const Curve& curve) {
  std::string line = sentence_start(curve_name(subject, curve));
  if (const std::string nowhere = nowhere_words(figure, curve); !nowhere.empty()) return line + nowhere;
  if (has_place(curve.y.front(), figure.y_scale) && has_place(curve.y.back(), figure.y_scale)) {
    line += " " + change_words(figure, curve) + "." + middle_words(figure, curve);
  } else {
    line += ": " + value_words(curve.y.front()) + " " + place_words(figure.x_word, curve.x.front()) + ", " +
            value_words(curve.y.back()) + " " + place_words(figure.x_word, curve.x.back()) + ".";
  }
  add_lane(figure, curve, Lane::underflow, "It is exactly zero, in the lane at the bottom,", &line);
  add_lane(figure, curve, Lane::overflow, "It is not finite, in the lane at the top,", &line);
  if (curve.pinned) return line;
  if (!curve.note.empty()) line += " Beside its name: " + curve.note + ".";
  if (!curve.note.empty() && !curve.low.empty()) {
    line += " The band about the mean reaches from " + value_words(curve.low.back()) + " to " +
            value_words(curve.high.back()) + " " + place_words(figure.x_word, curve.x.back()) + ".";
  }
  if (!curve.marks.empty())
    line += " Layers that are marked have a wiring of their own: " + std::to_string(curve.marks.size()) + ".";
  return line;
}

/// Of stacks that are not equally deep: their last layers.
std::string tops_words(const Figure& figure, const Curve& first, const Curve& other,
                       const std::string& base) {
  const double a = first.y.back(), b = other.y.back();
  if (!has_place(a, figure.y_scale) || !has_place(b, figure.y_scale)) return {};
  if (figure.y_scale == Scale::logarithmic)
    return ", and at its top " + factor_words(b / a) + " that of " + base + "'s top";
  return ", and at its top " + three_figures(std::abs(b - a)) + (b < a ? " below " : " above ") + base +
         "'s top";
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
  const auto at = [&](double x, const std::string& whose) {
    const double a = *value_at(first, x), b = *value_at(other, x);
    const std::string there = " " + place_words(figure.x_word, x);
    if (log) return factor_words(b / a) + (whose.empty() ? "" : " the value of " + whose) + there;
    if (b == a) return "equal to " + (whose.empty() ? std::string("it") : whose) + there;
    return three_figures(std::abs(b - a)) + (b < a ? " below " : " above ") + (whose.empty() ? "it" : whose) +
           there;
  };
  std::string line =
      sentence_start(curve_name(subject, other)) + (log ? " has " : " is ") + at(common.front(), base);
  if (first.x.back() != other.x.back() && figure.x_word.starts_with("layer")) {
    line += tops_words(figure, first, other, base);
  } else if (common.size() > 1) {
    line += ", and " + at(common.back(), "");
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
  return "Of " + curve_name(subject, curve) + " the stack of " + whole(deep) + " layers has " +
         factor_words(curve.y.back() / *value) + " the gradient of that of " + whole(half) + ".";
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
  lines.insert(lines.begin(), "Every one of the " + std::to_string(curves.size()) +
                                  " curves is a weight. At the right end " + most->name +
                                  " has the largest gradient, " + value_words(most->y.back()) + ", and " +
                                  least->name + " the smallest, " + value_words(least->y.back()) + ": " +
                                  factor_words(most->y.back() / least->y.back()) + " less.");
  lines.insert(lines.begin() + 1, one_curve(subject, figure, *most));
  if (least != most) lines.insert(lines.begin() + 2, one_curve(subject, figure, *least));
  return lines;
}

}  // namespace

std::string value_words(double value) {
  if (value == 0) return "exactly zero";
  return std::isnan(value) ? "not a number" : three_figures(value);
}

std::string place_words(const std::string& x_word, double x) {
  if (x_word == "layers passed:") return "after " + whole(x) + (std::lround(x) == 1 ? " layer" : " layers");
  return (x_word == "layer" ? "in " : "at ") + x_word + " " + whole(x);
}

std::string curve_name(const Subject& subject, const Curve& curve) {
  const std::string letter(1, stack_letter(curve.stack));
  if (curve.pinned) return "the ghost of " + letter + " (" + curve.name + ")";
  return subject.race || curve.style ? curve.name : letter;
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
        std::string(1, stack_letter(absence.stack)) + " has no curve: " + absence.sentence + ".";
    if (is_hidden(subject, absence.stack) || (!lines.empty() && lines.back() == line))
      continue;  // of two lanes
    lines.push_back(std::move(line));
  }
  if (figure.guides.empty() && !figure.guides_note.empty())
    lines.push_back("Note: " + figure.guides_note + ".");
  return lines;
}

}  // namespace gradflow::figure
