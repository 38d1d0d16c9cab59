// The scene as a session file (core/io/session_file.h), in both directions. A new field of the scene is one
// row of each_field in scene_file.cpp. All functions throw std::exception with a sentence.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/session/scene.h"

namespace gradflow::session {

/// What must hold of the whole scene, such as that its selected stack is there. Throws InputError; `name` is
/// what its sentence calls the scene.
void check_scene(const Scene& scene, std::string_view name);

/// A scene from the text of a session file; `name` is what sentences call the file.
Scene parse_scene(std::string_view json, std::string_view name);

/// A session file that reads back as the same scene.
std::string scene_json(const Scene& scene);

/// Puts the scene at `path`, whole or not at all.
void write_scene(const Scene& scene, const std::filesystem::path& path);

/// The keys of a session file beside "stacks".
std::vector<std::string> scene_keys();

/// The number under one of them; nothing where there is none.
std::optional<double> scene_number(const Scene& scene, const std::string& key);

/// Puts `value` under one of them: JSON, but a word is taken as it stands. What must hold of the whole scene
/// is not looked at; check_scene() does.
void set_scene_value(Scene* scene, const std::string& key, std::string_view value);

/// The view of this key, as command lines name it.
View parse_view(std::string_view word);

/// What files have in them: a session, or stacks to be shown beside each other.
struct Opened {
  Scene scene;
  std::optional<std::filesystem::path> session = {};  // the file, where it was a session
  bool figure = false;                                // the session came out of a figure
  std::vector<std::filesystem::path> weights = {};    // files whose weights stacks have
};

/// One session file, one figure that has a session in it (core/io/figure_file.h), or 1 to kMaxStacks stack
/// files and weights files; a session has the key "stacks". The stacks take the place of those of `before`,
/// which keeps its way of looking at them; but weights files alone are added, where there is room. Of a
/// weights file the header alone is read. It is of the stack that it says, or is tried on the one that is
/// selected.
Opened open_files(const std::vector<std::filesystem::path>& files, const Scene& before);

/// The same for the words of a command line, which may be names of stacks, too; without any, the usual scene.
/// A weights file that does not say of which stack it is, is tried on the one before it.
Opened open_named(const std::vector<std::string>& words);

}  // namespace gradflow::session
