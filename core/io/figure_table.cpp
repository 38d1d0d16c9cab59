// The session in a tidy table: a sixth column, `session`, which only the first row has something in. A
// comment ahead of the header would be shorter, but every reader of CSV would have to be told of it.
#include "core/io/figure_parts.h"
#include "core/io/input_error.h"
#include "core/io/tidy.h"

namespace gradflow {
namespace {

constexpr std::string_view kColumn = ",session";
constexpr std::string_view kColumns = kTidyHeader.substr(0, kTidyHeader.size() - 1);
constexpr std::size_t kFieldsBefore = 5;

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
  if (!table.starts_with(kTidyHeader)) throw InputError("the table does not have the header of a tidy table");
  std::string with = std::string(kColumns) + std::string(kColumn) + "\n";
  table.remove_prefix(kTidyHeader.size());
  std::string session = csv_field(line);
  if (table.empty()) return with + std::string(kFieldsBefore, ',') + session + "\n";
  while (!table.empty()) {
    const std::size_t length = row_length(table);
    with += std::string(table.substr(0, length)) + "," + session + "\n";
    session.clear();
    table.remove_prefix(std::min(length + 1, table.size()));
  }
  return with;
}

FoundSession find_in_table(std::string_view bytes) {
  bytes.remove_prefix(kColumns.size());
  if (!bytes.starts_with(kColumn)) return {};
  bytes.remove_prefix(kColumn.size());
  if (bytes.starts_with('\r')) bytes.remove_prefix(1);
  if (!bytes.starts_with('\n')) return {{}, "its header does not end"};
  bytes.remove_prefix(1);
  for (std::size_t field = 0; field < kFieldsBefore; ++field) {
    if (!take_field(&bytes)) return {{}, "the quotes of a field do not close"};
    if (!bytes.starts_with(',')) return {{}, "its first row has too few fields"};
    bytes.remove_prefix(1);
  }
  std::optional<std::string> session = take_field(&bytes);
  const bool ends = bytes.starts_with('\n') || bytes.starts_with("\r\n");
  if (!session || !ends) return {{}, "its session does not end"};
  if (session->empty()) return {};
  return {std::move(*session)};
}

}  // namespace gradflow
