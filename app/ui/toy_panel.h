// The folded section "Toy model": the course's two products of assumed factors, beside the factors that were
// measured in the selected stack.
//
//   toy                      the head, which folds
//   toy.branch, toy.norm     sliders: the branch's derivative a, the norm's Jacobian b
//   toy.assumed, toy.measured, toy.sentence   text
#pragma once

#include "app/figure/toy.h"
#include "app/session/scene.h"
#include "app/ui/answers.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

class ToyPanel {
 public:
  /// Draws from the top of `place`; returns the height it took.
  float draw(const Ui& ui, const Rect& place, Answers answers, const session::Scene& scene);

  const figure::Toy& toy() const { return toy_; }
  void unfold() { open_ = true; }

 private:
  bool open_ = false;
  figure::Toy toy_;
};

/// Whether the section must be open to show the control of this name.
bool in_toy(std::string_view name);

}  // namespace gradflow::ui
