#include "crm/rules/distribution.hpp"

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <numeric>

namespace crm {

using boost::multiprecision::cpp_int;

Distribution distribute(std::int64_t total, std::span<const std::int64_t> weights) {
  if (total < 0) return {{}, Violation{"M8.negative_total", 0, 0, 0, std::to_string(total), ""}};
  cpp_int sum = 0;
  for (const std::int64_t weight : weights) {
    if (weight < 0) return {{}, Violation{"M8.negative_weight", 0, 0, 0, std::to_string(weight), ""}};
    sum += weight;
  }
  if (sum == 0) return {{}, Violation{"M8.no_weights", 0, 0, 0, std::to_string(total), ""}};

  Distribution out;
  std::vector<cpp_int> remainders;
  std::int64_t left = total;
  for (const std::int64_t weight : weights) {
    const cpp_int share = cpp_int(total) * weight;
    out.parts.push_back(static_cast<std::int64_t>(cpp_int(share / sum)));
    remainders.push_back(share % sum);
    left -= out.parts.back();
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  for (std::size_t i = 0; left > 0; ++i, --left) ++out.parts[order[i]];
  return out;
}

}  // namespace crm
