// An open POSIX file that closes itself, and sentences for what the system refuses.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace gradflow {

/// Standard streams stay open.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() { close(); }
  int number() const { return number_; }
  /// Says how that went: a full or remote disk may report here what write() did not.
  int close() {
    const int number = std::exchange(number_, -1);
    return number > STDERR_FILENO ? ::close(number) : 0;
  }

 private:
  int number_;
};

/// Throws InputError: "FILE cannot be VERB: why", the reason from errno's `error`.
[[noreturn]] void refuse_file(const std::string& file, std::string_view verb, int error);

/// The path, or `stream` where the path is "-".
std::string file_name(const std::filesystem::path& path, std::string_view stream);

}  // namespace gradflow
