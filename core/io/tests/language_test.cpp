// The list of texts against the sources, every catalogue against the list, and what is said of a wrong one.
#include "core/io/language.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/io/tests/sentence.h"
#include "core/io/tests/texts.h"

namespace gradflow {
namespace {

using test::sentence_of;
using Words = std::vector<std::string>;

TEST(Languages, TheListHasEveryTextOfTheSourcesAndNoOther) {
  const Words texts = test::texts_of_tree(GRADFLOW_SOURCE);
  const std::set<std::string> in_code(texts.begin(), texts.end());
  const Texts listed = english_texts();
  constexpr const char* kCommand = "\n`cmake --build build/release --target texts` writes the list anew";
  for (const std::string& text : in_code)
    EXPECT_TRUE(listed.contains(text)) << "missing: " << text << kCommand;
  for (const auto& [text, same] : listed) {
    EXPECT_TRUE(in_code.contains(text)) << "gone: " << text << kCommand;
    EXPECT_EQ(text, same);
  }
}

TEST(Languages, NoSentenceOfTheWindowGetsPastTheTranslation) {
  // What is said in a terminal, and what explains a row of a table to who reads the code.
  const std::set<std::string> files{"app/gui_main.cpp",
                                    "app/gui_options.cpp",
                                    "app/lessons/functions_measured.cpp",
                                    "app/lessons/functions_scene.cpp",
                                    "app/lessons/functions_token.cpp",
                                    "core/analysis/claims.cpp",
                                    "core/io/language.cpp"};
  // Names, code, what is looked for in other texts and what is written into files.
  const std::set<std::string> texts{"DejaVu Sans",
                                    "DejaVu Sans Mono",
                                    "Inter, 'DejaVu Sans', sans-serif",
                                    "GPT-2 (2019), Xiong et al. 2020, LLaMA",
                                    "Vaswani et al. 2017, BERT",
                                    "Wang et al. 2022",
                                    " layers (Wang et al. 2022)\nALPHA = ",
                                    "Every layer",
                                    "self.{{key}}.norm_{{site}} = {{Norm}}(D_MODEL, eps=EPSILON)",
                                    "layers passed:",
                                    "loss gradient",
                                    "gradient check",
                                    "stopped before all was measured",
                                    "<svg xmlns=\"http://www.w3.org/2000/svg\"",
                                    "[begin, end]",
                                    " >> /Desc (the gradflow session of this figure) >>\nendobj\n"};
  for (const std::filesystem::path& path : test::sources_of_window(GRADFLOW_SOURCE)) {
    const std::string file = path.lexically_relative(GRADFLOW_SOURCE).generic_string();
    if (files.contains(file) || file.starts_with("app/platform/") ||
        file.starts_with("core/analysis/verdict_"))
      continue;
    for (const std::string& text : test::other_sentences_of_source(test::content_of(path))) {
      EXPECT_TRUE(texts.contains(text)) << file << ": " << text;
    }
  }
}

TEST(Languages, ASentenceThatIsNotHandedOnIsFound) {
  const char* source = R"(
    f(tr("one of two"), "three of four"); throw InputError("five and " + name + ", six; seven");
    throw std::logic_error(name + " is no name"); tr("{0} of {1}", {"eight of nine", tr("inner and outer")});
    g("one", " two", "a_b c_d", text_key("ten of " "them")); // "of a comment"
    static_assert(kFew < kMany, "few are more than many");
  )";
  EXPECT_EQ(test::other_sentences_of_source(source),
            (Words{"three of four", "five and ", ", six; seven", "eight of nine"}));
}

TEST(Languages, EveryCatalogueHasOnlyTextsThatThereAreWithTheirHoles) {
  const Words names = language_names();
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_NE(std::find(names.begin(), names.end(), "en"), names.end());
  for (const std::string& name : names) EXPECT_EQ(load_catalogue(name).problems, Words()) << name;
}

TEST(Languages, TextsAreFoundWhereTheyAreMarked) {
  const char* source = R"(
    // tr("of a comment")
    f(tr("one")); /* tr("no") */ text_key("a \"quoted\" "
                                          "one");
    tr(few ? "few" : "many", {word("none")}); tr(named(view).label); str("no"); g("no", '"', 1'000);
    tr("{0} of {1}", {"no", tr("inner")});
  )";
  EXPECT_EQ(test::texts_of_source(source),
            (Words{"one", "a \"quoted\" one", "few", "many", "{0} of {1}", "inner"}));
  EXPECT_THROW(test::texts_of_source("tr(\"\\x41\")"), std::invalid_argument);
}

TEST(Languages, EntriesThatDoNotFitAreLeftOutWithASentenceEach) {
  const Texts english{{"Open", "Open"}, {"{0} of {1}", "{0} of {1}"}, {"of {0}", "of {0}"}};
  const Catalogue catalogue = parse_catalogue(
      R"({"Open": "Öffnen", "{0} of {1}": "von {1} sind's {0}", "of {0}": "von {1}", "Shut": "Zu"})",
      "xx.json", english);
  EXPECT_EQ(catalogue.texts, (Texts{{"Open", "Öffnen"}, {"{0} of {1}", "von {1} sind's {0}"}}));
  EXPECT_EQ(catalogue.problems, (Words{"xx.json: \"Shut\" is no text of the program",
                                       "xx.json: \"of {0}\" has other {0} in its translation \"von {1}\""}));
}

TEST(Languages, ACatalogueThatIsNoneIsRefusedWithASentence) {
  for (const char* json : {"", "[]", "{\"a\": 1}", "{\"a\": \"\"}", "{\"a\": \"b\"",
                           "{\"a\":\"b\",\"a\":\"c\"}", "\xff", "{\"a\": {\"b\": \"c\"}}", "nil"}) {
    const std::string sentence = sentence_of([&] { parse_catalogue(json, "xx.json", {}); });
    EXPECT_TRUE(sentence.starts_with("xx.json")) << sentence;
    EXPECT_TRUE(test::is_one_sentence(sentence)) << sentence;
  }
}

TEST(Languages, AnUnknownOneIsRefusedWithThoseThatThereAre) {
  const std::string sentence = sentence_of([] { load_catalogue("klingon"); });
  EXPECT_TRUE(sentence.starts_with("there is no language \"klingon\"; there are ")) << sentence;
  EXPECT_NE(sentence.find("en"), std::string::npos) << sentence;
}

TEST(Languages, TheEnvironmentNamesOneOrEnglishIsTaken) {
  std::map<std::string, std::string> set;
  const auto chosen = [&](std::map<std::string, std::string> variables) {
    set = std::move(variables);
    return language_of_environment([&](const char* name) -> const char* {
      const auto found = set.find(name);
      return found == set.end() ? nullptr : found->second.c_str();
    });
  };
  EXPECT_EQ(chosen({}), "en");
  EXPECT_EQ(chosen({{"LANG", "C"}}), "en");
  EXPECT_EQ(chosen({{"LANG", "en_GB.UTF-8"}}), "en");
  EXPECT_EQ(chosen({{"LC_ALL", "xx_YY.UTF-8"}}), "en");
  EXPECT_EQ(chosen({{"LC_ALL", "../../etc"}, {"LANG", "en"}}), "en");
}

class Spoken : public ::testing::Test {
 protected:
  ~Spoken() override { speak("en", {}); }
};

TEST_F(Spoken, EnglishIsTheTextItself) {
  constexpr std::string_view kText = "Open";
  EXPECT_EQ(tr(kText).data(), kText.data());
  EXPECT_EQ(language(), "en");
  EXPECT_EQ(tr("{0} of {1}, {0} {2} {x} {", {"a", "{0}"}), "a of {0}, a {2} {x} {");
}

TEST_F(Spoken, AnotherLanguageMayPutValuesIntoItsOwnOrder) {
  speak("de", {{"Open", "Öffnen"}, {"{0} of {1}", "von {1} {0}"}});
  EXPECT_EQ(language(), "de");
  EXPECT_EQ(tr("Open"), "Öffnen");
  EXPECT_EQ(tr("Shut"), "Shut");
  EXPECT_EQ(tr("{0} of {1}", {"3", "4"}), "von 4 3");
}

}  // namespace
}  // namespace gradflow
