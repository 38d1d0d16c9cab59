// Every #include of the project against the table of who may include whom; and the check itself on wrong
// files.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "core/tests/dependency_rules/rules.h"

namespace gradflow {
namespace {

namespace fs = std::filesystem;
using test::violations;

TEST(DependencyRules, HoldInTheWholeTree) {
  const fs::path root = GRADFLOW_SOURCE;
  std::set<std::string> folders;
  for (const char* top : {"core", "app"}) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / top)) {
      if (entry.path().extension() != ".h" && entry.path().extension() != ".cpp") continue;
      const std::string path = entry.path().lexically_relative(root).generic_string();
      std::ifstream file(entry.path());
      const std::string source((std::istreambuf_iterator<char>(file)), {});
      for (const std::string& violation : violations(path, source)) ADD_FAILURE() << violation;
      folders.insert(fs::path(path).parent_path().generic_string());
    }
  }
  for (const char* folder :
       {"core/spec", "core/ops", "core/model", "core/analysis", "core/io", "app", "app/cli", "app/export",
        "app/session", "app/figure", "app/ui", "app/platform"}) {
    EXPECT_TRUE(folders.contains(folder)) << folder << " was not looked at";
  }
}

struct Row {
  const char* path;
  const char* source;
  const char* sentence;  // nullptr: allowed
};

TEST(DependencyRules, TellRightFromWrong) {
  const Row rows[] = {
      {"core/ops/norm.h", "#include <Eigen/Core>\n#include \"core/spec/stack.h\"\n", nullptr},
      {"core/ops/norm.h", "\n#include \"core/model/stack.h\"\n",
       "core/ops/norm.h:2: core/ops/ may not include \"core/model/stack.h\""},
      {"core/spec/stack.h", "#include <Eigen/Core>\n",
       "core/spec/stack.h:1: core/spec/ may not include <Eigen/Core> (eigen)"},
      {"core/analysis/report.h", "#include \"core/ops/tensor.h\"\n",
       "core/analysis/report.h:1: core/analysis/report. may not include \"core/ops/tensor.h\""},
      {"core/analysis/analyze.cpp", "#include \"core/io/file.h\"\n",
       "core/analysis/analyze.cpp:1: core/analysis/ may not include \"core/io/file.h\""},
      {"core/io/tidy.cpp", "#include \"app/cli/run.h\"\n",
       "core/io/tidy.cpp:1: core/io/ may not include \"app/cli/run.h\""},
      {"core/model/stack.cpp", "#include <iostream>\n",
       "core/model/stack.cpp:1: core/model/ may not include <iostream> (printing)"},
      {"app/ui/plot.cpp",
       "#include <imgui.h>\n#include <imgui_internal.h>\n#include \"core/analysis/report.h\"\n", nullptr},
      {"app/ui/plot.cpp", "#include \"core/analysis/analyze.h\"\n",
       "app/ui/plot.cpp:1: app/ui/ may not include \"core/analysis/analyze.h\""},
      {"app/ui/plot.cpp", "#  include <GLFW/glfw3.h>  // why not\n",
       "app/ui/plot.cpp:1: app/ui/ may not include <GLFW/glfw3.h> (glfw)"},
      {"app/ui/plot.cpp", "#include <imgui_impl_glfw.h>\n",
       "app/ui/plot.cpp:1: app/ui/ may not include <imgui_impl_glfw.h> (imgui's backends)"},
      {"app/ui/plot.cpp", "#include <thread>\n",
       "app/ui/plot.cpp:1: app/ui/ may not include <thread> (threads)"},
      {"app/session/solver.h", "#include <imgui.h>\n",
       "app/session/solver.h:1: app/session/ may not include <imgui.h> (imgui)"},
      {"app/platform/desktop.cpp", "#include \"core/spec/stack.h\"\n",
       "app/platform/desktop.cpp:1: app/platform/ may not include \"core/spec/stack.h\""},
      {"app/cli/measure.cpp", "#include \"app/ui/window.h\"\n",
       "app/cli/measure.cpp:1: app/cli/ may not include \"app/ui/window.h\""},
      {"app/cli/figure.cpp", "#include \"app/export/export.h\"\n#include \"app/ui/views.h\"\n", nullptr},
      {"app/ui/views.cpp", "#include <imgui.h>\n",
       "app/ui/views.cpp:1: app/ui/views. may not include <imgui.h> (imgui)"},
      {"app/figure/cairo_canvas.h", "#include <cairo.h>\n", nullptr},
      {"app/export/lesson_pages.cpp", "#include \"app/lessons/lesson.h\"\n", nullptr},
      {"app/lessons/check.cpp", "#include \"app/export/lesson_pages.h\"\n",
       "app/lessons/check.cpp:1: app/lessons/ may not include \"app/export/lesson_pages.h\""},
      {"app/export/export.cpp", "#include <cairo.h>\n",
       "app/export/export.cpp:1: app/export/ may not include <cairo.h> (cairo)"},
      {"app/gui_main.cpp", "#include \"app/ui/window.h\"\n#include <CLI/CLI.hpp>\n", nullptr},
      {"core/io/tidy.cpp", "#include \"core/io/tests/sentence.h\"\n",
       "core/io/tidy.cpp:1: \"core/io/tests/sentence.h\" belongs to tests"},
      {"core/io/tests/tidy_test.cpp", "#include \"app/ui/window.h\"\n", nullptr},
      {"core/io/tidy.cpp", "#include \"tidy.h\"\n",
       "core/io/tidy.cpp:1: \"tidy.h\" is not a path from the repository root"},
      {"core/io/tidy.cpp", "#include <boost/any.hpp>\n",
       "core/io/tidy.cpp:1: <boost/any.hpp> is of no package in the table"},
      {"core/new_folder/a.h", "", "core/new_folder/a.h:1: no rule is about this folder"},
      {"core/spec/stack.h", "// #include <Eigen/Core> would be wrong\n", nullptr},
  };
  for (const Row& row : rows) {
    const std::vector<std::string> expected =
        row.sentence == nullptr ? std::vector<std::string>{} : std::vector<std::string>{row.sentence};
    EXPECT_EQ(violations(row.path, row.source), expected) << row.path << "\n" << row.source;
  }
}

}  // namespace
}  // namespace gradflow
