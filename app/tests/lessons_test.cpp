// The window with a lesson open: pages and keys, what is kept of it and what is not, a teacher's own files.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "app/tests/driver.h"
#include "core/io/file.h"

namespace gradflow::testing {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLesson = R"(# A wire

What it is for.

## Cut it

```scene
A = pre-ln
B = pre-ln
depth = 6
highlight = stack.B.attention.residual, depth.slider
selected = B
```

At the top W_1 has {0.3 ± 0.2 = top(A)}. See [the end](#the-end-of-it).

```task
do: Cut the wire past attention in B.
hint: Click it.
when: residual(B, attention) == off
solution: B.sublayers.attention.residual = false
```

```question
ask: How many layers has A?
answer: depth(A) ± 0
because: Six.
```

## The end of it

```question
ask: Was that all?
right: Yes
  It was.
wrong: No
  It was, though.
```
)";

constexpr const char* kBroken = "# Broken\n\n## Page\n\n```task\ndo: Nothing.\nwhen: depth(A) === 3\n```\n";

class Lessons : public ::testing::Test {
 protected:
  Lessons() : folder_(fs::temp_directory_path() / ("gradflow-lessons-" + std::to_string(getpid()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    write("1.md", kLesson);
  }
  ~Lessons() override { fs::remove_all(folder_); }

  void write(const std::string& name, std::string_view text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  lessons::Walk course() const {
    const auto progress = lessons::load_progress(folder_ / "progress.json");
    return {lessons::course_in(folder_), lessons::built_in_gallery(), progress.progress};
  }

  void open(Driver& driver, std::size_t step = 0, std::size_t lesson = 0) const {
    driver.front().teach(course(), folder_ / "progress.json");
    driver.settle();
    driver.front().open_page({lessons::Book::course, lesson, step});
    driver.settle();
  }

  fs::path folder_;
};

Stage wide() { return {.width = 1280, .height = 800}; }

const lessons::Walk& walk(Driver& driver) { return driver.front().walk(); }

void pick(Driver& driver, const std::string& entry) {
  driver.click("header.lessons");
  driver.frames(2);
  driver.click("lessons." + entry);
  driver.frames(2);
}

TEST_F(Lessons, SetTheOwnSessionAsideWithItsHistory) {
  Driver driver(wide());
  driver.settle();
  driver.drag("depth.slider", 12, 30);
  driver.settle();
  const session::Scene own = driver.scene();
  open(driver);
  EXPECT_EQ(driver.stack(0).num_layers, 6);
  driver.drag("depth.slider", 6, 40);
  driver.click("stack.1.attention.residual");
  driver.key_with_ctrl(ui::Key::z);
  driver.key_with_ctrl(ui::Key::z);
  driver.settle();
  EXPECT_EQ(driver.scene(), walk(driver).step()->scene);
  driver.key_with_ctrl(ui::Key::z);  // nothing of the user's own is behind it
  EXPECT_EQ(driver.scene(), walk(driver).step()->scene);
  pick(driver, "leave");
  EXPECT_EQ(driver.scene(), own);
  driver.key_with_ctrl(ui::Key::z);
  EXPECT_EQ(driver.stack(0).num_layers, 12);
}

TEST_F(Lessons, OpenFromTheMenuAndTurnByTheKeysOfARemote) {
  Driver driver(wide());
  driver.front().teach(course());
  driver.settle();
  pick(driver, "0");
  driver.settle();
  ASSERT_TRUE(walk(driver).place());
  const int depth = driver.stack(0).num_layers;
  for (const bool presenter : {false, true}) {
    if (presenter) driver.key(ui::Key::f5);
    driver.key(ui::Key::page_down);
    EXPECT_EQ(walk(driver).place()->step, 1U);
    driver.key(ui::Key::page_up);
    EXPECT_EQ(walk(driver).place()->step, 0U);
    driver.settle();
    EXPECT_TRUE(driver.has("lesson.panel"));
    EXPECT_TRUE(driver.has("plot.area"));
    EXPECT_GT(driver.landmark("plot.area").rect.height, 100);
  }
  EXPECT_EQ(driver.stack(0).num_layers, depth) << "the depth took the key";
  driver.click("lesson.leave");
  driver.key(ui::Key::page_up);
  EXPECT_EQ(driver.stack(0).num_layers, 24);
}

TEST_F(Lessons, ComeBackToTheScenesOfTheirPages) {
  Driver driver(wide());
  open(driver);
  const session::Scene first = driver.scene();
  driver.click("stack.1.ffn.residual");
  driver.key(ui::Key::page_down);
  driver.key(ui::Key::page_up);
  driver.settle();
  EXPECT_EQ(driver.scene(), first);
  driver.click("stack.1.ffn.residual");
  driver.click("lesson.again");
  driver.settle();
  EXPECT_EQ(driver.scene(), first);
}

TEST_F(Lessons, PointAtControlsAndSayWhatNumbersAreNow) {
  Driver driver(wide());
  open(driver);
  EXPECT_TRUE(driver.has("stack.1.attention.residual"));
  driver.move_away();
  const auto before = driver.pixels();
  const ui::Rect wire = driver.landmark("stack.1.attention.residual").rect;
  const auto ring = crop(before, {wire.x - 6, wire.y - 6, wire.width + 12, wire.height + 12});
  driver.click("lesson.step.1");
  driver.settle();
  driver.move_away();
  EXPECT_GT(
      difference(ring, crop(driver.pixels(), {wire.x - 6, wire.y - 6, wire.width + 12, wire.height + 12})),
      50U);
}

TEST_F(Lessons, TasksHintAndAreDoneForWhoAsks) {
  Driver driver(wide());
  open(driver);
  driver.click("lesson.task.0.hint");
  EXPECT_TRUE(walk(driver).tasks().at(0).hinted);
  EXPECT_FALSE(driver.has("lesson.task.0.hint"));
  driver.click("lesson.task.0.show");
  driver.settle();
  EXPECT_TRUE(walk(driver).tasks().at(0).done);
  EXPECT_FALSE(driver.stack(1).sublayers.attention.residual);
  EXPECT_FALSE(driver.has("lesson.task.0.show"));
}

TEST_F(Lessons, ABoxForANumberTakesNothingElseAndLosesNothing) {
  Driver driver(wide());
  open(driver);
  driver.enter("lesson.question.0.answer", "six");
  driver.settle();
  EXPECT_FALSE(walk(driver).replies().at(0).given());
  driver.enter("lesson.question.0.answer", "7");
  driver.settle();
  EXPECT_TRUE(walk(driver).replies().at(0).told);
  EXPECT_FALSE(walk(driver).replies().at(0).right);
  driver.click("lesson.question.0.show");
  driver.settle();
  EXPECT_TRUE(walk(driver).replies().at(0).given_up);
  EXPECT_FALSE(walk(driver).progress().has_question(*walk(driver).lesson(), 0, 0));
  driver.click("lesson.again");
  driver.settle();
  driver.enter("lesson.question.0.answer", "6,0");
  driver.settle();
  EXPECT_TRUE(walk(driver).replies().at(0).right);
}

TEST_F(Lessons, AreWalkedByKeyboardAlone) {
  Driver driver(wide());
  open(driver, 1);
  driver.tab_to("lesson.question.0.choice.0");
  driver.key(ui::Key::enter);
  driver.settle();
  EXPECT_TRUE(walk(driver).replies().at(0).right);
  driver.tab_to("lesson.previous");
  driver.key(ui::Key::space);
  EXPECT_EQ(walk(driver).place()->step, 0U);
  driver.tab_to("lesson.page.text.0.link.0");
  driver.key(ui::Key::enter);
  EXPECT_EQ(walk(driver).place()->step, 1U) << "the link leads to its page";
}

TEST_F(Lessons, KeepWhatIsDoneForTheNextRun) {
  {
    Driver driver(wide());
    open(driver);
    driver.click("lesson.task.0.show");
    driver.settle();
    driver.enter("lesson.question.0.answer", "6");
    driver.settle();
  }
  Driver driver(wide());
  driver.front().teach(course(), folder_ / "progress.json");
  driver.settle();
  pick(driver, "0");
  driver.settle();
  EXPECT_EQ(walk(driver).place()->step, 1U) << "one goes on where one was";
  EXPECT_TRUE(walk(driver).progress().has_task(*walk(driver).lesson(), 0, 0));
}

TEST_F(Lessons, AreNotSavedInTheSessionsPlace) {
  const session::Folders folders{folder_ / "data", folder_ / "state"};
  Stage stage = wide();
  stage.storage = [&] { return session::Storage(folders, session::Rescue::take); };
  const fs::path file = folder_ / "own.json";
  {
    Driver driver(stage);
    driver.settle();
    driver.drag("depth.slider", 12, 33);
    driver.key_with_ctrl_and_shift(ui::Key::s);
    driver.frames(2);
    driver.enter("file.path.box", file.string());
    driver.frames(3);
    ASSERT_TRUE(fs::exists(file));
    const std::string saved = read_file(file, 1 << 20);
    open(driver);
    driver.click("stack.1.ffn.residual");
    driver.settle();
    driver.key_with_ctrl(ui::Key::s);
    driver.frames(3);
    EXPECT_EQ(read_file(file, 1 << 20), saved) << "Ctrl S has put a page into the session's file";
    driver.key(ui::Key::escape);
  }  // the run breaks off on a page
  Driver driver(stage);
  driver.settle();
  EXPECT_EQ(driver.stack(0).num_layers, 33) << "the own session is what is restored";
}

TEST_F(Lessons, LeaveForANewSessionAndForAFile) {
  const fs::path file = folder_ / "other.json";
  session::Scene other;
  other.stacks.pop_back();
  write("other.json", session::scene_json(other));
  Driver driver(wide());
  driver.settle();
  driver.drag("depth.slider", 12, 33);
  open(driver);
  driver.front().open({file});
  driver.settle();
  EXPECT_FALSE(walk(driver).place());
  EXPECT_EQ(driver.scene().stacks.size(), 1U);
  driver.key_with_ctrl(ui::Key::z);
  EXPECT_EQ(driver.stack(0).num_layers, 33);
  driver.front().open_page({lessons::Book::course, 0, 0});
  driver.key_with_ctrl(ui::Key::n);
  driver.settle();
  EXPECT_FALSE(walk(driver).place());
  EXPECT_EQ(driver.scene(), session::Scene());
}

TEST_F(Lessons, GiveTheirSceneToWhoKeepsIt) {
  Driver driver(wide());
  driver.settle();
  const session::Scene own = driver.scene();
  driver.front().teach(course());
  driver.frames(2);
  driver.click("header.gallery");
  driver.frames(2);
  driver.click("gallery.0.3");
  driver.settle();
  ASSERT_TRUE(walk(driver).place());
  const session::Scene shown = driver.scene();
  driver.click("lesson.keep");
  driver.settle();
  EXPECT_FALSE(walk(driver).place());
  EXPECT_EQ(driver.scene(), shown);
  driver.key_with_ctrl(ui::Key::z);
  EXPECT_EQ(driver.scene(), own);
}

TEST_F(Lessons, SayWhatIsWrongWithAFile) {
  write("2.md", kBroken);
  Driver driver(wide());
  open(driver, 0, 1);
  EXPECT_TRUE(driver.has("lesson.problem.0"));
  EXPECT_NE(walk(driver).entry()->parsed.problems.front().sentence, "");
  EXPECT_EQ(walk(driver).entry()->parsed.problems.front().line, 5);
  driver.click("lesson.previous");
  driver.settle();
  EXPECT_EQ(walk(driver).place()->lesson, 0U);
}

TEST_F(Lessons, ArePrintedWithTheAnswersAndWithout) {
  Driver driver(wide());
  open(driver);
  std::string printed[2];
  for (const bool handout : {false, true}) {
    const fs::path file = folder_ / (handout ? "handout.pdf" : "lesson.pdf");
    pick(driver, handout ? "handout" : "print");
    driver.enter("file.path.box", file.string());
    driver.frames(2);
    driver.front().wait_for_print();
    driver.frames(2);
    ASSERT_TRUE(fs::exists(file));
    printed[handout ? 1 : 0] = read_file(file, 16 << 20);
    EXPECT_TRUE(printed[handout ? 1 : 0].starts_with("%PDF-"));
  }
  EXPECT_NE(printed[0], printed[1]);
  EXPECT_TRUE(walk(driver).place()) << "printing leaves the page open";
}

}  // namespace
}  // namespace gradflow::testing
