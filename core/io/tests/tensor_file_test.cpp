// Tensor files from strangers: every way in which a header can lie is a sentence.
#include "core/io/tensor_file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "core/io/file.h"
#include "core/io/tests/sentence.h"
#include "core/io/tests/temporary_folder.h"

namespace gradflow {
namespace {

using test::is_one_sentence;
namespace fs = std::filesystem;
using test::sentence_of;
using test::TemporaryFolder;

std::string with_length(std::uint64_t length, const std::string& rest) {
  std::string bytes(reinterpret_cast<const char*>(&length), sizeof length);
  return bytes + rest;
}

std::string file_of(const std::string& header, const std::string& data = "") {
  return with_length(header.size(), header + data);
}

std::string said(const std::string& bytes) {
  std::string sentence = sentence_of([&] { TensorFile(bytes, "w"); });
  EXPECT_TRUE(is_one_sentence(sentence)) << sentence;
  return sentence;
}

std::string tensor(const std::string& dtype, const std::string& shape, const std::string& offsets) {
  return "{\"dtype\": \"" + dtype + "\", \"shape\": " + shape + ", \"data_offsets\": " + offsets + "}";
}

std::string said_of(const std::string& entry, std::size_t data_bytes) {
  return said(file_of("{\"a\": " + entry + "}", std::string(data_bytes, '\0')));
}

template <class T>
std::string bytes_of(std::initializer_list<T> values) {
  return {reinterpret_cast<const char*>(values.begin()), values.size() * sizeof(T)};
}

TEST(TensorFile, ReadsTensorsInAnyOrderWithMetadataAndZeroExtents) {
  const std::string header =
      R"({"__metadata__": {"format": "pt"}, "b": {"dtype": "F64", "shape": [], "data_offsets": [8, 16]},)"
      R"( "none": {"dtype": "F32", "shape": [9000000000, 0, 9000000000], "data_offsets": [8, 8]},)"
      R"( "a": {"dtype": "I32", "shape": [2, 1], "data_offsets": [0, 8]}})";
  const TensorFile file(file_of(header, bytes_of<std::int32_t>({7, -1}) + bytes_of<double>({2.5})), "w");
  ASSERT_EQ(file.entries().size(), 3U);
  EXPECT_EQ(file.find("a")->shape, (Shape{2, 1}));
  EXPECT_EQ(file.find("none")->size(), 0U);
  EXPECT_EQ(file.find("nobody"), nullptr);
  EXPECT_EQ(file.metadata(), (TensorMetadata{{"format", "pt"}}));
  double scalar = 0;
  file.find("b")->read(std::span<double>(&scalar, 1));
  EXPECT_EQ(scalar, 2.5);
  EXPECT_EQ(sentence_of([&] { file.find("a")->read_integers(8); }),
            "a holds -1 at place 1; allowed is 0 to 7");
  EXPECT_EQ(sentence_of([&] { file.find("b")->read_integers(8); }), "b is F64; allowed is I64 or I32");
}

TEST(TensorFile, ACopyOutlivesWhatItWasCopiedFrom) {
  auto file = std::make_unique<TensorFile>(
      file_of("{\"a\": " + tensor("F32", "[1]", "[0, 4]") + "}", bytes_of<float>({1.5F})), "w");
  const TensorFile copy = *file;
  file.reset();
  float value = 0;
  copy.find("a")->read(std::span<float>(&value, 1));
  EXPECT_EQ(value, 1.5F);
}

TEST(TensorFile, EveryFloatFormatIsReadAndWhatIsNotFiniteStaysSo) {
  const std::string header = "{\"h\": " + tensor("F16", "[3]", "[0, 6]") +
                             ", \"b\": " + tensor("BF16", "[2]", "[6, 10]") +
                             ", \"d\": " + tensor("F64", "[2]", "[10, 26]") + "}";
  const std::string data = bytes_of<std::uint16_t>({0x3C00, 0x7C00, 0x7E00}) +  // 1, inf, nan
                           bytes_of<std::uint16_t>({0xC000, 0x7FC0}) +          // -2, nan
                           bytes_of<double>({1e300, std::numeric_limits<double>::quiet_NaN()});
  const TensorFile file(file_of(header, data), "w");
  std::array<float, 3> h{};
  file.find("h")->read(std::span<float>(h));
  EXPECT_EQ(h[0], 1.0F);
  EXPECT_TRUE(std::isinf(h[1]));
  EXPECT_TRUE(std::isnan(h[2]));
  std::array<double, 2> b{};
  file.find("b")->read(std::span<double>(b));
  EXPECT_EQ(b[0], -2.0);
  EXPECT_TRUE(std::isnan(b[1]));
  std::array<float, 2> d{};
  file.find("d")->read(std::span<float>(d));
  EXPECT_TRUE(std::isinf(d[0])) << "beyond float: an overflow, which is a finding";
  EXPECT_TRUE(std::isnan(d[1]));
}

TEST(TensorFile, HeaderLengthsThatLieAreRefusedBeforeAnythingIsAllocated) {
  EXPECT_EQ(said(""), "w: the file has 0 bytes; a tensor file starts with 8 that say how long its header is");
  EXPECT_EQ(said("1234567"),
            "w: the file has 7 bytes; a tensor file starts with 8 that say how long its header is");
  EXPECT_EQ(said(with_length(3, "{}")),
            "w: the header claims 3 bytes; this file can hold a header of 2 at most");
  EXPECT_EQ(said(with_length(std::numeric_limits<std::uint64_t>::max(), "{}")),
            "w: the header claims 18446744073709551615 bytes; this file can hold a header of 2 at most");
  EXPECT_EQ(said(with_length(0, "")), "w: the header is empty; a JSON value is expected");
  EXPECT_EQ(said(with_length(1, "{}")).substr(0, 30), "w: the header, line 1, column ");
}

TEST(TensorFile, HeadersThatAreNotAListOfTensorsAreRefused) {
  EXPECT_EQ(said(file_of("[]")), "w: the header is []; it must be an object of tensors");
  EXPECT_NE(said(file_of("{\"a\": ")).find("this is not JSON"), std::string::npos);
  EXPECT_NE(said(file_of("{\"a\": \xFF}")).find("not UTF-8"), std::string::npos);
  EXPECT_NE(said(file_of(std::string(1000, '['))).find("nested too deep"), std::string::npos);
  const std::string a = "\"a\": " + tensor("F32", "[0]", "[0, 0]");
  EXPECT_EQ(said(file_of("{" + a + ", " + a + "}")), "w: the header: a is given twice; a key may occur once");
  EXPECT_EQ(said(file_of("{\"__metadata__\": {\"format\": 1}}")),
            "w: __metadata__.format is 1; allowed is a string");
  EXPECT_EQ(said(file_of("{\"__metadata__\": []}")),
            "w: __metadata__ is []; allowed is an object of strings");
}

TEST(TensorFile, EntriesThatDoNotSayWhatTheyAreAreRefused) {
  EXPECT_EQ(said_of("3", 0), "w: a is 3; allowed is an object with dtype, shape and data_offsets");
  EXPECT_EQ(said_of("{\"shape\": [], \"data_offsets\": [0, 0]}", 0), "w: a has no dtype");
  EXPECT_EQ(said_of("{\"dtype\": \"F32\", \"data_offsets\": [0, 0]}", 0), "w: a has no shape");
  EXPECT_EQ(said_of("{\"dtype\": \"F32\", \"shape\": []}", 0), "w: a has no data_offsets");
  EXPECT_EQ(said_of(tensor("F8", "[]", "[0, 1]"), 1),
            "w: a.dtype is \"F8\"; allowed is F64, F32, F16, BF16, I64, I32");
  EXPECT_EQ(said_of(tensor("F32", "[-1]", "[0, 4]"), 4),
            "w: a.shape[0] is -1; allowed is a whole number from 0");
  EXPECT_EQ(said_of(tensor("F32", "[1.5]", "[0, 4]"), 4),
            "w: a.shape[0] is 1.5; allowed is a whole number from 0");
  EXPECT_EQ(said_of(tensor("F32", "[1,1,1,1,1,1,1,1,1]", "[0, 4]"), 4),
            "w: a.shape is [1,1,1,1,1,1,1,1,1]; allowed is a list of at most 8 whole numbers");
  EXPECT_EQ(said_of(tensor("F32", "[1]", "[0]"), 4), "w: a.data_offsets is [0]; allowed is [begin, end]");
}

TEST(TensorFile, OffsetsOutOfTheFileAndShapesThatDoNotFitAreRefused) {
  EXPECT_EQ(said_of(tensor("F32", "[2]", "[0, 8]"), 4),
            "w: a.data_offsets is [0, 8]; allowed is 0 to 4, the bytes of data in the file");
  EXPECT_EQ(said_of(tensor("F32", "[2500000000]", "[0, 10000000000]"), 4),
            "w: a.data_offsets is [0, 10000000000]; allowed is 0 to 4, the bytes of data in the file");
  EXPECT_EQ(said_of(tensor("F32", "[1]", "[4, 0]"), 4),
            "w: a.data_offsets is [4, 0]; allowed is 0 to 4, the bytes of data in the file");
  EXPECT_EQ(said_of(tensor("F32", "[2]", "[0, 4]"), 4),
            "w: a.data_offsets is [0, 4]; allowed is 8 bytes for shape [2] of F32");
  EXPECT_EQ(
      said_of(tensor("F64", "[4294967296, 4294967296]", "[0, 4]"), 4),
      "w: a.data_offsets is [0, 4]; allowed is over 2^63 bytes for shape [4294967296, 4294967296] of F64");
  EXPECT_EQ(said_of(tensor("F32", "[1]", "[0, 18446744073709551615]"), 4),
            "w: a.data_offsets[1] is 18446744073709551615; allowed is a whole number from 0");
}

TEST(TensorFile, OverlapsAndHolesAreRefused) {
  const auto two = [](const std::string& left, const std::string& right, std::size_t bytes) {
    const std::string header =
        "{\"a\": " + tensor("F32", "[1]", left) + ", \"b\": " + tensor("F32", "[1]", right) + "}";
    return said(file_of(header, std::string(bytes, '\0')));
  };
  EXPECT_EQ(two("[0, 4]", "[2, 6]", 8),
            "w: b begins at byte 2 of the data; it overlaps the tensor that ends at 4");
  EXPECT_EQ(two("[0, 4]", "[0, 4]", 4),
            "w: b begins at byte 0 of the data; it overlaps the tensor that ends at 4");
  EXPECT_EQ(two("[0, 4]", "[8, 12]", 12), "w: b begins at byte 8 of the data; the one before it ends at 4");
  EXPECT_EQ(two("[0, 4]", "[4, 8]", 9), "w: the tensors end at byte 8 of the data, which has 9 bytes");
  EXPECT_EQ(said(file_of("{}", "x")), "w: the tensors end at byte 0 of the data, which has 1 bytes");
}

TEST(TensorFile, NamesOfStrangersDoNotBreakTheSentence) {
  const std::string name = "x\\n" + std::string(100'000, 'y');
  EXPECT_LT(said(file_of("{\"" + name + "\": 3}")).size(), 300U);
  EXPECT_LT(said(file_of("{\"" + name + "\": " + tensor("F32", "[1]", "[4, 8]") + "}", "12345678")).size(),
            300U);
  EXPECT_EQ(said(file_of("{\"\": 3}")),
            "w: \"\" is 3; allowed is an object with dtype, shape and data_offsets");
}

TEST(TensorFile, PlacesThatCannotBeReadAreASentence) {
  const TemporaryFolder folder;
  const auto read = [](const std::filesystem::path& path) {
    return sentence_of([&] { read_tensor_file(path, 1000); });
  };
  EXPECT_TRUE(read(folder.path()).ends_with("cannot be read: Is a directory"));
  EXPECT_TRUE(read(folder / "none").ends_with("cannot be read: No such file or directory"));
  write_file(folder / "large", std::string(1001, '\0'));
  EXPECT_TRUE(read(folder / "large").ends_with("has 1001 bytes; at most 1000 are allowed"));
  write_file(folder / "empty", "");
  EXPECT_NE(read(folder / "empty").find("the file has 0 bytes"), std::string::npos);
}

TEST(TensorFile, EveryTruncationOfAFileIsRefused) {
  const std::string whole = file_of("{\"a\": " + tensor("F32", "[2]", "[0, 8]") + "}", "12345678");
  EXPECT_EQ(said(whole), "(accepted)");
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_NE(said(whole.substr(0, size)), "(accepted)");
}

TEST(TensorFile, MetadataIsReadFromTheHeaderAlone) {
  const test::TemporaryFolder folder;
  const fs::path path = folder / "w";
  const std::vector<TensorHead> heads{{"a", Dtype::f32, {1}}};
  OutputFile file(path);
  append_tensor_header(file, heads, {{"who", "\"we\"\nü"}, {"why", ""}});
  file.append("1234");
  file.commit();
  const TensorMetadata expected{{"who", "\"we\"\nü"}, {"why", ""}};
  EXPECT_TRUE(is_tensor_file(path));
  EXPECT_EQ(read_tensor_metadata(path), expected);
  EXPECT_EQ(read_tensor_file(path, 1000).metadata(), expected);
  fs::resize_file(path, fs::file_size(path) - 4);  // the numbers are gone, which only their reader sees
  EXPECT_EQ(read_tensor_metadata(path), expected);
  EXPECT_NE(sentence_of([&] { read_tensor_file(path, 1000); }), "(accepted)");
  fs::resize_file(path, 20);
  EXPECT_FALSE(is_tensor_file(path));
  EXPECT_NE(sentence_of([&] { read_tensor_metadata(path); }).find("the header claims"), std::string::npos);
}

TEST(TensorFile, IsKnownByItsFirstBytes) {
  const test::TemporaryFolder folder;
  for (const auto& [bytes, expected] :
       {std::pair(file_of("{}"), true), std::pair(file_of("[]"), false),
        std::pair(std::string("{\"num_layers\": 3}"), false), std::pair(with_length(3, "{}"), false),
        std::pair(std::string(), false)}) {
    write_file(folder / "w", bytes);
    EXPECT_EQ(is_tensor_file(folder / "w"), expected) << bytes;
  }
  EXPECT_FALSE(is_tensor_file(folder.path()));
  EXPECT_FALSE(is_tensor_file(folder / "nothing"));
}

}  // namespace
}  // namespace gradflow
