#include "core/io/stack_file.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "core/io/file.h"
#include "core/io/nearest.h"
#include "core/io/stack_json.h"
#include "core/io/text_code.h"
#include "core/spec/asset.h"
#include "core/spec/fields.h"
#include "core/spec/validate.h"

namespace gradflow {
namespace {

namespace fs = std::filesystem;

constexpr int kFormat = 1;
constexpr std::string_view kPresetFolder = "presets/";
constexpr std::string_view kStackExtension = ".json";

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

void check_format(Json& json, const Place& place) {
  const auto format = json.find("format");
  if (format == json.end()) return;
  if (*format != Json(kFormat)) place.of("format").refuse(shown(*format), std::to_string(kFormat));
  json.erase(format);
}

/// The name of a preset, or nothing for other assets.
std::optional<std::string> preset_name(std::string_view path) {
  if (!path.starts_with(kPresetFolder) || !path.ends_with(kStackExtension)) return std::nullopt;
  path.remove_prefix(kPresetFolder.size());
  path.remove_suffix(kStackExtension.size());
  return std::string(path);
}

[[noreturn]] void refuse_name(const std::string& name) {
  const std::vector<std::string> names = stack_names();
  const std::string_view meant = nearest(name, names);
  const std::string start = "there is no stack file " + name + " and no stack of that name; ";
  if (!meant.empty()) throw InputError(start + "did you mean " + std::string(meant) + "?");
  throw InputError(start + "named stacks are " + listed(names));
}

}  // namespace

StackSpec parse_stack(std::string_view text, std::string_view name) {
  const Place place{std::string(name), ""};
  if (text.size() > kMaxStackFileBytes) {
    place.refuse_with("the file has " + std::to_string(text.size()) + " bytes; at most " +
                      std::to_string(kMaxStackFileBytes) + " are allowed");
  }
  Json json = parse_json(text, place.file);
  if (!json.is_object()) place.refuse(shown(json), "a JSON object");
  check_format(json, place);
  StackSpec spec;
  decode_stack(json, place, spec);
  at_the_border(place.file, [&] { validate(spec, std::numeric_limits<std::size_t>::max()); });
  return spec;
}

StackSpec read_stack_file(const fs::path& path) {
  const std::string name = path == kStandardStream ? "standard input" : path.string();
  return parse_stack(read_file(path, kMaxStackFileBytes), name);
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
  for (const BuiltIn& row : kBuiltIns) names.emplace_back(row.name);
  for (const Asset& entry : assets()) {
    if (auto name = preset_name(entry.path)) names.push_back(*name);
  }
  return names;
}

StackSpec load_stack(std::string_view name_or_path) {
  for (const BuiltIn& row : kBuiltIns) {
    if (row.name == name_or_path) return row.make();
  }
  for (const Asset& entry : assets()) {
    if (preset_name(entry.path) == name_or_path) return parse_stack(entry.bytes, name_or_path);
  }
  const fs::path path(name_or_path);
  std::error_code error;
  if (path != kStandardStream && fs::status(path, error).type() == fs::file_type::not_found) {
    refuse_name(std::string(name_or_path));
  }
  return read_stack_file(path);
}

void set_value(StackSpec& spec, std::string_view key_equals_value) {
  const std::size_t equals = key_equals_value.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    throw InputError("\"" + clipped(key_equals_value, 60) + "\" is not KEY=VALUE, such as num_layers=48");
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
