#include "app/ui/landmarks.h"

#include <charconv>
#include <cmath>
#include <system_error>

namespace gradflow::ui {
namespace {

double onto(TrackScale scale, double value) {
  return scale == TrackScale::linear ? value : std::log10(value);
}

double back(TrackScale scale, double place) {
  return scale == TrackScale::linear ? place : std::pow(10.0, place);
}

}  // namespace

float Track::x_of(double value) const {
  if (value1 == value0) return x0;
  const double from = onto(scale, value0);
  return x0 + static_cast<float>((onto(scale, value) - from) / (onto(scale, value1) - from)) * (x1 - x0);
}

double Track::value_of(float x) const {
  if (x1 == x0) return value0;
  const double from = onto(scale, value0);
  return back(scale, from + static_cast<double>((x - x0) / (x1 - x0)) * (onto(scale, value1) - from));
}

std::optional<std::size_t> stack_of(std::string_view name) {
  constexpr std::string_view kPrefix = "stack.";
  if (!name.starts_with(kPrefix)) return std::nullopt;
  name.remove_prefix(kPrefix.size());
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
  return error == std::errc() ? std::optional(index) : std::nullopt;
}

void Landmarks::set(std::string_view name, const Landmark& landmark) {
  auto place = entries_.find(name);
  if (place == entries_.end()) place = entries_.emplace(name, Entry{}).first;
  place->second = {landmark, frame_};
}

const Landmark* Landmarks::find(std::string_view name) const {
  const auto place = entries_.find(name);
  return place == entries_.end() || place->second.frame != frame_ ? nullptr : &place->second.landmark;
}

std::vector<std::string> Landmarks::names() const {
  std::vector<std::string> list;
  for (const auto& [name, entry] : entries_) {
    if (entry.frame == frame_) list.push_back(name);
  }
  return list;
}

}  // namespace gradflow::ui
