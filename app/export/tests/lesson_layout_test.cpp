// What a printed lesson can hold breaks over lines and pages with nothing lost.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "app/export/tests/printed_lesson.h"

namespace gradflow {
namespace {

using lessons::Lesson;
using test::lesson_of;
using test::print;
using test::RecordedDocument;
using test::source_with;

std::string numbered(int count, const std::string& before, const std::string& after) {
  std::string text;
  for (int i = 0; i < count; ++i) text += before + "n" + std::to_string(i) + after;
  return text;
}

TEST(LessonLayout, LongParagraphsCodeListsAndTablesBreakOverPagesWithNothingLost) {
  const std::map<std::string, std::string> parts{
      {"paragraph", numbered(1500, "", " words ")},
      {"code", "```python\n" + numbered(150, "    x = ", "  # a comment\n") + "```\n"},
      {"list", numbered(90, "- one *more* item ", "\n")},
      {"quote", numbered(900, "> and on ", "\n")},
      {"table", "| name | what |\n|---|---|\n" + numbered(120, "| row | ", " |\n")},
      {"a row", "| name | what |\n|---|---|\n| row | " + numbered(1500, "", " words ") + " |\n"}};
  for (const auto& [name, part] : parts) {
    RecordedDocument document;
    print("# T\n\n## S\n\n" + part, Edition::handout, &document);
    EXPECT_GT(document.pages(), 1) << name;
    std::string all = document.all();
    std::size_t at = 0;
    for (int i = 0; part.find("n" + std::to_string(i)) != std::string::npos; ++i) {
      at = all.find("n" + std::to_string(i), at);
      ASSERT_NE(at, std::string::npos) << name << " has lost n" << i;
    }
    for (const RecordedDocument::Text& text : document.texts) {
      if (text.look.size < 9) continue;  // the foot
      EXPECT_LT(text.at.y, figure::kA4.height - 80) << name << ": " << text.words;
      EXPECT_GT(text.at.y, 70) << name;
    }
    if (name != "table") continue;
    for (int page = 1; page <= document.pages(); ++page) {
      EXPECT_NE(document.all(page).find("namewhat"), std::string::npos) << "the head, on page " << page;
    }
  }
}

TEST(LessonLayout, AColumnThatNeedsLittleIsNotBroken) {
  RecordedDocument document;
  print("# T\n\n## S\n\n| a | b |\n|---|---|\n| `x + F(LN(x))` | " + numbered(80, "", " words ") + " |\n",
        Edition::handout, &document);
  const auto whole = [](const RecordedDocument::Text& text) { return text.words == "x + F(LN(x))"; };
  EXPECT_EQ(std::count_if(document.texts.begin(), document.texts.end(), whole), 1);
}

TEST(LessonLayout, OddLettersAndEmptyPartsPrint) {
  const LessonSource source = source_with(1);
  Lesson lesson = lesson_of("# T\n\n## S\n\n- \n\n> \n\n|a|b|c|\n|---|---|---|\n|1|\n\n```\n\n```\n\n---\n");
  lesson.title = "no character \xef\xbf\xbe\xf0\x9f\xbf\xbf (and) \\ one";
  lesson.steps[0].title = "";
  EXPECT_NE(lesson_pdf(lesson, source, Edition::answered).find("%%EOF"), std::string::npos);
  EXPECT_NE(lesson_pdf(Lesson(), source, Edition::answered).find("%%EOF"), std::string::npos);
}

}  // namespace
}  // namespace gradflow
