#include "app/gui_options.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "app/session/scene_file.h"
#include "core/io/file.h"
#include "core/io/input_error.h"
#include "core/io/language.h"
#include "core/io/stack_file.h"

namespace gradflow {
namespace {

constexpr int kMaxPixels = 16384;  // a side; also what drivers allow at most
constexpr float kMinScale = 0.5F;
constexpr float kMaxScale = 4.0F;

constexpr const char* kDescription =
    "gradflow: how gradients flow through transformer stacks, measured live.\n"
    "Without STACK it compares pre-ln (with a final norm) and post-ln (without), or goes on where a run\n"
    "broke off.\n"
    "\n"
    "  gradflow --set num_layers=96\n"
    "  gradflow pre-ln mine.json --text poem.txt\n"
    "  gradflow lecture-5.json\n"
    "  gradflow pre-ln trained.safetensors\n"
    "  gradflow --screenshot window.png --size 1920x1080";

/// What the command line says, before any of it is looked at.
struct Words {
  std::vector<std::string> stacks, settings;
  std::string screenshot, size, scale, text, theme, language, view, seeds, lessons, page;
};

std::string listed_languages() {
  std::string list;
  for (const std::string& name : language_names()) list += (list.empty() ? "" : ", ") + name;
  return list;
}

void describe(CLI::App& app, Words& words) {
  app.set_version_flag("--version", "gradflow " GRADFLOW_VERSION);
  app.add_option(
         "stack", words.stacks,
         "stack files, weights files (safetensors) or built-in names, or one session file or exported "
         "figure")
      ->type_name("STACK");
  app.add_option("--screenshot", words.screenshot, "draw the window into a PNG file; needs no display")
      ->type_name("OUT.png");
  app.add_option("--size", words.size, "of the window in pixels (default: 1280x800 times the scale)")
      ->type_name("WxH");
  app.add_option("--scale", words.scale, "of text and controls, on top of the monitor's (default: 1)")
      ->type_name("X");
  app.add_option("--text", words.text, "input text of every stack: any bytes, at most 1 MiB")
      ->type_name("FILE");
  app.add_option("--theme", words.theme, "dark or light (default: dark)")->type_name("NAME");
  app.add_option("--language", words.language,
                 "of the window: " + listed_languages() + " (default: the environment's, else en)")
      ->type_name("NAME");
  app.add_option("--view", words.view,
                 "what is plotted: " + all_keys<session::View>() + " (default: gradients)")
      ->type_name("NAME");
  app.add_option("--seeds", words.seeds,
                 "measure every stack with N seeds and draw their band, N up to 50 (default: 1)")
      ->type_name("N");
  app.add_option("--lessons", words.lessons,
                 "teach the lessons of this folder (default: the built-in course)")
      ->type_name("FOLDER");
  app.add_option("--lesson", words.page, "open lesson N, at page P where it is given (default: 1)")
      ->type_name("N[.P]");
  app.add_option("--set", words.settings,
                 "change a value of every stack, such as num_layers=48; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
}

template <class Number>
bool read_number(std::string_view word, Number* number) {
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), *number);
  return error == std::errc() && end == word.data() + word.size();
}

platform::Size size_of(const std::string& word) {
  platform::Size size;
  const std::size_t cross = word.find('x');
  const auto in_range = [](int pixels) { return pixels >= 1 && pixels <= kMaxPixels; };
  if (cross != std::string::npos && read_number(std::string_view(word).substr(0, cross), &size.width) &&
      read_number(std::string_view(word).substr(cross + 1), &size.height) && in_range(size.width) &&
      in_range(size.height)) {
    return size;
  }
  const std::string most = std::to_string(kMaxPixels);
  throw InputError("--size is \"" + word + "\"; allowed is WIDTHxHEIGHT in pixels, such as 1280x800, up to " +
                   most + "x" + most);
}

float scale_of(const std::string& word) {
  float scale = 0;
  if (read_number(word, &scale) && scale >= kMinScale && scale <= kMaxScale) return scale;
  throw InputError("--scale is \"" + word + "\"; allowed is 0.5 to 4");
}

ui::ThemeKind theme_of(const std::string& word) {
  if (word == "dark") return ui::ThemeKind::dark;
  if (word == "light") return ui::ThemeKind::light;
  throw InputError("--theme is \"" + word + "\"; allowed is dark or light");
}

std::size_t seeds_of(const std::string& word) {
  std::size_t seeds = 0;
  if (read_number(word, &seeds) && seeds >= 1 && seeds <= session::kMaxSeeds) return seeds;
  throw InputError("--seeds is \"" + word + "\"; allowed is 1 to " + std::to_string(session::kMaxSeeds));
}

std::vector<lessons::CourseEntry> course_of(const std::optional<std::filesystem::path>& folder) {
  if (!folder) return lessons::built_in_course(language());
  std::vector<lessons::CourseEntry> course = lessons::course_in(*folder);
  if (!course.empty()) return course;
  throw InputError("the folder " + folder->string() +
                   " has no lesson; allowed are files whose names end in .md");
}

/// "3" or "3.2", from 1.
lessons::Place page_of(const std::string& word, const std::vector<lessons::CourseEntry>& course) {
  const std::size_t dot = std::min(word.find('.'), word.size());
  std::size_t lesson = 0, page = 1;
  const bool readable = read_number(std::string_view(word).substr(0, dot), &lesson) &&
                        (dot == word.size() || read_number(std::string_view(word).substr(dot + 1), &page));
  if (readable && lesson >= 1 && lesson <= course.size()) {
    const std::size_t pages = course[lesson - 1].parsed.lesson.steps.size();
    if (page >= 1 && page <= std::max<std::size_t>(1, pages))
      return {lessons::Book::course, lesson - 1, page - 1};
    throw InputError("--lesson is \"" + word + "\"; lesson " + std::to_string(lesson) +
                     " has the pages 1 to " + std::to_string(pages));
  }
  throw InputError("--lesson is \"" + word + "\"; allowed is a lesson, 1 to " +
                   std::to_string(course.size()) + ", and one of its pages, such as 2.3");
}

session::Opened scene_of(const Words& words) {
  session::Opened named = session::open_named(words.stacks);
  session::Scene& scene = named.scene;
  if (!words.text.empty()) {
    const std::string text = read_text_file(words.text);
    for (StackSpec& stack : scene.stacks) stack.input = {InputKind::text, text};
  }
  for (const std::string& setting : words.settings) {
    for (StackSpec& stack : scene.stacks) set_value(stack, setting);
  }
  return named;
}

}  // namespace

