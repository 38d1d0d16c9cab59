// The gallery says of every preset what the preset's facts and its stack say.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "app/lessons/course.h"
#include "core/io/preset.h"
#include "core/spec/names.h"
#include "core/spec/wiring.h"

namespace gradflow::lessons {
namespace {

Lesson named_models() { return built_in_gallery().at(0).parsed.lesson; }

void append_text(const std::vector<Block>& blocks, std::string* text) {
  for (const Block& block : blocks) {
    for (const Span& span : block.spans) *text += span.text == "\n" ? " " : span.text;
    *text += '\n';
    append_text(block.blocks, text);
  }
}

/// What a step says, its lines unbroken.
std::string text_of(const Step& step) {
  std::string text = step.title + "\n";
  append_text(step.blocks, &text);
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

std::vector<Step> steps_of(const Lesson& lesson, const Preset& preset) {
  std::vector<Step> steps;
  std::copy_if(lesson.steps.begin(), lesson.steps.end(), std::back_inserter(steps),
               [&](const Step& step) { return step.scene.stacks[0] == preset.stack; });
  return steps;
}

/// What the text of a preset's step must have in it.
std::vector<std::string> said_of(const Preset& preset) {
  const PresetFacts& facts = preset.facts;
  const StackSpec& stack = preset.stack;
  std::vector<std::string> said{facts.model, " (" + std::to_string(facts.year) + ")"};
  if (facts.num_layers) said.push_back(std::to_string(*facts.num_layers) + " layers");
  if (facts.d_model) said.push_back("d_model " + std::to_string(*facts.d_model) + ",");
  if (facts.num_heads) said.push_back(std::to_string(*facts.num_heads) + " heads,");
  if (facts.d_ff) said.push_back("d_ff " + std::to_string(*facts.d_ff) + ".");
  said.push_back(std::to_string(stack.num_layers) + " layers of d_model " + std::to_string(stack.d_model) +
                 " with " + std::to_string(stack.num_heads) + " heads");
  const NamedWiring* wiring = find_wiring(stack.sublayers.ffn.norm, stack.residual_scale.rule);
  said.push_back("Wiring: " + std::string(wiring == nullptr ? "?" : wiring->label) +
                 (stack.final_norm ? " and a final norm, " : ", no final norm, ") +
                 std::string(named(stack.norm.kind).label));
  said.push_back(", " + std::string(named(stack.activation).label) + ",");
  if (stack.positions != Positions::none) said.push_back(std::string(key_of(stack.positions)) + " positions");
  if (stack.qk_norm != QkNorm::none) said.emplace_back(", QK-norm,");
  if (stack.embedding_norm) said.emplace_back("a norm on the embedding");
  said.emplace_back(stack.causal ? "causal" : "bidirectional");
  said.emplace_back("Source: ");
  return said;
}

TEST(Gallery, HasModelsAndBugsAndNothingThatCannotBeRead) {
  const std::vector<CourseEntry> gallery = built_in_gallery();
  ASSERT_EQ(gallery.size(), 2U);
  EXPECT_EQ(gallery[0].parsed.lesson.name, "01-named-models");
  EXPECT_EQ(gallery[1].parsed.lesson.name, "02-wiring-bugs");
  for (const CourseEntry& entry : gallery) {
    for (const Problem& problem : entry.parsed.problems) ADD_FAILURE() << said(problem, entry.file);
  }
}

TEST(Gallery, EveryEntryShowsSomethingOfItsOwnAndAMeasuredNumber) {
  for (const CourseEntry& entry : built_in_gallery()) {
    for (const Step& step : entry.parsed.lesson.steps) {
      EXPECT_TRUE(step.sets_scene) << step.title;
      EXPECT_FALSE(step.numbers.empty()) << step.title;
      EXPECT_FALSE(step.highlight.empty()) << step.title;
    }
  }
}

TEST(Gallery, EveryPresetIsStackAOfOneEntryThatSaysItsFacts) {
  const Lesson lesson = named_models();
  EXPECT_EQ(lesson.steps.size(), preset_names().size());
  for (const std::string& name : preset_names()) {
    const Preset preset = load_preset(name);
    const std::vector<Step> steps = steps_of(lesson, preset);
    ASSERT_EQ(steps.size(), 1U) << name;
    const std::string text = text_of(steps[0]);
    for (const std::string& fact : said_of(preset)) {
      EXPECT_NE(text.find(fact), std::string::npos) << name << " does not say \"" << fact << "\":\n" << text;
    }
  }
}

}  // namespace
}  // namespace gradflow::lessons
