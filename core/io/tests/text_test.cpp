#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>

#include "core/io/nearest.h"
#include "core/io/number.h"
#include "core/io/text_code.h"
#include "core/io/tidy.h"

namespace gradflow {
namespace {

TEST(Number, ReadsBackAsTheSameDouble) {
  std::mt19937_64 bits(1);
  for (int i = 0; i < 100000; ++i) {
    const auto value = std::bit_cast<double>(bits());
    if (!std::isfinite(value)) continue;
    const std::string text = shortest(value);
    ASSERT_EQ(std::bit_cast<std::uint64_t>(std::strtod(text.c_str(), nullptr)),
              std::bit_cast<std::uint64_t>(value))
        << text;
  }
}

TEST(Number, IsShortAndSpellsWhatIsNotFinite) {
  EXPECT_EQ(shortest(0.1), "0.1");
  EXPECT_EQ(shortest(12), "12");
  EXPECT_EQ(shortest(1e-5), "1e-05");
  EXPECT_EQ(shortest(-std::numeric_limits<double>::max()), "-1.7976931348623157e+308");
  EXPECT_EQ(shortest(std::numeric_limits<double>::denorm_min()), "5e-324");
  EXPECT_EQ(shortest(std::numeric_limits<double>::infinity()), "inf");
  EXPECT_EQ(shortest(-std::numeric_limits<double>::infinity()), "-inf");
  EXPECT_EQ(shortest(std::numeric_limits<double>::quiet_NaN()), "nan");
  EXPECT_EQ(shortest(-std::numeric_limits<double>::quiet_NaN()), "nan");
}

TEST(Utf8, FindsTheFirstByteThatIsNone) {
  EXPECT_EQ(first_not_utf8("plain"), std::nullopt);
  EXPECT_EQ(first_not_utf8("µ ∂ 𝛼 \xF4\x8F\xBF\xBF"), std::nullopt);
  EXPECT_EQ(first_not_utf8("ab\xFF"), 2U);
  EXPECT_EQ(first_not_utf8("a\x80"), 1U);             // continuation without a lead
  EXPECT_EQ(first_not_utf8("\xC0\xAF"), 0U);          // overlong
  EXPECT_EQ(first_not_utf8("\xE0\x80\x80"), 0U);      // overlong
  EXPECT_EQ(first_not_utf8("\xED\xA0\x80"), 0U);      // a surrogate
  EXPECT_EQ(first_not_utf8("\xF4\x90\x80\x80"), 0U);  // beyond U+10FFFF
  EXPECT_EQ(first_not_utf8("abc\xE2\x82"), 3U);       // cut short
}

TEST(Base64, MatchesRfc4648AndReadsBack) {
  // RFC 4648, section 10
  EXPECT_EQ(to_base64(""), "");
  EXPECT_EQ(to_base64("f"), "Zg==");
  EXPECT_EQ(to_base64("fo"), "Zm8=");
  EXPECT_EQ(to_base64("foo"), "Zm9v");
  EXPECT_EQ(to_base64("foob"), "Zm9vYg==");
  EXPECT_EQ(to_base64("fooba"), "Zm9vYmE=");
  EXPECT_EQ(to_base64("foobar"), "Zm9vYmFy");
  std::string bytes;
  for (int i = 0; i < 256; ++i) {
    bytes += static_cast<char>(i);
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
  }
}

TEST(Base64, RefusesWhatItWouldNotWrite) {
  for (const char* text :
       {"Z", "Zg", "Zg=", "Zh==", "Zm9=", "Z===", "====", "Zm 9v", "Zm9v\n", "Zm-_", "=Zg="}) {
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
  }
}

TEST(Clipped, CutsBetweenCharacters) {
  EXPECT_EQ(clipped("short", 5), "short");
  EXPECT_EQ(clipped("∂∂∂", 7), "∂∂…");
  EXPECT_EQ(clipped("a\nb\xFF", 10), "a\uFFFDb\uFFFD");
}

TEST(Nearest, FindsTheKeyThatWasMeant) {
  const std::vector<std::string> keys{"num_layers", "d_model", "d_ff", "ffn", "seed"};
  EXPECT_EQ(nearest("num_layer", keys), "num_layers");
  EXPECT_EQ(nearest("layers", keys), "");
  EXPECT_EQ(nearest("fnn", keys), "ffn");
  EXPECT_EQ(nearest("sede", keys), "seed");
  EXPECT_EQ(nearest("optimizer", keys), "");
  EXPECT_EQ(nearest(std::string(1000000, 'x'), keys), "");
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3);
  EXPECT_EQ(edit_distance("ab", "ba"), 1);
}

TEST(Tidy, OneNumberARow) {
  StackReport report;
  report.spec.name = "Pre-LN";
  report.scalars = {{"loss", 4.5}, {"grad_norm/unembedding", 0.0}};
  report.series = {{"stream_rms", {0, 1, 2}, {1, std::numeric_limits<double>::infinity(), std::nan("")}},
                   {"grad_norm/ffn.w_1", {1}, {0.1}}};
  EXPECT_EQ(std::string(kTidyHeader) + tidy_rows(report, 7),
            "stack,seed,layer,quantity,value\n"
            "Pre-LN,7,,loss,4.5\n"
            "Pre-LN,7,,grad_norm/unembedding,0\n"
            "Pre-LN,7,0,stream_rms,1\n"
            "Pre-LN,7,1,stream_rms,inf\n"
            "Pre-LN,7,2,stream_rms,nan\n"
            "Pre-LN,7,1,grad_norm/ffn.w_1,0.1\n");
}

TEST(Tidy, NamesAreQuotedAsRfc4180Wants) {
  EXPECT_EQ(csv_field("Pre-LN"), "Pre-LN");
  EXPECT_EQ(csv_field("a, b"), "\"a, b\"");
  EXPECT_EQ(csv_field("the \"bug\""), "\"the \"\"bug\"\"\"");
  EXPECT_EQ(csv_field("two\nlines"), "\"two\nlines\"");
  StackReport report;
  report.spec.name = "a,\"b\"";
  report.scalars = {{"loss", 1}};
  EXPECT_EQ(tidy_rows(report, 18446744073709551615U), "\"a,\"\"b\"\"\",18446744073709551615,,loss,1\n");
}

}  // namespace
}  // namespace gradflow
