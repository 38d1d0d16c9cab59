#include "app/tests/lesson_hand.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>

#include "app/lessons/scene_block.h"
#include "app/session/scene_edits.h"
#include "app/ui/depth_slider.h"
#include "core/spec/names.h"

namespace gradflow::testing {
namespace {

using session::Scene;

std::string number(std::size_t index) { return std::to_string(index); }

/// The scene as the setting wants it.
Scene goal_of(const Driver& driver, const lessons::Setting& setting) {
  Scene goal = driver.scene();
  lessons::apply(setting, &goal);
  return goal;
}

void set_view(Driver& driver, const Scene& goal) {
  driver.click("plot.view." + std::string(key_of(goal.view)));
}

void set_sites(Driver& driver, const std::string& stack, SublayerKind kind, const SiteSet& has,
               const SiteSet& wanted) {
  for (const auto& site : kNames<Site>) {
    if (has.contains(site.value) == wanted.contains(site.value)) continue;
    driver.click(stack + std::string(key_of(kind)) + ".norm." + std::string(site.key));
  }
}

/// Sockets, wires and ends of one stack's diagram.
void set_wiring(Driver& driver, std::size_t i, const StackSpec& goal) {
  const std::string stack = "stack." + number(i) + ".";
  driver.click("block.select." + number(i));
  if (goal.residual_scale.rule != driver.stack(i).residual_scale.rule) {
    driver.choose(stack + "wiring", "deepnorm");
    return;
  }
  for (const auto& sublayer : kNames<SublayerKind>) {
    const SublayerSpec* wanted = goal.sublayers.find(sublayer.value);
    if (wanted == nullptr) continue;
    const SublayerSpec has = *driver.stack(i).sublayers.find(sublayer.value);
    set_sites(driver, stack, sublayer.value, has.norm, wanted->norm);
    if (has.residual != wanted->residual) driver.click(stack + std::string(sublayer.key) + ".residual");
  }
  if (goal.final_norm != driver.stack(i).final_norm) driver.click(stack + "final_norm");
  if (goal.embedding_norm != driver.stack(i).embedding_norm) driver.click(stack + "embedding_norm");
  if (goal.norm.kind != driver.stack(i).norm.kind)
    driver.click(stack + "norm_kind." + std::string(key_of(goal.norm.kind)));
}

/// One layer of its own: picked in the strip, rewired, and all layers shown again.
void set_override(Driver& driver, std::size_t i, const StackSpec& goal) {
  driver.click("block.select." + number(i));
  const Override own = goal.overrides.back();
  driver.click("block.layer." + std::to_string(own.layers.back()));
  const std::string stack = "stack." + number(i) + ".";
  const Sublayers usual = driver.stack(i).sublayers;
  if (own.attention.norm)
    set_sites(driver, stack, SublayerKind::attention, usual.attention.norm, *own.attention.norm);
  if (own.ffn.norm) set_sites(driver, stack, SublayerKind::ffn, usual.ffn.norm, *own.ffn.norm);
  driver.click("block.layers.all");
}

void set_init(Driver& driver, std::size_t i, const StackSpec& goal) {
  const InitSpec has = driver.stack(i).init;
  driver.click("settings.target." + number(i));
  if (goal.init.scheme != has.scheme) driver.choose("init.scheme", key_of(goal.init.scheme));
  if (goal.init.residual_output != has.residual_output)
    driver.choose("init.residual_output", key_of(goal.init.residual_output));
  if (goal.init.gain != has.gain) driver.enter("init.gain", std::to_string(goal.init.gain));
  driver.click("settings.target.all");
}

void set_stack(Driver& driver, std::size_t i, const StackSpec& goal) {
  if (goal.overrides != driver.stack(i).overrides) return set_override(driver, i, goal);
  if (goal.num_layers != driver.stack(i).num_layers) {
    if (driver.scene().depth_linked) driver.click("depth.linked");
    driver.drag("depth.slider", driver.stack(i).num_layers, goal.num_layers);
    return;
  }
  if (!(goal.init == driver.stack(i).init)) return set_init(driver, i, goal);
  set_wiring(driver, i, goal);
}

void set_race(Driver& driver, const Scene& goal) {
  const session::Race& wanted = goal.race;
  const session::Race has = driver.scene().race;
  for (std::size_t i = 0; i < goal.stacks.size(); ++i) {
    for (const bool warmup : {false, true}) {
      if (session::races(goal, i, warmup) == session::races(driver.scene(), i, warmup)) continue;
      driver.click("race.lane." + number(i) + (warmup ? ".warmup" : ".plain"));
    }
  }
  const auto enter = [&](const char* name, auto from, auto to) {
    if (from != to) driver.enter(name, std::to_string(to));
  };
  enter("race.learning_rate", has.training.learning_rate, wanted.training.learning_rate);
  enter("race.warmup", has.training.warmup, wanted.training.warmup);
  enter("race.depth", has.num_layers, wanted.num_layers);
  enter("race.steps", has.training.steps, wanted.training.steps);
  enter("race.seed", has.seed, wanted.seed);
}

void set_token(Driver& driver, const TokenVectors& goal) {
  const TokenVectors has = driver.scene().token;
  const auto enter = [&](const std::string& name, const auto& from, const auto& to) {
    for (std::size_t i = 0; i < to.size(); ++i) {
      if (from.at(i) != to[i]) driver.enter("token." + name + "." + number(i), std::to_string(to[i]));
    }
  };
  enter("x", has.x, goal.x);
  enter("attention", has.attention, goal.attention);
  enter("ffn", has.ffn, goal.ffn);
  enter("gradient", has.gradient, goal.gradient);
}

}  // namespace

void do_by_hand(Driver& driver, const lessons::Setting& setting) {
  const Scene goal = goal_of(driver, setting);
  const Scene before = driver.scene();
  if (goal == before) return;
  if (goal.stacks.size() > before.stacks.size()) {
    driver.choose("list.add", setting.value);
  } else if (setting.key == "depth") {
    if (!before.depth_linked) driver.click("depth.linked");
    const int depth = goal.stacks.front().num_layers;
    if (depth > ui::kTrackDepth) {
      driver.enter("depth.input", std::to_string(depth));
    } else {
      driver.drag("depth.slider", before.stacks.front().num_layers, depth);
    }
  } else if (!(goal.token == before.token)) {
    set_token(driver, goal.token);
  } else if (!(goal.race == before.race)) {
    set_race(driver, goal);
  } else if (goal.view != before.view) {
    set_view(driver, goal);
  } else if (goal.selected != before.selected) {
    driver.click("list." + number(goal.selected));
  } else if (goal.seeds != before.seeds) {
    driver.enter("input.seeds", number(goal.seeds));
  } else if (goal.quantity != before.quantity || goal.forward_quantity != before.forward_quantity ||
             goal.race_quantity != before.race_quantity) {
    driver.choose("plot.quantity", setting.value);
  } else if (goal.hidden != before.hidden) {
    for (std::size_t i = 0; i < goal.stacks.size(); ++i) {
      if (session::is_hidden(goal, i) != session::is_hidden(driver.scene(), i))
        driver.click("list." + number(i) + ".shown");
    }
  } else {
    for (std::size_t i = 0; i < goal.stacks.size(); ++i) {
      if (!(goal.stacks[i] == before.stacks[i])) set_stack(driver, i, goal.stacks[i]);
    }
  }
  driver.settle();
  if (driver.scene() == before) throw std::logic_error(setting.key + " = " + setting.value + " does nothing");
}

void do_by_hand(Driver& driver, const std::vector<lessons::Setting>& settings) {
  for (const lessons::Setting& setting : settings) do_by_hand(driver, setting);
  driver.settle();
}

}  // namespace gradflow::testing
