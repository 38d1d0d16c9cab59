// Markdown as blocks and spans with the lines they stand on, and numbers in braces.
#include "app/lessons/markdown.h"

#include <gtest/gtest.h>

namespace gradflow::lessons {
namespace {

using Kind = Block::Kind;

struct Read {
  Document document;
  Problems problems;
  const Block& block(std::size_t i) const { return document.blocks.at(i); }
};

Read read(const std::string& text) {
  Read result;
  result.document = read_markdown(text, 1, &result.problems);
  return result;
}

std::string text_of(const Block& block) {
  std::string text;
  for (const Span& span : block.spans) text += span.number ? "#" + std::to_string(*span.number) : span.text;
  for (const Block& inner : block.blocks) text += (text.empty() ? "" : "|") + text_of(inner);
  return text + block.text;
}

TEST(Markdown, HasParagraphsHeadingsRulesAndQuotes) {
  const Read got = read("# One\n\ntwo\nlines\n\n### Three\n\n---\n\n> quoted\n");
  ASSERT_EQ(got.document.blocks.size(), 5U);
  EXPECT_EQ(got.block(0).kind, Kind::heading);
  EXPECT_EQ(got.block(0).level, 1);
  EXPECT_EQ(text_of(got.block(1)), "two lines");
  EXPECT_EQ(got.block(1).line, 3);
  EXPECT_EQ(got.block(2).line, 6);
  EXPECT_EQ(got.block(3).kind, Kind::rule);
  EXPECT_EQ(got.block(4).kind, Kind::quote);
  EXPECT_EQ(got.block(4).blocks.at(0).kind, Kind::paragraph);
}

TEST(Markdown, HasSpansOfEachLook) {
  const Read got = read("plain *soft* **loud** `co*d*e` [there](https://a.b) and\\\nnext √2 ≤ ∂");
  const Spans& spans = got.block(0).spans;
  ASSERT_EQ(spans.size(), 9U);
  EXPECT_TRUE(spans[1].emphasis);
  EXPECT_TRUE(spans[3].strong);
  EXPECT_TRUE(spans[5].code);
  EXPECT_EQ(spans[5].text, "co*d*e");
  EXPECT_EQ(spans[7].link, "https://a.b");
  EXPECT_EQ(spans[8].text, " and\nnext √2 ≤ ∂");
}

TEST(Markdown, HasListsWhoseItemsHoldParagraphs) {
  const Read got = read("- one\n- two\n  - inner\n\n3. three\n");
  EXPECT_EQ(got.block(0).kind, Kind::list);
  EXPECT_EQ(got.block(0).level, 0);
  EXPECT_EQ(text_of(got.block(0)), "one|two|inner");
  EXPECT_EQ(got.block(0).blocks.at(1).blocks.at(0).kind, Kind::paragraph);
  EXPECT_EQ(got.block(0).blocks.at(1).blocks.at(1).kind, Kind::list);
  EXPECT_EQ(got.block(1).level, 3);
}

TEST(Markdown, HasTablesByRows) {
  const Read got = read("| a | b |\n|---|---|\n| *c* | {1 = depth(A) * 2 / 1} |\n");
  const Block& table = got.block(0);
  ASSERT_EQ(table.kind, Kind::table);
  ASSERT_EQ(table.blocks.size(), 2U);
  EXPECT_EQ(text_of(table.blocks[0]), "a|b");
  EXPECT_EQ(text_of(table.blocks[1]), "c|#0");
  EXPECT_EQ(got.document.braces.at(0).text, "1 = depth(A) * 2 / 1");
}

TEST(Markdown, KeepsCodeAsItIs) {
  const Read got = read("```python\n\nx = {1 = 2} * y * z\n```\n\n```task\n```\n");
  EXPECT_EQ(got.block(0).language, "python");
  EXPECT_EQ(got.block(0).text, "\nx = {1 = 2} * y * z\n");
  EXPECT_EQ(got.block(0).line, 1);
  EXPECT_EQ(got.block(1).text, "");
  EXPECT_TRUE(got.document.braces.empty());
}

TEST(Markdown, FindsNumbersInBracesWhateverSignsTheyHold) {
  const Read got = read("so {3.0 ± 0.2 = 2 *a*b_ | c_\n  / top(A)} it is, **{4 = 4}**.\n\nnext {5 = 5}");
  EXPECT_EQ(text_of(got.block(0)), "so #0 it is, #1.");
  EXPECT_EQ(got.document.braces.at(0).text, "3.0 ± 0.2 = 2 *a*b_ | c_\n  / top(A)");
  EXPECT_EQ(got.document.braces.at(2).line, 4);
  EXPECT_TRUE(got.block(0).spans.at(3).strong);
}

TEST(Markdown, ANumberMayBeginAText) {
  const Read got = read("{1 = 1} and {2 = 2}");
  EXPECT_EQ(text_of(got.block(0)), "#0 and #1");
  EXPECT_TRUE(got.problems.empty());
}

TEST(Markdown, ABraceOfItsOwnIsEscapedOrCode) {
  const Read got = read("\\{a\\} and `{b}` and ``{`c}`` end");
  EXPECT_EQ(text_of(got.block(0)), "{a} and {b} and {`c} end");
  EXPECT_TRUE(got.document.braces.empty());
  EXPECT_TRUE(got.problems.empty());
}

TEST(Markdown, ABraceThatIsNotClosedIsAProblemOfItsLine) {
  const Read got = read("fine\n\nan {open\n\none}");
  ASSERT_EQ(got.problems.size(), 1U);
  EXPECT_EQ(got.problems[0],
            (Problem{3, "a brace is not closed in its paragraph; one that is text is written \\{"}));
}

TEST(Markdown, PicturesAreRefusedAndHtmlIsText) {
  EXPECT_EQ(read("![x](y.png)").problems.size(), 1U);
  EXPECT_EQ(text_of(read("a <b>bold</b> word").block(0)), "a <b>bold</b> word");
}

TEST(Markdown, EndsEarlyWhereATextHasTooManyBlocks) {
  std::string table = "|a|b|c|d|e|f|g|h|\n|---|---|---|---|---|---|---|---|\n";
  for (int i = 0; i < 10000; ++i) table += "|a|\n";
  EXPECT_NE(read(table).problems.at(0).sentence.find("more than 5000 blocks"), std::string::npos);
  EXPECT_NE(read(std::string(1000, '>') + " x").problems.at(0).sentence.find("nest too deep"),
            std::string::npos);
}

TEST(Markdown, ReadsOddTexts) {
  for (const std::string& text :
       {std::string(), std::string("\n\n"), std::string("`"), std::string("{"), std::string("\\"),
        std::string("```"), std::string("~~~\n~~~"), std::string("a\0b", 3),
        std::string("> ```\n> {x\n> ```\n"), std::string("- ```task\n  do: x\n  ```\n")}) {
    EXPECT_NO_THROW(read(text)) << text;
  }
}

}  // namespace
}  // namespace gradflow::lessons
