#include "app/ui/focus.h"

#include <algorithm>
#include <utility>

namespace gradflow::ui {

void Focus::begin_frame() {
  std::swap(order_, next_);
  order_count_ = std::exchange(next_count_, 0);
  arrived_ = false;
}

void Focus::add(std::string_view name) {
  if (next_count_ == next_.size()) next_.emplace_back();
  next_[next_count_++] = name;
}

void Focus::move(int direction) {
  if (order_count_ == 0) return;
  const auto begin = order_.begin();
  const auto end = begin + static_cast<std::ptrdiff_t>(order_count_);
  const auto place = std::find(begin, end, current_);
  const auto count = static_cast<std::ptrdiff_t>(order_count_);
  std::ptrdiff_t index = direction > 0 ? 0 : count - 1;
  if (place != end) index = (place - begin + direction + count) % count;
  current_ = order_[static_cast<std::size_t>(index)];
  visible_ = arrived_ = true;
}

void Focus::set(std::string_view name, bool by_keyboard) {
  current_ = name;
  visible_ = by_keyboard;
}

}  // namespace gradflow::ui
