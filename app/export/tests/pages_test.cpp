// Pieces over pages, and words over lines: nothing is lost, and what belongs together stays together.
#include "app/export/pages.h"

#include <gtest/gtest.h>

#include "app/export/tests/recorded_document.h"
#include "app/export/text_lines.h"

namespace gradflow {
namespace {

using lessons::Spans;

/// "1: 0 3  2: 1" are pieces 0 and 3 on page 1 and piece 1 on page 2.
std::string order_of(const std::vector<Piece>& pieces, double height) {
  std::string order;
  int page = 0;
  for (const PlacedPiece& placed : paginated(pieces, 0, height)) {
    if (placed.spot.page != page) order += (page++ == 0 ? "" : "  ") + std::to_string(placed.spot.page) + ":";
    const bool known = placed.piece >= pieces.data() && placed.piece < pieces.data() + pieces.size();
    order += " " + (known ? std::to_string(placed.piece - pieces.data()) : "head");
  }
  return order;
}

TEST(Pages, APageEndsWhereTheNextPieceHasNoRoomAndTheNextHasNoSpaceAtItsTop) {
  const std::vector<Piece> pieces{{30, 10}, {30, 10}, {30, 10}, {30, 10}};
  EXPECT_EQ(order_of(pieces, 110), "1: 0 1 2  2: 3");
  EXPECT_EQ(order_of(pieces, 109), "1: 0 1  2: 2 3");
  const auto placed = paginated(pieces, 5, 109);
  EXPECT_EQ(placed[1].spot.top, 45);
  EXPECT_EQ(placed[1].spot.above, 10);
  EXPECT_EQ(placed[2].spot.top, 5);
  EXPECT_EQ(placed[2].spot.above, 0);
}

TEST(Pages, WhatBelongsTogetherMovesTogether) {
  std::vector<Piece> pieces(5, {30});
  pieces[1].with_next = pieces[2].with_next = true;
  EXPECT_EQ(order_of(pieces, 100), "1: 0  2: 1 2 3  3: 4");
  EXPECT_EQ(order_of(pieces, 65), "1: 0 1  2: 2 3  3: 4") << "no page has room for all three";
  pieces.back().with_next = true;
  EXPECT_EQ(order_of(pieces, 100), "1: 0  2: 1 2 3  3: 4") << "nothing is next to the last";
}

TEST(Pages, AFigureWithoutRoomLetsTextPassAndHeadsTheNextPage) {
  std::vector<Piece> pieces(6, {30});
  pieces[1].floats = true;
  pieces[1].height = 60;
  EXPECT_EQ(order_of(pieces, 100), "1: 0 1  2: 2 3 4  3: 5");
  pieces[1].height = 80;
  EXPECT_EQ(order_of(pieces, 100), "1: 0 2 3  2: 1  3: 4 5");
  pieces[0].with_next = pieces[1].with_next = true;
  EXPECT_EQ(order_of(pieces, 100), "1: 0 2 3  2: 1  3: 4 5") << "a heading does not wait for its figure";
  pieces.resize(2);
  EXPECT_EQ(order_of(pieces, 100), "1: 0  2: 1") << "the last figure is not lost";
}

TEST(Pages, FiguresKeepTheirOrderAndStandBelowAHeadingThatMovesOn) {
  std::vector<Piece> pieces(6, {30});
  pieces[1].floats = pieces[4].floats = true;
  pieces[1].height = 80;
  pieces[3].with_next = pieces[4].with_next = true;  // heading, figure, text
  pieces[2].height = 60;
  EXPECT_EQ(order_of(pieces, 200), "1: 0 1 2  2: 3 4 5");
  EXPECT_EQ(order_of(pieces, 100), "1: 0 2  2: 1  3: 3 4 5");
}

TEST(Pages, OfTwoFiguresTheFirstStaysWhereItFits) {
  std::vector<Piece> pieces(5, {20});
  pieces[1].floats = pieces[2].floats = true;
  pieces[2].height = 60;
  pieces[0].with_next = pieces[1].with_next = pieces[2].with_next = true;
  EXPECT_EQ(order_of(pieces, 100), "1: 0 1 3 4  2: 2");
}

TEST(Pages, AHeadIsRepeatedWhereAPageBeginsBelowIt) {
  std::vector<Piece> pieces(4, {30});
  const auto head = std::make_shared<const Piece>(Piece{10});
  for (Piece& piece : pieces) piece.head = head;
  EXPECT_EQ(order_of(pieces, 75), "1: head 0 1  2: head 2 3");
}

std::string text_of(const TextLine& line) {
  std::string words;
  for (const TextRun& run : line) words += "[" + run.words + "]";
  return words;
}

TEST(TextLines, BreakAtSpacesAndKeepToTheWidth) {
  figure::Faces faces;
  const TextSetting setting;
  const double width = faces.width("one two", figure::Letters::regular, setting.size) + 0.1;
  const auto lines = lines_of({{.text = "one two three\nfour"}}, setting, width, &faces);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(text_of(lines[0]), "[one two]");
  EXPECT_EQ(text_of(lines[1]), "[three]");
  EXPECT_EQ(text_of(lines[2]), "[four]");
  EXPECT_EQ(lines_of({}, setting, width, &faces).size(), 1U);
}

TEST(TextLines, AWordOfSeveralLooksIsNotTornAndRunsFollowEachOther) {
  figure::Faces faces;
  const Spans spans{{.text = "see "}, {.text = "W", .strong = true}, {.text = ", now"}};
  const auto lines = lines_of(spans, {}, 1000, &faces);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(text_of(lines[0]), "[see][W][, now]");
  const TextLine& line = lines[0];
  EXPECT_GT(line[1].x, line[0].x + line[0].width) << "the space";
  EXPECT_NEAR(line[2].x, line[1].x + line[1].width, 1e-9) << "no space";
  EXPECT_EQ(line[1].look.letters, figure::Letters::strong);
  const double narrow = line[2].x - 1;
  EXPECT_EQ(text_of(lines_of(spans, {}, narrow, &faces)[1]), "[W][,]");
}

TEST(TextLines, AWordThatNoLineHasRoomForIsBrokenWithNothingLost) {
  figure::Faces faces;
  const std::string word = "√∂‖≤" + std::string(200, 'x') + "end";
  std::string together;
  for (const TextLine& line : lines_of({{.text = "a " + word}}, {}, 90, &faces)) {
    for (const TextRun& run : line) {
      EXPECT_LE(run.x + run.width, 90.01);
      together += test::squeezed(run.words);
    }
  }
  EXPECT_EQ(together, "a" + word);
}

}  // namespace
}  // namespace gradflow
