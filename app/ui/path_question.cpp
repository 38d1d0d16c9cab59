#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "app/ui/compat.h"
#include "app/ui/session_menu.h"
#include "app/ui/text_box.h"
#include "app/ui/widgets.h"

namespace gradflow::ui {
namespace {

constexpr const char* kName = "file.path";
constexpr const char* kBox = "file.path.box";
constexpr float kWidth = 640, kPad = 24, kTitle = 28, kNote = 28, kButton = 96;

/// What the panel says for each of its questions.
struct Words {
  std::string_view title, confirm, note;
};
constexpr Words kOpen{text_key("Open"), text_key("Open"),
                      text_key("The path of a session, an exported figure, a stack file or a file of weights "
                               "(safetensors); it can also be dropped on the window.")};
constexpr Words kSave{text_key("Save as"), text_key("Save"),
                      text_key("The path of the session file, such as ~/lecture-5.json.")};
constexpr Words kExport{
    text_key("Export figure"), text_key("Export"),
    text_key("A path that ends in .svg, .pdf or .png; the table is written beside it, as .csv.")};
constexpr Words kPrint{
    text_key("Print the lesson"), text_key("Print"),
    text_key("The path of a PDF: the pages with their figures, the answers and why they are right.")};
constexpr Words kHandout{
    text_key("Handout of the lesson"), text_key("Print"),
    text_key("The path of a PDF: the pages with their figures and the questions, without answers.")};

const Words& words_of(Command command) {
  switch (command) {
    case Command::open: return kOpen;
    case Command::export_figure: return kExport;
    case Command::print_lesson: return kPrint;
    case Command::hand_out: return kHandout;
    default: return kSave;
  }
}

bool prints(Command command) { return command == Command::print_lesson || command == Command::hand_out; }

/// Where a question of this kind begins.
std::string proposal(const SessionStatus& status, Command command) {
  if (command == Command::export_figure) return status.figure;
  return prints(command) ? status.print : status.file;
}

bool asks_for_path(Command command) {
  return command == Command::open || command == Command::save_as || command == Command::export_figure ||
         prints(command);
}

enum class Answer : unsigned char { none, confirm, cancel };

Answer draw_buttons(const Ui& ui, const Rect& row, const Words& words) {
  const Rect confirm{row.x + row.width - ui.px(kButton), row.y, ui.px(kButton), row.height};
  const Rect cancel{confirm.x - ui.px(Metrics::kGap) - confirm.width, row.y, confirm.width, row.height};
  Answer answer = Answer::none;
  if (button(ui, "file.path.cancel", cancel, tr("Cancel"), "")) answer = Answer::cancel;
  if (button(ui, "file.path.confirm", confirm, tr(words.confirm), "")) answer = Answer::confirm;
  if (ImGui::IsWindowAppearing()) return answer;  // the key that opened the panel
  if (compat::pressed_once(Key::enter) || compat::pressed_once(Key::keypad_enter)) return Answer::confirm;
  return compat::pressed_once(Key::escape) ? Answer::cancel : answer;
}

Answer draw_panel(const Ui& ui, const Rect& inner, PathQuestion* question) {
  const Words& words = words_of(question->command);
  ui.text_in(ui.fonts().title, {inner.x, inner.y, inner.width, ui.px(kTitle)}, Align::left, ui.theme().text,
             tr(words.title));
  const Rect box{inner.x, inner.y + ui.px(kTitle + 12), inner.width, ui.px(Metrics::kControl + 4)};
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  const auto typed =
      line_box(ui, kBox, box, ui.fonts().text, question->path, BoxLook::framed, std::string_view());
  if (typed) question->path = *typed;
  const Rect note{inner.x, box.y + box.height + ui.px(4), inner.width, ui.px(kNote)};
  const bool asked_again = !question->problem.empty();
  ui.paragraph(ui.fonts().small, {note.x, note.y + ui.px(4), note.width, 0},
               asked_again ? ui.theme().bad : ui.theme().secondary,
               asked_again ? std::string_view(question->problem) : tr(words.note));
  return draw_buttons(
      ui, {inner.x, inner.y + inner.height - ui.px(Metrics::kControl), inner.width, ui.px(Metrics::kControl)},
      words);
}

}  // namespace

void ask_for_path(const SessionStatus& status, SessionWish* wish, PathQuestion* question) {
  if (!wish->path.empty() || !asks_for_path(wish->command)) return;
  const bool opens_or_saves = !prints(wish->command) && wish->command != Command::export_figure;
  const bool same_kind =
      wish->command == question->command ||
      (opens_or_saves && !prints(question->command) && question->command != Command::export_figure);
  if (question->path.empty() || !same_kind || prints(wish->command))
    question->path = proposal(status, wish->command);
  question->problem.clear();
  question->command = wish->command;
  question->wanted = true;
  *wish = {};
}

void draw_path_question(const Ui& ui, PathQuestion* question, SessionWish* wish) {
  if (std::exchange(question->wanted, false)) {
    ui.state().edits.erase(kBox);
    ImGui::OpenPopup(kName);
  }
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float pad = ui.px(kPad);
  const float width = std::min(ui.px(kWidth), screen.x);
  const float problem =
      ui.paragraph_height(ui.fonts().small, std::max(1.0F, width - 2 * pad), question->problem);
  const float body = ui.px(kTitle + 12 + 32 + kNote + 12 + Metrics::kControl);
  const float height = std::min(2 * pad + body + problem, screen.y);
  ImGui::SetNextWindowPos(ImVec2(std::round((screen.x - width) / 2), std::round((screen.y - height) / 3)));
  ImGui::SetNextWindowSize(ImVec2(width, height));
  if (!ImGui::BeginPopup(kName, ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoNavInputs)) return;
  const ImVec2 origin = ImGui::GetWindowPos();
  ui.landmark(kName, {origin.x, origin.y, width, height});
  const Answer answer = draw_panel(ui, inset({origin.x, origin.y, width, height}, pad), question);
  if (answer == Answer::confirm) *wish = {question->command, question->path};
  if (answer != Answer::none) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

}  // namespace gradflow::ui
