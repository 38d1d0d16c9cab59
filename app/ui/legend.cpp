#include "app/ui/legend.h"

namespace gradflow::ui {

void Legend::click(std::size_t entry) {
  if (entry >= hidden_.size()) hidden_.resize(entry + 1);
  if (alone_ == entry) {
    alone_.reset();
    hidden_.clear();
  } else if (hidden(entry)) {
    alone_ = entry;
  } else {
    alone_.reset();
    hidden_[entry] = true;
  }
}

bool Legend::hidden(std::size_t entry) const {
  if (alone_) return entry != *alone_;
  return entry < hidden_.size() && hidden_[entry];
}

}  // namespace gradflow::ui
