#include "app/export/export.h"

#include <algorithm>

#include "app/export/caption.h"
#include "app/figure/page.h"
#include "app/figure/style.h"
#include "app/session/scene_file.h"
#include "app/ui/views.h"
#include "core/io/text_code.h"
#include "core/io/tidy.h"

namespace gradflow {
namespace {

/// Names are anybody's bytes; paper wants text.
void clean(std::string* text) {
  constexpr std::size_t kLongest = 2000;
  *text = clipped(*text, kLongest);
}

figure::Figure cleaned(figure::Figure figure) {
  for (std::string* text : {&figure.x_label, &figure.y_label, &figure.guides_note}) clean(text);
  for (figure::Curve& curve : figure.curves) {
    clean(&curve.name);
    clean(&curve.note);
  }
  for (figure::Absence& absence : figure.absences) clean(&absence.sentence);
  for (figure::Guide& guide : figure.guides) clean(&guide.label);
  for (figure::Mark& mark : figure.marks) clean(&mark.label);
  return figure;
}

/// Stacks of one name get their letters, so that their rows can be told apart.
std::vector<std::string> names_in_table(const session::Scene& scene) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < scene.stacks.size(); ++i) {
    const std::string& name = scene.stacks[i].name;
    const auto same = std::count_if(scene.stacks.begin(), scene.stacks.end(),
                                    [&](const StackSpec& stack) { return stack.name == name; });
    names.push_back(same > 1 ? std::string(1, figure::stack_letter(i)) + " " + name : name);
  }
  return names;
}

std::string table_of(const session::Scene& scene, ui::Answers answers) {
  const std::vector<std::string> names = names_in_table(scene);
  std::string table(kTidyHeader);
  for (std::size_t i = 0; i < std::min(names.size(), answers.size()); ++i) {
    if (!answers[i]) continue;
    StackReport report = *answers[i];
    report.spec.name = names[i];
    table += tidy_rows(report, report.spec.seed);
  }
  return table;
}

std::string page_of(const session::Scene& scene, ui::Answers answers, FigureFormat format) {
  const figure::Figure figure = cleaned(ui::view_kind(scene.view).figure(answers, scene));
  figure::Page page{figure, {}, caption_of(scene)};
  for (const StackSpec& stack : scene.stacks) clean(&page.names.emplace_back(stack.name));
  switch (format) {
    case FigureFormat::pdf: return figure::pdf_of(page);
    case FigureFormat::png: return with_resolution(figure::png_of(page), figure::kDotsPerInch);
    case FigureFormat::svg:
    case FigureFormat::csv: break;
  }
  return figure::svg_of(page);
}

}  // namespace

std::string exported(const session::Scene& scene, const ui::Measurements& measured, FigureFormat format) {
  const ui::Answers answers = measured.*ui::view_kind(scene.view).source;
  std::string file = format == FigureFormat::csv ? table_of(scene, answers) : page_of(scene, answers, format);
  return embed_session(std::move(file), format, session::scene_json(scene));
}

}  // namespace gradflow
