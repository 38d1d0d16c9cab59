#include "core/io/place.h"

#include "core/io/input_error.h"
#include "core/io/nearest.h"
#include "core/io/text_code.h"
#include "core/spec/text.h"

namespace gradflow {

Place Place::of(std::string_view member) const {
  return {file, key + (key.empty() ? "" : ".") + std::string(member)};
}

Place Place::at(std::size_t index) const { return {file, key + "[" + std::to_string(index) + "]"}; }

void Place::refuse_with(std::string_view sentence) const {
  throw InputError((file.empty() ? "" : file + ": ").append(sentence));
}

void Place::refuse(std::string_view value, std::string_view allowed) const {
  const std::string_view name = key.empty() ? tr("the stack") : std::string_view(key);
  refuse_with(tr("{0} is {1}; allowed is {2}", {name, value, allowed}));
}

void Place::refuse_key(std::string_view member, std::span<const std::string> known) const {
  constexpr std::size_t kShownBytes = 60;
  const std::string name = of(clipped(member, kShownBytes)).key;
  const std::string_view meant = nearest(member, known);
  if (!meant.empty()) refuse_with(tr("{0} is not a key; did you mean {1}?", {name, of(meant).key}));
  if (key.empty()) refuse_with(tr("{0} is not a key; allowed are {1}", {name, listed(known)}));
  refuse_with(tr("{0} is not a key; allowed in {1} are {2}", {name, key, listed(known)}));
}

std::string listed(std::span<const std::string> words) {
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
  return list;
}

std::string suggestion(std::string_view word, std::span<const std::string> known) {
  const std::string_view meant = nearest(word, known);
  return meant.empty() ? tr("allowed are {0}", {listed(known)}) : tr("did you mean {0}?", {meant});
}

}  // namespace gradflow
