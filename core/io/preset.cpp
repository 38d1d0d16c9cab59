#include "core/io/preset.h"

#include <algorithm>
#include <utility>

#include "core/io/nearest.h"
#include "core/io/stack_file.h"
#include "core/io/stack_json.h"
#include "core/spec/asset.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

constexpr std::string_view kFolder = "presets/";
constexpr std::string_view kExtension = ".json";

void read(const Json& json, const Place& place, std::string& value) {
  if (!json.is_string() || json.get_ref<const std::string&>().empty()) {
    place.refuse(shown(json), tr("a string that is not empty"));
  }
  value = json.get<std::string>();
}

void read(const Json& json, const Place& place, int& value) {
  constexpr int kMost = 10'000'000;
  if (!json.is_number_unsigned() || json.get<std::uint64_t>() < 1 || json.get<std::uint64_t>() > kMost) {
    place.refuse(shown(json), tr("a whole number from {0} to {1}", {"1", std::to_string(kMost)}));
  }
  value = json.get<int>();
}

void read(const Json& json, const Place& place, std::optional<int>& value) {
  read(json, place, value.emplace());
}

void read(const Json& json, const Place& place, std::vector<std::string>& value) {
  if (!json.is_array()) place.refuse(shown(json), tr("a list of sentences"));
  value.assign(json.size(), {});
  for (std::size_t i = 0; i < json.size(); ++i) read(json[i], place.at(i), value[i]);
}

/// fn(key, member) for every fact, in the order of the file.
template <class Facts, class Fn>
void each_fact(Facts& facts, Fn&& fn) {
  fn("model", facts.model);
  fn("year", facts.year);
  fn("num_layers", facts.num_layers);
  fn("d_model", facts.d_model);
  fn("num_heads", facts.num_heads);
  fn("d_ff", facts.d_ff);
  fn("source", facts.source);
  fn("left_out", facts.left_out);
}

PresetFacts facts_of(const Json& json, const Place& place) {
  PresetFacts facts;
  std::vector<std::string> keys;
  each_fact(facts, [&](const char* key, auto&) { keys.emplace_back(key); });
  if (!json.is_object()) place.refuse(shown(json), tr("an object with the keys {0}", {listed(keys)}));
  for (const auto& [key, value] : json.items()) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) place.refuse_key(key, keys);
  }
  each_fact(facts, [&](const char* key, auto& member) {
    if (json.contains(key)) read(json[key], place.of(key), member);
  });
  for (const char* key : {"model", "year", "source"}) {
    if (!json.contains(key))
      place.refuse_with(tr("{0} is missing; a preset must say it", {place.of(key).key}));
  }
  return facts;
}

void put(OrderedJson& json, const char* key, const std::optional<int>& value) {
  if (value) json[key] = *value;
}

template <class T>
void put(OrderedJson& json, const char* key, const T& value) {
  json[key] = value;
}

}  // namespace

Preset parse_preset(std::string_view text, std::string_view name) {
  const Place place{std::string(name), ""};
  check_size_of_stack_file(text, place);
  Json json = parse_json(text, place.file);
  const std::vector<std::string> keys{"facts", "stack"};
  if (!json.is_object()) place.refuse_with(tr("the preset is {0}; allowed is a JSON object", {shown(json)}));
  for (const auto& [key, value] : json.items()) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) place.refuse_key(key, keys);
  }
  for (const std::string& key : keys) {
    if (!json.contains(key)) place.refuse_with(tr("{0} is missing; a preset has {1}", {key, listed(keys)}));
  }
  return {facts_of(json["facts"], place.of("facts")), stack_of(std::move(json["stack"]), place.of("stack"))};
}

std::string preset_json(const Preset& preset) {
  OrderedJson facts = OrderedJson::object();
  each_fact(preset.facts, [&](const char* key, const auto& member) { put(facts, key, member); });
  OrderedJson json = OrderedJson::object();
  json["facts"] = std::move(facts);
  json["stack"] = encode_stack(preset.stack);
  return print_json(json);
}

std::vector<std::string> preset_names() { return asset_names(kFolder, kExtension); }

Preset load_preset(std::string_view name) {
  const std::vector<std::string> names = preset_names();
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    const std::string meant(nearest(name, names));
    if (!meant.empty()) throw InputError(tr("there is no preset {0}; did you mean {1}?", {name, meant}));
    throw InputError(tr("there is no preset {0}; presets are {1}", {name, listed(names)}));
  }
  return parse_preset(asset(std::string(kFolder) + std::string(name) + std::string(kExtension)), name);
}

}  // namespace gradflow
