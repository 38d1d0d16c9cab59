// The menus that are about the session as a whole, and what their user wants done; whoever owns the window
// does it.
//
//   header.file, file.new, file.open, file.save, file.save_as, file.export, file.recent.I
//   header.edit, edit.undo, edit.redo, edit.summary
//   file.path, file.path.box, file.path.confirm, file.path.cancel    the panel that asks for a path
#pragma once

#include <string>
#include <vector>

#include "app/ui/ui.h"

namespace gradflow::ui {

/// What the menus show.
struct SessionStatus {
  bool can_undo = false, can_redo = false;
  std::string file = {};                 // that the session is saved in; empty before it has one
  std::vector<std::string> recent = {};  // files, newest first
  std::string figure = {};               // where a figure would be exported to
  std::string print = {};                // where the lesson that is open would be printed to
};

enum class Command : unsigned char {
  none,
  undo,
  redo,
  fresh,
  open,
  save,
  save_as,
  export_figure,
  print_lesson,  // with the answers
  hand_out,      // without them
  summarize,     // in words, on the clipboard: the window does it itself
};

/// What the user wants; all from open on that write or read come with a path.
struct SessionWish {
  Command command = Command::none;
  std::string path = {};
};

/// The panel that asks what to open or where to write to, while it is wanted.
struct PathQuestion {
  Command command = Command::none;  // that asks for a path
  std::string path = {};            // as typed so far
  std::string problem = {};         // why it is asked again
  bool wanted = false;              // opens in this frame
};

/// Draws the words of the menus at `*x` of the bar, which goes on behind them, and the list that is open.
void draw_session_menus(const Ui& ui, const Rect& bar, const SessionStatus& status, float* x,
                        SessionWish* wish);

/// Ctrl+Z and its like: call while the keys belong to no popup. A text box that is typed into keeps all but
/// Ctrl+S for itself.
void take_session_keys(SessionWish* wish);

/// A wish for something at a path, which it does not have yet, becomes a question.
void ask_for_path(const SessionStatus& status, SessionWish* wish, PathQuestion* question);

/// The panel over everything else. Confirmed, it is a wish.
void draw_path_question(const Ui& ui, PathQuestion* question, SessionWish* wish);

}  // namespace gradflow::ui
