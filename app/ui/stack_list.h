// The list of stacks at the top of the column: a row each with line, letter, name and what its wiring is
// called. A click selects, a double click renames; the rest is in the row's menu.
//
//   list.I              the row: click, double click, right click; with the keyboard on it F2 and Delete
//   list.I.shown        hides its curve and its verdict, or brings them back
//   list.I.pin          keeps its curve as it is as a ghost, or takes that out again
//   list.I.more         the button of its menu: list.menu.rename, .duplicate, .hide, .pin, .up, .down,
//   .reset,
//                       .remove
//   list.I.name         the box of the name, while it is edited
//   list.reset.KEY      what a stack can be reset to, after list.menu.reset
//   list.add            what can be added: list.add.KEY
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/session/scene_edits.h"
#include "app/ui/ui.h"
#include "app/ui/widgets.h"

namespace gradflow::ui {

class StackList {
 public:
  /// The stacks that can be added.
  void offer(std::vector<session::Offer> offers);

  /// Draws from the top of `place`, edits the scene; returns the height it took.
  float draw(const Ui& ui, const Rect& place, session::Scene* scene);

 private:
  void draw_row(const Ui& ui, std::size_t index, const Rect& row, session::Scene* scene);
  void draw_tools(const Ui& ui, std::size_t index, Rect place, session::Scene* scene) const;
  void draw_name(const Ui& ui, std::size_t index, const Rect& rect, session::Scene* scene);
  void draw_menu(const Ui& ui, session::Scene* scene);
  void draw_add(const Ui& ui, const Rect& row, session::Scene* scene);
  void open_menu(const Ui& ui, std::size_t index, const Rect& row);
  void rename(const Ui& ui, std::size_t index);
  std::vector<Choice> choices() const;

  std::vector<session::Offer> offers_;
  std::size_t menu_ = 0;  // whose menu is open, or was last
  Rect anchor_;           // below which it opens
  std::optional<std::size_t> renamed_;
  bool starts_renaming_ = false;
  bool by_keyboard_ = false;  // the ring goes back to the row when its name is done
  bool removed_ = false;      // menu_ goes once all rows are drawn
};

}  // namespace gradflow::ui
