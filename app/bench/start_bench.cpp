// From the start of the process to the first complete curves: `gradflow --screenshot` from exec to exit, the
// settling and the PNG file included, and the core's share of it, the answers to both default stacks by
// analyzers that know nothing yet. Usage: start_bench GRADFLOW
#include <spawn.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <string>

#include "core/analysis/analyze.h"
#include "core/bench/timer.h"

extern char** environ;

namespace gradflow {
namespace {

constexpr int kRuns = 11;

/// Exit status of the program.
int run(std::string program, std::string picture) {
  std::string flag = "--screenshot";
  char* arguments[] = {program.data(), flag.data(), picture.data(), nullptr};
  pid_t child = 0;
  if (posix_spawn(&child, program.c_str(), nullptr, nullptr, arguments, environ) != 0) return -1;
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

int bench(const std::string& program) {
  const std::filesystem::path picture = std::filesystem::temp_directory_path() / "gradflow_start_bench.png";
  std::vector<double> starts;
  std::vector<double> answers;
  for (int i = 0; i < kRuns; ++i) {
    int status = 0;
    starts.push_back(seconds([&] { status = run(program, picture.string()); }));
    if (status != 0) {
      std::fprintf(stderr, "start_bench: %s ends with status %d\n", program.c_str(), status);
      return 1;
    }
    answers.push_back(seconds([] {
      static_cast<void>(analyze(pre_ln_stack()));
      static_cast<void>(analyze(post_ln_stack()));
    }));
  }
  std::filesystem::remove(picture);
  std::printf("from start to exit, a picture of the default scene: median of %d runs %.0f ms\n", kRuns,
              1e3 * median(starts));
  std::printf("both answers, one after the other: %.1f ms\n", 1e3 * median(answers));
  return 0;
}

}  // namespace
}  // namespace gradflow

int main(int argc, char** argv) {
  if (argc == 2) return gradflow::bench(argv[1]);
  std::fprintf(stderr, "usage: start_bench GRADFLOW\n");
  return 2;
}
