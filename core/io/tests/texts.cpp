#include "core/io/tests/texts.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <stdexcept>
#include <utility>

namespace gradflow::test {
namespace {

namespace fs = std::filesystem;

/// What the window is not built of.
constexpr std::array<std::string_view, 5> kElsewhere{"/tests/", "/fuzz/", "/bench/", "/app/cli/",
                                                     "/app/cli_main"};

struct Token {
  enum Kind : unsigned char { word, text, sign } kind;
  std::string value;
};

/// The source without comments and spaces. Literals next to one another are one text.
class Scanner {
 public:
  explicit Scanner(std::string_view source) : rest_(source) {}

  std::vector<Token> tokens() {
    while (!rest_.empty()) step();
    return std::move(tokens_);
  }

 private:
  static bool in_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

  void step() {
    const char c = rest_.front();
    if (rest_.starts_with("//")) {
      rest_.remove_prefix(std::min(rest_.size(), rest_.find('\n')));
    } else if (rest_.starts_with("/*")) {
      rest_.remove_prefix(std::min(rest_.size(), rest_.find("*/") + 2));
    } else if (rest_.starts_with("R\"")) {
      raw();
    } else if (c == '"') {
      add_text(literal('"'));
    } else if (c == '\'') {
      tokens_.push_back({Token::sign, literal('\'')});
    } else if (in_word(c)) {
      const auto end = std::find_if_not(rest_.begin(), rest_.end(), in_word);
      const auto length = static_cast<std::size_t>(end - rest_.begin());
      tokens_.push_back({Token::word, std::string(rest_.substr(0, length))});
      rest_.remove_prefix(length);
      // 1'000 is one number, not a number and a character
      const bool number = std::isdigit(static_cast<unsigned char>(c)) != 0;
      if (number && rest_.size() > 1 && rest_.front() == '\'' && in_word(rest_[1])) rest_.remove_prefix(1);
    } else {
      if (std::isspace(static_cast<unsigned char>(c)) == 0)
        tokens_.push_back({Token::sign, std::string(1, c)});
      rest_.remove_prefix(1);
    }
  }

  void add_text(const std::string& value) {
    if (!tokens_.empty() && tokens_.back().kind == Token::text) {
      tokens_.back().value += value;
    } else {
      tokens_.push_back({Token::text, value});
    }
  }

  std::string literal(char end) {
    rest_.remove_prefix(1);
    std::string value;
    while (!rest_.empty() && rest_.front() != end) {
      if (rest_.front() == '\\' && rest_.size() > 1) {
        rest_.remove_prefix(1);
        value += unescaped(rest_.front());
      } else {
        value += rest_.front();
      }
      rest_.remove_prefix(1);
    }
    if (!rest_.empty()) rest_.remove_prefix(1);
    return value;
  }

  /// Others are kept, so that no text of the catalogue can come of them unnoticed.
  static std::string unescaped(char c) {
    switch (c) {
      case 'n': return "\n";
      case 't': return "\t";
      case '"':
      case '\'':
      case '\\': return std::string(1, c);
      default: return std::string("\\") + c;
    }
  }

  void raw() {
    const std::size_t open = rest_.find('(');
    const std::string close = ")" + std::string(rest_.substr(2, open - 2)) + "\"";
    const std::size_t end = rest_.find(close, open);
    add_text(std::string(rest_.substr(open + 1, end - open - 1)));
    rest_.remove_prefix(std::min(rest_.size(), end + close.size()));
  }

  std::string_view rest_;
  std::vector<Token> tokens_;
};

bool is_sign(const Token& token, std::string_view signs) {
  return token.kind == Token::sign && signs.find(token.value) != std::string_view::npos;
}

}  // namespace

std::vector<std::string> texts_of_source(std::string_view source) {
  const std::vector<Token> tokens = Scanner(source).tokens();
  std::vector<std::string> texts;
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const bool call = tokens[i].kind == Token::word && is_sign(tokens[i + 1], "(") &&
                      (tokens[i].value == "tr" || tokens[i].value == "text_key");
    int depth = call ? 1 : 0;  // of brackets: only the first argument's own literals count
    for (std::size_t k = i + 2; depth > 0 && k < tokens.size(); ++k) {
      if (depth == 1 && is_sign(tokens[k], ",")) break;
      if (is_sign(tokens[k], "([{")) ++depth;
      if (is_sign(tokens[k], ")]}")) --depth;
      if (depth != 1 || tokens[k].kind != Token::text) continue;
      if (tokens[k].value.find('\\') != std::string::npos) {
        throw std::invalid_argument("an escape that the list of texts does not know: " + tokens[k].value);
      }
      texts.push_back(tokens[k].value);
    }
  }
  return texts;
}

std::vector<std::string> other_sentences_of_source(std::string_view source) {
  static const std::regex two_words("[A-Za-z]{2,}[,;:]? [A-Za-z]{2,}");
  static const std::set<std::string> errors{"logic_error", "out_of_range", "invalid_argument",
                                            "static_assert"};
  const std::vector<Token> tokens = Scanner(source).tokens();
  std::vector<std::string> sentences;
  struct Bracket {
    bool translated, exempt;  // its first argument is handed on; none of it is said to a user
  };
  std::vector<Bracket> open{{false, false}};
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (is_sign(tokens[i], "([{")) {
      const std::string before = i > 0 && tokens[i - 1].kind == Token::word ? tokens[i - 1].value : "";
      const bool translated = open.back().translated || before == "tr" || before == "text_key";
      open.push_back({translated, open.back().exempt || errors.contains(before)});
    } else if (is_sign(tokens[i], ")]}")) {
      if (open.size() > 1) open.pop_back();
    } else if (is_sign(tokens[i], ",")) {
      open.back().translated = open.size() > 1 && open[open.size() - 2].translated;
    } else if (tokens[i].kind == Token::text && !open.back().translated && !open.back().exempt) {
      if (std::regex_search(tokens[i].value, two_words)) sentences.push_back(tokens[i].value);
    }
  }
  return sentences;
}

std::vector<fs::path> sources_of_window(const fs::path& root) {
  std::vector<fs::path> paths;
  for (const char* top : {"app", "core"}) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / top)) {
      const std::string path = entry.path().generic_string();
      const bool source = path.ends_with(".h") || path.ends_with(".cpp");
      const bool elsewhere = std::any_of(kElsewhere.begin(), kElsewhere.end(), [&](std::string_view folder) {
        return path.find(folder) != std::string::npos;
      });
      if (source && !elsewhere) paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string content_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> texts_of_tree(const fs::path& root) {
  std::vector<std::string> all;
  for (const fs::path& path : sources_of_window(root)) {
    for (std::string& text : texts_of_source(content_of(path))) {
      if (std::find(all.begin(), all.end(), text) == all.end()) all.push_back(std::move(text));
    }
  }
  return all;
}

}  // namespace gradflow::test
