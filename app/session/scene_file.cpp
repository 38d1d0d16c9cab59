#include "app/session/scene_file.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <variant>

#include "app/session/scene_edits.h"
#include "core/io/figure_file.h"
#include "core/io/file.h"
#include "core/io/model_file.h"
#include "core/io/session_file.h"
#include "core/io/stack_file.h"
#include "core/spec/names.h"
#include "core/spec/text.h"
#include "core/spec/validate.h"

namespace gradflow::session {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTokenPrefix = "token_";

/// The keys of a session file beside "stacks", in their order: fn(key, member).
template <class S, class Fn>
void each_field(S& scene, Fn&& fn) {
  fn("selected", scene.selected);
  fn("depth_linked", scene.depth_linked);
  fn("seeds", scene.seeds);
  fn("view", scene.view);
  fn("quantity", scene.quantity);
  fn("forward_quantity", scene.forward_quantity);
  fn("hidden", scene.hidden);
  fn("pinned", scene.pinned);
  auto& race = scene.race;
  fn("race_left_out", race.left_out);
  fn("race_warmed", race.warmed);
  fn("race_depth", race.num_layers);
  fn("race_batch_size", race.batch_size);
  fn("race_seed", race.seed);
  fn("race_lane", race.lane);
  fn("race_step", race.step);
  fn("race_quantity", scene.race_quantity);
  auto& training = race.training;
  fn("race_task", training.task);
  fn("race_symbols", training.symbols);
  fn("race_steps", training.steps);
  fn("race_schedule", training.schedule);
  fn("race_warmup", training.warmup);
  fn("race_optimizer", training.optimizer);
  for (const TrainingReal& real : kTrainingReals) {
    fn("race_" + std::string(real.key), training.*real.member);
  }
  fn("race_clip", training.clip);
  each_token_vector(scene.token,
                    [&](const char* name, auto& vector) { fn(std::string(kTokenPrefix) + name, vector); });
}

/// Every value is written, but of lists, of the race and of the token what is as usual.
bool is_always_written(const SessionField& field) {
  const bool list = std::holds_alternative<std::vector<bool>>(field.value) ||
                    std::holds_alternative<std::vector<double>>(field.value) ||
                    std::holds_alternative<std::vector<std::optional<StackSpec>>>(field.value);
  return !list && !field.key.starts_with("race_");
}

template <class T>
requires(!std::is_enum_v<T>) SessionField field_of(const std::string& key, const T& value) {
  return {key, value};
}
SessionField field_of(const std::string& key, int value) { return {key, std::int32_t{value}}; }
SessionField field_of(const std::string& key, const std::optional<double>& value) {
  return {key, value.value_or(0)};  // which is no length to clip to
}

template <class E>
requires std::is_enum_v<E> SessionField field_of(const std::string& key, E value) {
  SessionField field{key, std::string(key_of(value))};
  for (const Named<E>& row : kNames<E>) field.choices.emplace_back(row.key);
  return field;
}

template <class T>
void take(const SessionField& field, T& member) {
  if constexpr (std::is_enum_v<T>) {
    member = from_key<T>(std::get<std::string>(field.value)).value();  // the codec has checked the choices
  } else if constexpr (std::is_same_v<T, int>) {
    member = std::get<std::int32_t>(field.value);
  } else if constexpr (std::is_same_v<T, std::optional<double>>) {
    const double value = std::get<double>(field.value);
    member = value == 0 ? std::nullopt : std::optional(value);
  } else {
    member = std::get<T>(field.value);
  }
}

std::vector<SessionField> every_field_of(const Scene& scene) {
  std::vector<SessionField> fields;
  each_field(scene,
             [&](const std::string& key, const auto& member) { fields.push_back(field_of(key, member)); });
  return fields;
}

std::optional<double> number_of(const SessionField& field) {
  const auto number = [](const auto& value) -> std::optional<double> {
    using T = std::decay_t<decltype(value)>;
    if constexpr (!std::is_arithmetic_v<T> || std::is_same_v<T, bool>) return std::nullopt;
    if constexpr (std::is_arithmetic_v<T>) return static_cast<double>(value);
  };
  return std::visit(number, field.value);
}

std::vector<SessionField> fields_of(const Scene& scene) {
  std::vector<SessionField> fields = every_field_of(scene);
  const std::vector<SessionField> usual = every_field_of(Scene());
  for (std::size_t i = 0; i < fields.size(); ++i) {
    fields[i].usual = !is_always_written(fields[i]) && fields[i].value == usual[i].value;
  }
  return fields;
}

/// The text of a file, or of the session in it.
struct Content {
  std::string text;
  bool figure = false;
  bool session = false;  // also that of a figure
};

Content content_of(const fs::path& file) {
  std::string bytes = read_file(file, kMaxFigureFileBytes);
  if (figure_format(bytes)) return {embedded_session(bytes, file.string()), true, true};
  const bool session = is_session(bytes);
  return {std::move(bytes), false, session};
}

[[noreturn]] void refuse_company(const std::string& file, const Content& content, std::string_view company) {
  throw InputError(tr("{0} is {1}; it is opened alone, not with other {2}",
                      {file, content.figure ? tr("a figure") : tr("a session"), tr(company)}));
}

Opened opened_session(const fs::path& file, const Content& content) {
  Opened opened{parse_scene(content.text, file.string())};
  if (!content.figure) opened.session = file;
  opened.figure = content.figure;
  return opened;
}

/// Of a stack file, whose weights may be those of another file.
void check_stack(const StackSpec& spec) {
  constexpr std::size_t kAnySize = std::numeric_limits<std::size_t>::max();
  if (has_drawn_weights(spec)) {
    validate(spec, kAnySize);
  } else {
    validate_beside_weights(spec, kAnySize);
  }
}

/// Adds the stack that a weights file is of; where it does not say, it is `tried` on another.
void add_weights(const fs::path& file, const StackSpec& tried, Opened* opened) {
  StackSpec stack = recorded_stack(read_tensor_metadata(file), file.string()).value_or(tried);
  std::error_code error;
  const fs::path whole = fs::absolute(file, error);
  stack.init.weights = (error ? file : whole.lexically_normal()).string();
  stack.name =
      unique_name(opened->scene, stack.name + (stack.name.empty() ? "" : " ") + file.stem().string());
  opened->scene.stacks.push_back(std::move(stack));
  opened->weights.push_back(file);
}

/// Weights alone are added to what there is, where there is room for them.
bool are_added(const std::vector<fs::path>& files, const Scene& before) {
  return before.stacks.size() + files.size() <= kMaxStacks &&
         std::all_of(files.begin(), files.end(), is_tensor_file);
}

bool names_stack(const std::string& word) {
  const std::vector<std::string> names = stack_names();
  return std::find(names.begin(), names.end(), word) != names.end();
}

}  // namespace

