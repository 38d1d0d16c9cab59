// list_texts FOLDER: writes the list of all texts in the sources of that folder into its
// assets/languages/en.json.
#include <filesystem>
#include <fstream>

#include "core/io/json.h"
#include "core/io/tests/texts.h"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::filesystem::path root = argv[1];
  gradflow::OrderedJson list = gradflow::OrderedJson::object();
  for (const std::string& text : gradflow::test::texts_of_tree(root)) list[text] = text;
  std::ofstream file(root / "assets/languages/en.json", std::ios::binary);
  file << gradflow::print_json(list);
  return file.flush() ? 0 : 1;
}
