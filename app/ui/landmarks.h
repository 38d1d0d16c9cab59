// Where every control of the window was drawn in the last frame, under a stable name: tests drive the window
// through it, lessons point with it. Coordinates are those of the mouse (ImGui's screen space).
//
//   header.file                   its entries: file.new, file.open, file.save, file.save_as,
//                                 file.export and, for the files opened last, file.recent.K; the panel that
//                                 asks for a path: file.path, file.path.box, file.path.confirm,
//                                 file.path.cancel
//   header.edit                   the menu of undo and redo: edit.undo, edit.redo, and of what is copied:
//                                 edit.summary
//   header.view                   the menu; its entries: view.theme.dark, view.theme.light, view.presenter,
//                                 view.text_larger, view.text_smaller, view.text_reset, view.reduce_motion
//   header.check                  opens "Check these numbers": check.panel, check.start.I, check.progress,
//                                 check.stop, check.result, check.row.K, check.close
//   header.help                   the menu: help.keys opens the list of keys, help.keys.panel, which
//                                 help.keys.close closes; help.explain opens "What am I looking at?":
//                                 explain.panel, explain.text, explain.copy, explain.lesson, explain.close;
//                                 help.hint shows the first steps
//   hint.panel                    the card of the first steps; hint.next goes on, hint.dismiss ends it for
//   good header.notice                 a sentence for the user, when there is one; a click dismisses it
//   header.remark                 what was done, in passing; a click dismisses it
//   header.status                 milliseconds, live, precision
//   list.I                        a row of the list of stacks: a click selects, a double click renames
//   list.I.name                   the box of its name, while it is edited
//   list.I.shown                  an eye: hides its curve and its verdict, or brings them back
//   list.I.pin                    a pin: keeps its curve as a ghost, or takes the ghost out
//   list.I.more                   the button of its menu: list.menu.rename, .duplicate, .hide, .pin, .up,
//                                 .down, .reset, .remove; after .reset a list with entries list.reset.KEY
//   list.add                      the stacks that can be added, entries list.add.KEY, such as list.add.gpt-2
//   block.select.I                shows the block of stack I (0, 1, ...), whose controls follow
//   stack.I                       the panel of its block
//   stack.I.name                  its name, a text box
//   stack.I.wiring                the quick pick; opened, its entries: stack.I.wiring.KEY, KEY of kWirings
//   stack.I.norm_kind.KEY         KEY layer_norm, rms_norm
//   stack.I.weights, stack.I.drawn  while the weights are those of a file: its name, and the button that
//   gives
//                                 the drawn ones back
//   block.diagram                 the diagram; its controls:
//   stack.I.SUBLAYER.norm.SITE    SUBLAYER attention, cross_attention, ffn; SITE entry, pre, branch, post;
//                                 puts a norm in or takes it out
//   stack.I.SUBLAYER.norm.SITE.kind  the label of a norm that is there: LN turns into RMS and back
//   stack.I.SUBLAYER.residual
//   stack.I.final_norm, stack.I.embedding_norm   the norms at both ends, and their .kind
//   stack.I.SUBLAYER.BOX          BOX function, add, memory; no controls
//   stack.I.embedding, stack.I.unembedding       boxes, no controls
//   stack.I.SUBLAYER.equation     text, no control
//   block.layers                  the strip of all layers
//   block.layer.K                 its cell of layer K, or that starts with layer K; no control of its own
//   block.layers.all              shows and edits what all layers share
//   block.layers.reset            gives the picked layers, or all, the stack's own wiring back
//   block.code                    head of the folded section with the block as code: a click opens it
//   block.code.language.LANGUAGE  tabs: LANGUAGE numpy, pytorch
//   block.code.copy               puts the code on the clipboard
//   block.code.text               the code; no control
//   toy                           head of the folded section "Toy model": a click opens it
//   toy.branch, toy.norm          sliders of the assumed factors; `x` maps a factor to a screen x
//   toy.assumed, toy.measured, toy.sentence      text, no controls
//   settings                      head of the folded section "Shape, init, input, seed": a click opens it
//   settings.target.all, .I       which stacks the section edits: all of them, or stack I alone
//   shape.KEY                     number boxes: d_model, num_heads, d_ff, sequence_length, batch_size
//   shape.activation, shape.positions            combos; opened, entries such as shape.activation.gelu
//   shape.causal, shape.epsilon                  a toggle, a number box
//   init.scheme, init.residual_output  combos with entries such as init.scheme.small_init
//   init.gain                         number box
//   input.seed, input.next_seed       number box; the button that adds one
//   input.seeds                       number box: how many seeds make the band
//   input.kind.KEY                    text, random
//   input.text                    the text, a multi-line box
//   input.default_text            the button that brings the text back that ships with the program
//   plot.view.VIEW                tabs: VIEW gradients, depth-law, forward, heat-map, training, token
//   plot.quantity                 combo; opened, entries such as plot.quantity.grad_norm/ffn.w_1 or
//                                 plot.quantity.every_weight/0; none in the heat map
//   plot.note.I                   what is known of stack I's curve, text: its exponent in the depth law
//   plot.pin.I                    the ghost of stack I and what it was, text
//   plot.legend.I                 a click hides stack I's curve or panel, a second shows it alone, a third
//                                 shows all; while every weight of a stack is plotted, a click picks the
//                                 stack
//   plot.curve.K                  while it is, the name at the end of the curve of weight K: clicks as above
//   plot.fit                      present while the view is zoomed or moved by hand
//   plot.area                     the data area; `x` maps a layer or a depth to a screen x (not in the heat
//                                 map, where the panels do)
//   plot.readings                 the box of numbers, while the mouse or the keyboard is on the area; text
//   plot.panel.I, plot.row.K      the heat map's cells of stack I, `x` maps a layer; the name of weight K
//   plot.colors                   the bar of its colours
//   token.VECTOR.K                in the view of one token, number boxes: VECTOR x, attention,
//                                 cross_attention (where a stack has it), ffn, gradient; K from 0
//   token.narrower, token.wider   one number less or more in every vector
//   token.remark                  what has to be known, or what is wrong with a number; text
//   token.panel.I, token.row.I.KEY  the panel of stack I and its lines, text; KEY x, SUBLAYER.PLACE,
//   gradient.y,
//                                 gradient.SUBLAYER.PLACE, gradient.x; PLACE trunk, input, written, branch,
//                                 sum, y, as far as there is such a step
//   depth.slider                  the track; `x` maps a depth to a screen x
//   depth.handle.I                a handle; one for all stacks while they are linked: depth.handle.0
//   depth.input                   number box
//   depth.play                    the sweep
//   depth.linked                  toggle
//   verdict.I                     a line of the strip
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gradflow::ui {

struct Rect {
  float x = 0, y = 0, width = 0, height = 0;
  float center_x() const { return x + width / 2; }
  float center_y() const { return y + height / 2; }
  bool contains(float px, float py) const { return px >= x && px < x + width && py >= y && py < y + height; }
  friend bool operator==(const Rect&, const Rect&) = default;
};

enum class TrackScale : std::uint8_t { linear, logarithmic };

/// A scale along the x of a landmark: value0 lies at x0, value1 at x1.
struct Track {
  double value0 = 0, value1 = 1;
  float x0 = 0, x1 = 1;
  TrackScale scale = TrackScale::linear;
  float x_of(double value) const;
  double value_of(float x) const;  // value0 where the track has no length
  friend bool operator==(const Track&, const Track&) = default;
};

struct Landmark {
  Rect rect;                    // as laid out, whole
  bool visible = true;          // false: scrolled out of sight, even in part; Window::reveal brings it in
  std::optional<Track> x = {};  // of sliders and plots
  friend bool operator==(const Landmark&, const Landmark&) = default;
};

/// The stack that a control named "stack.I..." belongs to.
std::optional<std::size_t> stack_of(std::string_view name);

class Landmarks {
 public:
  /// What follows belongs to a new frame; what is not set again is gone.
  void begin_frame() { ++frame_; }
  void set(std::string_view name, const Landmark& landmark);
  /// nullptr for what the last frame did not draw.
  const Landmark* find(std::string_view name) const;
  /// Of the last frame, sorted.
  std::vector<std::string> names() const;

 private:
  struct Entry {
    Landmark landmark;
    std::uint64_t frame = 0;
  };
  std::map<std::string, Entry, std::less<>> entries_;
  std::uint64_t frame_ = 0;
};

}  // namespace gradflow::ui
