// CRM_FUZZ_TARGET names what is fuzzed; without it the names are printed.
#include <cstring>
#include <iterator>

#include "targets.hpp"

namespace crm::fuzz {

std::int64_t Bytes::number() {
  static constexpr std::int64_t kEnds[] = {0, -1, INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN, 20514, 1772416800000000};
  const std::uint8_t first = byte();
  if (first < 192) return first % 64;
  if (first < 240) return kEnds[first % std::size(kEnds)];
  std::uint64_t number = 0;
  for (int i = 0; i < 8; ++i) number = number << 8 | byte();
  return static_cast<std::int64_t>(number);
}

double Bytes::real() {
  const std::int64_t bits = number();
  if (bits >= 0 && bits < 64) return static_cast<double>(bits) / 2;
  double real = 0;
  std::memcpy(&real, &bits, sizeof real);
  return real;
}

std::string Bytes::text() {
  std::string text;
  for (std::size_t left = byte() % 32; left > 0 && !is_over(); --left) text += static_cast<char>(byte());
  return text;
}

static const Targets& targets() {
  static const Targets kAll = [] {
    Targets all;
    add_targets(all);
    return all;
  }();
  return kAll;
}

static const Target& chosen() {
  const char* const name = std::getenv("CRM_FUZZ_TARGET");
  const auto found = targets().find(name ? name : "");
  if (found != targets().end()) return found->second;
  for (const auto& [known, target] : targets()) std::printf("%s\n", known.c_str());
  std::exit(name ? 2 : 0);
}

}  // namespace crm::fuzz

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  crm::fuzz::chosen();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const crm::fuzz::Target& target = crm::fuzz::chosen();
  target({reinterpret_cast<const char*>(data), size});
  return 0;
}
