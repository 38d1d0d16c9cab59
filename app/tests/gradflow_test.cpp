// The real program, run as a user runs it without a display: screenshots, wrong use, missing hardware. Every
// failure is one sentence on standard error and exit status 2.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

namespace gradflow {
namespace {

namespace fs = std::filesystem;

struct Outcome {
  int status = -1;
  std::string out, err;
};

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Gradflow : public ::testing::Test {
 protected:
  Gradflow() {
    std::string pattern = (fs::temp_directory_path() / "gradflow_test.XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~Gradflow() override { fs::remove_all(folder_); }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }

  /// Runs the program in the folder with no display. `before` are assignments for its environment.
  Outcome run(const std::string& arguments, const std::string& before = "") const {
    const std::string command = "cd '" + folder_.string() + "' && env -u DISPLAY -u WAYLAND_DISPLAY " +
                                before + " '" + GRADFLOW_BINARY "' " + arguments + " >'" + path(".out") +
                                "' 2>'" + path(".err") + "'";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, bytes_of(path(".out")), bytes_of(path(".err"))};
  }

  /// Exit status 2, nothing on standard output, one line that starts with the program's name and says
  /// `words`.
  void expect_sentence(const Outcome& outcome, const std::string& words) const {
    EXPECT_EQ(outcome.status, 2) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err.rfind("gradflow: ", 0), 0U) << outcome.err;
    EXPECT_EQ(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1) << outcome.err;
    EXPECT_NE(outcome.err.find(words), std::string::npos) << outcome.err << "does not say " << words;
  }

  fs::path folder_;
};

/// Width and height from a PNG file's header; 0 0 where it is none.
std::pair<unsigned, unsigned> png_size(const std::string& bytes) {
  if (bytes.rfind("\x89PNG\r\n\x1a\n", 0) != 0 || bytes.size() < 24) return {0, 0};
  const auto big_endian = [&bytes](std::size_t at) {
    unsigned value = 0;
    for (std::size_t i = at; i < at + 4; ++i) value = value << 8U | static_cast<unsigned char>(bytes[i]);
    return value;
  };
  return {big_endian(16), big_endian(20)};
}

TEST_F(Gradflow, DrawsTheSamePictureInTwoProcesses) {
  ASSERT_EQ(run("--screenshot a.png").status, 0);
  ASSERT_EQ(run("--screenshot b.png").status, 0);
  const std::string picture = bytes_of(path("a.png"));
  EXPECT_EQ(png_size(picture), (std::pair{1280U, 800U}));
  EXPECT_TRUE(picture == bytes_of(path("b.png")));
}

TEST_F(Gradflow, DrawsInTheSizeScaleAndThemeAskedFor) {
  ASSERT_EQ(run("--screenshot a.png --size 900x600").status, 0);
  EXPECT_EQ(png_size(bytes_of(path("a.png"))), (std::pair{900U, 600U}));
  ASSERT_EQ(run("--screenshot b.png --scale 2").status, 0);
  EXPECT_EQ(png_size(bytes_of(path("b.png"))), (std::pair{2560U, 1600U}));
  ASSERT_EQ(run("--screenshot c.png --size 900x600 --theme light").status, 0);
  EXPECT_FALSE(bytes_of(path("a.png")) == bytes_of(path("c.png")));
}

TEST_F(Gradflow, TakesStacksSettingsAndText) {
  write("mine.json", R"({"name": "Mine", "num_layers": 3})");
  write("poem.txt", "Any bytes \xff\xfe will do.");
  ASSERT_EQ(run("--screenshot a.png post-ln mine.json").status, 0);
  ASSERT_EQ(run("--screenshot b.png --set num_layers=5 post-ln mine.json --set seed=3").status, 0);
  ASSERT_EQ(run("--screenshot c.png post-ln mine.json --text poem.txt").status, 0);
  EXPECT_FALSE(bytes_of(path("a.png")) == bytes_of(path("b.png")));
  EXPECT_FALSE(bytes_of(path("a.png")) == bytes_of(path("c.png")));
}

TEST_F(Gradflow, TakesASessionWithAllThatIsInIt) {
  write("s.json",
        R"({"stacks": [{"name": "A", "num_layers": 3}, {"name": "B", "num_heads": 5}], "selected": 1})");
  write("t.json", R"({"stacks": [{"name": "A", "num_layers": 3}, {"name": "B", "num_heads": 5}],
                      "selected": 1, "quantity": "stream_grad_norm"})");
  ASSERT_EQ(run("--screenshot a.png s.json").status, 0);
  ASSERT_EQ(run("--screenshot b.png t.json").status, 0);
  ASSERT_EQ(run("--screenshot c.png s.json --set num_layers=4").status, 0);
  EXPECT_FALSE(bytes_of(path("a.png")) == bytes_of(path("b.png")));
  EXPECT_FALSE(bytes_of(path("a.png")) == bytes_of(path("c.png")));
  write("u.json", R"({"stacks": [{"name": "A"}], "selected": 3})");
  expect_sentence(run("--screenshot d.png u.json"), "u.json: selected is 3; allowed is 0 to 0");
  expect_sentence(run("--screenshot d.png pre-ln s.json"), "s.json is a session");
  EXPECT_FALSE(fs::exists(path("d.png")));
}

TEST_F(Gradflow, AScreenshotLeavesNothingBehind) {
  ASSERT_EQ(
      run("--screenshot a.png", "XDG_STATE_HOME=" + path("state") + " XDG_DATA_HOME=" + path("data")).status,
      0);
  EXPECT_FALSE(fs::exists(path("state")));
  EXPECT_FALSE(fs::exists(path("data")));
}

TEST_F(Gradflow, ShowsAStackThatCannotBeComputedInTheWindow) {
  ASSERT_EQ(run("--screenshot a.png").status, 0);
  const Outcome outcome = run("--screenshot b.png --set num_heads=5");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_FALSE(bytes_of(path("a.png")) == bytes_of(path("b.png")));
}

TEST_F(Gradflow, SaysWhatItIs) {
  EXPECT_EQ(run("--version").out, "gradflow " GRADFLOW_VERSION "\n");
  const Outcome help = run("--help");
  EXPECT_EQ(help.status, 0);
  for (const char* flag : {"--screenshot", "--size", "--scale", "--text", "--theme", "--set", "STACK"}) {
    EXPECT_NE(help.out.find(flag), std::string::npos) << flag;
  }
}

TEST_F(Gradflow, WithoutADisplayNamesTheWayOut) {
  expect_sentence(run(""), "there is no display");
  expect_sentence(run(""), "--screenshot");
  expect_sentence(run("", "DISPLAY=:987"), "there is no display");
}

TEST_F(Gradflow, RefusesWrongFlags) {
  expect_sentence(run("--frobnicate"), "--frobnicate");
  expect_sentence(run("--screenshot"), "--screenshot");
  expect_sentence(run("--screenshot ''"), "empty name");
  for (const char* size :
       {"12", "0x5", "-3x4", "1280x", "x800", "axb", "1e3x800", "1280x800x3", "99999x9", "''"}) {
    expect_sentence(run("--screenshot a.png --size " + std::string(size)), "--size");
  }
  for (const char* scale : {"0", "-1", "nan", "inf", "1000", "two", "''"}) {
    expect_sentence(run("--screenshot a.png --scale " + std::string(scale)), "--scale");
  }
  expect_sentence(run("--screenshot a.png --theme pink"), "--theme is \"pink\"; allowed is dark or light");
  expect_sentence(run("--screenshot a.png --language klingon"),
                  "there is no language \"klingon\"; there are ");
  expect_sentence(run("--screenshot a.png --seeds 51"), "--seeds is \"51\"; allowed is 1 to 50");
  EXPECT_FALSE(fs::exists(path("a.png")));
}

TEST_F(Gradflow, RefusesWrongStacks) {
  write("broken.json", "{\n  \"num_layers\": 3,\n  oops\n}");
  write("unknown.json", R"({"num_layer": 3})");
  const std::string shoot = "--screenshot a.png ";
  expect_sentence(run(shoot + "nowhere.json"), "nowhere.json");
  expect_sentence(run(shoot + "broken.json"), "line 3");
  expect_sentence(run(shoot + "unknown.json"), "num_layer");
  expect_sentence(run(shoot + "."), ".");
  expect_sentence(run(shoot + "pre-ln pre-ln pre-ln pre-ln pre-ln pre-ln pre-ln"), "7 stacks are too many");
  expect_sentence(run(shoot + "--set num_layers"), "num_layers");
  expect_sentence(run(shoot + "--set num_layers=0"), "num_layers");
  expect_sentence(run(shoot + "--set num_layers=1000000000"), "num_layers");
  expect_sentence(run(shoot + "--set init.gain=nan"), "init.gain");
  expect_sentence(run(shoot + "--set colour=red"), "colour");
}

TEST_F(Gradflow, RefusesWrongTexts) {
  write("empty.txt", "");
  write("large.txt", "");
  fs::resize_file(path("large.txt"), std::uintmax_t{100} << 20U);
  const std::string shoot = "--screenshot a.png --text ";
  expect_sentence(run(shoot + "missing.txt"), "missing.txt");
  expect_sentence(run(shoot + "empty.txt"), "empty");
  expect_sentence(run(shoot + "large.txt"), "large.txt");
  expect_sentence(run(shoot + "."), ".");
  expect_sentence(run(shoot + "''"), "--text");
}

TEST_F(Gradflow, LeavesNothingBehindWhereAPictureCannotBeWritten) {
  expect_sentence(run("--screenshot no/such/folder/a.png"), "no/such/folder");
  fs::create_directory(path("folder"));
  expect_sentence(run("--screenshot folder"), "folder");
  EXPECT_TRUE(fs::is_empty(path("folder")));
}

TEST_F(Gradflow, NamesGraphicsThatAreMissing) {
  expect_sentence(run("--screenshot a.png", "__EGL_VENDOR_LIBRARY_FILENAMES=/nowhere"), "EGL");
  expect_sentence(run("--screenshot a.png", "MESA_GL_VERSION_OVERRIDE=2.1"), "OpenGL 3.3");
}

}  // namespace
}  // namespace gradflow
