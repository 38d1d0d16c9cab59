#include "core/io/tensor_file.h"

#include <Eigen/Core>
#include <algorithm>
#include <bit>
#include <cstring>
#include <fstream>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "core/io/file.h"
#include "core/io/json.h"
#include "core/io/place.h"
#include "core/io/text_code.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

static_assert(std::endian::native == std::endian::little, "tensors lie in files as they lie in memory");

constexpr std::size_t kLengthBytes = 8;
constexpr std::string_view kMetadata = "__metadata__";

/// A name as a sentence shows it: a stranger's may be empty, a megabyte long or hold line ends.
std::string shown_name(std::string_view name) {
  constexpr std::size_t kShownBytes = 60;
  return name.empty() ? "\"\"" : clipped(name, kShownBytes);
}

const DtypeRow& row_of(Dtype dtype) { return kDtypes[static_cast<std::size_t>(dtype)]; }

Dtype dtype_of(const Json& json, const Place& place) {
  if (json.is_string()) {
    for (const DtypeRow& row : kDtypes) {
      if (row.key == json.get_ref<const std::string&>()) return row.value;
    }
  }
  place.refuse(shown(json), "F64, F32, F16, BF16, I64, I32");
}

/// A whole number that fits 63 bits.
std::int64_t whole(const Json& json, const Place& place) {
  const bool fits = json.is_number_unsigned() && json.get<std::uint64_t>() <= std::uint64_t{INT64_MAX};
  if (!fits) place.refuse(shown(json), tr("a whole number from 0"));
  return json.get<std::int64_t>();
}

const Json& member(const Json& json, std::string_view key, const Place& place) {
  const auto found = json.find(key);
  if (found == json.end()) place.refuse_with(tr("{0} has no {1}", {place.key, key}));
  return *found;
}

Shape shape_of(const Json& json, const Place& place) {
  constexpr std::size_t kMaxRank = 8;
  if (!json.is_array() || json.size() > kMaxRank)
    place.refuse(shown(json), tr("a list of at most 8 whole numbers"));
  Shape shape;
  for (std::size_t i = 0; i < json.size(); ++i) shape.push_back(whole(json[i], place.at(i)));
  return shape;
}

/// Bytes of a tensor, or nothing where the product leaves 63 bits. One extent of 0 makes 0 of any others.
std::optional<std::int64_t> bytes_of(const Shape& shape, Dtype dtype) {
  if (std::find(shape.begin(), shape.end(), 0) != shape.end()) return 0;
  auto bytes = static_cast<std::int64_t>(row_of(dtype).bytes);
  for (std::int64_t extent : shape) {
    if (__builtin_mul_overflow(bytes, extent, &bytes)) return std::nullopt;
  }
  return bytes;
}

struct Range {
  std::int64_t begin = 0, end = 0;
};

Range range_of(const Json& json, const Place& place) {
  if (!json.is_array() || json.size() != 2) place.refuse(shown(json), "[begin, end]");
  return {whole(json[0], place.at(0)), whole(json[1], place.at(1))};
}

TensorEntry entry_of(const std::string& name, const Json& json, const Place& place, std::string_view data) {
  if (!json.is_object()) place.refuse(shown(json), tr("an object with dtype, shape and data_offsets"));
  TensorEntry entry;
  entry.name = name;
  entry.dtype = dtype_of(member(json, "dtype", place), place.of("dtype"));
  entry.shape = shape_of(member(json, "shape", place), place.of("shape"));
  const Place offsets = place.of("data_offsets");
  const Range range = range_of(member(json, "data_offsets", place), offsets);
  if (json.size() != 3)
    place.refuse(shown(json), tr("an object with dtype, shape and data_offsets, no more"));
  const std::string came = "[" + std::to_string(range.begin) + ", " + std::to_string(range.end) + "]";
  if (range.begin > range.end || range.end > static_cast<std::int64_t>(data.size())) {
    offsets.refuse(came, tr("0 to {0}, the bytes of data in the file", {std::to_string(data.size())}));
  }
  const std::optional<std::int64_t> bytes = bytes_of(entry.shape, entry.dtype);
  if (!bytes || *bytes != range.end - range.begin) {
    const std::string needed = bytes ? std::to_string(*bytes) : tr("over {0}", {"2^63"});
    offsets.refuse(came, tr("{0} bytes for shape {1} of {2}",
                            {needed, shape_text(entry.shape), row_of(entry.dtype).key}));
  }
  entry.begin = range.begin;
  entry.data = data.substr(static_cast<std::size_t>(range.begin), static_cast<std::size_t>(*bytes));
  return entry;
}

