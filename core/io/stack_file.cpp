#include "core/io/stack_file.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "core/io/descriptor.h"
#include "core/io/file.h"
#include "core/io/nearest.h"
#include "core/io/preset.h"
#include "core/io/stack_json.h"
#include "core/io/text_code.h"
#include "core/spec/fields.h"
#include "core/spec/text.h"
#include "core/spec/validate.h"

namespace gradflow {
namespace {

namespace fs = std::filesystem;

constexpr int kFormat = 1;
constexpr std::string_view kWeightsEnding = ".safetensors";

struct BuiltIn {
  std::string_view name;
  StackSpec (*make)();
};
constexpr std::array<BuiltIn, 2> kBuiltIns{{{"pre-ln", pre_ln_stack}, {"post-ln", post_ln_stack}}};

/// Runs a check of core/spec and says where the stack came from.
template <class Check>
void at_the_border(const std::string& where, Check check) {
  try {
    check();
  } catch (const InvalidSpec& error) {
    throw InputError((where.empty() ? "" : where + ": ") + error.what());
  }
}

[[noreturn]] void refuse_name(const std::string& name) {
  const std::vector<std::string> names = stack_names();
  const std::string_view meant = nearest(name, names);
  if (!meant.empty()) {
    throw InputError(
        tr("there is no stack file {0} and no stack of that name; did you mean {1}?", {name, meant}));
  }
  throw InputError(tr("there is no stack file {0} and no stack of that name; named stacks are {1}",
                      {name, listed(names)}));
}

}  // namespace

void take_format(Json& json, const Place& place) {
  const auto format = json.find("format");
  if (format == json.end()) return;
  if (*format != Json(kFormat)) place.of("format").refuse(shown(*format), std::to_string(kFormat));
  json.erase(format);
}

void check_size_of_stack_file(std::string_view text, const Place& place) {
  if (text.size() <= kMaxStackFileBytes) return;
  place.refuse_with(tr("the file has {0} bytes; at most {1} are allowed",
                       {std::to_string(text.size()), std::to_string(kMaxStackFileBytes)}));
}

namespace {

StackSpec checked_stack_of(Json json, const Place& place, const CheckStack& check) {
  if (!json.is_object()) place.refuse(shown(json), tr("a JSON object"));
  take_format(json, place);
  StackSpec spec;
  decode_stack(json, place, spec);
  at_the_border(place.file, [&] {
    if (check) return check(spec);
    validate(spec, std::numeric_limits<std::size_t>::max());
  });
  return spec;
}

}  // namespace

StackSpec stack_of(Json json, const Place& place) { return checked_stack_of(std::move(json), place, {}); }

StackSpec parse_stack(std::string_view text, std::string_view name, const CheckStack& check) {
  const Place place{std::string(name), ""};
  if (name.ends_with(kWeightsEnding)) {
    throw InputError(
        tr("{0} is no weights file, though it is called one: those begin with eight bytes, the length of "
           "a header, and a {1}",
           {name, "{"}));
  }
  check_size_of_stack_file(text, place);
  return checked_stack_of(parse_json(text, place.file), place, check);
}

StackSpec read_stack_file(const fs::path& path, const CheckStack& check) {
  const std::string name = file_name(path, tr("standard input"));
  return parse_stack(read_file(path, kMaxStackFileBytes), name, check);
}

std::string stack_json(const StackSpec& spec) {
  OrderedJson json = OrderedJson::object();
  json["format"] = kFormat;
  json.update(encode_stack(spec));
  return print_json(json);
}

void write_stack_file(const StackSpec& spec, const fs::path& path) { write_file(path, stack_json(spec)); }

std::vector<std::string> stack_names() {
  std::vector<std::string> names;
  names.reserve(kBuiltIns.size());
  for (const BuiltIn& row : kBuiltIns) names.emplace_back(row.name);
  for (std::string& name : preset_names()) names.push_back(std::move(name));
  return names;
}

StackSpec load_stack(std::string_view name_or_path, const CheckStack& check) {
  for (const BuiltIn& row : kBuiltIns) {
    if (row.name == name_or_path) return row.make();
  }
  const std::vector<std::string> presets = preset_names();
  if (std::find(presets.begin(), presets.end(), name_or_path) != presets.end()) {
    return load_preset(name_or_path).stack;
  }
  const fs::path path(name_or_path);
  std::error_code error;
  if (path != kStandardStream && fs::status(path, error).type() == fs::file_type::not_found) {
    refuse_name(std::string(name_or_path));
  }
  return read_stack_file(path, check);
}

void set_value(StackSpec& spec, std::string_view key_equals_value) {
  const std::size_t equals = key_equals_value.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    throw InputError(tr("\"{0}\" is not KEY=VALUE, such as num_layers=48", {clipped(key_equals_value, 60)}));
  }
  const std::string_view key = key_equals_value.substr(0, equals);
  StackSpec changed = spec;
  decode_value(key, key_equals_value.substr(equals + 1), changed);
  at_the_border("", [&] {
    check_range_of(changed, key);
    const std::string inside = std::string(key) + ".";
    for (const RealField& field : kRealFields) {
      if (field.key.starts_with(inside)) check_range_of(changed, field.key);
    }
  });
  spec = std::move(changed);
}

}  // namespace gradflow
