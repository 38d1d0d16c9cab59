// The wiring as code, in NumPy or PyTorch, below the block diagram: what a layer computes, in the notation
// that the audience will type. Folds; "Copy" puts exactly this code on the clipboard.
//
//   block.code                    the head, which folds
//   block.code.language.LANGUAGE  numpy, pytorch
//   block.code.copy
//   block.code.text               the code, no control
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/ui/code_lines.h"
#include "app/ui/ui.h"
#include "core/spec/code.h"
#include "core/spec/overrides.h"

namespace gradflow::ui {

class CodePanel {
 public:
  /// Draws from the top of `place`: the code of the topmost of `layers`, of every wiring where there are
  /// none. Returns the height it took.
  float draw(const Ui& ui, const Rect& place, const StackSpec& spec, const Layers& layers);

  void unfold() { open_ = true; }

 private:
  void update(const StackSpec& spec, std::optional<int> layer);
  void lay_out(const Ui& ui, float width);
  void draw_tools(const Ui& ui, const Rect& row);

  bool open_ = true;
  CodeLanguage language_ = CodeLanguage::numpy;

  // What the code was written from.
  std::optional<StackSpec> spec_;
  std::optional<int> layer_;
  CodeLanguage written_in_ = CodeLanguage::numpy;

  std::string code_;
  std::string problem_;  // why there is none
  std::string copied_;   // what was put on the clipboard last
  std::size_t columns_ = 0;
  std::vector<CodeRow> rows_;
};

/// Whether the section must be open to show the control of this name.
bool in_code(std::string_view name);

}  // namespace gradflow::ui
