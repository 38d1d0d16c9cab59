#include "app/ui/lesson_menu.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "app/ui/compat.h"
#include "app/ui/menu.h"
#include "core/spec/text.h"

namespace gradflow::ui {
namespace {

using lessons::Book;

constexpr const char* kGallery = "header.gallery";
constexpr float kEntry = 30, kPad = 12;
constexpr int kRows = 8;  // an entry's group goes on in a column of its own behind as many

/// "3 of 7"; nothing of a lesson that was not begun.
std::string progress_words(const lessons::Progress& progress, const lessons::Lesson& lesson) {
  const std::size_t done = progress.steps_done(lesson);
  if (done == 0) return {};
  if (done == lesson.steps.size()) return "✓";
  return tr("{0} of {1}", {std::to_string(done), std::to_string(lesson.steps.size())});
}

void draw_lessons(const Ui& ui, const Rect& bar, lessons::Walk* walk, session::Scene* scene, float* x,
                  SessionWish* wish) {
  const std::vector<lessons::CourseEntry>& course = walk->entries(Book::course);
  std::vector<std::string> keys, labels, notes;
  for (std::size_t i = 0; i < course.size(); ++i) {
    const lessons::Lesson& lesson = course[i].parsed.lesson;
    keys.push_back(std::to_string(i));
    labels.push_back(std::to_string(i + 1) + "  " + (lesson.title.empty() ? lesson.name : lesson.title));
    notes.push_back(course[i].parsed.problems.empty() ? progress_words(walk->progress(), lesson)
                                                      : std::string(tr("cannot be read")));
  }
  std::vector<Choice> entries;
  for (std::size_t i = 0; i < keys.size(); ++i) entries.push_back({keys[i], labels[i], notes[i]});
  const bool printable = walk->place() && walk->place()->book == Book::course;
  if (printable) {
    entries.push_back({"print", tr("Print this lesson…")});
    entries.push_back({"handout", tr("Handout of this lesson…")});
  }
  if (walk->place()) entries.push_back({"leave", tr("Back to your own session")});
  const MenuWord word{
      "header.lessons", tr("Lessons"),
      tr("The course: each page has its scene; your own session is set aside and comes back.")};
  const int picked = menu(ui, word, "lessons", entries, bar, x);
  if (picked < 0) return;
  const auto index = static_cast<std::size_t>(picked);
  if (index >= course.size()) {
    const std::string_view key = entries[index].key;
    if (key == "leave") return walk->leave(scene);
    wish->command = key == "print" ? Command::print_lesson : Command::hand_out;
    return;
  }
  walk->open({Book::course, index, walk->progress().next_step(course[index].parsed.lesson)}, scene);
}

/// Where the entries of the gallery stand: a column a group, or more than one.
struct Cell {
  lessons::Place place;
  std::string_view title;
  int column = 0, row = 0;  // row 0 is the group's title
};

std::vector<Cell> cells_of(const std::vector<lessons::CourseEntry>& gallery) {
  std::vector<Cell> cells;
  int column = 0;
  for (std::size_t book = 0; book < gallery.size(); ++book) {
    const lessons::Lesson& lesson = gallery[book].parsed.lesson;
    const auto count = static_cast<int>(lesson.steps.size());
    for (int i = 0; i < count; ++i) {
      const auto step = static_cast<std::size_t>(i);
      cells.push_back(
          {{Book::gallery, book, step}, lesson.steps[step].title, column + i / kRows, 1 + i % kRows});
    }
    column += std::max(1, (count + kRows - 1) / kRows);
  }
  return cells;
}

/// The arrow keys go over the columns; returns the cell that Enter or Space picked, or -1.
int take_keys(UiState* state, const std::vector<Cell>& cells) {
  int& cursor = state->combo_cursor;
  const auto count = static_cast<int>(cells.size());
  const auto step = [&](int by) { cursor = std::clamp(cursor + by, 0, count - 1); };
  if (compat::pressed(Key::down)) step(1);
  if (compat::pressed(Key::up)) step(-1);
  if (compat::pressed(Key::right)) step(kRows);
  if (compat::pressed(Key::left)) step(-kRows);
  if (compat::pressed_once(Key::escape)) ImGui::CloseCurrentPopup();
  const bool enter = compat::pressed_once(Key::enter) || compat::pressed_once(Key::keypad_enter) ||
                     compat::pressed_once(Key::space);
  return enter && !ImGui::IsWindowAppearing() ? cursor : -1;
}

bool draw_cell(const Ui& ui, const Cell& cell, const Rect& rect, bool cursor, bool open) {
  const std::string name =
      "gallery." + std::to_string(cell.place.lesson) + "." + std::to_string(cell.place.step);
  ImGui::SetCursorScreenPos(ImVec2(rect.x, rect.y));
  const bool clicked = ImGui::InvisibleButton(name.c_str(), ImVec2(rect.width, rect.height));
  ui.landmark(name, rect);
  if (ImGui::IsItemHovered() || cursor) ui.fill(rect, ui.theme().control_hovered);
  if (open) ui.fill({rect.x, rect.y + ui.px(8), ui.px(3), rect.height - ui.px(16)}, ui.theme().text, 1);
  ui.text_in(ui.fonts().text, inset(rect, ui.px(10)), Align::left, ui.theme().text, cell.title);
  return clicked;
}

/// As wide as the titles in it, in pixels.
std::vector<float> column_widths(const Ui& ui, const std::vector<Cell>& cells,
                                 const std::vector<lessons::CourseEntry>& gallery) {
  std::vector<float> widths;
  for (const Cell& cell : cells) {
    const auto column = static_cast<std::size_t>(cell.column);
    widths.resize(std::max(widths.size(), column + 1), 0.0F);
    float words = ui.width(ui.fonts().text, cell.title);
    const bool alone = cell.place.step + 1 == gallery[cell.place.lesson].parsed.lesson.steps.size() &&
                       cell.place.step < static_cast<std::size_t>(kRows);
    if (alone)
      words = std::max(words, ui.width(ui.fonts().small, gallery[cell.place.lesson].parsed.lesson.title));
    widths[column] = std::max(widths[column], words + ui.px(28));
  }
  return widths;
}

void draw_gallery(const Ui& ui, const Rect& anchor, lessons::Walk* walk, session::Scene* scene) {
  if (!ImGui::IsPopupOpen(kGallery)) return;
  const std::vector<lessons::CourseEntry>& gallery = walk->entries(Book::gallery);
  const std::vector<Cell> cells = cells_of(gallery);
  std::vector<float> widths = column_widths(ui, cells, gallery);
  int rows = 1;
  for (const Cell& cell : cells) rows = std::max(rows, cell.row + 1);
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float pad = ui.px(kPad);
  const float wanted = std::accumulate(widths.begin(), widths.end(), 2 * pad);
  const float width = std::min(wanted, screen.x - ui.px(16));
  for (float& column : widths) column = std::floor(column * (width - 2 * pad) / (wanted - 2 * pad));
  const float height = std::min(ui.px(kEntry) * static_cast<float>(rows) + 2 * pad, screen.y * 0.8F);
  const float x = std::clamp(anchor.x, 0.0F, std::max(0.0F, screen.x - width - ui.px(8)));
  ImGui::SetNextWindowPos(ImVec2(x, anchor.y + anchor.height + ui.px(4)));
  ImGui::SetNextWindowSize(ImVec2(width, height));
  if (!ImGui::BeginPopup(kGallery, ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoNavInputs)) return;
  int picked = take_keys(&ui.state(), cells);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  ui.landmark("gallery", {ImGui::GetWindowPos().x, ImGui::GetWindowPos().y, width, height});
  const auto rect_at = [&](int at, int row) {
    const float left = std::accumulate(widths.begin(), widths.begin() + at, origin.x + pad);
    return Rect{left, origin.y + pad + ui.px(kEntry) * static_cast<float>(row),
                widths[static_cast<std::size_t>(at)], ui.px(kEntry)};
  };
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Cell& cell = cells[i];
    if (cell.place.step == 0) {
      Rect title = inset(rect_at(cell.column, 0), ui.px(10));
      title.width = origin.x + width - title.x;
      ui.text_in(ui.fonts().small, title, Align::left, ui.theme().secondary,
                 gallery[cell.place.lesson].parsed.lesson.title);
    }
    const auto index = static_cast<int>(i);
    if (draw_cell(ui, cell, rect_at(cell.column, cell.row), ui.state().combo_cursor == index,
                  walk->place() == cell.place))
      picked = index;
  }
  ImGui::SetCursorScreenPos(ImVec2(origin.x, rect_at(0, rows).y));
  ImGui::Dummy(ImVec2(1, 1));
  if (picked >= 0) {
    ImGui::CloseCurrentPopup();
    walk->open(cells[static_cast<std::size_t>(picked)].place, scene);
  }
  ImGui::EndPopup();
}

}  // namespace

void draw_lesson_menus(const Ui& ui, const Rect& bar, lessons::Walk* walk, session::Scene* scene, float* x,
                       SessionWish* wish) {
  if (!walk->entries(Book::course).empty()) draw_lessons(ui, bar, walk, scene, x, wish);
  if (walk->entries(Book::gallery).empty()) return;
  const Rect anchor{*x, bar.y + ui.px(8), 0, ui.px(Metrics::kControl)};
  const MenuWord word{kGallery, tr("Gallery"),
                      tr("Published models, and wiring bugs that were found in the wild.")};
  if (menu_word(ui, word, bar, x)) {
    ui.state().combo_cursor = ui.state().focus.visible() ? 0 : -1;
    ImGui::OpenPopup(kGallery);
  }
  draw_gallery(ui, anchor, walk, scene);
}

}  // namespace gradflow::ui
