// The folded section "Toy model": the course's two products of assumed factors, beside the factors that were
// measured in the selected stack.
//
//   toy                      the head, which folds
//   toy.branch, toy.norm     sliders: the branch's derivative a, the norm's Jacobian b
//   toy.assumed, toy.measured, toy.sentence   text
#pragma once

#include <memory>
#include <string>

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
  /// When the answer or the toy has changed, not when they are drawn.
  void compare(const std::shared_ptr<const StackReport>& report);

  bool open_ = false;
  figure::Toy toy_;

  // What is said of the answer, and what it was said of.
  std::shared_ptr<const StackReport> report_;
  figure::Toy compared_;
  figure::MeasuredGains gains_;
  std::string sentence_;
};

/// Whether the section must be open to show the control of this name.
bool in_toy(std::string_view name);

}  // namespace gradflow::ui
