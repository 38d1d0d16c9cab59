// A session inside a figure: what was put in is found again, what is damaged is named.
#include "core/io/figure_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "core/io/session_file.h"
#include "core/io/tests/sentence.h"
#include "core/io/tidy.h"

namespace gradflow {
namespace {

using test::is_one_sentence;
using test::sentence_of;

constexpr std::array kFormats{FigureFormat::svg, FigureFormat::pdf, FigureFormat::png, FigureFormat::csv};

/// The least of a file that a session can be put into.
std::string bare(FigureFormat format) {
  switch (format) {
    case FigureFormat::svg: return "<svg><title>t</title>\n</svg>\n";
    case FigureFormat::pdf:
      return "%PDF-1.4\n1 0 obj\n<< /Type /Catalog\n>>\nendobj\n"
             "trailer\n<< /Size 3 /Root 1 0 R /Info 2 0 R >>\nstartxref\n45\n%%EOF\n";
    case FigureFormat::png:
      return std::string("\x89PNG\r\n\x1a\n", 8) + std::string("\0\0\0\x0dIHDR", 8) + std::string(17, '\0') +
             std::string("\0\0\0\0IEND\xae\x42\x60\x82", 12);
    case FigureFormat::csv: return std::string(kTidyHeader) + "\"a\nb\"\"\",1,,loss,4.85\nc,1,0,rms,1\n";
  }
  return {};
}

SessionDocument odd_session() {
  SessionDocument session{{pre_ln_stack(), post_ln_stack()}, {}};
  session.stacks[0].name =
      "größer & <kleiner> \"∂\" 😀 \x7f \xef\xbf\xbe ]]> -- endstream "
      "/GradflowSession 2 >> \n </metadata> \"\",\"";
  session.stacks[1].name = "\\u0041 \n,\r\t'";
  session.stacks[1].input.text = std::string("\xff\x00 bytes", 8);
  return session;
}

TEST(FigureFile, EveryFormatGivesTheSessionBack) {
  const std::string json = session_json(odd_session());
  for (const FigureFormat format : kFormats) {
    const std::string figure = embed_session(bare(format), format, json);
    EXPECT_EQ(figure_format(figure), format);
    const std::string found = embedded_session(figure, "f");
    EXPECT_EQ(parse_session(found, "f", {}), odd_session()) << named(format).key;
    EXPECT_TRUE(std::all_of(found.begin(), found.end(), [](char c) { return c >= ' ' && c < '\x7f'; }));
    EXPECT_EQ(embedded_session(embed_session(bare(format), format, found), "f"), found);
  }
}

TEST(FigureFile, ACutOrChangedFileIsOneSentenceOrTheWholeSession) {
  const std::string json = session_json(odd_session());
  for (const FigureFormat format : kFormats) {
    const std::string figure = embed_session(bare(format), format, json);
    const std::string whole = embedded_session(figure, "f");
    int refused = 0;
    for (std::size_t length = 0; length < figure.size(); length += 7) {
      const std::string said = sentence_of([&] {
        EXPECT_EQ(embedded_session(figure.substr(0, length), "f"), whole) << named(format).key << length;
      });
      if (said == "(accepted)") continue;
      EXPECT_TRUE(is_one_sentence(said) && said.starts_with("f: ")) << said;
      ++refused;
    }
    EXPECT_GT(refused, 100) << named(format).key;
  }
}

TEST(FigureFile, APngWhoseSessionWasChangedIsRefused) {
  std::string figure = embed_session(bare(FigureFormat::png), FigureFormat::png, "{\"stacks\": []}");
  figure[figure.find("stacks")] = 'S';
  EXPECT_EQ(sentence_of([&] { embedded_session(figure, "f.png"); }),
            "f.png: this PNG file is damaged or was cut short: the check sum of its session is wrong");
}

TEST(FigureFile, AForeignFigureIsOneSentence) {
  for (const FigureFormat format : kFormats) {
    const std::string said = sentence_of([&] { embedded_session(bare(format), "f"); });
    EXPECT_EQ(said, "f: there is no session in this " + std::string(named(format).label) +
                        "; figures that gradflow has exported have one");
  }
  EXPECT_EQ(figure_format("{\"stacks\": []}"), std::nullopt);
  EXPECT_EQ(figure_format(""), std::nullopt);
}

TEST(FigureFile, ForgedFiguresAreOneSentence) {
  const std::string header = "stack,seed,layer,quantity,value,session";
  const std::pair<std::string, const char*> rows[] = {
      {"<metadata id=\"gradflow-session\"", "a tag does not end"},
      {"<metadata id=\"gradflow-session\">{}", "its session does not end"},
      {"<metadata id=\"gradflow-session\">&nbsp;</metadata>", "begins no character"},
      {"<metadata id=\"gradflow-session\">&#x110000;</metadata>", "begins no character"},
      {"<metadata id=\"gradflow-session\">&", "its session does not end"},
      {"%PDF-1.4 /GradflowSession x", "is no number"},
      {"%PDF-1.4 /GradflowSession 4294967295 >>\nstream\n{}\nendstream", "longer than the file"},
      {"%PDF-1.4 /GradflowSession 1 >>\nstream\n{}\nendstream", "does not end where it should"},
      {"%PDF-1.4 /GradflowSession 2 /Filter /FlateDecode >>\nstream\n", "changed by another program"},
      {std::string("\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXt", 16) + std::string(9, ' '),
       "longer than the file"},
      {header, "its header does not end"},
      {header + "\na,1,0", "too few fields"},
      {header + "\n\"a", "quotes of a field do not close"},
      {header + "\n,,,,,\"{", "its session does not end"},
  };
  for (const auto& [bytes, sentence] : rows) {
    const std::string said = sentence_of([&, text = bytes] { embedded_session(text, "f"); });
    EXPECT_NE(said.find(sentence), std::string::npos) << said << "\n" << bytes;
    EXPECT_TRUE(is_one_sentence(said));
  }
}

TEST(FigureFile, WhatAnEditorMakesOfAnSvgIsStillRead) {
  EXPECT_EQ(embedded_session("\xEF\xBB\xBF<svg><metadata>RDF</metadata><metadata\n  id='gradflow-session' >"
                             "{&quot;a&quot;: &#39;&#x26;}</metadata></svg>",
                             "f"),
            "{\"a\": '&}");
}

TEST(FigureFile, TheTableKeepsItsRowsAndGetsAColumn) {
  const auto embed = [](const std::string& rows) {
    return embed_session(std::string(kTidyHeader) + rows, FigureFormat::csv, "{\"a\": 1}");
  };
  EXPECT_EQ(embed("\"a\nb\",1,,loss,1\nc,1,0,x,nan\n"),
            "stack,seed,layer,quantity,value,session\n\"a\nb\",1,,loss,1,\"{\"\"a\"\": 1}\"\nc,1,0,x,nan,\n");
  EXPECT_EQ(embed(""), "stack,seed,layer,quantity,value,session\n,,,,,\"{\"\"a\"\": 1}\"\n");
}

TEST(FigureFile, TheFormatIsTheEndingOfTheName) {
  EXPECT_EQ(figure_format_of("a.b/figure.SVG"), FigureFormat::svg);
  EXPECT_EQ(figure_format_of("figure.pdf"), FigureFormat::pdf);
  EXPECT_EQ(figure_format_of(".x.png"), FigureFormat::png);
  EXPECT_EQ(figure_format_of("figure.csv"), FigureFormat::csv);
  for (const char* path : {"figure", "figure.", "figure.jpg", "svg", ".svg", ""}) {
    const std::string said = sentence_of([&] { figure_format_of(path); });
    EXPECT_NE(said.find("allowed is .svg, .pdf, .png"), std::string::npos) << path << said;
  }
}

}  // namespace
}  // namespace gradflow
