// Figures from strangers: refused with a sentence, or a session is found in them, which put into a figure of
// any format is found again, to the byte.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/io/figure_file.h"
#include "core/io/fuzz/require.h"
#include "core/io/text_code.h"
#include "core/io/tidy.h"

namespace gradflow {
namespace {

using fuzz::require;

/// The least of a file that a session can be put into, in the order of FigureFormat.
const std::array<std::string, kNames<FigureFormat>.size()> kFigures{
    "<svg><title>t</title>\n</svg>",
    "%PDF-1.4\n1 0 obj\n<< /Type /Catalog\n>>\nendobj\n"
    "trailer\n<< /Size 3 /Root 1 0 R /Info 2 0 R >>\nstartxref\n45\n%%EOF\n",
    std::string("\x89PNG\r\n\x1a\n", 8) + std::string("\0\0\0\x0dIHDR", 8) + std::string(17, '\0') +
        std::string("\0\0\0\0IEND\xae\x42\x60\x82", 12),
    std::string(kTidyHeader) + "A,1,,loss,4.85\n"};

void try_session(const std::string& session) {
  if (first_not_utf8(session)) return;
  std::string line;
  for (const auto& row : kNames<FigureFormat>) {
    const std::string& bare = kFigures[static_cast<std::size_t>(row.value)];
    const std::string figure = embed_session(bare, row.value, session);
    require(figure_format(figure) == row.value);
    try {
      const std::string found = embedded_session(figure, "figure");
      require(line.empty() || found == line);
      line = found;
    } catch (const InputError&) {
      require(row.value == FigureFormat::csv && line.empty());  // a table's empty field is no session
    }
  }
}

}  // namespace
}  // namespace gradflow

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using gradflow::fuzz::require;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    gradflow::try_session(gradflow::embedded_session(bytes, "figure"));
  } catch (const gradflow::InputError& error) {
    const std::string_view sentence = error.what();
    require(sentence.starts_with("figure: "));
    require(sentence.find('\n') == std::string_view::npos);
  }
  return 0;
}
