// Session files from strangers: refused with a sentence, or read, written and read back as the same session.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/fuzz/require.h"
#include "core/io/session_file.h"

namespace {

/// A value of every kind that a session can hold beside its stacks.
std::vector<gradflow::SessionField> fields() {
  return {{"selected", std::uint64_t{0}},
          {"depth_linked", true},
          {"view", std::string("gradients"), {"gradients", "depth_law"}},
          {"quantity", std::string("grad_norm/total")},
          {"hidden", std::vector<bool>{}},
          {"token_x", std::vector<double>{}},
          {"pinned", std::vector<std::optional<gradflow::StackSpec>>{}}};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using gradflow::fuzz::require;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const gradflow::SessionDocument session = gradflow::parse_session(text, "session.json", fields());
    const std::string written = gradflow::session_json(session);
    require(gradflow::is_session(written));
    const gradflow::SessionDocument again = gradflow::parse_session(written, "written.json", fields());
    require(again == session);
    require(gradflow::session_json(again) == written);
  } catch (const gradflow::InputError& error) {
    const std::string_view sentence = error.what();
    require(sentence.starts_with("session.json"));
    require(sentence.find('\n') == std::string_view::npos);
  }
  return 0;
}
