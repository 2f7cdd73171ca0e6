// What is fuzzed: a name, and what is done with the bytes. A property that does not hold ends the program (`must`).
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace crm::fuzz {

using Target = std::function<void(std::string_view bytes)>;
using Targets = std::map<std::string, Target>;

/// What the program fuzzes: crm_fuzz_parsers what is read without a base, crm_fuzz the functions of the C ABI.
void add_targets(Targets& all);
void add_records(Targets& all);  ///< getters and setters, and all functions with numbers
void add_host(Targets& all);     ///< answers of the host's port and of the host's store

#define CRM_MUST(condition, shown)                                                                              \
  do {                                                                                                          \
    if (!(condition)) {                                                                                         \
      std::fprintf(stderr, "%s:%d: %s: %s\n", __FILE__, __LINE__, #condition, std::string(shown).c_str());      \
      std::abort();                                                                                             \
    }                                                                                                           \
  } while (false)

/// Takes numbers off the end of the bytes, so that a text at their beginning stays one; zeros when there are no more.
class Bytes {
 public:
  explicit Bytes(std::string_view rest) : rest_(rest) {}
  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const auto last = static_cast<std::uint8_t>(rest_.back());
    rest_.remove_suffix(1);
    return last;
  }
  /// Small, large, at the ends of what there is.
  std::int64_t number();
  double real();
  std::string text();
  [[nodiscard]] bool is_over() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

}  // namespace crm::fuzz
