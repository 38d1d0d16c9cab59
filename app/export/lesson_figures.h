// The figures of a printed lesson: one a scene that is new.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/export/column.h"
#include "app/export/lesson_pages.h"

namespace gradflow {

class LessonFigures {
 public:
  LessonFigures(const LessonSource& source, Column* column) : source_(source), column_(*column) {}

  enum class Blocks : unsigned char { left_out, shown };
  /// What the window plots of the scene, and the blocks of its stacks as diagrams; where they stood there
  /// before, which figures these were.
  void show(const session::Scene& scene, Blocks blocks = Blocks::left_out);
  /// The same where the last plot is not of this scene.
  void show_change(const session::Scene& scene);

 private:
  /// What is shown under a number of its own.
  struct Shown {
    session::Scene scene;
    bool blocks = false;
    friend bool operator==(const Shown&, const Shown&) = default;
  };
  using Draw = std::function<void(figure::Document* document, figure::PagePoint corner)>;
  /// Gives it a number; false where it was shown before and has one.
  bool is_new(const Shown& shown, std::vector<std::size_t>* known);
  void plot(const session::Scene& scene);
  void draw_blocks(const session::Scene& scene);
  void add(double height, const Draw& draw, const std::string& caption);

  const LessonSource& source_;
  Column& column_;
  std::vector<Shown> shown_;            // figure 1 is the first
  std::optional<session::Scene> last_;  // that was plotted or pointed to
};

}  // namespace gradflow
