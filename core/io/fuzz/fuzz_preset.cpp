// Preset files from strangers: refused with a sentence, or read, written and read back as the same preset.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/io/fuzz/require.h"
#include "core/io/preset.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using gradflow::fuzz::require;
  try {
    const gradflow::Preset preset =
        gradflow::parse_preset({reinterpret_cast<const char*>(data), size}, "preset.json");
    require(gradflow::parse_preset(gradflow::preset_json(preset), "written.json") == preset);
  } catch (const gradflow::InputError& error) {
    const std::string_view sentence = error.what();
    require(sentence.starts_with("preset.json"));
    require(sentence.find('\n') == std::string_view::npos);
  }
  return 0;
}
