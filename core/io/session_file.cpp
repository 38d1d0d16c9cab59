#include "core/io/session_file.h"

#include <algorithm>
#include <utility>

#include "core/io/stack_json.h"
#include "core/io/text_code.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

constexpr int kFormat = 1;
constexpr std::string_view kFormatKey = "format", kStacksKey = "stacks";

void read(const Json& json, const Place& place, const SessionField&, bool& value) {
  if (!json.is_boolean()) place.refuse(shown(json), tr("true or false"));
  value = json.get<bool>();
}

void read(const Json& json, const Place& place, const SessionField&, std::uint64_t& value) {
  if (!json.is_number_unsigned()) place.refuse(shown(json), tr("a whole number from 0"));
  value = json.get<std::uint64_t>();
}

void read(const Json& json, const Place& place, const SessionField&, std::int32_t& value) {
  const bool whole =
      json.is_number_integer() && (!json.is_number_unsigned() || json.get<std::uint64_t>() <= INT32_MAX);
  if (!whole || json.get<std::int64_t>() < INT32_MIN) {
    place.refuse(shown(json), tr("a whole number from -2147483648 to 2147483647"));
  }
  value = json.get<std::int32_t>();
}

void read(const Json& json, const Place& place, const SessionField&, double& value) {
  if (!json.is_number()) place.refuse(shown(json), tr("a number"));
  value = json.get<double>();
}

void read(const Json& json, const Place& place, const SessionField& field, std::string& value) {
  const bool any = field.choices.empty();
  if (!json.is_string()) place.refuse(shown(json), any ? std::string(tr("a string")) : listed(field.choices));
  const auto& word = json.get_ref<const std::string&>();
  if (!any && std::find(field.choices.begin(), field.choices.end(), word) == field.choices.end()) {
    place.refuse(shown(json), listed(field.choices));
  }
  value = word;
}

StackSpec stack_from(Json json, const Place& place, std::string_view allowed) {
  if (!json.is_object()) place.refuse(shown(json), allowed);
  take_format(json, place);
  StackSpec stack;
  decode_stack(json, place, stack);
  return stack;
}

void read(const Json& json, const Place& place, const SessionField&, std::vector<bool>& value) {
  if (!json.is_array()) place.refuse(shown(json), tr("a list of true and false"));
  value.clear();
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (!json[i].is_boolean()) place.at(i).refuse(shown(json[i]), tr("true or false"));
    value.push_back(json[i].get<bool>());
  }
}

void read(const Json& json, const Place& place, const SessionField&, std::vector<double>& value) {
  if (!json.is_array()) place.refuse(shown(json), tr("a list of numbers"));
  value.clear();
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (!json[i].is_number()) place.at(i).refuse(shown(json[i]), tr("a number"));
    value.push_back(json[i].get<double>());
  }
}

void read(const Json& json, const Place& place, const SessionField&,
          std::vector<std::optional<StackSpec>>& value) {
  if (!json.is_array()) place.refuse(shown(json), tr("a list of stacks and nulls"));
  value.assign(json.size(), std::nullopt);
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (!json[i].is_null()) value[i] = stack_from(json[i], place.at(i), tr("a JSON object or null"));
  }
}

std::vector<StackSpec> stacks_of(const Json& json, const Place& place) {
  if (!json.is_array()) place.refuse(shown(json), tr("a list of stacks"));
  std::vector<StackSpec> stacks;
  for (std::size_t i = 0; i < json.size(); ++i) {
    stacks.push_back(stack_from(json[i], place.at(i), tr("a JSON object")));
  }
  return stacks;
}

template <class T>
void write(OrderedJson& json, const std::string& key, const T& value) {
  json[key] = value;
}

void write(OrderedJson& json, const std::string& key, const std::vector<bool>& value) {
  OrderedJson& list = json[key] = OrderedJson::array();
  for (const bool entry : value) list.push_back(entry);
}

void write(OrderedJson& json, const std::string& key, const std::vector<std::optional<StackSpec>>& value) {
  OrderedJson& list = json[key] = OrderedJson::array();
  for (const auto& stack : value) list.push_back(stack ? encode_stack(*stack) : OrderedJson());
}

std::vector<std::string> keys_of(const std::vector<SessionField>& fields) {
  std::vector<std::string> keys{std::string(kFormatKey), std::string(kStacksKey)};
  for (const SessionField& field : fields) keys.push_back(field.key);
  return keys;
}

}  // namespace

bool is_session(std::string_view text) {
  if (text.size() > kMaxSessionFileBytes) return false;
  try {
    const Json json = parse_json(text, "");
    return json.is_object() && json.contains(kStacksKey);
  } catch (const InputError&) {
    return false;
  }
}

SessionDocument parse_session(std::string_view text, std::string_view name, std::vector<SessionField> usual) {
  const Place place{std::string(name), ""};
  if (text.size() > kMaxSessionFileBytes) {
    place.refuse_with(tr("the file has {0} bytes; at most {1} are allowed",
                         {std::to_string(text.size()), std::to_string(kMaxSessionFileBytes)}));
  }
  Json json = parse_json(text, place.file);
  if (!json.is_object()) place.refuse_with(tr("the session is {0}; allowed is a JSON object", {shown(json)}));
  const std::vector<std::string> keys = keys_of(usual);
  for (const auto& [key, value] : json.items()) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) place.refuse_key(key, keys);
  }
  take_format(json, place);
  SessionDocument session{{}, std::move(usual)};
  if (const auto stacks = json.find(kStacksKey); stacks != json.end()) {
    session.stacks = stacks_of(*stacks, place.of(kStacksKey));
  }
  for (SessionField& field : session.fields) {
    const auto given = json.find(field.key);
    if (given == json.end()) continue;
    field.usual = false;
    std::visit([&](auto& value) { read(*given, place.of(field.key), field, value); }, field.value);
  }
  return session;
}

void read_session_value(std::string_view raw, SessionField* field) {
  const Place place{"", field->key};
  const bool is_word = std::holds_alternative<std::string>(field->value);
  if (is_word && first_not_utf8(raw)) place.refuse_with(tr("{0} is not UTF-8", {field->key}));
  std::string text(raw);
  const bool bare = std::holds_alternative<std::vector<double>>(field->value) && !text.starts_with('[');
  if (bare) text = "[" + text + "]";
  const Json json = is_word ? Json(text) : parse_json(text, field->key);
  std::visit([&](auto& value) { read(json, place, *field, value); }, field->value);
}

std::string session_json(const SessionDocument& session) {
  OrderedJson json = OrderedJson::object();
  json[std::string(kFormatKey)] = kFormat;
  OrderedJson& stacks = json[std::string(kStacksKey)] = OrderedJson::array();
  for (const StackSpec& stack : session.stacks) stacks.push_back(encode_stack(stack));
  for (const SessionField& field : session.fields) {
    if (field.usual) continue;
    std::visit([&](const auto& value) { write(json, field.key, value); }, field.value);
  }
  return print_json(json);
}

}  // namespace gradflow