TensorMetadata metadata_of(const Json& json, const Place& place) {
  if (!json.is_object()) place.refuse(shown(json), tr("an object of strings"));
  TensorMetadata metadata;
  for (const auto& [key, value] : json.items()) {
    if (!value.is_string()) place.of(shown_name(key)).refuse(shown(value), tr("a string"));
    metadata[key] = value.get<std::string>();
  }
  return metadata;
}

template <class From, class To>
void convert(std::string_view data, std::span<To> values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    From number;
    std::memcpy(&number, data.data() + i * sizeof(From), sizeof(From));
    values[i] = static_cast<To>(number);
  }
}

template <class To>
void convert(const TensorEntry& entry, std::span<To> values) {
  switch (entry.dtype) {
    case Dtype::f64: return convert<double>(entry.data, values);
    case Dtype::f32: return convert<float>(entry.data, values);
    case Dtype::f16: return convert<Eigen::half>(entry.data, values);
    case Dtype::bf16: return convert<Eigen::bfloat16>(entry.data, values);
    case Dtype::i64: return convert<std::int64_t>(entry.data, values);
    case Dtype::i32: return convert<std::int32_t>(entry.data, values);
  }
}

}  // namespace

std::string shape_text(const Shape& shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i > 0 ? ", " : "") + std::to_string(shape[i]);
  return text + "]";
}

std::size_t TensorEntry::size() const { return data.size() / row_of(dtype).bytes; }

void TensorEntry::read(std::span<double> values) const { convert(*this, values); }
void TensorEntry::read(std::span<float> values) const { convert(*this, values); }

std::vector<int> TensorEntry::read_integers(int bound, int min) const {
  std::vector<std::int64_t> wide(size());
  if (!is_integer())
    throw InputError(
        tr("{0} is {1}; allowed is {2}", {shown_name(name), row_of(dtype).key, tr("I64 or I32")}));
  convert(*this, std::span(wide));
  std::vector<int> values(wide.size());
  for (std::size_t i = 0; i < wide.size(); ++i) {
    if (wide[i] < min || wide[i] >= bound) {
      throw InputError(tr("{0} holds {1} at place {2}; allowed is {3} to {4}",
                          {shown_name(name), std::to_string(wide[i]), std::to_string(i), std::to_string(min),
                           std::to_string(bound - 1)}));
    }
    values[i] = static_cast<int>(wide[i]);
  }
  return values;
}

namespace {

/// The length of the header, which the first bytes of a file of `size` bytes claim.
std::size_t header_length(std::string_view bytes, std::uintmax_t size, const Place& file) {
  if (bytes.size() < kLengthBytes) {
    file.refuse_with(tr("the file has {0} bytes; a tensor file starts with 8 that say how long its header is",
                        {std::to_string(bytes.size())}));
  }
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data(), kLengthBytes);
  const std::uintmax_t most = std::min<std::uintmax_t>(TensorFile::kMaxHeaderBytes, size - kLengthBytes);
  if (length > most) {
    file.refuse_with(tr("the header claims {0} bytes; this file can hold a header of {1} at most",
                        {std::to_string(length), std::to_string(most)}));
  }
  return length;
}

Json header_of(std::string_view text, const Place& file) {
  Json header = parse_json(text, tr("{0}: the header", {file.file}));
  if (!header.is_object()) {
    file.refuse_with(tr("the header is {0}; it must be an object of tensors", {shown(header)}));
  }
  return header;
}

/// As many of the next bytes as there are.
std::string next_bytes(std::ifstream& file, std::size_t count) {
  std::string bytes(count, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(count));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

}  // namespace

