// Lessons from strangers: read to their end, every problem one sentence with a line of the file.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/lessons/check.h"
#include "app/lessons/parse.h"
#include "core/io/fuzz/require.h"

namespace {

using gradflow::fuzz::require;
namespace lessons = gradflow::lessons;

void require_sentences(const lessons::Problems& problems, int lines) {
  for (const lessons::Problem& problem : problems) {
    require(problem.line >= 1 && problem.line <= lines + 1);
    require(!problem.sentence.empty() && problem.sentence.find('\n') == std::string::npos);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto ends = std::count(text.begin(), text.end(), '\n') + std::count(text.begin(), text.end(), '\r');
  const int lines = static_cast<int>(ends) + 1;
  const lessons::Parsed parsed = lessons::parse_lesson(text, "lesson");
  require_sentences(parsed.problems, lines);
  require(lessons::parse_lesson(text, "lesson").lesson == parsed.lesson);
  const lessons::Measure nothing = [](const auto&, lessons::Race) { return lessons::Measured(); };
  require_sentences(lessons::check_lesson(parsed.lesson, nothing).problems, lines);
  return 0;
}
