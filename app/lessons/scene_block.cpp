#include "app/lessons/scene_block.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/lessons/fields.h"
#include "app/session/scene_edits.h"
#include "app/session/scene_file.h"
#include "core/io/input_error.h"
#include "core/io/nearest.h"
#include "core/io/place.h"
#include "core/io/stack_file.h"
#include "core/io/text_code.h"
#include "core/spec/text.h"
#include "core/spec/validate.h"

namespace gradflow::lessons {
namespace {

using session::Scene;

constexpr std::size_t kShown = 60;

std::vector<std::string> list_of(std::string_view text) {
  std::vector<std::string> words;
  while (!trimmed(text).empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    words.emplace_back(trimmed(text.substr(0, comma)));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return words;
}

bool is_letter(std::string_view word) {
  return word.size() == 1 && word[0] >= 'A' && word[0] < static_cast<char>('A' + session::kMaxStacks);
}

/// The stack of this letter, which the scene must have.
std::size_t stack_in(const Scene& scene, std::string_view word) {
  const std::size_t stack = is_letter(word) ? static_cast<std::size_t>(word[0] - 'A') : scene.stacks.size();
  if (stack < scene.stacks.size()) return stack;
  if (scene.stacks.empty()) {
    throw InputError(tr("there is no stack \"{0}\"; the scene has none", {clipped(word, kShown)}));
  }
  throw InputError(tr("there is no stack \"{0}\"; the scene has A to {1}",
                      {clipped(word, kShown), letter(scene.stacks.size() - 1)}));
}

StackSpec named_stack(const std::string& name) {
  const std::vector<std::string> names = stack_names();
  if (std::find(names.begin(), names.end(), name) != names.end()) return load_stack(name);
  throw InputError(
      tr("there is no stack called \"{0}\"; {1}", {clipped(name, kShown), suggestion(name, names)}));
}

void set_stack(std::size_t place, const std::string& name, Scene* scene) {
  StackSpec stack = named_stack(name);
  if (place > scene->stacks.size()) {
    throw InputError(tr("stack {0} comes before stack {1}", {letter(place), letter(scene->stacks.size())}));
  }
  if (place < scene->stacks.size())
    scene->stacks.erase(scene->stacks.begin() + static_cast<std::ptrdiff_t>(place));
  stack.name = session::unique_name(*scene, stack.name);
  scene->stacks.insert(scene->stacks.begin() + static_cast<std::ptrdiff_t>(place), std::move(stack));
}

void set_depth(const std::string& value, Scene* scene) {
  for (StackSpec& stack : scene->stacks) set_value(stack, "num_layers=" + value);
}

void select(const std::string& value, Scene* scene) { scene->selected = stack_in(*scene, value); }

void hide(const std::string& value, Scene* scene) {
  scene->hidden.clear();
  for (const std::string& word : list_of(value)) session::set_hidden(scene, stack_in(*scene, word), true);
}

void pin(const std::string& value, Scene* scene) {
  scene->pinned.clear();
  for (const std::string& word : list_of(value)) session::pin_stack(scene, stack_in(*scene, word));
}

/// "A, B, B warmup"
void set_lanes(const std::string& value, Scene* scene) {
  for (std::size_t i = 0; i < scene->stacks.size(); ++i) {
    for (const bool warmup : {false, true}) session::set_races(scene, i, warmup, false);
  }
  for (const std::string& word : list_of(value)) {
    const std::size_t space = std::min(word.find(' '), word.size());
    const std::string_view rest = trimmed(std::string_view(word).substr(space));
    if (!rest.empty() && rest != "warmup") {
      throw InputError(
          tr("\"{0}\" is no lane; allowed is a letter, such as B, or B warmup", {clipped(word, kShown)}));
    }
    session::set_races(scene, stack_in(*scene, word.substr(0, space)), !rest.empty(), true);
  }
}

struct OwnKey {
  std::string_view key;
  void (*set)(const std::string& value, Scene* scene);
};
constexpr std::array kOwnKeys{
    OwnKey{"depth", set_depth}, OwnKey{"selected", select},      OwnKey{"hidden", hide},
    OwnKey{"pinned", pin},      OwnKey{"race_lanes", set_lanes},
};

const OwnKey* find_own(std::string_view key) {
  const auto* row =
      std::find_if(kOwnKeys.begin(), kOwnKeys.end(), [&](const OwnKey& own) { return own.key == key; });
  return row == kOwnKeys.end() ? nullptr : row;
}

[[noreturn]] void refuse_key(const std::string& key) {
  std::vector<std::string> known = session::scene_keys();
  for (const OwnKey& own : kOwnKeys) known.emplace_back(own.key);
  const std::string_view meant = nearest(key, known);
  if (!meant.empty()) {
    throw InputError(tr("\"{0}\" is not a key of a scene; did you mean {1}?", {clipped(key, kShown), meant}));
  }
  throw InputError(tr("\"{0}\" is not a key of a scene; allowed are {1}",
                      {clipped(key, kShown), "A, A.KEY, " + listed(known)}));
}

/// Throws InputError or InvalidSpec where the window could not show the scene.
void check(const Scene& scene) {
  session::check_scene(scene, tr("the scene"));
  for (const StackSpec& stack : scene.stacks) validate(stack);
  if (scene.view != session::View::training) return;
  for (const session::Lane& lane : session::lanes_of(scene)) validate_training(lane.spec, lane.training);
}

}  // namespace

void apply(const Setting& setting, Scene* scene) {
  if (is_letter(setting.key))
    return set_stack(static_cast<std::size_t>(setting.key[0] - 'A'), setting.value, scene);
  if (const std::size_t dot = setting.key.find('.'); dot != std::string::npos) {
    StackSpec& stack = scene->stacks[stack_in(*scene, setting.key.substr(0, dot))];
    return set_value(stack, setting.key.substr(dot + 1) + "=" + setting.value);
  }
  if (const OwnKey* own = find_own(setting.key)) return own->set(setting.value, scene);
  const std::vector<std::string> keys = session::scene_keys();
  if (std::find(keys.begin(), keys.end(), setting.key) == keys.end()) refuse_key(setting.key);
  session::set_scene_value(scene, setting.key, setting.value);
}

Scene changed(Scene scene, const std::vector<Setting>& settings, int line, Problems* problems) {
  const Scene start = scene;
  const std::size_t problems_before = problems->size();
  for (const Setting& setting : settings) {
    try {
      apply(setting, &scene);
      line = setting.line;
    } catch (const InputError& error) {
      problems->push_back({setting.line, error.what()});
    }
  }
  if (problems->size() != problems_before) return start;
  session::tidy(&scene);
  try {
    check(scene);
  } catch (const std::exception& error) {  // InputError or InvalidSpec
    problems->push_back({line, error.what()});
    return start;
  }
  return scene;
}

Scene scene_from(const std::vector<Setting>& settings, int line, Problems* problems) {
  Scene scene;
  const bool names_stacks = std::any_of(settings.begin(), settings.end(),
                                        [](const Setting& setting) { return is_letter(setting.key); });
  if (names_stacks) scene.stacks.clear();
  Scene result = changed(std::move(scene), settings, line, problems);
  return result.stacks.empty() ? Scene() : result;
}

std::vector<std::string> landmarks_from(const std::string& list) {
  std::vector<std::string> names = list_of(list);
  for (std::string& name : names) {
    const bool good = std::all_of(name.begin(), name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
             c == '_' || c == '-' || c == '/';
    });
    if (!good || name.empty()) {
      throw InputError(
          tr("\"{0}\" is no landmark of the window, such as depth.slider", {clipped(name, kShown)}));
    }
    std::string numbered;
    for (std::size_t start = 0; start <= name.size();) {
      const std::size_t end = std::min(name.find('.', start), name.size());
      const std::string part = name.substr(start, end - start);
      numbered += (start == 0 ? "" : ".") + (is_letter(part) ? std::to_string(part[0] - 'A') : part);
      start = end + 1;
    }
    name = std::move(numbered);
  }
  return names;
}

}  // namespace gradflow::lessons
