// Runs a program as a person would and tells what came of it.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace gradflow::test {

struct Outcome {
  int exit_code = -1;  // 128 + the signal's number where one ended it, as a shell says it
  std::string out, err;
  long peak_kib = 0;  // of resident memory
};

/// A program that runs. Its standard input is a pipe: what feed() was given, then the end.
class Process {
 public:
  Process(const std::string& program, const std::vector<std::string>& arguments,
          const std::string& folder = "");
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

  void feed(const std::string& bytes);
  void signal(int number) const;
  /// Closes its input and waits for its end.
  Outcome finish();

 private:
  pid_t child_ = -1;
  int input_ = -1, output_ = -1, errors_ = -1;  // the latter two are unlinked files: no pipe can fill up
};

Outcome run_program(const std::string& program, const std::vector<std::string>& arguments,
                    const std::string& input = "", const std::string& folder = "");

/// What a program says on a terminal, which its standard error is, over 2.5 seconds and when it is then
/// interrupted.
std::string said_on_terminal(const std::string& program, const std::vector<std::string>& arguments);

}  // namespace gradflow::test
