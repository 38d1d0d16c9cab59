#include "app/lessons/braces.h"
#include "core/spec/text.h"

#include <algorithm>

namespace gradflow::lessons {
namespace {

/// Goes through a text and steps over what is code.
class Scanner {
 public:
  Scanner(std::string_view text, int first_line, Problems* problems)
      : text_(text), first_line_(first_line), problems_(problems) {}

  std::vector<Extent> run() {
    while (place_ < text_.size()) {
      if (at_line_start() && skip_fence()) continue;
      switch (text_[place_]) {
        case '\\': place_ += 2; break;
        case '`': skip_code_span(); break;
        case '{': take_braces(); break;
        default: ++place_;
      }
    }
    return std::move(found_);
  }

 private:
  bool at_line_start() const { return place_ == 0 || text_[place_ - 1] == '\n'; }

  std::string_view line_from(std::size_t start) const {
    return text_.substr(start, text_.find('\n', start) - start);
  }

  /// The signs of a fence that the line begins with, behind what quotes and lists put before them.
  static std::string_view fence_of(std::string_view line) {
    line.remove_prefix(std::min(line.find_first_not_of(" >\t"), line.size()));
    const std::size_t end = line.empty() ? 0 : std::min(line.find_first_not_of(line[0]), line.size());
    const bool is_fence =
        end >= 3 && (line[0] == '~' || (line[0] == '`' && line.find('`', end) == line.npos));
    return is_fence ? line.substr(0, end) : std::string_view();
  }

  bool closes(std::string_view line, std::string_view fence) const {
    const std::string_view other = fence_of(line);
    return other.size() >= fence.size() && other[0] == fence[0] &&
           line.find_last_not_of(" \t") == static_cast<std::size_t>(other.end() - line.begin()) - 1;
  }

  bool skip_fence() {
    const std::string_view fence = fence_of(line_from(place_));
    if (fence.empty()) return false;
    next_line();
    while (place_ < text_.size() && !closes(line_from(place_), fence)) next_line();
    next_line();
    return true;
  }

  void next_line() { place_ = std::min(text_.find('\n', place_), text_.size() - 1) + 1; }

  /// Where the paragraph ends that this place is in.
  std::size_t paragraph_end() {
    if (paragraph_end_ <= place_) paragraph_end_ = std::min(text_.find("\n\n", place_), text_.size());
    return paragraph_end_;
  }

  std::size_t ticks_at(std::size_t start) const {
    return std::min(text_.find_first_not_of('`', start), text_.size()) - start;
  }

  void skip_code_span() {
    const std::size_t ticks = ticks_at(place_);
    const std::size_t start = place_ + ticks;
    place_ = start;  // where nothing closes it, the ticks are text
    for (std::size_t at = start, end = paragraph_end(); at < end; ++at) {
      if (text_[at] != '`') continue;
      const std::size_t closing = ticks_at(at);
      if (closing == ticks) {
        place_ = at + closing;
        return;
      }
      at += closing;
    }
  }

  void take_braces() {
    const std::size_t close = text_.find('}', place_);
    if (close < paragraph_end()) {
      found_.push_back({place_, close + 1});
      place_ = close + 1;
      return;
    }
    problems_->push_back(
        {line_at(text_, place_, first_line_),
         tr("a brace is not closed in its paragraph; one that is text is written {0}", {"\\{"})});
    ++place_;
  }

  std::string_view text_;
  int first_line_;
  Problems* problems_;
  std::size_t place_ = 0;
  std::size_t paragraph_end_ = 0;
  std::vector<Extent> found_;
};

}  // namespace

int line_at(std::string_view text, std::size_t offset, int first_line) {
  return first_line +
         static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

std::vector<Extent> find_braces(std::string_view text, int first_line, Problems* problems) {
  return Scanner(text, first_line, problems).run();
}

std::string without(std::string_view text, const std::vector<Extent>& extents) {
  std::string masked(text);
  for (const Extent& extent : extents) {
    for (std::size_t i = extent.begin; i < extent.end; ++i) {
      if (masked[i] != '\n') masked[i] = 'x';
    }
  }
  return masked;
}

}  // namespace gradflow::lessons
