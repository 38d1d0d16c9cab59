#include "core/io/place.h"

#include "core/io/input_error.h"
#include "core/io/nearest.h"
#include "core/io/text_code.h"

namespace gradflow {

Place Place::of(std::string_view member) const {
  return {file, key + (key.empty() ? "" : ".") + std::string(member)};
}

Place Place::at(std::size_t index) const { return {file, key + "[" + std::to_string(index) + "]"}; }

void Place::refuse_with(const std::string& sentence) const {
  throw InputError((file.empty() ? "" : file + ": ") + sentence);
}

void Place::refuse(std::string_view value, std::string_view allowed) const {
  refuse_with((key.empty() ? "the stack" : key) + " is " + std::string(value) + "; allowed is " +
              std::string(allowed));
}

void Place::refuse_key(std::string_view member, std::span<const std::string> known) const {
  constexpr std::size_t kShownBytes = 60;
  const std::string name = of(clipped(member, kShownBytes)).key;
  const std::string_view meant = nearest(member, known);
  if (!meant.empty()) refuse_with(name + " is not a key; did you mean " + of(meant).key + "?");
  refuse_with(name + " is not a key; allowed " + (key.empty() ? "" : "in " + key + " ") + "are " +
              listed(known));
}

std::string listed(std::span<const std::string> words) {
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
  return list;
}

}  // namespace gradflow
