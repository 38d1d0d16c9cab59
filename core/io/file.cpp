#include "core/io/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

#include "core/io/input_error.h"
#include "core/spec/fields.h"

namespace gradflow {
namespace {

namespace fs = std::filesystem;

std::string shown(const fs::path& path, std::string_view stream) {
  return path == kStandardStream ? std::string(stream) : path.string();
}

[[noreturn]] void refuse(const std::string& file, const std::string& verb, int error) {
  throw InputError(file + " cannot be " + verb + ": " + std::generic_category().message(error));
}

/// An open file that closes itself; standard streams stay open.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ > STDERR_FILENO) ::close(number_);
  }
  int number() const { return number_; }
  /// Closes and says how that went: a network or full disk may report here what write() did not.
  int close() {
    const int number = std::exchange(number_, -1);
    return number > STDERR_FILENO ? ::close(number) : 0;
  }

 private:
  int number_;
};

/// Removes the temporary file unless it has become the real one.
class TemporaryFile {
 public:
  explicit TemporaryFile(fs::path path) : path_(std::move(path)) {}
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  /// Returns 0 or the error.
  int become(const fs::path& target) {
    if (::rename(path_.c_str(), target.c_str()) != 0) return errno;
    path_.clear();
    return 0;
  }

 private:
  fs::path path_;
};

/// Returns 0 or the error.
int write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

std::string too_large(const std::string& file, const std::string& size, std::size_t limit) {
  return file + " has " + size + " bytes; at most " + std::to_string(limit) + " are allowed";
}

std::string read_all(int file, const std::string& name, std::size_t limit) {
  std::string bytes;
  std::array<char, 65536> buffer;
  for (;;) {
    const ssize_t count = ::read(file, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) refuse(name, "read", errno);
    if (count == 0) return bytes;
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
    if (bytes.size() > limit) throw InputError(too_large(name, "over " + std::to_string(limit), limit));
  }
}

struct OpenTemporary {
  int descriptor;
  fs::path path;
};

/// A new file in `folder`; its permissions follow the umask.
OpenTemporary open_temporary(const fs::path& folder, const std::string& name) {
  constexpr int kAttempts = 100;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const fs::path path =
        folder / (".gradflow-" + std::to_string(::getpid()) + "-" + std::to_string(attempt));
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0) return {descriptor, path};
    if (errno != EEXIST) refuse(name, "written", errno);
  }
  refuse(name, "written", EEXIST);
}

void write_directly(const fs::path& path, std::string_view bytes, const std::string& name) {
  Descriptor file(path == kStandardStream ? STDOUT_FILENO : ::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (file.number() < 0) refuse(name, "written", errno);
  if (const int error = write_all(file.number(), bytes)) refuse(name, "written", error);
  if (file.close() != 0) refuse(name, "written", errno);
}

/// `mode`: permissions of the file that is replaced, if there is one.
void replace_file(const fs::path& target, std::string_view bytes, const std::string& name,
                  std::optional<mode_t> mode) {
  const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
  const OpenTemporary opened = open_temporary(folder, name);
  Descriptor file(opened.descriptor);
  TemporaryFile temporary(opened.path);
  if (const int error = write_all(file.number(), bytes)) refuse(name, "written", error);
  if (mode && ::fchmod(file.number(), *mode & 07777U) != 0) refuse(name, "written", errno);
  if (::fsync(file.number()) != 0) refuse(name, "written", errno);
  if (file.close() != 0) refuse(name, "written", errno);
  if (const int error = temporary.become(target)) refuse(name, "written", error);
}

}  // namespace

std::string read_file(const fs::path& path, std::size_t limit) {
  const std::string name = shown(path, "standard input");
  const Descriptor file(path == kStandardStream ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) refuse(name, "read", errno);
  struct stat facts {};
  if (::fstat(file.number(), &facts) != 0) refuse(name, "read", errno);
  if (S_ISDIR(facts.st_mode)) refuse(name, "read", EISDIR);
  if (S_ISREG(facts.st_mode) && static_cast<std::uintmax_t>(facts.st_size) > limit) {
    throw InputError(too_large(name, std::to_string(facts.st_size), limit));
  }
  return read_all(file.number(), name, limit);
}

void write_file(const fs::path& path, std::string_view bytes) {
  const std::string name = shown(path, "standard output");
  if (path.empty()) throw InputError("the file to write has an empty name");
  if (path == kStandardStream) return write_directly(path, bytes, name);
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) {
    if (errno != ENOENT) refuse(name, "written", errno);
    return replace_file(path, bytes, name, std::nullopt);
  }
  if (S_ISDIR(facts.st_mode)) refuse(name, "written", EISDIR);
  if (!S_ISREG(facts.st_mode)) return write_directly(path, bytes, name);
  if (::access(path.c_str(), W_OK) != 0) refuse(name, "written", errno);
  std::error_code error;
  const fs::path target = fs::canonical(path, error);  // through symbolic links: they stay what they are
  if (error) refuse(name, "written", error.value());
  replace_file(target, bytes, name, facts.st_mode);
}

std::string read_text_file(const fs::path& path) {
  std::string text = read_file(path, kMaxTextBytes);
  if (text.empty()) {
    throw InputError(shown(path, "standard input") + " is empty; an input text needs at least one byte");
  }
  return text;
}

}  // namespace gradflow
