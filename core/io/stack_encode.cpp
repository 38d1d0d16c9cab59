#include <cmath>

#include "core/io/number.h"
#include "core/io/stack_json.h"
#include "core/io/stack_keys.h"
#include "core/io/text_code.h"
#include "core/spec/text.h"

namespace gradflow {
namespace {

template <Keyed T>
OrderedJson encode(const T& object, const Place& place);

OrderedJson encode(const InitSpec& init, const Place& place);

OrderedJson encode(bool value, const Place&) { return value; }
OrderedJson encode(int value, const Place&) { return value; }
OrderedJson encode(std::uint64_t value, const Place&) { return value; }

OrderedJson encode(double value, const Place& place) {
  if (!std::isfinite(value)) place.refuse(shortest(value), tr("a finite number"));
  return value;
}

/// Whether a JSON string serves. Control characters take six bytes each there and read badly: base64 then
/// too.
bool is_plain(std::string_view text) {
  for (char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte < 0x20 && character != '\n' && character != '\t' && character != '\r') return false;
  }
  return !first_not_utf8(text).has_value();
}

OrderedJson encode(const std::string& text, const Place&) {
  if (is_plain(text)) return text;
  return {{kBase64Key, to_base64(text)}};
}

template <class E>
requires std::is_enum_v<E> OrderedJson encode(E value, const Place&) { return std::string(key_of(value)); }

OrderedJson encode(SiteSet sites, const Place&) {
  OrderedJson list = OrderedJson::array();
  for (Site site : kSites) {
    if (sites.contains(site)) list.push_back(key_of(site));
  }
  return list;
}

OrderedJson encode(const SkipGain& gain, const Place& place) {
  if (gain.rule == SkipGain::Rule::deepnorm) return std::string(kDeepnormGain);
  return encode(gain.value, place);
}

OrderedJson encode(const std::vector<int>& layers, const Place&) { return layers; }

OrderedJson encode(const std::vector<Override>& overrides, const Place& place) {
  OrderedJson list = OrderedJson::array();
  for (std::size_t i = 0; i < overrides.size(); ++i) list.push_back(encode(overrides[i], place.at(i)));
  return list;
}

template <class T>
OrderedJson encode(const std::optional<T>& value, const Place& place) {
  return value ? encode(*value, place) : OrderedJson(nullptr);
}

/// A patch says only what it changes.
constexpr bool is_said(const auto&) { return true; }
template <class T>
bool is_said(const std::optional<T>& value) {
  return value.has_value();
}
bool is_said(const std::optional<SublayerSpec>&) { return true; }
bool is_said(const SublayerPatch& patch) { return !(patch == SublayerPatch{}); }

template <Keyed T>
OrderedJson encode(const T& object, const Place& place) {
  OrderedJson json = OrderedJson::object();
  each_key(object, [&](std::string_view key, const auto& member) {
    if (is_said(member)) json[std::string(key)] = encode(member, place.of(key));
  });
  return json;
}

/// A file of weights is the exception, and said where there is one.
OrderedJson encode(const InitSpec& init, const Place& place) {
  OrderedJson json = encode<InitSpec>(init, place);
  if (init.weights.empty()) json.erase("weights");
  return json;
}

}  // namespace

OrderedJson encode_stack(const StackSpec& spec) { return encode(spec, Place{}); }

}  // namespace gradflow
