#include "core/tests/dependency_rules/rules.h"

#include <algorithm>
#include <optional>
#include <regex>
#include <sstream>

namespace gradflow::test {
namespace {

using Paths = std::vector<std::string_view>;

/// Packages and parts of the system by the headers that they bring.
struct Package {
  std::string_view header;
  std::string_view name;
  bool is_start = false;  // the header's name begins so
};
constexpr Package kPackages[] = {
    {"imgui_impl_", "imgui's backends", true},
    {"imgui", "imgui", true},
    {"GLFW/", "glfw", true},
    {"GL/", "gl", true},
    {"EGL/", "egl", true},
    {"X11/", "x11", true},
    {"stb_", "stb", true},
    {"cairo", "cairo", true},
    {"md4c", "md4c", true},
    {"Eigen/", "eigen", true},
    {"unsupported/Eigen/", "eigen", true},
    {"Random123/", "random123", true},
    {"nlohmann/", "json", true},
    {"CLI/", "cli11", true},
    {"gtest/", "gtest", true},
    {"benchmark/", "benchmark", true},
    {"cblas.h", "openblas"},
    {"xmmintrin.h", "intrinsics"},
    {"pmmintrin.h", "intrinsics"},
    {"sys/", "posix", true},
    {"unistd.h", "posix"},
    {"fcntl.h", "posix"},
    {"pthread.h", "posix"},
    {"signal.h", "posix"},
    {"thread", "threads"},
    {"mutex", "threads"},
    {"shared_mutex", "threads"},
    {"condition_variable", "threads"},
    {"future", "threads"},
    {"semaphore", "threads"},
    {"semaphore.h", "threads"},
    {"iostream", "printing"},
};

/// The first row whose folder holds a file is that file's rule.
struct Rule {
  std::string_view folder;
  Paths files;     // of the project that it may include
  Paths packages;  // that it may include; the rest of the standard library is everybody's
};

std::vector<Rule> rules() {
  const Paths answer{"core/spec/",
                     "core/analysis/band.h",
                     "core/analysis/check_report.h",
                     "core/analysis/claims.h",
                     "core/analysis/report.h",
                     "core/analysis/token_walk.h",
                     "core/analysis/verdict.h",
                     "core/training/report.h",
                     "core/training/verdict.h"};
  const auto with = [&](Paths more) {
    more.insert(more.end(), answer.begin(), answer.end());
    return more;
  };
  return {
      {"core/spec/", {"core/spec/"}, {}},
      {"core/analysis/band.", answer, {}},
      {"core/analysis/check_report.", answer, {}},
      {"core/analysis/claims.", answer, {}},
      {"core/analysis/report.", answer, {}},
      {"core/analysis/token_walk.", answer, {}},
      {"core/analysis/verdict", with({"core/analysis/verdict_"}), {}},
      {"core/training/report.", answer, {}},
      {"core/training/verdict.", with({"core/analysis/verdict_words.h"}), {}},
      {"core/ops/", {"core/spec/", "core/ops/"}, {"eigen", "intrinsics", "openblas"}},
      {"core/model/", {"core/spec/", "core/ops/", "core/model/"}, {"eigen", "random123"}},
      {"core/analysis/", {"core/spec/", "core/ops/", "core/model/", "core/analysis/"}, {"eigen", "threads"}},
      {"core/training/",
       {"core/spec/", "core/ops/", "core/model/", "core/analysis/", "core/training/"},
       {"eigen"}},
      {"core/io/",
       {"core/spec/", "core/ops/", "core/model/", "core/analysis/", "core/training/", "core/io/"},
       {"eigen", "json", "posix"}},
      {"app/session/", {"core/", "app/session/"}, {"posix", "threads"}},
      {"app/figure/", with({"app/figure/"}), {"cairo"}},
      {"app/lessons/", with({"core/io/", "app/session/", "app/figure/", "app/lessons/"}), {"md4c"}},
      {"app/ui/views.", with({"app/session/", "app/figure/", "app/ui/views.h", "app/ui/answers.h"}), {}},
      {"app/ui/answers.h", answer, {}},
      {"app/export/",
       {"core/", "app/session/", "app/figure/", "app/lessons/", "app/ui/views.h", "app/ui/answers.h",
        "app/export/"},
       {"threads"}},
      {"app/ui/", with({"app/session/", "app/figure/", "app/lessons/", "app/ui/"}), {"imgui"}},
      {"app/platform/",
       {"app/session/", "app/figure/", "app/ui/", "app/platform/"},
       {"imgui", "imgui's backends", "glfw", "gl", "egl", "stb", "threads", "posix"}},
      {"app/cli/",
       {"core/", "app/session/", "app/lessons/", "app/export/", "app/ui/views.h", "app/ui/answers.h",
        "app/cli/"},
       {"cli11", "posix", "threads", "printing"}},
      {"app/", {"core/", "app/"}, {"cli11", "printing"}},
  };
}

bool is_test(std::string_view path) {
  return path.find("/tests/") != std::string_view::npos || path.find("/bench/") != std::string_view::npos;
}

bool starts_with_any(std::string_view text, const Paths& starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](std::string_view start) { return text.starts_with(start); });
}

/// The package of a <header>; empty for the standard library, nothing for a header that nobody knows.
std::optional<std::string_view> package_of(std::string_view header) {
  for (const Package& package : kPackages) {
    if (package.is_start ? header.starts_with(package.header) : header == package.header) return package.name;
  }
  if (header.find_first_of("./") == std::string_view::npos) return "";
  return std::nullopt;
}

std::string wrong_project_file(std::string_view included, const Rule& rule) {
  const std::string name = "\"" + std::string(included) + "\"";
  if (!included.starts_with("core/") && !included.starts_with("app/")) {
    return name + " is not a path from the repository root";
  }
  if (is_test(included)) return name + " belongs to tests";
  if (!starts_with_any(included, rule.files)) return std::string(rule.folder) + " may not include " + name;
  return {};
}

std::string wrong_header(std::string_view header, const Rule& rule) {
  const auto package = package_of(header);
  if (!package) return "<" + std::string(header) + "> is of no package in the table";
  const bool is_allowed = package->empty() || std::find(rule.packages.begin(), rule.packages.end(),
                                                        *package) != rule.packages.end();
  if (is_allowed) return {};
  return std::string(rule.folder) + " may not include <" + std::string(header) + "> (" +
         std::string(*package) + ")";
}

}  // namespace

std::vector<std::string> violations(std::string_view path, std::string_view source) {
  if (is_test(path)) return {};
  const std::vector<Rule> table = rules();
  const auto rule =
      std::find_if(table.begin(), table.end(), [&](const Rule& row) { return path.starts_with(row.folder); });
  if (rule == table.end()) return {std::string(path) + ":1: no rule is about this folder"};
  const std::regex include(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"].*)re");
  std::vector<std::string> found;
  std::istringstream lines{std::string(source)};
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    std::smatch match;
    if (!std::regex_match(line, match, include)) continue;
    const std::string wrong =
        match[1] == "<" ? wrong_header(match[2].str(), *rule) : wrong_project_file(match[2].str(), *rule);
    if (!wrong.empty()) found.push_back(std::string(path) + ":" + std::to_string(number) + ": " + wrong);
  }
  return found;
}

}  // namespace gradflow::test
