#include "core/io/token_rows.h"

#include "core/io/number.h"
#include "core/io/tidy.h"

namespace gradflow {
namespace {

class Writer {
 public:
  explicit Writer(std::string_view stack) : stack_(csv_field(stack)) {}

  void add(const TokenRow& row, const std::string& prefix) {
    row_ = prefix + row.key();
    for (std::size_t i = 0; i < row.values.size(); ++i) put(std::to_string(i), row.values[i]);
    put("mean", row.mean());
    put("sd", row.sd());
    put("rms", row.rms());
    put("length", row.length());
    if (row.norm) put("norm_mean", row.norm->mean);
    if (row.norm) put("norm_spread", row.norm->spread);
    if (row.skip) put("skip", *row.skip);
  }
  void put(const std::string& quantity, double value) {
    text_ += stack_ + ',' + row_ + ',' + quantity + ',' + shortest(value) + '\n';
  }
  std::string take() { return std::move(text_); }

 private:
  std::string stack_, row_, text_;
};

}  // namespace

std::string token_rows(const TokenWalk& walk, std::string_view stack) {
  Writer writer(stack);
  for (const TokenRow& row : walk.forward) writer.add(row, "");
  for (const TokenRow& row : walk.backward) {
    writer.add(row, "gradient.");
    writer.put("share", walk.share(row));
  }
  return writer.take();
}

}  // namespace gradflow
