#include "app/export/lesson_pages.h"

#include <algorithm>

#include "app/export/column.h"
#include "app/export/exercises.h"
#include "app/export/figure_page.h"
#include "app/export/lesson_figures.h"
#include "app/export/pages.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

using figure::Document;
using lessons::Block;

constexpr double kSide = 85, kTop = 71, kBottom = 82;  // margins
constexpr TextSetting kTitle{20, 26, Print::kText, true};
constexpr TextSetting kStepTitle{14, 19, Print::kText, true};
constexpr TextSetting kFoot{8.5, 12, Print::kSecondary};
constexpr double kAboveStep = 26;

/// Whether the race of the step's scene shows what is to be predicted, or to be answered.
bool gives_answer_away(const lessons::Step& step) {
  if (step.scene.view != session::View::training) return false;
  return std::any_of(step.questions.begin(), step.questions.end(), [](const lessons::Question& question) {
    return question.kind == lessons::Question::Kind::prediction ||
           (question.answer && asks_race(*question.answer));
  });
}

bool points_at_block(const lessons::Step& step) {
  return std::find(step.highlight.begin(), step.highlight.end(), "block.diagram") != step.highlight.end();
}

class LessonPages {
 public:
  LessonPages(const lessons::Lesson& lesson, const LessonSource& source, Edition edition,
              const figure::PaperSize& paper, figure::Faces* faces)
      : lesson_(lesson),
        edition_(edition),
        paper_(paper),
        title_(on_paper(lesson.title)),
        faces_(*faces),
        column_(kSide, paper.width - 2 * kSide, &faces_, &targets_),
        figures_(source, &column_),
        exercises_(source, edition, &column_, &figures_) {}

  void print(Document* document) {
    fill();
    const std::vector<Piece> pieces = column_.take();
    const std::vector<PlacedPiece> placed = paginated(pieces, kTop, paper_.height - kTop - kBottom);
    const int pages = placed.empty() ? 1 : placed.back().spot.page;
    find_targets(pieces, placed, document);
    auto next = placed.begin();
    for (int page = 1; page <= pages; ++page) {
      for (; next != placed.end() && next->spot.page == page; ++next) next->piece->draw(document, next->spot);
      draw_foot(document, page, pages);
      document->end_page();
    }
  }

 private:
  void fill() {
    column_.text(title_, kTitle, 0);
    column_.keep_with_next();
    column_.blocks(lesson_.summary);
    for (const lessons::Step& step : lesson_.steps) add(step);
  }

  void add(const lessons::Step& step) {
    first_pieces_.push_back(column_.size());
    column_.text(std::to_string(first_pieces_.size()) + "\u2002" + step.title, kStepTitle, kAboveStep);
    column_.keep_with_next();
    const bool handout = edition_ == Edition::handout;
    if (step.sets_scene && !(handout && gives_answer_away(step))) {
      figures_.show(step.scene,
                    points_at_block(step) ? LessonFigures::Blocks::shown : LessonFigures::Blocks::left_out);
      column_.keep_with_next();
    }
    for (const Block& block : step.blocks) add(step, block);
  }

  void add(const lessons::Step& step, const Block& block) {
    if (block.kind == Block::Kind::task) return exercises_.add(step.tasks[block.index]);
    if (block.kind == Block::Kind::question) return exercises_.add(step.questions[block.index]);
    column_.block(block);
  }

  /// Where each step begins, for links and for the outline.
  void find_targets(const std::vector<Piece>& pieces, const std::vector<PlacedPiece>& placed,
                    Document* document) {
    for (std::size_t i = 0; i < lesson_.steps.size(); ++i) {
      const Piece* first = &pieces[first_pieces_[i]];
      for (const PlacedPiece& one : placed) {
        if (one.piece != first) continue;
        const figure::Place place{one.spot.page, {kSide, one.spot.top}};
        targets_.emplace("#" + lessons::link_name(lesson_.steps[i].title), place);
        document->add_to_outline(std::to_string(i + 1) + "  " + on_paper(lesson_.steps[i].title), place);
      }
    }
  }

  void draw_foot(Document* document, int page, int pages) {
    const double right = paper_.width - kSide;
    const double base = paper_.height - kBottom + 34;
    document->canvas().rectangle({kSide, base - 14, right - kSide, 0.4}, Print::kLine);
    const std::string number = tr("Page {0} of {1}", {std::to_string(page), std::to_string(pages)});
    const double width = faces_.width(number, figure::Letters::regular, kFoot.size);
    const figure::TextLook look{figure::Letters::regular, kFoot.size, kFoot.color};
    document->text({right - width, base}, number, look);
    const std::string kind(edition_ == Edition::handout ? tr("handout") : tr("with answers"));
    const lessons::Spans words{{.text = "gradflow", .strong = true},
                               {.text = "  ·  " + title_ + "  ·  " + kind}};
    const std::vector<TextLine> lines = lines_of(words, kFoot, right - kSide - width - 20, &faces_);
    for (const TextRun& run : lines.front()) {
      document->text({kSide + run.x, base}, run.words, run.look);
    }
  }

  const lessons::Lesson& lesson_;
  Edition edition_;
  figure::PaperSize paper_;
  std::string title_;
  figure::Faces& faces_;
  LinkTargets targets_;
  Column column_;
  LessonFigures figures_;
  Exercises exercises_;
  std::vector<std::size_t> first_pieces_;  // of the steps
};

}  // namespace

LessonSource source_of(LessonMeasure& measure) {
  return {[&](const session::Scene& scene, lessons::Race race) { return measure(scene, race); },
          [&](const session::Scene& scene) { return measure.shown(scene); }};
}

void print_lesson(const lessons::Lesson& lesson, const LessonSource& source, Edition edition,
                  const figure::PaperSize& paper, figure::Faces* faces, Document* document) {
  LessonPages(lesson, source, edition, paper, faces).print(document);
}

std::string lesson_pdf(const lessons::Lesson& lesson, const LessonSource& source, Edition edition,
                       const figure::PaperSize& paper) {
  figure::Faces faces;
  figure::PdfDocument document(paper, on_paper(lesson.title), &faces);
  print_lesson(lesson, source, edition, paper, &faces, &document);
  return document.take();
}

}  // namespace gradflow
