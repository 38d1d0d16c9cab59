#include "app/ui/layer_selection.h"

#include <gtest/gtest.h>

#include "app/ui/pulses.h"

namespace gradflow::ui {
namespace {

TEST(PickLayers, AClickPicksOneAndAnotherOnItGoesBackToAll) {
  LayerSelection selection;
  pick_layers({7, 7}, Pick::alone, &selection);
  EXPECT_EQ(selection.layers, Layers{7});
  pick_layers({3, 3}, Pick::alone, &selection);
  EXPECT_EQ(selection.layers, Layers{3});
  pick_layers({3, 3}, Pick::alone, &selection);
  EXPECT_TRUE(selection.layers.empty());
}

TEST(PickLayers, ShiftPicksFromTheFirstClickToTheLastInBothDirections) {
  LayerSelection selection;
  pick_layers({7, 7}, Pick::alone, &selection);
  pick_layers({9, 9}, Pick::range, &selection);
  EXPECT_EQ(selection.layers, (Layers{7, 8, 9}));
  pick_layers({5, 5}, Pick::range, &selection);
  EXPECT_EQ(selection.layers, (Layers{5, 6, 7}));
}

TEST(PickLayers, CtrlAddsAndTakesAway) {
  LayerSelection selection;
  pick_layers({7, 7}, Pick::alone, &selection);
  pick_layers({2, 3}, Pick::toggle, &selection);
  EXPECT_EQ(selection.layers, (Layers{2, 3, 7}));
  pick_layers({7, 7}, Pick::toggle, &selection);
  EXPECT_EQ(selection.layers, (Layers{2, 3}));
}

TEST(MoveCursor, PicksLayerByLayerAndStopsAtTheEnds) {
  LayerSelection selection;
  move_cursor(1, Pick::alone, 12, &selection);
  EXPECT_EQ(selection.layers, Layers{0});
  move_cursor(1, Pick::alone, 12, &selection);
  EXPECT_EQ(selection.layers, Layers{1});
  move_cursor(1, Pick::range, 12, &selection);
  EXPECT_EQ(selection.layers, (Layers{1, 2}));
  move_cursor(100, Pick::alone, 12, &selection);
  EXPECT_EQ(selection.layers, Layers{11});
  move_cursor(1, Pick::alone, 12, &selection);
  EXPECT_EQ(selection.layers, Layers{11});
  move_cursor(-100, Pick::alone, 12, &selection);
  EXPECT_EQ(selection.layers, Layers{0});
  selection = {};
  move_cursor(12, Pick::alone, 12, &selection);
  EXPECT_EQ(selection.layers, Layers{11});
}

TEST(ClampSelection, DropsLayersThatTheStackHasNoMore) {
  LayerSelection selection;
  pick_layers({5, 9}, Pick::alone, &selection);
  clamp_selection(7, &selection);
  EXPECT_EQ(selection.layers, (Layers{5, 6}));
  clamp_selection(0, &selection);
  EXPECT_TRUE(selection.layers.empty());
}

TEST(StripCells, HoldEveryLayerOnceAndNoneIsTooThin) {
  for (const int num_layers : {1, 2, 12, 96, 128, 133, 134, 500, 1024, 4096}) {
    const auto cells = strip_cells(num_layers, 400, 3);
    EXPECT_LE(cells.size(), 133U);
    EXPECT_EQ(cells.size() == static_cast<std::size_t>(num_layers), num_layers <= 133);
    int next = 0;
    for (const LayerRun& run : cells) {
      EXPECT_EQ(run.first, next);
      EXPECT_GE(run.last, run.first);
      next = run.last + 1;
    }
    EXPECT_EQ(next, num_layers);
  }
}

TEST(SelectionWords, SayWhichLayersAreMeant) {
  LayerSelection selection;
  EXPECT_EQ(selection_words(selection, 12), "all 12 layers");
  selection.layers = {7};
  EXPECT_EQ(selection_words(selection, 12), "layer 7");
  selection.layers = {7, 8, 9};
  EXPECT_EQ(selection_words(selection, 12), "layers 7 to 9");
  selection.layers = {1, 3};
  EXPECT_EQ(selection_words(selection, 12), "2 layers");
}

TEST(Pulses, RunForSomeSecondsAfterAnEditAndThenRest) {
  Pulses pulses;
  Sublayers wiring;
  pulses.follow(wiring, false, 0.1F, Motion::full);
  EXPECT_FALSE(pulses.running()) << "nothing was edited yet";
  wiring.ffn.residual = false;
  pulses.follow(wiring, false, 0.1F, Motion::full);
  EXPECT_TRUE(pulses.running());
  const float way = pulses.way();
  int frames = 0;
  for (; pulses.running() && frames < 1000; ++frames) pulses.follow(wiring, false, 0.1F, Motion::full);
  EXPECT_GT(pulses.way(), way);
  EXPECT_GT(frames, 10);
  EXPECT_LT(frames, 100);
}

TEST(Pulses, FollowTheMouseButNotUnderReducedMotion) {
  Pulses pulses;
  pulses.follow({}, true, 0.1F, Motion::full);
  EXPECT_TRUE(pulses.running());
  pulses.follow({}, true, 0.1F, Motion::reduced);
  EXPECT_FALSE(pulses.running());
}

}  // namespace
}  // namespace gradflow::ui
