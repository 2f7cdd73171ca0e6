// JSON is changed as JSON: values of other kinds, names that the library knows, parts of what was seen before. What is no JSON, and some of what
// is, is left to libFuzzer.
#include <boost/json.hpp>

#include <cstring>
#include <random>

#include "crm/meta/meta.hpp"
#include "targets.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace crm::fuzz {
namespace {

namespace json = boost::json;
using Random = std::minstd_rand;

const std::vector<std::string>& words() {
  static const std::vector<std::string> kWords = [] {
    std::vector<std::string> all{"",       "ы",     "2026-03-02", "9999-12-31", "1400-01-01", "2026-03-02T10:00:00Z", "+14:00", "RUB", "1e400", "0.0000001",
                                 "\xF0\x9F\x98\x80", "$ref", "param", "all", "any", "not", "field", "value", "from", "to", "in", "text", "exists", "characteristic"};
    for (const EntityInfo* info : entities()) {
      all.emplace_back(info->name);
      for (const FieldInfo& field : info->fields) all.emplace_back(field.name);
    }
    for (const EnumInfo* info : enumerations())
      for (const EnumValue& value : info->values) all.emplace_back(value.code);
    return all;
  }();
  return kWords;
}

json::value any_value(Random& random) {
  static constexpr std::int64_t kNumbers[] = {0, 1, -1, 2, 3, 100, 65536, INT32_MAX, INT32_MIN, 9007199254740993, INT64_MAX, INT64_MIN};
  static constexpr double kReals[] = {0.5, -0.0, 1e308, 5e-324, 1e18};
  switch (random() % 8) {
    case 0: return nullptr;
    case 1: return random() % 2 == 0;
    case 2: case 3: return kNumbers[random() % std::size(kNumbers)];
    case 4: return kReals[random() % std::size(kReals)];
    case 5: return random() % 2 ? json::value(json::array()) : json::value(json::object());
    default: return json::string(words()[random() % words().size()]);
  }
}

void gather(json::value& value, std::vector<json::value*>& nodes) {
  nodes.push_back(&value);
  if (value.is_array())
    for (json::value& one : value.get_array()) gather(one, nodes);
  if (value.is_object())
    for (auto& member : value.get_object()) gather(member.value(), nodes);
}

json::value& one_of(json::value& root, Random& random) {
  std::vector<json::value*> nodes;
  gather(root, nodes);
  return *nodes[random() % nodes.size()];
}

/// A part of what was seen before.
json::value seen(json::value& now, Random& random) {
  static std::vector<json::value> kept;
  if (kept.size() < 300) kept.push_back(now);
  else kept[random() % kept.size()] = now;
  return one_of(kept[random() % kept.size()], random);
}

void change(json::value& root, Random& random) {
  json::value old = seen(root, random);
  json::value& at = one_of(root, random);
  switch (random() % 6) {
    case 0: at = any_value(random); return;
    case 1: at = std::move(old); return;
    case 2: at = json::array{json::value(at)}; return;
    default: break;
  }
  if (at.is_object()) {
    json::object& object = at.get_object();
    if (!object.empty() && random() % 2) object.erase(object.begin() + random() % object.size());
    if (random() % 2) object[words()[random() % words().size()]] = random() % 2 ? old : any_value(random);
    else if (old.is_object())
      for (auto& member : old.get_object()) object[member.key()] = member.value();
  } else if (at.is_array()) {
    json::array& array = at.get_array();
    if (!array.empty() && random() % 2) array.erase(array.begin() + random() % array.size());
    else array.push_back(random() % 2 ? old : any_value(random));
  } else {
    at = any_value(random);
  }
}

}  // namespace
}  // namespace crm::fuzz

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  using namespace crm::fuzz;
  Random random(seed);
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string_view text = bytes.substr(0, bytes.find('\0'));
  boost::system::error_code error;
  boost::json::value value = boost::json::parse(text, error);
  if (error || random() % 8 == 0) return LLVMFuzzerMutate(data, size, most);
  for (std::size_t times = 1 + random() % 3; times > 0; --times) change(value, random);
  const std::string changed = boost::json::serialize(value) + std::string(bytes.substr(text.size()));
  if (changed.size() > most) return LLVMFuzzerMutate(data, size, most);
  std::memcpy(data, changed.data(), changed.size());
  return changed.size();
}
