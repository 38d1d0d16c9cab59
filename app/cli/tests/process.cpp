#include "app/cli/tests/process.h"

#include <fcntl.h>
#include <pty.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <thread>
#include <utility>

namespace gradflow::test {
namespace {

int unlinked_file() {
  std::string name = (std::filesystem::temp_directory_path() / "gradflow-output-XXXXXX").string();
  const int file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file < 0) throw std::runtime_error("cannot make " + name);
  ::unlink(name.c_str());
  return file;
}

std::string contents_of(int file) {
  ::lseek(file, 0, SEEK_SET);
  std::string bytes;
  std::array<char, 65536> buffer{};
  for (ssize_t count = 0; (count = ::read(file, buffer.data(), buffer.size())) > 0;) {
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return bytes;
}

/// The words as execvp() takes them; they must stay where they are.
std::vector<char*> argv_of(std::vector<std::string>& words) {
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  return argv;
}

}  // namespace

Process::Process(const std::string& program, const std::vector<std::string>& arguments,
                 const std::string& folder)
    : output_(unlinked_file()), errors_(unlinked_file()) {
  std::array<int, 2> pipe_ends{};
  if (::pipe2(pipe_ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("cannot make a pipe");
  std::vector<std::string> words{program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const std::vector<char*> argv = argv_of(words);
  child_ = ::fork();
  if (child_ < 0) throw std::runtime_error("cannot fork");
  if (child_ == 0) {
    ::dup2(pipe_ends[0], STDIN_FILENO);
    ::dup2(output_, STDOUT_FILENO);
    ::dup2(errors_, STDERR_FILENO);
    if (!folder.empty() && ::chdir(folder.c_str()) != 0) ::_exit(126);
    ::execvp(argv[0], argv.data());
    ::_exit(127);
  }
  ::close(pipe_ends[0]);
  input_ = pipe_ends[1];
}

Process::~Process() {
  if (child_ > 0) {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
    ::close(input_);
  }
  ::close(output_);
  ::close(errors_);
}

void Process::feed(const std::string& bytes) {
  std::string_view rest = bytes;
  while (!rest.empty()) {
    const ssize_t written = ::write(input_, rest.data(), rest.size());
    if (written < 0) return;  // it does not want to hear more
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

void Process::signal(int number) const {
  if (child_ <= 0)
    throw std::logic_error("the process has ended");  // kill(-1) would hit every process there is
  ::kill(child_, number);
}

Outcome Process::finish() {
  ::close(std::exchange(input_, -1));
  int status = 0;
  rusage usage{};
  ::wait4(std::exchange(child_, -1), &status, 0, &usage);
  const int code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return {code, contents_of(output_), contents_of(errors_), usage.ru_maxrss};
}

Outcome run_program(const std::string& program, const std::vector<std::string>& arguments,
                    const std::string& input, const std::string& folder) {
  Process process(program, arguments, folder);
  process.feed(input);
  return process.finish();
}

std::string said_on_terminal(const std::string& program, const std::vector<std::string>& arguments) {
  std::vector<std::string> words{program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const std::vector<char*> argv = argv_of(words);
  int terminal = -1;
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
  if (child < 0) throw std::runtime_error("no pseudo-terminal (is /dev/pts mounted?)");  // kill(-1) hits all
  if (child == 0) {
    ::execvp(argv[0], argv.data());
    ::_exit(127);
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(2500));
  ::kill(child, SIGINT);
  std::string said;
  char byte = 0;
  while (::read(terminal, &byte, 1) == 1) said += byte;
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(terminal);
  return said;
}

}  // namespace gradflow::test
