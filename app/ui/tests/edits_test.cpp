#include "app/ui/edits.h"

#include <gtest/gtest.h>

namespace gradflow::ui {
namespace {

TEST(ApplyWiring, PutsEveryRowOnTheWholeStackAndFindsItAgain) {
  for (const NamedWiring& wiring : kWirings) {
    StackSpec spec = pre_ln_stack();
    spec.sublayers.cross_attention = SublayerSpec{{Site::entry}, false};
    apply_wiring(wiring, &spec);
    EXPECT_EQ(wiring_of(spec), &wiring) << wiring.key;
    EXPECT_EQ(spec.sublayers.cross_attention->norm, wiring.norm);
    EXPECT_TRUE(spec.sublayers.cross_attention->residual);
  }
}

TEST(ApplyWiring, TakesDeepNormsInitialisationAlongAndBack) {
  StackSpec spec = pre_ln_stack();
  const StackSpec before = spec;
  apply_wiring(*find_wiring({Site::post}, SkipGain::Rule::deepnorm), &spec);
  EXPECT_EQ(spec.residual_scale.rule, SkipGain::Rule::deepnorm);
  EXPECT_EQ(spec.init.residual_output, ResidualOutput::deepnorm);
  apply_wiring(*find_wiring({Site::pre}, SkipGain::Rule::constant), &spec);
  EXPECT_EQ(spec, before);
}

TEST(ApplyWiring, LeavesAnInitialisationThatWasChosenByHand) {
  StackSpec spec = pre_ln_stack();
  spec.init.residual_output = ResidualOutput::gpt2;
  apply_wiring(*find_wiring({Site::post}, SkipGain::Rule::constant), &spec);
  EXPECT_EQ(spec.init.residual_output, ResidualOutput::gpt2);
}

TEST(WiringOf, HasNoNameForMixedOrCutStacks) {
  StackSpec mixed = pre_ln_stack();
  mixed.sublayers.ffn.norm = {Site::post};
  EXPECT_EQ(wiring_of(mixed), nullptr);
  StackSpec cut = pre_ln_stack();
  cut.sublayers.attention.residual = false;
  EXPECT_EQ(wiring_of(cut), nullptr);
}

TEST(WiringWords, NameWhatSublayersHaveAndWhatIsCut) {
  StackSpec spec = pre_ln_stack();
  EXPECT_EQ(wiring_words(spec), "Pre-LN");
  spec.sublayers.ffn.norm = {Site::post};
  EXPECT_EQ(wiring_words(spec), "Pre-LN + Post-LN");
  spec.sublayers.ffn.residual = false;
  EXPECT_EQ(wiring_words(spec), "Pre-LN + Post-LN, residual off");
  spec.sublayers.ffn.norm = {Site::entry, Site::post};
  EXPECT_EQ(wiring_words(spec), "Pre-LN + own wiring, residual off");
}

TEST(SetDepth, MovesAllLinkedStacksOrOne) {
  session::Scene scene;
  set_depth(&scene, 1, 48);
  EXPECT_EQ(scene.stacks[0].num_layers, 48);
  EXPECT_EQ(scene.stacks[1].num_layers, 48);
  scene.depth_linked = false;
  set_depth(&scene, 1, 6);
  EXPECT_EQ(scene.stacks[0].num_layers, 48);
  EXPECT_EQ(scene.stacks[1].num_layers, 6);
}

TEST(SetDepth, LeavesWeightsOfAFileAlone) {
  session::Scene scene;
  scene.stacks[0].init.weights = "/w";
  set_depth(&scene, 1, 48);
  EXPECT_EQ(scene.stacks[0].num_layers, 12);
  EXPECT_EQ(scene.stacks[1].num_layers, 48);
  scene.depth_linked = false;
  set_depth(&scene, 0, 6);
  EXPECT_EQ(scene.stacks[0].num_layers, 12);
}

TEST(ParseNumber, TakesWhatIsWrittenWhateverItsRange) {
  EXPECT_EQ(std::get<int>(parse_number<int>(" 65 ")), 65);
  EXPECT_EQ(std::get<int>(parse_number<int>("-3")), -3);
  EXPECT_EQ(std::get<int>(parse_number<int>("1000000000")), 1000000000);
  EXPECT_EQ(std::get<double>(parse_number<double>("1e-12")), 1e-12);
  EXPECT_EQ(std::get<std::uint64_t>(parse_number<std::uint64_t>("18446744073709551615")), UINT64_MAX);
}

TEST(ParseNumber, SaysWhatIsNoNumber) {
  EXPECT_EQ(std::get<std::string>(parse_number<int>("12x")), "\"12x\" is not a whole number.");
  EXPECT_EQ(std::get<std::string>(parse_number<int>("")), "\"\" is not a whole number.");
  EXPECT_EQ(std::get<std::string>(parse_number<int>("1.5")), "\"1.5\" is not a whole number.");
  EXPECT_EQ(std::get<std::string>(parse_number<double>("e")), "\"e\" is not a number.");
  for (const char* word : {"nan", "inf", "-inf", "infinity"}) {
    EXPECT_EQ(std::get<std::string>(parse_number<double>(word)),
              "\"" + std::string(word) + "\" is not a number.");
  }
  EXPECT_EQ(std::get<std::string>(parse_number<int>("99999999999")),
            "99999999999 is too large to be computed with.");
}

TEST(NumberText, ReadsBackExactly) {
  for (const double value : {1e-5, 0.1, 1.0, 3.0e19, 1.0 / 3.0}) {
    EXPECT_EQ(std::get<double>(parse_number<double>(number_text(value))), value);
  }
}

TEST(EditableText, IsUtf8WithoutNul) {
  EXPECT_TRUE(is_editable_text("plain, ∂ and ü"));
  EXPECT_TRUE(is_editable_text(""));
  EXPECT_FALSE(is_editable_text(std::string_view("a\0b", 3)));
  EXPECT_FALSE(is_editable_text("\xff\xfe"));
  EXPECT_FALSE(is_editable_text("cut short \xe2\x88"));
}

}  // namespace
}  // namespace gradflow::ui
