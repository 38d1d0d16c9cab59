// Wirings of single layers: what an edit makes of StackSpec::overrides.
#include "core/spec/overrides.h"

#include <gtest/gtest.h>

namespace gradflow {
namespace {

void cut(SublayerSpec* sublayer) { sublayer->residual = false; }
void mend(SublayerSpec* sublayer) { sublayer->residual = true; }
void add_post(SublayerSpec* sublayer) { sublayer->norm.insert(Site::post); }

TEST(EditWiring, OfOneLayerLeavesEveryOtherAsItWas) {
  StackSpec spec = pre_ln_stack();
  edit_wiring(&spec, {7}, SublayerKind::attention, cut);
  for (int layer = 0; layer < spec.num_layers; ++layer) {
    const Sublayers wiring = sublayers_of(spec, layer);
    EXPECT_EQ(wiring.attention.residual, layer != 7);
    EXPECT_EQ(wiring.attention.norm, spec.sublayers.attention.norm);
    EXPECT_EQ(wiring.ffn, spec.sublayers.ffn);
  }
  ASSERT_EQ(spec.overrides.size(), 1U);
  EXPECT_EQ(spec.overrides[0].layers, Layers{7});
  EXPECT_FALSE(spec.overrides[0].attention.norm) << "only what differs is said";
}

TEST(EditWiring, WithoutLayersEditsTheStacksOwnWiring) {
  StackSpec spec = pre_ln_stack();
  edit_wiring(&spec, {}, SublayerKind::ffn, cut);
  EXPECT_FALSE(spec.sublayers.ffn.residual);
  EXPECT_TRUE(spec.overrides.empty());
}

TEST(EditWiring, ThatGoesBackLeavesNoOverride) {
  StackSpec spec = pre_ln_stack();
  edit_wiring(&spec, {2, 3}, SublayerKind::ffn, cut);
  edit_wiring(&spec, {2, 3}, SublayerKind::ffn, mend);
  EXPECT_EQ(spec, pre_ln_stack());
}

TEST(EditWiring, KeepsLayersThatArePatchedAlikeInOneEntry) {
  StackSpec spec = pre_ln_stack();
  for (const int layer : {4, 1, 9}) edit_wiring(&spec, {layer}, SublayerKind::ffn, cut);
  ASSERT_EQ(spec.overrides.size(), 1U);
  EXPECT_EQ(spec.overrides[0].layers, (Layers{1, 4, 9}));
  edit_wiring(&spec, {4}, SublayerKind::attention, add_post);
  ASSERT_EQ(spec.overrides.size(), 2U);
  EXPECT_EQ(spec.overrides[0].layers, (Layers{1, 9}));
  EXPECT_EQ(spec.overrides[1].layers, Layers{4});
}

TEST(EditWiring, MergesEntriesOfWhichLaterOnesWinWithoutChangingAnyLayer) {
  StackSpec spec = pre_ln_stack();
  SublayerPatch no_norm;
  no_norm.norm = SiteSet{};
  SublayerPatch post;
  post.norm = SiteSet{Site::post};
  post.residual = false;
  spec.overrides = {{{0, 1, 2}, no_norm, {}, post}, {{1, 2}, post, {}, {}}, {{2}, {}, {}, no_norm}};
  std::vector<Sublayers> before;
  for (int layer = 0; layer < spec.num_layers; ++layer) before.push_back(sublayers_of(spec, layer));
  edit_wiring(&spec, {11}, SublayerKind::attention, cut);
  for (int layer = 0; layer < 11; ++layer)
    EXPECT_EQ(sublayers_of(spec, layer), before[static_cast<std::size_t>(layer)]) << layer;
  EXPECT_FALSE(sublayers_of(spec, 11).attention.residual);
}

TEST(EditWiring, OfASublayerThatIsNotThereDoesNothing) {
  StackSpec spec = pre_ln_stack();
  edit_wiring(&spec, {}, SublayerKind::cross_attention, cut);
  edit_wiring(&spec, {3}, SublayerKind::cross_attention, cut);
  EXPECT_EQ(spec, pre_ln_stack());
}

TEST(ResetLayers, GivesBackTheStacksOwnWiringOrThatOfEveryLayer) {
  StackSpec spec = pre_ln_stack();
  edit_wiring(&spec, {2, 5, 7}, SublayerKind::ffn, cut);
  reset_layers(&spec, {5, 6});
  EXPECT_EQ(overridden_layers(spec), (Layers{2, 7}));
  reset_layers(&spec, {});
  EXPECT_EQ(spec, pre_ln_stack());
}

TEST(OverriddenLayers, AreThoseOfTheStackWhoseWiringDiffers) {
  StackSpec spec = pre_ln_stack();
  SublayerPatch same;
  same.norm = spec.sublayers.attention.norm;
  SublayerPatch cut_patch;
  cut_patch.residual = false;
  spec.overrides = {{{1}, same, {}, {}}, {{40, 3, 3, -1}, cut_patch, {}, {}}, {{6}, {}, cut_patch, {}}};
  EXPECT_EQ(overridden_layers(spec), Layers{3});
  EXPECT_TRUE(is_overridden(spec, 3));
  EXPECT_FALSE(is_overridden(spec, 1));
}

}  // namespace
}  // namespace gradflow
