#include "app/export/lesson_figures.h"

#include <algorithm>

#include "app/export/caption.h"
#include "app/export/figure_page.h"
#include "app/figure/block_page.h"
#include "app/figure/inset.h"
#include "app/session/scene_edits.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

constexpr double kPlotHeight = 132, kScale = 0.86;
constexpr double kCaptionGap = 5, kBelow = 4;

/// Scenes that differ by nothing that is plotted have one figure.
session::Scene plotted(session::Scene scene) {
  scene.selected = 0;
  scene.depth_linked = true;
  scene.race.lane = 0;
  return scene;
}

std::vector<figure::BlockRow::Entry> blocks_of(const session::Scene& scene) {
  std::vector<figure::BlockRow::Entry> blocks;
  for (std::size_t i = 0; i < scene.stacks.size(); ++i) {
    if (session::is_hidden(scene, i)) continue;
    blocks.push_back({i, on_paper(wired_name(scene.stacks[i])), scene.stacks[i]});
  }
  return blocks;
}

}  // namespace

bool LessonFigures::is_new(const Shown& shown, std::vector<std::size_t>* known) {
  const auto found = std::find(shown_.begin(), shown_.end(), shown);
  if (found == shown_.end()) {
    shown_.push_back(shown);
    return true;
  }
  known->push_back(static_cast<std::size_t>(found - shown_.begin()) + 1);
  return false;
}

void LessonFigures::show(const session::Scene& scene, Blocks blocks) {
  last_ = plotted(scene);
  std::vector<std::size_t> known;
  if (blocks == Blocks::shown && is_new({*last_, true}, &known)) {
    draw_blocks(scene);
    column_.keep_with_next();
  }
  if (is_new({*last_}, &known)) plot(scene);
  if (known.empty()) return;
  const std::string first = std::to_string(known[0]);
  const std::string words = known.size() == 1 ? tr("The window shows what Figure {0} shows.", {first})
                                              : tr("The window shows what Figures {0} and {1} show.",
                                                   {first, std::to_string(known[1])});
  column_.text(words, Print::kCaption, Print::kParagraph);
}

void LessonFigures::show_change(const session::Scene& scene) {
  if (last_ != plotted(scene)) show(scene);
}

void LessonFigures::plot(const session::Scene& scene) {
  const SceneAnswers answers = source_.shown(scene);
  const figure::Inset inset(figure_page(scene, answers.measured(scene.view), answers.pinned(scene.view)),
                            {column_.width(), kPlotHeight, kScale}, column_.faces());
  const Draw draw = [inset](figure::Document* document, figure::PagePoint corner) {
    document->place(inset, corner);
  };
  add(inset.height(), draw, short_caption_of(scene));
}

void LessonFigures::draw_blocks(const session::Scene& scene) {
  const figure::BlockRow row(blocks_of(scene), column_.width(), column_.faces());
  const Draw draw = [row](figure::Document* document, figure::PagePoint corner) {
    row.draw(&document->canvas(), corner);
  };
  add(row.height(), draw, std::string(tr("The block of each stack. A ring is where a norm could be.")));
}

void LessonFigures::add(double height, const Draw& draw, const std::string& caption) {
  const TextSetting& setting = Print::kCaption;
  const lessons::Spans words{{.text = tr("Figure {0}", {std::to_string(shown_.size())}), .strong = true},
                             {.text = "\u2002" + caption}};
  const std::vector<TextLine> lines = lines_of(words, setting, column_.width(), column_.faces());
  Piece piece{height + kCaptionGap + setting.leading * static_cast<double>(lines.size()) + kBelow,
              Print::kBlock};
  piece.floats = true;
  piece.draw = [=, left = column_.left()](figure::Document* document, const Spot& spot) {
    draw(document, {left, spot.top});
    double middle = spot.top + height + kCaptionGap + Print::kCaption.leading / 2;
    for (const TextLine& line : lines) {
      for (const TextRun& run : line) {
        document->text({left + run.x, middle + kBaseLine * run.look.size}, run.words, run.look);
      }
      middle += Print::kCaption.leading;
    }
  };
  column_.add(std::move(piece));
}

}  // namespace gradflow
