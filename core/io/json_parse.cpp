#include <algorithm>
#include <utility>
#include <vector>

#include "core/io/json.h"
#include "core/io/text_code.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

constexpr std::size_t kShownBytes = 60;

std::string position(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, byte);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return tr("line {0}, column {1}", {std::to_string(line), std::to_string(byte - line_start + 1)});
}

/// Builds the value from the parser's events and knows at each of them which key it belongs to.
class StrictBuilder : public nlohmann::json_sax<Json> {
 public:
  StrictBuilder(std::string_view text, const std::string& where) : text_(text), where_(where) {}

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(value); }
  bool number_unsigned(number_unsigned_t value) override { return put(value); }
  bool number_float(number_float_t value, const string_t&) override { return put(value); }
  bool string(string_t& value) override { return put(std::move(value)); }
  bool binary(binary_t&) override { return false; }  // JSON has none
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& key) override {
    levels_.back().key = key;
    if (levels_.back().value->contains(key)) {
      throw InputError(where_ + ": " + tr("{0} is given twice; a key may occur once", {dotted_key()}));
    }
    return true;
  }

  bool parse_error(std::size_t byte, const std::string& token,
                   const nlohmann::detail::exception& error) override {
    if (error.id == kNumberOverflow) {
      throw InputError(where_ + ": " +
                       tr("{0} is {1}; allowed is {2}",
                          {dotted_key(), clipped(token, kShownBytes), tr("a number up to 1.8e308")}));
    }
    const std::string place = position(text_, byte == 0 ? 0 : byte - 1);
    throw InputError(where_ + ", " + place + ": " + tr("this is not JSON: {0}", {reason(error.what())}));
  }

  Json take() { return std::move(root_); }

 private:
  static constexpr int kNumberOverflow = 406;  // nlohmann's out_of_range.406
  struct Level {
    Json* value;
    std::string key;
  };

  /// nlohmann's explanation without its prefix of codes and positions.
  static std::string reason(std::string_view what) {
    const std::size_t prefix = what.find(": ");
    if (prefix != std::string_view::npos) what.remove_prefix(prefix + 2);
    return clipped(what, 200);
  }

  Json* add(Json&& value) {
    if (levels_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Json& parent = *levels_.back().value;
    if (parent.is_object()) return &(parent[levels_.back().key] = std::move(value));
    parent.push_back(std::move(value));
    return &parent.back();
  }

  bool put(Json value) {
    add(std::move(value));
    return true;
  }

  bool open(Json&& container) {
    if (levels_.size() == kMaxJsonDepth) {
      throw InputError(where_ + ": " +
                       tr("{0} is nested too deep; at most {1} levels are allowed",
                          {dotted_key(), std::to_string(kMaxJsonDepth)}));
    }
    Json* place = add(std::move(container));
    levels_.push_back({place, {}});
    return true;
  }

  bool close() {
    levels_.pop_back();
    return true;
  }

  /// Of the value that is being read: in an open array that is the one after the last, further out the last.
  std::string dotted_key() const {
    std::string path;
    for (const Level& level : levels_) {
      if (level.value->is_array()) {
        path += '[' + std::to_string(level.value->size() - (&level == &levels_.back() ? 0 : 1)) + ']';
      } else {
        path += (path.empty() ? "" : ".") + clipped(level.key, kShownBytes);
      }
    }
    return path.empty() ? std::string(tr("the value")) : path;
  }

  std::string_view text_;
  const std::string& where_;
  Json root_;
  std::vector<Level> levels_;
};

}  // namespace

Json parse_json(std::string_view text, const std::string& where) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    throw InputError(tr("{0} is empty; a JSON value is expected", {where}));
  }
  if (const auto bad = first_not_utf8(text)) {
    throw InputError(
        where + ", " + position(text, *bad) + ": " +
        tr("a byte is not UTF-8, which JSON must be; an input text of other bytes is written as {0}",
           {kBase64Example}));
  }
  StrictBuilder builder(text, where);
  Json::sax_parse(text, &builder);
  return builder.take();
}

std::string shown(const Json& json) {
  return clipped(json.dump(-1, ' ', false, Json::error_handler_t::replace), kShownBytes);
}

}  // namespace gradflow