void check_scene(const Scene& scene, std::string_view name) {
  const std::size_t count = scene.stacks.size();
  const auto refuse = [&](const std::string& what) { throw InputError(std::string(name) + ": " + what); };
  if (count < 1 || count > kMaxStacks) {
    refuse(tr("stacks has {0} entries; allowed is 1 to {1}",
              {std::to_string(count), std::to_string(kMaxStacks)}));
  }
  if (scene.selected >= count) {
    refuse(tr("selected is {0}; allowed is 0 to {1}, as there are {2} stacks",
              {std::to_string(scene.selected), std::to_string(count - 1), std::to_string(count)}));
  }
  if (scene.seeds < 1 || scene.seeds > kMaxSeeds) {
    refuse(tr("{0} is {1}; allowed is {2} to {3}",
              {"seeds", std::to_string(scene.seeds), "1", std::to_string(kMaxSeeds)}));
  }
  for (const auto& [key, entries] :
       {std::pair{"hidden", scene.hidden.size()}, std::pair{"pinned", scene.pinned.size()},
        std::pair{"race_left_out", scene.race.left_out.size()},
        std::pair{"race_warmed", scene.race.warmed == Race().warmed ? 0 : scene.race.warmed.size()}}) {
    if (entries <= count) continue;
    refuse(tr("{0} has {1} entries; allowed is 0 to {2}, as there are {2} stacks",
              {key, std::to_string(entries), std::to_string(count)}));
  }
  if (const std::string problem = token_problem(scene.token, kTokenPrefix); !problem.empty()) refuse(problem);
}

