#include "crm/base/id.hpp"

#include <doctest/doctest.h>

#include <type_traits>
#include <unordered_set>

namespace {

struct Company;
struct User;
using CompanyId = crm::IdOf<Company>;
using UserId = crm::IdOf<User>;

TEST_CASE("the id of a user cannot be passed where a company is meant") {
  CHECK_FALSE(std::is_convertible_v<UserId, CompanyId>);
  CHECK_FALSE(std::is_convertible_v<CompanyId, crm::Id>);
}

TEST_CASE("an id names nothing until it is given") {
  CHECK_FALSE(CompanyId{});
  CHECK(CompanyId{7});
  CHECK_FALSE(crm::RecordRef{});
  CHECK_FALSE(crm::RecordRef{3, 0});
  CHECK_FALSE(crm::RecordRef{0, 7});
  CHECK(crm::RecordRef{3, 7});
}

TEST_CASE("references order by entity, then by record") {
  CHECK(crm::RecordRef{1, 9} < crm::RecordRef{2, 1});
  CHECK(crm::RecordRef{2, 1} < crm::RecordRef{2, 2});
}

TEST_CASE("ids serve as keys of a set") {
  const std::unordered_set<CompanyId> companies{CompanyId{1}, CompanyId{2}, CompanyId{1}};

  CHECK(companies.size() == 2);
}

}  // namespace
