// A session as a JSON file: stacks, and beside them how they are looked at.
//
//   {"format": 1, "stacks": [{...}, {...}], "selected": 0, "depth_linked": true, "quantity": "..."}
//
// Every stack is the object of a stack file, but what somebody is still editing (five heads for a width of
// 64) is kept as it is. The keys beside "stacks" are the caller's: a row of SessionField each. Both may be
// missing, no other key may be there. All functions throw InputError.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/io/input_error.h"
#include "core/spec/stack.h"

namespace gradflow {

inline constexpr std::size_t kMaxSessionFileBytes = std::size_t{48} << 20U;  // six stack files, pinned

/// A value beside the stacks.
struct SessionField {
  std::string key;
  std::variant<bool, std::uint64_t, std::int32_t, double, std::string, std::vector<bool>, std::vector<double>,
               std::vector<std::optional<StackSpec>>>
      value;
  std::vector<std::string> choices = {};  // the words that a string may be; any where empty
  bool usual = false;                     // it has its default value, and is not written
  friend bool operator==(const SessionField&, const SessionField&) = default;
};

struct SessionDocument {
  std::vector<StackSpec> stacks;
  std::vector<SessionField> fields;
  friend bool operator==(const SessionDocument&, const SessionDocument&) = default;
};

/// Whether this is the text of a session: an object with the key "stacks". A text that is no JSON is none.
bool is_session(std::string_view json);

/// A session from its text. `name` is what sentences call the file; `usual` has the fields that may be there,
/// and the values of those that are not.
SessionDocument parse_session(std::string_view json, std::string_view name, std::vector<SessionField> usual);

/// Puts into the field what `raw` says: JSON, but a string is taken as it stands, and a list of numbers may
/// be without its brackets.
void read_session_value(std::string_view raw, SessionField* field);

/// A session file that reads back the same. Only a number that is not finite cannot be written.
std::string session_json(const SessionDocument& session);

}  // namespace gradflow
