// list_texts FOLDER: writes the list of all texts in the sources of that folder into its
// assets/languages/en.json.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>

#include "core/io/json.h"
#include "core/io/tests/texts.h"

namespace gradflow {
namespace {

bool list_texts(const std::filesystem::path& root) {
  OrderedJson list = OrderedJson::object();
  for (const std::string& text : test::texts_of_tree(root)) list[text] = text;
  std::ofstream file(root / "assets/languages/en.json", std::ios::binary);
  file << print_json(list);
  return static_cast<bool>(file.flush());
}

}  // namespace
}  // namespace gradflow

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("list_texts FOLDER\n", stderr);
    return 2;
  }
  try {
    if (gradflow::list_texts(argv[1])) return 0;
    std::fputs("list_texts: cannot write assets/languages/en.json\n", stderr);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "list_texts: %s\n", error.what());
  }
  return 1;
}
