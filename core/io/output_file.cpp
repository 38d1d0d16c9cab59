#include "core/io/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "core/io/file.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

namespace fs = std::filesystem;

struct Temporary {
  Descriptor file;
  fs::path path;
};

/// A new file beside `target`; its permissions follow the umask.
Temporary open_beside(const fs::path& target, const std::string& name) {
  constexpr int kAttempts = 100;
  const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    fs::path path = folder / (".gradflow-" + std::to_string(::getpid()) + "-" + std::to_string(attempt));
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0) return {Descriptor(descriptor), std::move(path)};
    if (errno != EEXIST) refuse_file(name, text_key("written"), errno);
  }
  refuse_file(name, text_key("written"), EEXIST);
}

Descriptor open_directly(const fs::path& path, const std::string& name) {
  const int descriptor = path == kStandardStream ? STDOUT_FILENO : ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) refuse_file(name, text_key("written"), errno);
  return Descriptor(descriptor);
}

}  // namespace

OutputFile::OutputFile(const fs::path& path)
    : name_(file_name(path, tr("standard output"))), opened_(open(path, name_)) {}

OutputFile::~OutputFile() {
  if (!opened_.temporary.empty()) ::unlink(opened_.temporary.c_str());
}

OutputFile::Opened OutputFile::open(const fs::path& path, const std::string& name) {
  if (path == kStandardStream) return {open_directly(path, name), {}, {}};
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) {
    if (errno != ENOENT || path.empty()) refuse_file(name, text_key("written"), errno);
    Temporary beside = open_beside(path, name);
    return {std::move(beside.file), std::move(beside.path), path};
  }
  if (S_ISDIR(facts.st_mode)) refuse_file(name, text_key("written"), EISDIR);
  if (!S_ISREG(facts.st_mode)) return {open_directly(path, name), {}, {}};
  if (::access(path.c_str(), W_OK) != 0) refuse_file(name, text_key("written"), errno);
  std::error_code error;
  fs::path target = fs::canonical(path, error);  // through symbolic links: they stay what they are
  if (error) refuse_file(name, text_key("written"), error.value());
  Temporary beside = open_beside(target, name);
  Opened opened{std::move(beside.file), std::move(beside.path), std::move(target)};
  if (::fchmod(opened.file.number(), facts.st_mode & 07777U) != 0) {
    const int reason = errno;
    ::unlink(opened.temporary.c_str());
    refuse_file(name, text_key("written"), reason);
  }
  return opened;
}

void OutputFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(opened_.file.number(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) refuse_file(name_, text_key("written"), errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void OutputFile::commit() {
  const bool is_temporary = !opened_.temporary.empty();
  if (is_temporary && ::fsync(opened_.file.number()) != 0) refuse_file(name_, text_key("written"), errno);
  if (opened_.file.close() != 0) refuse_file(name_, text_key("written"), errno);
  if (!is_temporary) return;
  if (::rename(opened_.temporary.c_str(), opened_.target.c_str()) != 0)
    refuse_file(name_, text_key("written"), errno);
  opened_.temporary.clear();
}

}  // namespace gradflow
