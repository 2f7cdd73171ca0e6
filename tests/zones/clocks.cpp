// clocks FOLDER: for each line "zone second second..." of the input a line "offset:instant offset:instant...": how far the zone's clock
// is from UTC at each second since 1970, and at which second it shows that number. By the files in FOLDER; if that is empty, by the library's own table.
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "base/zone_rules.hpp"

namespace {

constexpr std::int64_t kSecond = 1'000'000;

std::optional<crm::ZoneHistory> history(const std::string& folder, const std::string& zone) {
  if (folder.empty()) return crm::zone_inside(zone);
  std::ifstream file(folder + "/" + zone, std::ios::binary);
  return crm::read_tzif(std::string(std::istreambuf_iterator<char>(file), {}));
}

}  // namespace

int main(int count, char** arguments) {
  const std::string folder = count > 1 ? arguments[1] : "";
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string zone;
    words >> zone;
    const auto known = history(folder, zone);
    if (!known) return std::cerr << zone << " is not known\n", 1;
    const crm::ZoneRules rules(zone, *known);
    for (std::int64_t second = 0; words >> second;)
      std::cout << (rules.to_wall(second * kSecond) / kSecond - second) << ':' << rules.to_instant(second * kSecond) / kSecond << ' ';
    std::cout << '\n';
  }
  return 0;
}
