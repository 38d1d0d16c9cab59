#include "app/tests/translation.h"

#include <algorithm>
#include <regex>

#include "app/tests/small_stack.h"
#include "core/io/preset.h"
#include "core/spec/code.h"
#include "core/spec/text.h"
#include "core/spec/wiring.h"

namespace gradflow::testing {
namespace {

using test::english_words;

/// What looks the same in every language: letters of stacks and of formulas, symbols of weights and sizes,
/// abbreviations in equations, units, and the program's name.
const std::vector<std::string> kSymbols = english_words(
    "A B C D E L W b g t x y z a F W_ W_Q W_K W_V W_O W1 W2 b_Q b_K b_V b_O b1 b2 LN RMS Attn Cross FFN "
    "d_model num_heads ms f32 nan inf gradflow");

/// Names of models and of papers are data, and so is the name of a stack that is built in.
std::set<std::string, std::less<>> names() {
  std::set<std::string, std::less<>> names{"Pre-LN", "Post-LN"};
  for (const std::string& preset : preset_names()) {
    const PresetFacts facts = load_preset(preset).facts;
    names.insert(facts.model);
    names.insert(facts.source);
  }
  for (const NamedWiring& wiring : kWirings) names.insert(std::string(wiring.known_from));
  return names;
}

/// All texts of a page's or a summary's blocks.
void collect(const std::vector<lessons::Block>& blocks, std::string* said);

void collect(const lessons::Spans& spans, std::string* said) {
  for (const lessons::Span& span : spans) *said += span.text;
  *said += '\n';
  for (const lessons::Span& span : spans) *said += span.link + "\n";
}

void collect(const std::vector<lessons::Block>& blocks, std::string* said) {
  for (const lessons::Block& block : blocks) {
    *said += block.text + "\n";
    collect(block.spans, said);
    collect(block.blocks, said);
  }
}

void collect(const lessons::Step& step, std::string* said) {
  collect(step.blocks, said);
  for (const lessons::Task& task : step.tasks) {
    collect(task.text, said);
    collect(task.hint, said);
  }
  for (const lessons::Question& question : step.questions) {
    collect(question.text, said);
    collect(question.hint, said);
    collect(question.because, said);
    for (const lessons::Choice& choice : question.choices) {
      collect(choice.text, said);
      collect(choice.because, said);
    }
  }
}

}  // namespace

Stage Translation::stage_of(session::View view) {
  Stage stage{.width = 1400, .height = 1500};
  stage.scene.view = view;
  std::string name = "1";
  for (StackSpec& stack : stage.scene.stacks) {
    StackSpec small = small_stack(3);
    small.sublayers = stack.sublayers;
    small.final_norm = stack.final_norm;
    small.name = name;  // the user's own words
    stack = small;
    name += "1";
  }
  stage.scene.race.num_layers = 3;
  stage.scene.race.training.steps = 5;
  stage.scene.race.training.warmup = 2;
  return stage;
}

Driver& Translation::open(const Stage& stage) {
  driver_.reset();
  driver_ = std::make_unique<Driver>(stage);
  driver_->front().window().keep_texts(&texts_);
  driver_->settle();
  return *driver_;
}

void Translation::unfold() {
  for (const char* fold : {"toy", "settings", "race.more", "block.code"}) {
    if (driver_->has(fold)) driver_->click(fold);
  }
  driver_->settle();
}

void Translation::point_at_everything() {
  const auto names = driver_->front().window().landmarks().names();
  const std::vector<std::string> all(names.begin(), names.end());
  for (const std::string& name : all) {
    try {
      driver_->move_to(name);
    } catch (const std::logic_error&) {  // scrolled away, and no control
    }
  }
  driver_->move_away();
}

void Translation::look_into(const std::string& name) {
  driver_->click(name);
  driver_->frames(3);
  driver_->key(ui::Key::escape);
  driver_->frames(2);
}

void Translation::allow_what_is_said_in(const std::vector<lessons::CourseEntry>& lessons) {
  for (const lessons::CourseEntry& entry : lessons) {
    const lessons::Lesson& lesson = entry.parsed.lesson;
    quoted_.push_back(lesson.title);
    collect(lesson.summary, &said_);
    for (const lessons::Number& number : lesson.numbers) quoted_.push_back(number.expression.text);
    for (const lessons::Step& step : lesson.steps) {
      quoted_.push_back(step.title);
      collect(step, &said_);
      for (const lessons::Number& number : step.numbers) quoted_.push_back(number.expression.text);
      for (const StackSpec& stack : step.scene.stacks) quoted_.push_back(stack.name);
    }
  }
  std::sort(quoted_.begin(), quoted_.end(),
            [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
}

std::string Translation::without_lessons(std::string text) const {
  if (said_.find(text) != std::string::npos) return {};
  for (const std::string& quote : quoted_) {
    const auto place = quote.empty() ? std::string::npos : text.find(quote);
    if (place != std::string::npos) text.erase(place, quote.size());
  }
  return text;
}

void Translation::expect_shown(std::initializer_list<std::string_view> english) const {
  static const std::regex sign(R"([.^$|()\[\]*+?\\])"), value(R"(\{\d\})");
  for (const std::string_view text : english) {
    const std::string other(tr(text));
    ASSERT_NE(other, text) << "is no text of the window";
    const std::regex form(std::regex_replace(std::regex_replace(other, sign, R"(\$&)"), value, ".+") +
                          "[.]?");
    EXPECT_TRUE(std::any_of(texts_.begin(), texts_.end(), [&](const std::string& shown) {
      return std::regex_match(shown, form);
    })) << text;
  }
}

void Translation::expect_all_translated(const Texts& allowed) {
  static const std::regex key("[a-z_0-9]+([.][a-z_0-9]+)+");
  const auto known = names();
  std::string code;
  for (const StackSpec& stack : driver_->scene().stacks) {
    for (const auto& language : kNames<CodeLanguage>) code += block_code(stack, language.value);
  }
  for (const std::string& text : texts_) {
    if (known.contains(text) || code.find(text) != std::string::npos) continue;
    for (const std::string& word : english_words(std::regex_replace(without_lessons(text), key, ""))) {
      if (std::find(kSymbols.begin(), kSymbols.end(), word) == kSymbols.end() && !allowed.contains(word))
        ADD_FAILURE() << '"' << word << "\" in: " << text;
    }
  }
  texts_.clear();
}

}  // namespace gradflow::testing
