#include "core/io/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>

#include "core/io/descriptor.h"
#include "core/io/input_error.h"
#include "core/io/output_file.h"
#include "core/spec/fields.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

namespace fs = std::filesystem;

std::string too_large(const std::string& file, const std::string& size, std::size_t limit) {
  return tr("{0} has {1} bytes; at most {2} are allowed", {file, size, std::to_string(limit)});
}

std::string read_all(int file, const std::string& name, std::size_t limit) {
  std::string bytes;
  std::array<char, 65536> buffer;
  for (;;) {
    const ssize_t count = ::read(file, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) refuse_file(name, text_key("read"), errno);
    if (count == 0) return bytes;
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
    if (bytes.size() > limit)
      throw InputError(too_large(name, tr("over {0}", {std::to_string(limit)}), limit));
  }
}

}  // namespace

void refuse_file(const std::string& file, std::string_view verb, int error) {
  const std::string name = file.empty() ? std::string(tr("a file with an empty name")) : file;
  throw InputError(tr("{0} cannot be {1}: {2}", {name, tr(verb), std::generic_category().message(error)}));
}

std::string file_name(const fs::path& path, std::string_view stream) {
  return path == kStandardStream ? std::string(stream) : path.string();
}

std::string read_file(const fs::path& path, std::size_t limit) {
  const std::string name = file_name(path, tr("standard input"));
  const Descriptor file(path == kStandardStream ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) refuse_file(name, text_key("read"), errno);
  struct stat facts {};
  if (::fstat(file.number(), &facts) != 0) refuse_file(name, text_key("read"), errno);
  if (S_ISDIR(facts.st_mode)) refuse_file(name, text_key("read"), EISDIR);
  if (S_ISREG(facts.st_mode) && static_cast<std::uintmax_t>(facts.st_size) > limit) {
    throw InputError(too_large(name, std::to_string(facts.st_size), limit));
  }
  return read_all(file.number(), name, limit);
}

void write_file(const fs::path& path, std::string_view bytes) {
  OutputFile file(path);
  file.append(bytes);
  file.commit();
}

std::string read_text_file(const fs::path& path) {
  std::string text = read_file(path, kMaxTextBytes);
  if (text.empty()) {
    throw InputError(
        tr("{0} is empty; an input text needs at least one byte", {file_name(path, tr("standard input"))}));
  }
  return text;
}

}  // namespace gradflow
