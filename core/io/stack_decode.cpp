#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "core/io/number.h"
#include "core/io/stack_json.h"
#include "core/io/stack_keys.h"
#include "core/io/text_code.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

template <Keyed T>
void decode(const Json& json, const Place& place, T& object);

std::string quoted(std::string_view text) { return shown(Json(std::string(text))); }

/// A whole number between the ends of Int, however it is spelled: 12, 12.0 and 1.2e1 are one number.
template <class Int>
std::optional<Int> whole_number(const Json& json) {
  if (json.is_number_unsigned()) {
    const auto value = json.get<std::uint64_t>();
    return std::in_range<Int>(value) ? std::optional(static_cast<Int>(value)) : std::nullopt;
  }
  if (json.is_number_integer()) {
    const auto value = json.get<std::int64_t>();
    return std::in_range<Int>(value) ? std::optional(static_cast<Int>(value)) : std::nullopt;
  }
  if (!json.is_number_float()) return std::nullopt;
  const double value = json.get<double>();
  const double exact = std::exp2(std::numeric_limits<double>::digits);  // whole doubles up to here are exact
  if (std::trunc(value) != value || std::abs(value) > exact) return std::nullopt;
  const auto integer = static_cast<std::int64_t>(value);
  return std::in_range<Int>(integer) ? std::optional(static_cast<Int>(integer)) : std::nullopt;
}

std::string whole_numbers(const std::string& min, const std::string& max) {
  return tr("a whole number from {0} to {1}", {min, max});
}

/// Whether this key of a stack stands there: of a stack alone, or of one within a session or a preset.
bool is_at(const Place& place, std::string_view key) {
  return place.key == key || place.key.ends_with("." + std::string(key));
}

void decode(const Json& json, const Place& place, bool& value) {
  if (!json.is_boolean()) place.refuse(shown(json), tr("true or false"));
  value = json.get<bool>();
}

void decode(const Json& json, const Place& place, int& value) {
  if (const auto number = whole_number<int>(json)) {
    value = *number;
    return;
  }
  for (const IntField& field : kIntFields) {
    if (!is_at(place, field.key)) continue;
    place.refuse(shown(json), whole_numbers(std::to_string(field.min), std::to_string(field.max)));
  }
  place.refuse(shown(json), tr("a whole number"));
}

void decode(const Json& json, const Place& place, std::uint64_t& value) {
  const auto number = whole_number<std::uint64_t>(json);
  if (!number) {
    place.refuse(shown(json), whole_numbers("0", std::to_string(std::numeric_limits<std::uint64_t>::max())));
  }
  value = *number;
}

void decode(const Json& json, const Place& place, double& value) {
  if (json.is_number()) {
    value = json.get<double>();
    return;
  }
  for (const RealField& field : kRealFields) {
    if (!is_at(place, field.key)) continue;
    place.refuse(shown(json), tr("a number from {0} to {1}", {shortest(field.min), shortest(field.max)}));
  }
  place.refuse(shown(json), tr("a number"));
}

void decode(const Json& json, const Place& place, std::string& value) {
  if (json.is_string()) {
    value = json.get<std::string>();
    return;
  }
  const bool is_code = json.is_object() && json.size() == 1 && json.contains(kBase64Key);
  if (is_code && json.begin()->is_string()) {
    if (auto bytes = from_base64(json.begin()->get_ref<const std::string&>())) {
      value = std::move(*bytes);
      return;
    }
  }
  place.refuse(shown(json), tr("a string, or {0} (padded) for bytes that are not UTF-8", {kBase64Example}));
}

template <class E>
requires std::is_enum_v<E>
void decode(const Json& json, const Place& place, E& value) {
  const auto choice = json.is_string() ? from_key<E>(json.get_ref<const std::string&>()) : std::nullopt;
  if (!choice) place.refuse(shown(json), all_keys<E>());
  value = *choice;
}

void decode(const Json& json, const Place& place, SiteSet& value) {
  if (!json.is_array()) place.refuse(shown(json), tr("a list of the sites {0}", {all_keys<Site>()}));
  SiteSet sites;
  for (std::size_t i = 0; i < json.size(); ++i) {
    Site site{};
    decode(json[i], place.at(i), site);
    if (sites.contains(site)) place.refuse_with(tr("{0} names {1} again", {place.at(i).key, shown(json[i])}));
    sites.insert(site);
  }
  value = sites;
}

void decode(const Json& json, const Place& place, SkipGain& value) {
  if (json == Json(kDeepnormGain)) {
    value = {SkipGain::Rule::deepnorm, SkipGain{}.value};
    return;
  }
  if (!json.is_number()) place.refuse(shown(json), tr("a number or {0}", {quoted(kDeepnormGain)}));
  value = {SkipGain::Rule::constant, json.get<double>()};
}

