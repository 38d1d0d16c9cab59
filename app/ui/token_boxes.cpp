#include "app/ui/token_boxes.h"

#include <algorithm>
#include <string>
#include <vector>

#include "app/figure/token_table.h"
#include "app/ui/text_box.h"
#include "app/ui/widgets.h"
#include "core/spec/text.h"

namespace gradflow::ui {
namespace {

constexpr float kLabel = 104, kBox = 52, kNarrowBox = 44, kBetween = 4, kGroupGap = 16, kButton = 28;

constexpr std::size_t kFew = 4;  // numbers of a vector whose boxes are wide

float box_width(const Ui& ui, std::size_t numbers) { return ui.px(numbers <= kFew ? kBox : kNarrowBox); }

struct Group {
  std::string key;  // of each_token_vector
  std::string_view label, tip;
};

bool any_has_cross_attention(const session::Scene& scene) {
  return std::any_of(scene.stacks.begin(), scene.stacks.end(),
                     [](const StackSpec& stack) { return stack.sublayers.cross_attention.has_value(); });
}

std::vector<Group> groups_of(const session::Scene& scene) {
  std::vector<Group> groups{
      {"x", tr("the token x"), tr("A number of x, the vector that comes into the block.")},
      {"attention", tr("attention writes"),
       tr("What attention writes, in place of a real one: added in every stack, whatever goes in.")}};
  if (any_has_cross_attention(scene)) {
    groups.push_back({"cross_attention", tr("cross writes"),
                      tr("What cross-attention writes, in the stacks that have one.")});
  }
  groups.push_back(
      {"ffn", tr("FFN writes"),
       tr("What the feed-forward writes, in place of a real one: added in every stack, whatever goes "
          "in.")});
  groups.push_back(
      {"gradient", tr("gradient at y"),
       tr("A number of g, the gradient that arrives at the block's y and is led down the trunk.")});
  return groups;
}

std::vector<double>& vector_of(TokenVectors* token, const std::string& key) {
  std::vector<double>* found = &token->x;
  each_token_vector(*token, [&](const char* name, std::vector<double>& vector) {
    if (key == name) found = &vector;
  });
  return *found;
}

/// Flows groups of one width into rows.
class Flow {
 public:
  Flow(const Ui& ui, const Rect& place, float group) : ui_(ui), place_(place), group_(group) {}

  Rect next() {
    const float gap = ui_.px(kGroupGap);
    const auto columns = std::max(1, static_cast<int>((place_.width + gap) / (group_ + gap)));
    const auto column = static_cast<float>(count_ % columns);
    const auto row = static_cast<float>(count_ / columns);
    ++count_;
    const Rect group{place_.x + column * (group_ + gap), place_.y + row * ui_.px(Metrics::kRow), group_,
                     ui_.px(Metrics::kControl)};
    bottom_ = group.y + ui_.px(Metrics::kRow);
    return group;
  }
  float bottom() const { return bottom_; }

 private:
  const Ui& ui_;
  Rect place_;
  float group_, bottom_ = 0;
  int count_ = 0;
};

void take(const Ui& ui, const std::string& name, const TokenVectors& changed, const std::string& typed,
          session::Scene* scene) {
  const std::string problem = token_problem(changed, "");
  if (problem.empty()) {
    scene->token = changed;
  } else {
    ui.state().edits[name] = {typed, problem + "."};
  }
}

/// The first sentence about a number that cannot be taken.
std::string_view draw_group(const Ui& ui, const Rect& rect, const Group& group, session::Scene* scene) {
  ui.text_in(ui.fonts().small, {rect.x, rect.y, ui.px(kLabel) - ui.px(kBetween), rect.height}, Align::left,
             ui.theme().text, group.label);
  std::string_view problem;
  const std::vector<double> values = vector_of(&scene->token, group.key);
  Rect box{rect.x + ui.px(kLabel), rect.y, box_width(ui, values.size()), rect.height};
  for (std::size_t i = 0; i < values.size(); ++i, box.x += box.width + ui.px(kBetween)) {
    const std::string name = "token." + group.key + "." + std::to_string(i);
    if (const auto typed = number_box(ui, name, box, values[i], group.tip)) {
      TokenVectors changed = scene->token;
      vector_of(&changed, group.key)[i] = *typed;
      take(ui, name, changed, number_text(*typed), scene);
    }
    if (problem.empty()) problem = problem_of(ui, name);
  }
  return problem;
}

}  // namespace

void draw_token_width(const Ui& ui, const Rect& rect, session::Scene* scene) {
  const std::size_t width = scene->token.x.size();
  const float gap = ui.px(Metrics::kGap);
  const float side = ui.px(kButton);
  const float room = rect.width - 2 * (side + gap);
  std::string words = tr("{0} numbers", {std::to_string(width)});
  if (ui.width(ui.fonts().small, words) > room) words = std::to_string(width);
  const float label = std::min(ui.width(ui.fonts().small, words) + 1, room);
  const Rect fewer{rect.x + std::max(0.0F, label) + gap, rect.center_y() - side / 2, side, side};
  const Rect more{fewer.x + side + ui.px(kBetween), fewer.y, side, side};
  ui.text_in(ui.fonts().small, {rect.x, rect.y, fewer.x - gap - rect.x, rect.height}, Align::left,
             ui.theme().text, words);
  if (button(ui, "token.narrower", fewer, "−", tr("Takes the last number off every vector; two stay.")) &&
      width > kMinTokenWidth) {
    resize_token(width - 1, &scene->token);
  }
  if (button(ui, "token.wider", more, "+", tr("Gives every vector one more number, a 0; six at most.")) &&
      width < kMaxTokenWidth) {
    resize_token(width + 1, &scene->token);
  }
}

float draw_token_boxes(const Ui& ui, const Rect& place, session::Scene* scene) {
  const std::size_t numbers = scene->token.x.size();
  Flow flow(
      ui, place,
      ui.px(kLabel - kBetween) + static_cast<float>(numbers) * (box_width(ui, numbers) + ui.px(kBetween)));
  std::string_view problem;
  for (const Group& group : groups_of(*scene)) {
    const std::string_view said = draw_group(ui, flow.next(), group, scene);
    if (problem.empty()) problem = said;
  }
  const Rect words{place.x, flow.bottom(), place.width, 0};
  const ImU32 color = problem.empty() ? ui.theme().secondary : ui.theme().bad;
  const float height =
      ui.paragraph(ui.fonts().small, words, color, problem.empty() ? tr(figure::kTokenRemark) : problem);
  ui.landmark("token.remark", {words.x, words.y, words.width, height});
  return flow.bottom() - place.y + height;
}

}  // namespace gradflow::ui