Scene parse_scene(std::string_view json, std::string_view name) {
  Scene scene;
  SessionDocument session = parse_session(json, name, fields_of(scene));
  std::size_t next = 0;
  each_field(scene, [&](const std::string&, auto& member) { take(session.fields[next++], member); });
  scene.stacks = std::move(session.stacks);
  check_scene(scene, name);
  tidy(&scene);
  return scene;
}

std::vector<std::string> scene_keys() {
  std::vector<std::string> keys;
  for (const SessionField& field : every_field_of(Scene())) keys.push_back(field.key);
  return keys;
}

std::optional<double> scene_number(const Scene& scene, const std::string& key) {
  std::optional<double> number;
  for (const SessionField& field : every_field_of(scene)) {
    if (field.key == key) number = number_of(field);
  }
  return number;
}

void set_scene_value(Scene* scene, const std::string& key, std::string_view value) {
  each_field(*scene, [&](const std::string& name, auto& member) {
    if (name != key) return;
    SessionField field = field_of(name, member);
    read_session_value(value, &field);
    take(field, member);
  });
}

View parse_view(std::string_view word) {
  if (const auto view = from_key<View>(word)) return *view;
  throw InputError(tr("--view is \"{0}\"; allowed is one of {1}", {word, all_keys<View>()}));
}

std::string scene_json(const Scene& scene) { return session_json({scene.stacks, fields_of(scene)}); }

void write_scene(const Scene& scene, const fs::path& path) { write_file(path, scene_json(scene)); }

Opened open_files(const std::vector<fs::path>& files, const Scene& before) {
  check_stack_count(files.size());
  Opened opened{before};
  const bool added = are_added(files, before);
  if (!added) {
    opened.scene.stacks.clear();
    opened.scene.hidden.clear();
    opened.scene.pinned.clear();
  }
  for (const fs::path& file : files) {
    if (is_tensor_file(file)) {
      add_weights(file, before.stacks.at(before.selected), &opened);
      continue;
    }
    const Content content = content_of(file);
    if (!content.session) {
      opened.scene.stacks.push_back(parse_stack(content.text, file.string(), check_stack));
    } else if (files.size() == 1) {
      return opened_session(file, content);
    } else {
      refuse_company(file.string(), content, text_key("files"));
    }
  }
  opened.scene.selected = added ? opened.scene.stacks.size() - 1 : 0;
  tidy(&opened.scene);
  return opened;
}

Opened open_named(const std::vector<std::string>& words) {
  Opened named;
  if (words.empty()) return named;
  for (const std::string& word : words) {
    std::error_code error;
    if (names_stack(word) || !fs::is_regular_file(word, error) || is_tensor_file(word)) continue;
    const Content content = content_of(word);
    if (!content.session) continue;
    if (words.size() > 1) refuse_company(word, content, text_key("stacks"));
    return opened_session(word, content);
  }
  check_stack_count(words.size());
  named.scene.stacks.clear();
  StackSpec before = pre_ln_stack();
  for (const std::string& word : words) {
    if (!names_stack(word) && is_tensor_file(word)) {
      add_weights(word, before, &named);
    } else {
      named.scene.stacks.push_back(load_stack(word, check_stack));
    }
    before = named.scene.stacks.back();
  }
  tidy(&named.scene);
  return named;
}

}  // namespace gradflow::session
