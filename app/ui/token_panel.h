// The view of one token: the numbers that are given, and below them, a panel a stack, every vector on the way
// through one block and of the gradient back down its trunk.
//
//   token.VECTOR.K          number boxes: VECTOR x, attention, cross_attention, ffn, gradient; K from 0
//   token.narrower, .wider  one number less or more in every vector
//   token.remark            what has to be known, or what is wrong with a number; text
//   token.panel.I           the panel of stack I
//   token.row.I.KEY         a line of it, explained on hover; KEY as lessons have it: attention.sum,
//   gradient.x
#pragma once

#include <vector>

#include "app/figure/token_table.h"
#include "app/session/scene.h"
#include "app/ui/ui.h"

namespace gradflow::ui {

/// `hidden` has one entry a panel of the table.
void draw_token_view(const Ui& ui, const Rect& place, const figure::TokenTable& table,
                     const std::vector<bool>& hidden, session::Scene* scene);

}  // namespace gradflow::ui
