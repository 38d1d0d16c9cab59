#include "app/export/pages.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <utility>

namespace gradflow {
namespace {

constexpr double kBelowFloat = 8;
constexpr double kSlack = 0.01;  // sums of heights are not exact

class Paginator {
 public:
  Paginator(double top, double height) : top_(top), bottom_(top + height), y_(top) {}

  /// Pieces that belong on one page, as far as one is high enough.
  void add(std::vector<const Piece*> group) {
    if (!waiting_.empty() || !fits(group)) move_on(&group);
    for (const Piece* piece : group) {
      if (!at_top() && !fits({piece})) end_page();
      put(piece);
    }
  }

  std::vector<PlacedPiece> take() {
    while (!waiting_.empty()) end_page();
    return std::move(placed_);
  }

 private:
  bool at_top() const { return y_ <= top_; }

  static double height_of(const std::vector<const Piece*>& group) {
    double height = 0;
    for (const Piece* piece : group) height += (height == 0 ? 0 : piece->above) + piece->height;
    return height;
  }

  bool fits(const std::vector<const Piece*>& group) const {
    if (group.empty()) return true;
    return y_ + (at_top() ? 0 : group.front()->above) + height_of(group) <= bottom_ + kSlack;
  }

  /// To where there is room for the group, or for what is left of it without its last figures.
  void move_on(std::vector<const Piece*>* group) {
    const auto floats = [](const Piece* piece) { return piece->floats; };
    for (;;) {
      std::vector<const Piece*> rest = *group;
      std::deque<const Piece*> later;
      while (std::any_of(rest.begin(), rest.end(), floats) && (!waiting_.empty() || !fits(rest))) {
        const auto last = std::find_if(rest.rbegin(), rest.rend(), floats);
        later.push_front(*last);
        rest.erase(std::next(last).base());
      }
      if (fits(rest) && !(at_top() && rest.empty())) {
        *group = std::move(rest);
        waiting_.insert(waiting_.end(), later.begin(), later.end());
        return;
      }
      if (at_top() || height_of(rest) > bottom_ - top_) return;
      end_page();
    }
  }

  void put(const Piece* piece) {
    if (at_top() && piece->head) place(piece->head.get());
    place(piece);
  }

  void place(const Piece* piece) {
    const double above = at_top() ? 0 : piece->above;
    placed_.push_back({piece, {page_, y_ + above, above}});
    y_ += above + piece->height;
  }

  /// The next one begins with the floats that wait, one at least.
  void end_page() {
    ++page_;
    y_ = top_;
    while (!waiting_.empty() && (at_top() || fits({waiting_.front()}))) {
      place(waiting_.front());
      waiting_.pop_front();
      y_ += kBelowFloat;
    }
  }

  double top_, bottom_, y_;
  int page_ = 1;
  std::deque<const Piece*> waiting_;
  std::vector<PlacedPiece> placed_;
};

}  // namespace

std::vector<PlacedPiece> paginated(const std::vector<Piece>& pieces, double top, double height) {
  Paginator paginator(top, height);
  std::vector<const Piece*> group;
  for (const Piece& piece : pieces) {
    group.push_back(&piece);
    if (piece.with_next && &piece != &pieces.back()) continue;
    paginator.add(std::exchange(group, {}));
  }
  return paginator.take();
}

}  // namespace gradflow
