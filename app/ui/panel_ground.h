// The card that a panel of the column lies on.
#pragma once

#include "app/ui/ui.h"

namespace gradflow::ui {

/// Drawn below what is drawn while it lives, though its height is known only after that.
class PanelGround {
 public:
  explicit PanelGround(const Ui& ui) : ui_(ui) {
    ui_.draw()->ChannelsSplit(2);
    ui_.draw()->ChannelsSetCurrent(1);
  }
  ~PanelGround() { ui_.draw()->ChannelsMerge(); }
  PanelGround(const PanelGround&) = delete;
  PanelGround& operator=(const PanelGround&) = delete;

  void fill(const Rect& card) const { fill(card, ui_.theme().panel); }
  void fill(const Rect& card, ImU32 color) const {
    ui_.draw()->ChannelsSetCurrent(0);
    ui_.fill(card, color, Metrics::kPanelCorner);
    ui_.draw()->ChannelsSetCurrent(1);
  }

 private:
  const Ui& ui_;
};

}  // namespace gradflow::ui
