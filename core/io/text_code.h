// Bytes and text: is it UTF-8, and if not, a way to write it all the same.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gradflow {

/// Where the first byte lies that is not part of well-formed UTF-8 (Unicode 15, table 3-7), if any.
std::optional<std::size_t> first_not_utf8(std::string_view bytes);

/// Base64 with the standard alphabet and padding (RFC 4648, section 4).
std::string to_base64(std::string_view bytes);

/// How such a text stands in a file, as sentences show it.
inline constexpr std::string_view kBase64Example = "{\"base64\": \"...\"}";

/// The bytes, or nothing where `text` is not exactly what to_base64 writes.
std::optional<std::string> from_base64(std::string_view text);

/// Text as a sentence shows it: at most `max_bytes` bytes, cut between characters, with an ellipsis where
/// something was cut; control characters and bytes that are not UTF-8 appear as U+FFFD.
std::string clipped(std::string_view text, std::size_t max_bytes);

}  // namespace gradflow