void decode(const Json& json, const Place& place, std::optional<SublayerSpec>& value) {
  if (json.is_null()) {
    value.reset();
    return;
  }
  if (!json.is_object()) place.refuse(shown(json), tr("null or an object with the keys norm, residual"));
  SublayerSpec sublayer = value.value_or(SublayerSpec{});
  decode(json, place, sublayer);
  value = sublayer;
}

/// A key of a patch: given, it is set.
template <class T>
void decode(const Json& json, const Place& place, std::optional<T>& value) {
  T given{};
  decode(json, place, given);
  value = given;
}

void decode(const Json& json, const Place& place, std::vector<int>& layers) {
  const int last = kIntFields[0].max - 1;
  if (!json.is_array()) place.refuse(shown(json), tr("a list of layers, 0 to {0}", {std::to_string(last)}));
  layers.clear();
  for (std::size_t i = 0; i < json.size(); ++i) {
    const auto layer = whole_number<int>(json[i]);
    if (!layer) place.at(i).refuse(shown(json[i]), whole_numbers("0", std::to_string(last)));
    layers.push_back(*layer);
  }
}

void decode(const Json& json, const Place& place, std::vector<Override>& overrides) {
  if (!json.is_array()) place.refuse(shown(json), tr("a list of objects with the keys layers, sublayers"));
  overrides.assign(json.size(), {});
  for (std::size_t i = 0; i < json.size(); ++i) {
    decode(json[i], place.at(i), overrides[i]);
    if (json[i].contains("layers")) continue;
    place.refuse_with(
        tr("{0} lacks layers; allowed is a list of the layers that it is for", {place.at(i).key}));
  }
}

template <Keyed T>
void decode(const Json& json, const Place& place, T& object) {
  const std::vector<std::string> keys = keys_of(object);
  if (!json.is_object()) place.refuse(shown(json), tr("an object with the keys {0}", {listed(keys)}));
  for (const auto& [key, value] : json.items()) {
    bool known = false;
    each_key(object, [&, &key = key, &value = value](std::string_view name, auto& member) {
      if (name != key) return;
      known = true;
      decode(value, place.of(name), member);
    });
    if (!known) place.refuse_key(key, keys);
  }
}

/// JSON where it is JSON, else the text itself. What starts like a structure must be one.
Json json_of(std::string_view raw, const Place& place) {
  if (!raw.empty() && (raw.front() == '{' || raw.front() == '[')) return parse_json(raw, place.key);
  const bool is_text = first_not_utf8(raw).has_value();
  Json json = is_text ? Json(Json::value_t::discarded) : Json::parse(raw, nullptr, false);
  return json.is_discarded() ? Json(std::string(raw)) : json;
}

void set_leaf(std::string_view raw, const Place&, std::string& value) { value = raw; }

template <class E>
requires std::is_enum_v<E>
void set_leaf(std::string_view raw, const Place& place, E& value) {
  decode(Json(std::string(raw)), place, value);
}

/// "pre,branch", "none" or nothing, and JSON.
void set_leaf(std::string_view raw, const Place& place, SiteSet& value) {
  if (raw.starts_with('[')) return decode(parse_json(raw, place.key), place, value);
  Json sites = Json::array();
  while (!raw.empty() && raw != "none") {
    const std::size_t comma = raw.find(',');
    sites.push_back(std::string(raw.substr(0, comma)));
    raw = comma == std::string_view::npos ? "" : raw.substr(comma + 1);
  }
  decode(sites, place, value);
}

template <class T>
void set_leaf(std::string_view raw, const Place& place, T& value) {
  decode(json_of(raw, place), place, value);
}

template <class T>
void set_path(std::string_view path, std::string_view raw, const Place& place, T& value) {
  if (path.empty()) return set_leaf(raw, place, value);
  const std::size_t dot = path.find('.');
  const std::string_view head = path.substr(0, dot);
  const std::string_view rest = dot == std::string_view::npos ? "" : path.substr(dot + 1);
  if constexpr (Keyed<T>) {
    bool known = false;
    each_key(value, [&](std::string_view name, auto& member) {
      if (name != head) return;
      known = true;
      set_path(rest, raw, place.of(name), member);
    });
    if (!known) place.refuse_key(head, keys_of(value));
  } else if constexpr (std::same_as<T, std::optional<SublayerSpec>>) {
    if (!value) value.emplace();
    set_path(path, raw, place, *value);
  } else {
    place.refuse_with(
        tr("{0} is not a key; {1} has no keys inside", {place.of(clipped(path, 60)).key, place.key}));
  }
}

}  // namespace

void decode_stack(const Json& json, const Place& place, StackSpec& spec) { decode(json, place, spec); }

void decode_value(std::string_view key, std::string_view raw, StackSpec& spec) {
  set_path(key, raw, Place{}, spec);
}

}  // namespace gradflow
