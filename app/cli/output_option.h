// Where a command writes to, and that this is none of the files it reads.
#pragma once

#include <CLI/CLI.hpp>
#include <span>
#include <string>

namespace gradflow::cli {

/// --output FILE, standard output unless said; `what` is written there.
void add_text_output(CLI::App& options, std::string& output, const std::string& what);

/// The same for a table.
void add_table_output(CLI::App& options, std::string& output);

/// --output FILE for a command whose data is bytes: it has to be said.
void add_tensor_output(CLI::App& options, std::string& output);

/// An output that is one of the inputs would be lost: refused with an InputError, however the two are
/// spelled. `option` is what said it.
void check_output(const std::string& output, std::span<const std::string> inputs,
                  const std::string& option = "--output");

/// Refuses two outputs of one command that are the same file, or both standard output.
void check_outputs(const std::string& output, const std::string& other, const std::string& other_option);

}  // namespace gradflow::cli
