// A file that appears whole or not at all.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/io/descriptor.h"

namespace gradflow {

/// What is appended goes to a temporary file in the target's folder; commit() puts that in the place of the
/// target, with the permissions of the file that it replaces. Destroyed before that, it leaves nothing
/// behind. A device or a pipe is written to directly, and so is standard output, "-". Everything throws
/// InputError.
class OutputFile {
 public:
  /// Opens at once, so that a place that cannot be written to is known before the work is done.
  explicit OutputFile(const std::filesystem::path& path);
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  void append(std::string_view bytes);
  void commit();

 private:
  /// Where the bytes go first and, if that is a temporary file, what it becomes.
  struct Opened {
    Descriptor file;
    std::filesystem::path temporary, target;
  };
  static Opened open(const std::filesystem::path& path, const std::string& name);

  std::string name_;
  Opened opened_;
};

}  // namespace gradflow
