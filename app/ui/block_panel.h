// The block of one stack, the selected one: its name, the quick pick and the kind of its norms, the diagram
// that can be rewired, the strip of its layers, and the equations that the wiring makes.
#pragma once

#include <string>
#include <vector>

#include "app/session/scene.h"
#include "app/ui/answers.h"
#include "app/ui/block_diagram.h"
#include "app/ui/code_panel.h"
#include "app/ui/layer_selection.h"
#include "app/ui/plot.h"
#include "app/ui/pulses.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

class BlockPanel {
 public:
  /// Draws from the top of `place`, edits the selected stack; returns the height it took. `dimmed` holds one
  /// entry a stack.
  float draw(const Ui& ui, const Rect& place, Answers answers, const std::vector<float>& dimmed,
             const PlotMotion& motion, session::Scene* scene);

  /// For presenter mode: the diagram alone, with the letters that select a stack, as large as there is room;
  /// returns the width it took.
  float present(const Ui& ui, const Rect& room, Answers answers, const std::vector<float>& dimmed,
                const PlotMotion& motion, session::Scene* scene);

  /// Pulses run: the picture changes without input, for a few seconds.
  bool pulsing() const { return pulses_.running(); }

  void unfold_code() { code_.unfold(); }

 private:
  struct Pen;
  /// The selected stack, whose layers are the ones picked.
  StackSpec* select(session::Scene* scene);
  /// Letters that select a stack; returns where they end.
  float draw_letters(const Ui& ui, const Rect& row, session::Scene* scene) const;
  void draw_head(const Ui& ui, Pen* pen, session::Scene* scene);
  void draw_quick_pick(const Ui& ui, const std::string& base, const Rect& rect, StackSpec* spec) const;
  void draw_layers_row(const Ui& ui, Pen* pen, const Layers& overridden, StackSpec* spec);
  /// Returns the rectangle it took.
  Rect draw_diagram(const Ui& ui, const Pen& pen, const StackReport* report, float dim, StackSpec* spec);
  void apply(const BlockClick& click, StackSpec* spec) const;
  /// The wiring that is drawn: of the topmost layer picked, or what all layers share.
  Sublayers shown(const StackSpec& spec) const;

  std::size_t stack_ = 0;  // whose block was drawn last
  LayerSelection layers_;
  Pulses pulses_;
  CodePanel code_;
};

}  // namespace gradflow::ui
