// Tensors in a file: safetensors (github.com/huggingface/safetensors), which is
//   8 bytes   N, the header's length, little-endian
//   N bytes   JSON: {"NAME": {"dtype": "F32", "shape": [2, 3], "data_offsets": [begin, end]}, ...}, and
//   optionally
//             "__metadata__": {"KEY": "VALUE"}
//   the rest  the tensors, row-major, little-endian, back to back; offsets count from here
// Read strictly: what overlaps, leaves holes, reaches out of the file or does not add up is refused.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/input_error.h"
#include "core/io/output_file.h"

namespace gradflow {

enum class Dtype : std::uint8_t { f64, f32, f16, bf16, i64, i32 };

struct DtypeRow {
  Dtype value;
  std::string_view key;
  std::size_t bytes;
};
inline constexpr std::array<DtypeRow, 6> kDtypes{{
    {Dtype::f64, "F64", 8},
    {Dtype::f32, "F32", 4},
    {Dtype::f16, "F16", 2},
    {Dtype::bf16, "BF16", 2},
    {Dtype::i64, "I64", 8},
    {Dtype::i32, "I32", 4},
}};

using Shape = std::vector<std::int64_t>;
std::string shape_text(const Shape& shape);  // "[64, 256]"

/// One tensor of a file that was read; its data lies in the file's bytes.
struct TensorEntry {
  std::string name;
  Dtype dtype = Dtype::f32;
  Shape shape;
  std::int64_t begin = 0;  // of its data, counted from the end of the header
  std::string_view data;
  std::size_t size() const;  // how many numbers

  bool is_integer() const { return dtype == Dtype::i64 || dtype == Dtype::i32; }
  /// The numbers, widened to double (integers above 2^53 lose digits).
  void read(std::span<double> values) const;
  void read(std::span<float> values) const;  // rounded to nearest
  /// Throws InputError where a number is not in min to bound - 1.
  std::vector<int> read_integers(int bound, int min = 0) const;
};

/// What a file says of itself in its header: text under keys.
using TensorMetadata = std::map<std::string, std::string, std::less<>>;

class TensorFile {
 public:
  /// The deepest stack's header takes 20 MB. A stranger's 100 MB, which the reference implementation takes,
  /// could be a list that is a gigabyte once parsed.
  static constexpr std::size_t kMaxHeaderBytes = std::size_t{32} << 20U;

  /// From the bytes of a file. `name` starts every sentence. Throws InputError.
  TensorFile(std::string bytes, std::string name);

  const std::string& name() const { return name_; }
  std::span<const TensorEntry> entries() const { return entries_; }
  const TensorEntry* find(std::string_view name) const;  // nullptr where there is none
  const TensorMetadata& metadata() const { return metadata_; }

 private:
  void check_layout(std::size_t data_bytes) const;

  std::string name_;
  std::shared_ptr<const std::string> bytes_;  // shared, so that a copy's entries point to bytes that live
  std::vector<TensorEntry> entries_;          // in the order of their data
  std::vector<std::size_t> by_name_;          // places in entries_
  TensorMetadata metadata_;
};

/// Reads a file of at most `limit` bytes.
TensorFile read_tensor_file(const std::filesystem::path& path, std::size_t limit);

/// Whether a file starts as a tensor file does; false where it cannot be read.
bool is_tensor_file(const std::filesystem::path& path);

/// The metadata of a tensor file, of which the header alone is read. Throws InputError.
TensorMetadata read_tensor_metadata(const std::filesystem::path& path);

/// A tensor to write: its data comes when it is its turn, so that a model is never in memory twice.
struct TensorHead {
  std::string name;
  Dtype dtype = Dtype::f32;
  Shape shape;
};

/// Writes the header for `heads`; the caller then appends each tensor's bytes in that order, and commits.
void append_tensor_header(OutputFile& file, std::span<const TensorHead> heads,
                          const TensorMetadata& metadata = {});

}  // namespace gradflow
