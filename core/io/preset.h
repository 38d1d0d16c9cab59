// Presets: files of assets/presets/, each a stack file with what is known of the real model around it.
//
//   {"facts": {"model": "BERT base", "year": 2019, "num_layers": 12, "d_model": 768, "num_heads": 12,
//              "d_ff": 3072, "source": "Devlin et al. 2019, section 3", "left_out": ["Dropout."]},
//    "stack": {"format": 1, ...}}
//
// model, year and source must be given and not be empty; every other fact may be missing. Read as strictly
// as a stack file: an unknown key is an error. All functions throw InputError.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/io/input_error.h"
#include "core/spec/preset.h"

namespace gradflow {

/// A preset from its text. `name` is what sentences call the file.
Preset parse_preset(std::string_view json, std::string_view name);

/// A preset as a file that reads back the same.
std::string preset_json(const Preset& preset);

/// The names of the presets built into the program, sorted.
std::vector<std::string> preset_names();

/// One of them by name.
Preset load_preset(std::string_view name);

}  // namespace gradflow
