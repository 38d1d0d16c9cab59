#include "app/session/scene_edits.h"

#include <algorithm>
#include <iterator>
#include <utility>

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

auto place(Scene* scene, std::size_t index) {
  return scene->stacks.begin() + static_cast<std::ptrdiff_t>(index);
}

void take_linked_depth(const Scene& scene, StackSpec* stack) {
  if (scene.depth_linked && !scene.stacks.empty()) stack->num_layers = scene.stacks.front().num_layers;
}

}  // namespace

std::string unique_name(const Scene& scene, std::string_view wanted) {
  if (!has_name(scene, wanted)) return std::string(wanted);
  const std::string start = std::string(without_number(wanted)) + " ";
  int number = 2;
  while (has_name(scene, start + std::to_string(number))) ++number;
  return start + std::to_string(number);
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
  scene->stacks.insert(place(scene, index + 1), std::move(copy));
  scene->selected = index + 1;
}

void remove_stack(Scene* scene, std::size_t index) {
  if (scene->stacks.size() <= 1 || index >= scene->stacks.size()) return;
  scene->stacks.erase(place(scene, index));
  if (scene->selected > index) --scene->selected;
  scene->selected = std::min(scene->selected, scene->stacks.size() - 1);
}

void move_stack(Scene* scene, std::size_t from, std::size_t to) {
  if (from >= scene->stacks.size() || to >= scene->stacks.size() || from == to) return;
  if (from < to) {
    std::rotate(place(scene, from), place(scene, from + 1), place(scene, to + 1));
  } else {
    std::rotate(place(scene, to), place(scene, from), place(scene, from + 1));
  }
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

}  // namespace gradflow::session
