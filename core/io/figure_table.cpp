// The session in a tidy table, or in that of a race or a token: a last column, `session`, which only the
// first row has something in. A comment ahead of the header would be shorter, but every reader of CSV would
// have to be told of it.
#include <algorithm>
#include <array>

#include "core/io/figure_parts.h"
#include "core/io/input_error.h"
#include "core/io/tidy.h"
#include "core/io/token_rows.h"
#include "core/io/training_table.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

constexpr std::string_view kColumn = ",session";
constexpr std::array kHeaders{kTidyHeader, kTrainingHeader, kTokenHeader};

/// The columns that the table begins with, without the line end; empty where it is none of ours.
std::string_view columns_of(std::string_view table) {
  for (const std::string_view header : kHeaders) {
    const std::string_view columns = header.substr(0, header.size() - 1);
    if (table.starts_with(columns)) return columns;
  }
  return {};
}

std::size_t fields_in(std::string_view columns) {
  return static_cast<std::size_t>(std::count(columns.begin(), columns.end(), ',')) + 1;
}

/// How long the row is that starts here, without its line end: a line end in quotes belongs to a field.
std::size_t row_length(std::string_view rows) {
  bool quoted = false;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i] == '"') quoted = !quoted;
    if (rows[i] == '\n' && !quoted) return i;
  }
  return rows.size();
}

/// The field that starts here, and the rest from the comma or line end behind it; nothing where its quotes do
/// not close.
std::optional<std::string> take_field(std::string_view* rest) {
  std::string field;
  if (!rest->starts_with('"')) {
    const std::size_t end = std::min(rest->find_first_of(",\r\n"), rest->size());
    field = rest->substr(0, end);
    rest->remove_prefix(end);
    return field;
  }
  rest->remove_prefix(1);
  for (;;) {
    const std::size_t quote = rest->find('"');
    if (quote == std::string_view::npos) return std::nullopt;
    field += rest->substr(0, quote);
    rest->remove_prefix(quote + 1);
    if (!rest->starts_with('"')) return field;
    field += '"';
    rest->remove_prefix(1);
  }
}

}  // namespace

std::string embed_in_table(std::string_view table, std::string_view line) {
  const std::string_view columns = columns_of(table);
  if (columns.empty() || !table.substr(columns.size()).starts_with('\n')) {
    throw InputError(tr("the table does not have the header of a tidy table"));
  }
  std::string with = std::string(columns) + std::string(kColumn) + "\n";
  table.remove_prefix(columns.size() + 1);
  std::string session = csv_field(line);
  if (table.empty()) return with + std::string(fields_in(columns), ',') + session + "\n";
  while (!table.empty()) {
    const std::size_t length = row_length(table);
    with += std::string(table.substr(0, length)) + "," + session + "\n";
    session.clear();
    table.remove_prefix(std::min(length + 1, table.size()));
  }
  return with;
}

bool starts_like_table(std::string_view bytes) { return !columns_of(bytes).empty(); }

FoundSession find_in_table(std::string_view bytes) {
  const std::string_view columns = columns_of(bytes);
  bytes.remove_prefix(columns.size());
  if (!bytes.starts_with(kColumn)) return {};
  bytes.remove_prefix(kColumn.size());
  if (bytes.starts_with('\r')) bytes.remove_prefix(1);
  if (!bytes.starts_with('\n')) return {{}, text_key("its header does not end")};
  bytes.remove_prefix(1);
  for (std::size_t field = 0; field < fields_in(columns); ++field) {
    if (!take_field(&bytes)) return {{}, text_key("the quotes of a field do not close")};
    if (!bytes.starts_with(',')) return {{}, text_key("its first row has too few fields")};
    bytes.remove_prefix(1);
  }
  std::optional<std::string> session = take_field(&bytes);
  const bool ends = bytes.starts_with('\n') || bytes.starts_with("\r\n");
  if (!session || !ends) return {{}, text_key("its session does not end")};
  if (session->empty()) return {};
  return {std::move(*session)};
}

}  // namespace gradflow
