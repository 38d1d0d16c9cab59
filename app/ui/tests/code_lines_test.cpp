#include "app/ui/code_lines.h"

#include <gtest/gtest.h>

#include <cctype>
#include <string>

#include "core/spec/code.h"

namespace gradflow::ui {
namespace {

using Rows = std::vector<CodeRow>;

TEST(CodeRows, ALineThatFitsStaysAsItIs) {
  EXPECT_EQ(code_rows("def f(x):\n    return x\n", 40), (Rows{{0, "def f(x):"}, {4, "return x"}}));
  EXPECT_EQ(code_rows("a\n\nb", 40), (Rows{{0, "a"}, {0, ""}, {0, "b"}}));
  EXPECT_EQ(code_rows("", 40), Rows{});
}

TEST(CodeRows, ALongLineGoesOnFurtherIn) {
  EXPECT_EQ(code_rows("  x = x + attention(layer_norm(x, w))", 22),
            (Rows{{2, "x = x +"}, {6, "attention("}, {6, "layer_norm(x,"}, {6, "w))"}}));
}

TEST(CodeRows, CommentsAndDocstringsAreMarkedToTheirEnd) {
  EXPECT_EQ(code_rows("# one two three four\nx", 12),
            (Rows{{0, "# one two", true}, {4, "three four", true}, {0, "x"}}));
  EXPECT_EQ(code_rows("\"\"\"Every layer.\"\"\"", 40), (Rows{{0, "\"\"\"Every layer.\"\"\"", true}}));
}

TEST(CodeRows, AWordThatIsTooLongIsCutBetweenWholeCharacters) {
  EXPECT_EQ(code_rows("ααααααααααααα", 12), (Rows{{0, "αααααααααααα"}, {4, "α"}}));
}

std::string letters_of(std::string_view text) {
  std::string letters;
  for (const char letter : text) {
    if (std::isspace(static_cast<unsigned char>(letter)) == 0) letters += letter;
  }
  return letters;
}

TEST(CodeRows, LoseNothingOfAnyBlockAtAnyWidth) {
  StackSpec spec;
  spec.name = "θ: a name with blanks";
  spec.sublayers.cross_attention = SublayerSpec{};
  spec.residual_scale.rule = SkipGain::Rule::deepnorm;
  spec.overrides.resize(1);
  spec.overrides[0].layers = {1, 3};
  spec.overrides[0].ffn.residual = false;
  for (const CodeLanguage language : {CodeLanguage::numpy, CodeLanguage::pytorch}) {
    const std::string code = block_code(spec, language);
    for (std::size_t columns = 0; columns < 100; ++columns) {
      std::string shown;
      for (const CodeRow& row : code_rows(code, columns)) shown += letters_of(row.text);
      EXPECT_EQ(shown, letters_of(code)) << columns;
    }
  }
}

}  // namespace
}  // namespace gradflow::ui
