#include "app/session/scene_edits.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/spec/fields.h"

namespace gradflow::session {
namespace {

bool has_name(const Scene& scene, std::string_view name) {
  return std::any_of(scene.stacks.begin(), scene.stacks.end(),
                     [name](const StackSpec& stack) { return stack.name == name; });
}

/// "Pre-LN" of "Pre-LN 12".
std::string_view without_number(std::string_view name) {
  const std::size_t last = name.find_last_not_of("0123456789");
  const bool numbered =
      last != std::string_view::npos && last > 0 && last + 1 < name.size() && name[last] == ' ';
  return numbered ? name.substr(0, last) : name;
}

template <class List>
auto at(List* list, std::size_t index) {
  return list->begin() + static_cast<std::ptrdiff_t>(index);
}

auto place(Scene* scene, std::size_t index) { return at(&scene->stacks, index); }

/// `edit` on every list beside the stacks, with an entry for each of the `count` stacks.
template <class Edit>
void edit_beside(Scene* scene, std::size_t count, Edit edit) {
  scene->hidden.resize(count);
  scene->pinned.resize(count);
  scene->race.left_out.resize(count);
  scene->race.warmed.resize(count);
  edit(&scene->hidden);
  edit(&scene->pinned);
  edit(&scene->race.left_out);
  edit(&scene->race.warmed);
  tidy(scene);
}

template <class List>
void move_entry(List* list, std::size_t from, std::size_t to) {
  if (from < to) {
    std::rotate(at(list, from), at(list, from + 1), at(list, to + 1));
  } else {
    std::rotate(at(list, to), at(list, from), at(list, from + 1));
  }
}

/// Weights of a file have the depth that they have.
void take_linked_depth(const Scene& scene, StackSpec* stack) {
  if (!scene.depth_linked || scene.stacks.empty() || !has_drawn_weights(*stack)) return;
  stack->num_layers = scene.stacks[linked_stack(scene)].num_layers;
}

}  // namespace

std::string unique_name(const Scene& scene, std::string_view wanted) {
  if (!has_name(scene, wanted)) return std::string(wanted);
  const std::string start = std::string(without_number(wanted)) + " ";
  int number = 2;
  while (has_name(scene, start + std::to_string(number))) ++number;
  return start + std::to_string(number);
}

std::size_t linked_stack(const Scene& scene) {
  const auto drawn = std::find_if(scene.stacks.begin(), scene.stacks.end(), has_drawn_weights);
  return drawn == scene.stacks.end() ? 0 : static_cast<std::size_t>(drawn - scene.stacks.begin());
}

void draw_weights(StackSpec* stack) {
  stack->init.weights.clear();
  if (stack->vocab_size < kVocabularyOfBytes) stack->input.kind = InputKind::random;
}

void add_stack(Scene* scene, StackSpec stack) {
  if (scene->stacks.size() >= kMaxStacks) return;
  take_linked_depth(*scene, &stack);
  stack.name = unique_name(*scene, stack.name);
  scene->stacks.push_back(std::move(stack));
  scene->selected = scene->stacks.size() - 1;
}

void duplicate_stack(Scene* scene, std::size_t index) {
  if (scene->stacks.size() >= kMaxStacks || index >= scene->stacks.size()) return;
  StackSpec copy = scene->stacks[index];
  copy.name = unique_name(*scene, copy.name);
  edit_beside(scene, scene->stacks.size(), [index](auto* list) { list->emplace(at(list, index + 1)); });
  scene->stacks.insert(place(scene, index + 1), std::move(copy));
  scene->selected = index + 1;
}

void remove_stack(Scene* scene, std::size_t index) {
  if (scene->stacks.size() <= 1 || index >= scene->stacks.size()) return;
  edit_beside(scene, scene->stacks.size(), [index](auto* list) { list->erase(at(list, index)); });
  scene->stacks.erase(place(scene, index));
  if (scene->selected > index) --scene->selected;
  scene->selected = std::min(scene->selected, scene->stacks.size() - 1);
}

void move_stack(Scene* scene, std::size_t from, std::size_t to) {
  if (from >= scene->stacks.size() || to >= scene->stacks.size() || from == to) return;
  edit_beside(scene, scene->stacks.size(), [=](auto* list) { move_entry(list, from, to); });
  move_entry(&scene->stacks, from, to);
  std::size_t& selected = scene->selected;
  if (selected == from) {
    selected = to;
  } else if (from < selected && selected <= to) {
    --selected;
  } else if (to <= selected && selected < from) {
    ++selected;
  }
}

void replace_stack(Scene* scene, std::size_t index, StackSpec stack) {
  if (index >= scene->stacks.size()) return;
  take_linked_depth(*scene, &stack);
  Scene others = *scene;
  others.stacks.erase(place(&others, index));
  stack.name = unique_name(others, stack.name);
  scene->stacks[index] = std::move(stack);
}

bool is_hidden(const Scene& scene, std::size_t index) {
  return index < scene.hidden.size() && scene.hidden[index];
}

void set_hidden(Scene* scene, std::size_t index, bool hidden) {
  if (index >= scene->stacks.size()) return;
  scene->hidden.resize(scene->stacks.size());
  scene->hidden[index] = hidden;
  tidy(scene);
}

void click_legend(Scene* scene, std::size_t index) {
  const std::size_t count = scene->stacks.size();
  if (index >= count) return;
  const auto hidden = static_cast<std::size_t>(std::count(scene->hidden.begin(), scene->hidden.end(), true));
  if (is_hidden(*scene, index)) {
    scene->hidden.assign(count, true);
    set_hidden(scene, index, false);
  } else if (hidden > 0 && hidden + 1 == count) {
    scene->hidden.clear();
  } else {
    set_hidden(scene, index, true);
  }
}

const StackSpec* pin_of(const Scene& scene, std::size_t index) {
  return index < scene.pinned.size() && scene.pinned[index] ? &*scene.pinned[index] : nullptr;
}

void pin_stack(Scene* scene, std::size_t index) {
  if (index >= scene->stacks.size()) return;
  scene->pinned.resize(scene->stacks.size());
  scene->pinned[index] = scene->stacks[index];
  tidy(scene);
}

void unpin_stack(Scene* scene, std::size_t index) {
  if (index >= scene->pinned.size()) return;
  scene->pinned[index].reset();
  tidy(scene);
}

void tidy(Scene* scene) {
  while (!scene->hidden.empty() && !scene->hidden.back()) scene->hidden.pop_back();
  while (!scene->pinned.empty() && !scene->pinned.back()) scene->pinned.pop_back();
  for (std::vector<bool>* list : {&scene->race.left_out, &scene->race.warmed}) {
    list->resize(std::min(list->size(), scene->stacks.size()));
    while (!list->empty() && !list->back()) list->pop_back();
  }
}

}  // namespace gradflow::session
