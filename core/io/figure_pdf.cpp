// The session in a PDF file: an attachment, session.json, appended as an incremental update (PDF 1.4, 2.2.7
// and 3.10.3). Its stream is not compressed, and its dictionary has the key GradflowSession with the length,
// by which it is found without reading the file's structure.
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>

#include "core/io/figure_parts.h"
#include "core/io/input_error.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

constexpr std::string_view kMarker = "/GradflowSession ";
constexpr std::string_view kStream = ">>\nstream\n";
constexpr std::string_view kStreamEnd = "\nendstream";

/// The whole number behind `key`, such as 12 in "/Size 12", in the last place where the key is.
std::optional<std::size_t> number_behind(std::string_view text, std::string_view key) {
  const std::size_t place = text.rfind(key);
  if (place == std::string_view::npos) return std::nullopt;
  text.remove_prefix(place + key.size());
  const std::size_t digits = std::min(text.find_first_not_of(" \r\n"), text.size());
  text.remove_prefix(digits);
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() ? std::optional(number) : std::nullopt;
}

/// What an update needs to know of the file it is appended to.
struct Outline {
  std::size_t objects = 0, root = 0, info = 0, table = 0;  // numbers of objects, place of their table
  std::string catalog;                                     // the dictionary of the root, up to its ">>"
};

Outline outline_of(std::string_view pdf) {
  const std::size_t trailer = pdf.rfind("trailer");
  if (trailer == std::string_view::npos) throw InputError(tr("the PDF file has no trailer"));
  const std::string_view end = pdf.substr(trailer);
  const auto objects = number_behind(end, "/Size ");
  const auto root = number_behind(end, "/Root ");
  const auto info = number_behind(end, "/Info ");
  const auto table = number_behind(end, "startxref");
  if (!objects || !root || !info || !table)
    throw InputError(tr("the PDF file has a trailer that lacks entries"));
  const std::string start = "\n" + std::to_string(*root) + " 0 obj\n";
  const std::size_t object = pdf.find(start);
  const std::size_t close = pdf.find("\nendobj", object);
  if (object == std::string_view::npos || close == std::string_view::npos) {
    throw InputError(tr("the PDF file has no catalog"));
  }
  std::string_view catalog = pdf.substr(object + start.size(), close - object - start.size());
  catalog = catalog.substr(0, std::min(catalog.rfind(">>"), catalog.size()));
  return {*objects, *root, *info, *table, std::string(catalog)};
}

/// A line of the cross-reference table: exactly 20 bytes.
std::string table_line(std::size_t offset) {
  std::array<char, 32> line;
  std::snprintf(line.data(), line.size(), "%010zu 00000 n \n", offset);
  return line.data();
}

std::string reference(std::size_t object) { return std::to_string(object) + " 0 R"; }

/// What the dictionary says behind the marker. The marker may occur in a session, too, as a stack may be
/// called so; but there no line ends behind it.
FoundSession session_behind(std::string_view bytes) {
  std::uint32_t length = 0;
  const auto [end, error] = std::from_chars(bytes.data(), bytes.data() + bytes.size(), length);
  if (error != std::errc()) return {{}, text_key("the length of its session is no number")};
  bytes.remove_prefix(static_cast<std::size_t>(end - bytes.data()));
  if (bytes.starts_with(' ')) bytes.remove_prefix(1);
  if (!bytes.starts_with(kStream)) return {{}, text_key("its session has been changed by another program")};
  bytes.remove_prefix(kStream.size());
  if (length > bytes.size()) return {{}, text_key("its session is longer than the file")};
  if (!bytes.substr(length).starts_with(kStreamEnd))
    return {{}, text_key("its session does not end where it should")};
  return {std::string(bytes.substr(0, length))};
}

}  // namespace

std::string embed_in_pdf(std::string_view pdf, std::string_view line) {
  const Outline outline = outline_of(pdf);
  std::string figure(pdf);
  const std::size_t stream = outline.objects;
  const std::size_t file = outline.objects + 1;
  const std::string length = std::to_string(line.size());
  if (!figure.ends_with('\n')) figure += '\n';

  const std::size_t root_at = figure.size();
  figure += std::to_string(outline.root) + " 0 obj\n" + outline.catalog +
            "/Names << /EmbeddedFiles << /Names [(session.json) " + reference(file) + "] >> >>\n>>\nendobj\n";
  const std::size_t stream_at = figure.size();
  figure += std::to_string(stream) + " 0 obj\n<< /Type /EmbeddedFile /Subtype /application#2Fjson /Length " +
            length + " " + std::string(kMarker) + length + " " + std::string(kStream) + std::string(line) +
            std::string(kStreamEnd) + "\nendobj\n";
  const std::size_t file_at = figure.size();
  figure += std::to_string(file) +
            " 0 obj\n<< /Type /Filespec /F (session.json) /UF (session.json) /EF << /F " + reference(stream) +
            " >> /Desc (the gradflow session of this figure) >>\nendobj\n";

  const std::size_t table_at = figure.size();
  figure += "xref\n" + std::to_string(outline.root) + " 1\n" + table_line(root_at) + std::to_string(stream) +
            " 2\n" + table_line(stream_at) + table_line(file_at);
  figure += "trailer\n<< /Size " + std::to_string(outline.objects + 2) + " /Root " + reference(outline.root) +
            " /Info " + reference(outline.info) + " /Prev " + std::to_string(outline.table) +
            " >>\nstartxref\n" + std::to_string(table_at) + "\n%%EOF\n";
  return figure;
}

FoundSession find_in_pdf(std::string_view bytes) {
  FoundSession last;
  for (std::size_t at = bytes.rfind(kMarker); at != std::string_view::npos;
       at = bytes.rfind(kMarker, at - 1)) {
    FoundSession found = session_behind(bytes.substr(at + kMarker.size()));
    if (found.text) return found;
    if (last.damage.empty()) last = std::move(found);
    if (at == 0) break;
  }
  return last;
}

}  // namespace gradflow
