// The scene that a lesson shows, as lines "key = value":
//
//   A = pre-ln                            stack A; a built-in name or a preset
//   B = post-ln
//   B.sublayers.ffn.residual = false      what gradflow-cli --set takes
//   depth = 48                            of all stacks
//   selected = B, hidden = A, pinned = A  by letters
//   race_lanes = A, B, B warmup           which lanes the race has
//   view = training, race_steps = 300     every other key of a session file (app/session/scene_file.cpp)
#pragma once

#include <string>
#include <vector>

#include "app/lessons/lesson.h"

namespace gradflow::lessons {

/// Does to the scene what the settings say. Throws InputError.
void apply(const Setting& setting, session::Scene* scene);

/// A scene from `start`; what is wrong with a setting, or with what came out, is a problem. Then it is
/// `start`.
session::Scene changed(session::Scene start, const std::vector<Setting>& settings, int line,
                       Problems* problems);

/// The scene of a scene block: the usual one, with the stacks that the block names in place of its own.
session::Scene scene_from(const std::vector<Setting>& settings, int line, Problems* problems);

/// Landmarks of the window, from "depth.slider, stack.B.ffn.residual": a letter stands for the stack's
/// number. Throws InputError.
std::vector<std::string> landmarks_from(const std::string& list);

}  // namespace gradflow::lessons
