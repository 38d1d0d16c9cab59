// Who may include whom, as a table, and the check of one file against it.
//
//   core:  spec <- ops <- model <- analysis, training <- io
//   app:   session, figure <- ui <- platform              only the files right in app/ know everyone
//          session, figure, the table of views <- export <- cli
//
// The include root is the repository root, so the path in an #include is what is checked. Tests and
// benchmarks may include anything; nothing else may include them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gradflow::test {

/// What is wrong with the #include lines of the file at `path` (from the repository root): one sentence each,
/// "PATH:LINE: ...". Nothing where all is well.
std::vector<std::string> violations(std::string_view path, std::string_view source);

}  // namespace gradflow::test
