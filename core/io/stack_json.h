// A stack as a tree of JSON values, in both directions. Ranges and relations between fields are not looked at
// here (validate() does): what somebody is still editing must survive being saved.
#pragma once

#include <string_view>

#include "core/io/json.h"
#include "core/io/place.h"
#include "core/spec/stack.h"

namespace gradflow {

/// Puts what `json` gives into `spec`; keys that it lacks leave `spec` as it is. Throws InputError.
void decode_stack(const Json& json, const Place& place, StackSpec& spec);

/// The stack of a stack file's object, checked as validate() does but for the memory limit. Throws
/// InputError.
StackSpec stack_of(Json json, const Place& place);

/// Takes the key "format" away, which may be missing and must be the one there is. Throws InputError.
void take_format(Json& json, const Place& place);

/// Throws InputError where the text of a stack file or preset is longer than kMaxStackFileBytes.
void check_size_of_stack_file(std::string_view text, const Place& place);

/// Puts `raw`, a value as the command line gives it, under the dotted `key`. Throws InputError.
void decode_value(std::string_view key, std::string_view raw, StackSpec& spec);

/// Every key. Throws InputError for a number that is not finite.
OrderedJson encode_stack(const StackSpec& spec);

}  // namespace gradflow