GuiOptions parse_gui_options(int argc, const char* const* argv) {
  CLI::App app(kDescription, "gradflow");
  Words words;
  describe(app, words);
  GuiOptions options;
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    options.message = app.help();
    return options;
  } catch (const CLI::CallForVersion&) {
    options.message = app.version() + "\n";
    return options;
  }
  const auto given = [&app](const char* flag) { return app.count(flag) > 0; };
  if (given("--screenshot")) options.screenshot = words.screenshot;
  if (given("--size")) options.size = size_of(words.size);
  if (given("--scale")) options.window.scale = scale_of(words.scale);
  if (given("--theme")) options.window.theme = theme_of(words.theme);
  const std::string language =
      given("--language") ? words.language
                          : language_of_environment([](const char* name) { return std::getenv(name); });
  speak(language, load_catalogue(language).texts);
  if (given("--text") && words.text.empty()) throw InputError("--text is empty; it takes a file");
  session::Opened named = scene_of(words);
  options.scene = std::move(named.scene);
  options.session = std::move(named.session);
  if (given("--view")) options.scene.view = session::parse_view(words.view);
  if (given("--seeds")) options.scene.seeds = seeds_of(words.seeds);
  if (given("--lessons")) options.lessons = words.lessons;
  options.course = course_of(options.lessons);
  if (given("--lesson")) options.page = page_of(words.page, options.course);
  for (const char* flag : {"stack", "--text", "--set", "--view", "--seeds"}) {
    if (given(flag)) options.rescue = session::Rescue::leave;
  }
  return options;
}

}  // namespace gradflow
