#include <crm/open.hpp>

#include <cstdio>

int main() {
  auto db = crm::open(":memory:");
  std::printf("crm %s\n", crm::version());
}