TensorFile::TensorFile(std::string bytes, std::string name)
    : name_(std::move(name)), bytes_(std::make_shared<const std::string>(std::move(bytes))) {
  const Place file{name_, ""};
  const std::string_view all(*bytes_);
  const std::size_t length = header_length(all, all.size(), file);
  const std::string_view data = all.substr(kLengthBytes + length);
  const Json header = header_of(all.substr(kLengthBytes, length), file);
  for (const auto& [key, value] : header.items()) {
    const Place place{name_, shown_name(key)};
    if (key == kMetadata) {
      metadata_ = metadata_of(value, place);
    } else {
      entries_.push_back(entry_of(key, value, place, data));
    }
  }
  std::stable_sort(entries_.begin(), entries_.end(), [](const TensorEntry& a, const TensorEntry& b) {
    return std::pair(a.begin, a.data.size()) < std::pair(b.begin, b.data.size());
  });
  check_layout(data.size());
  by_name_.resize(entries_.size());
  std::iota(by_name_.begin(), by_name_.end(), std::size_t{0});
  std::sort(by_name_.begin(), by_name_.end(),
            [this](std::size_t a, std::size_t b) { return entries_[a].name < entries_[b].name; });
}

void TensorFile::check_layout(std::size_t data_bytes) const {
  const Place file{name_, ""};
  std::int64_t end = 0;
  for (const TensorEntry& entry : entries_) {
    if (entry.begin != end) {
      const std::string name = shown_name(entry.name), begins = std::to_string(entry.begin),
                        ends = std::to_string(end);
      file.refuse_with(entry.begin < end
                           ? tr("{0} begins at byte {1} of the data; it overlaps the tensor that ends at {2}",
                                {name, begins, ends})
                           : tr("{0} begins at byte {1} of the data; the one before it ends at {2}",
                                {name, begins, ends}));
    }
    end += static_cast<std::int64_t>(entry.data.size());
  }
  if (end != static_cast<std::int64_t>(data_bytes)) {
    file.refuse_with(tr("the tensors end at byte {0} of the data, which has {1} bytes",
                        {std::to_string(end), std::to_string(data_bytes)}));
  }
}

const TensorEntry* TensorFile::find(std::string_view name) const {
  const auto place =
      std::lower_bound(by_name_.begin(), by_name_.end(), name,
                       [this](std::size_t i, std::string_view wanted) { return entries_[i].name < wanted; });
  return place == by_name_.end() || entries_[*place].name != name ? nullptr : &entries_[*place];
}

TensorFile read_tensor_file(const std::filesystem::path& path, std::size_t limit) {
  return {read_file(path, limit), path.string()};
}

bool is_tensor_file(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error))
    return false;  // opening a pipe would wait for its writer
  std::ifstream file(path, std::ios::binary);
  const std::string start = next_bytes(file, kLengthBytes + 1);
  if (start.size() <= kLengthBytes || start.back() != '{') return false;
  std::uint64_t length = 0;
  std::memcpy(&length, start.data(), kLengthBytes);
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  return !error && length <= size - kLengthBytes;
}

TensorMetadata read_tensor_metadata(const std::filesystem::path& path) {
  const Place place{path.string(), ""};
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  std::ifstream file(path, std::ios::binary);
  if (error || !file) place.refuse_with(tr("the file cannot be read"));
  const std::size_t length = header_length(next_bytes(file, kLengthBytes), size, place);
  const Json header = header_of(next_bytes(file, length), place);
  const auto found = header.find(kMetadata);
  return found == header.end() ? TensorMetadata() : metadata_of(*found, {place.file, std::string(kMetadata)});
}

void append_tensor_header(OutputFile& file, std::span<const TensorHead> heads,
                          const TensorMetadata& metadata) {
  OrderedJson header = OrderedJson::object();
  if (!metadata.empty()) header[std::string(kMetadata)] = metadata;
  std::int64_t begin = 0;
  for (const TensorHead& head : heads) {
    const std::int64_t end = begin + bytes_of(head.shape, head.dtype).value();
    header[head.name] = {
        {"dtype", row_of(head.dtype).key}, {"shape", head.shape}, {"data_offsets", {begin, end}}};
    begin = end;
  }
  std::string text = header.dump();
  text.append((kLengthBytes - text.size() % kLengthBytes) % kLengthBytes, ' ');  // the data starts aligned
  const std::uint64_t length = text.size();
  file.append({reinterpret_cast<const char*>(&length), sizeof length});
  file.append(text);
}

}  // namespace gradflow
