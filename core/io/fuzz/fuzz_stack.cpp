// Stack files from strangers: refused with a sentence, or read, written and read back as the same stack.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/io/fuzz/require.h"
#include "core/io/stack_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using gradflow::fuzz::require;
  try {
    const gradflow::StackSpec spec =
        gradflow::parse_stack({reinterpret_cast<const char*>(data), size}, "stack.json");
    const std::string written = gradflow::stack_json(spec);
    const gradflow::StackSpec again = gradflow::parse_stack(written, "written.json");
    require(again == spec);
    require(gradflow::stack_json(again) == written);
  } catch (const gradflow::InputError& error) {
    const std::string_view sentence = error.what();
    require(sentence.starts_with("stack.json"));
    require(sentence.find('\n') == std::string_view::npos);
  }
  return 0;
}
