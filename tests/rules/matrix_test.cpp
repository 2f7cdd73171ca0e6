#include "crm/rules/matrix.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "crm/model/company.hpp"
#include "crm/rules/matrices.hpp"

using namespace crm;

namespace {

using Cells = std::vector<MatrixCell>;

// Spheres: 1 building (2 houses, 3 roads (4 bridges)), 5 food. Products: 10 cement, 11 steel, 12 flour.
constexpr SphereId kBuilding{1}, kHouses{2}, kRoads{3}, kBridges{4}, kFood{5};
constexpr ProductId kCement{10}, kSteel{11}, kFlour{12};
constexpr UserId kAnna{1}, kBoris{2};

const SphereParents kParents = {{kHouses, kBuilding}, {kRoads, kBuilding}, {kBridges, kRoads}};

/// A road builder that bakes, too.
MatrixFacts facts() {
  MatrixFacts f;
  f.organisation = {{kCement, kBuilding}, {kSteel, kRoads}, {kFlour, kFood}};
  f.parents = kParents;
  f.spheres = {kBridges, kFood};
  f.managers = {{kAnna, {{kCement, kBuilding}, {kFlour, kFood}}}, {kBoris, {{kSteel, kBridges}, {kCement, kBridges}}}};
  f.company = {77};
  return f;
}

std::string reasons(const MatrixFacts& f, const MatrixCell& cell) {
  std::string out;
  for (const Violation& v : explain(f, cell).excluded_by) out += (out.empty() ? "" : ", ") + v.rule;
  return out;
}

UserCell user_cell(Id id, ProductId product, SphereId sphere) {
  UserCell cell;
  cell.id = {id};
  cell.user = kAnna;
  cell.product = product;
  cell.sphere = sphere;
  return cell;
}

std::vector<Id> ids(const std::vector<UserCell>& cells) {
  std::vector<Id> out;
  for (const UserCell& cell : cells) out.push_back(cell.id.value);
  return out;
}

}  // namespace

TEST_CASE("a cell covers its sphere and those below it, not those above or beside") {
  const Cells cells = {{kCement, kRoads}};

  CHECK(covers(cells, kParents, {kCement, kRoads}));
  CHECK(covers(cells, kParents, {kCement, kBridges}));
  CHECK_FALSE(covers(cells, kParents, {kCement, kBuilding}));
  CHECK_FALSE(covers(cells, kParents, {kCement, kHouses}));
  CHECK_FALSE(covers(cells, kParents, {kSteel, kRoads}));
  CHECK_FALSE(covers(cells, {{kFood, kHouses}, {kHouses, kFood}}, {kCement, kFood}));  // a damaged tree ends, too
}

TEST_CASE("the matrix of a company is told on its own spheres") {
  CHECK(company_matrix(facts()) == Cells{{kCement, kBridges}, {kSteel, kBridges}, {kFlour, kFood}});
}

TEST_CASE("by intersection all current managers must follow a cell") {
  MatrixFacts f = facts();
  f.by_intersection = true;

  CHECK(company_matrix(f) == Cells{{kCement, kBridges}});
}

TEST_CASE("a company without a manager has an empty matrix, and is told why") {
  MatrixFacts f = facts();
  f.managers.clear();

  CHECK(company_matrix(f).empty());
  const MatrixExplain why = explain(f, {kCement, kBridges});
  CHECK_FALSE(why.included);
  REQUIRE(why.excluded_by.size() == 1);
  CHECK(why.excluded_by[0].rule == "P4.no_manager");
  CHECK(why.excluded_by[0].value == "77");
}

TEST_CASE("a retired product or sphere leaves the matrix, and so does what stands on a retired sphere") {
  MatrixFacts no_steel = facts();
  no_steel.retired_products = {kSteel};
  MatrixFacts no_food = facts();
  no_food.retired_spheres = {kFood};
  MatrixFacts no_roads = facts();
  no_roads.retired_spheres = {kRoads};

  CHECK(company_matrix(no_steel) == Cells{{kCement, kBridges}, {kFlour, kFood}});
  CHECK(reasons(no_steel, {kSteel, kBridges}) == "P4.retired");
  CHECK(company_matrix(no_food) == Cells{{kCement, kBridges}, {kSteel, kBridges}});
  CHECK(reasons(no_food, {kFlour, kFood}) == "P4.retired");
  CHECK(company_matrix(no_roads) == Cells{{kCement, kBridges}, {kFlour, kFood}});
  const MatrixExplain why = explain(no_roads, {kSteel, kBridges});  // P2 has steel for roads only
  REQUIRE(why.excluded_by.size() == 1);
  CHECK(why.excluded_by[0] == Violation{"P4.retired", Sphere::kEntity, Sphere::kRetiredOn, kRoads.value, "11 / 4", ""});
}

TEST_CASE("every set that excludes a cell is named") {
  struct Row {
    MatrixCell cell;
    const char* expected;
  };
  const Row rows[] = {
      {{kCement, kBridges}, ""},
      {{kSteel, kHouses}, "P4.not_in_organisation, P4.not_in_spheres, P4.not_in_managers"},
      {{kCement, kHouses}, "P4.not_in_spheres"},
      {{kSteel, kRoads}, "P4.not_in_spheres, P4.not_in_managers"},
      {{kCement, kFood}, "P4.not_in_organisation, P4.not_in_managers"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.cell.product.value);
    CAPTURE(row.cell.sphere.value);
    CHECK(reasons(facts(), row.cell) == row.expected);
    CHECK(explain(facts(), row.cell).included == !*row.expected);
  }
}

TEST_CASE("an included cell tells which managers give it") {
  CHECK(explain(facts(), {kCement, kBridges}).given_by == std::vector<UserId>{kAnna, kBoris});
  CHECK(explain(facts(), {kSteel, kBridges}).given_by == std::vector<UserId>{kBoris});
}

TEST_CASE("a user's cell outside P2 is refused by name; one below a cell of P2 is inside") {
  const MatrixFacts f = facts();
  const std::vector<UserCell> cells = {user_cell(1, kCement, kBridges), user_cell(2, kSteel, kBuilding),
                                       user_cell(3, kFlour, kFood), user_cell(4, kFlour, kRoads)};

  const auto violations = check_user_cells(f.organisation, f.parents, cells);

  REQUIRE(violations.size() == 2);
  CHECK(violations[0] == Violation{"P3.outside_p2", UserCell::kEntity, UserCell::kProduct, 2, "11 / 1", ""});
  CHECK(violations[1].value == "12 / 3");
}

TEST_CASE("removing a cell of P2 takes the users' cells that nothing else covers") {
  const Cells p2 = {{kCement, kBuilding}, {kCement, kRoads}, {kSteel, kRoads}};
  const std::vector<UserCell> users = {user_cell(1, kCement, kBuilding), user_cell(2, kCement, kHouses),
                                       user_cell(3, kCement, kBridges), user_cell(4, kSteel, kBridges),
                                       user_cell(5, kFlour, kFood)};

  CHECK(ids(cells_lost(p2, kParents, {kCement, kBuilding}, users)) == std::vector<Id>{1, 2});
  CHECK(ids(cells_lost(p2, kParents, {kCement, kRoads}, users)).empty());
  CHECK(ids(cells_lost(p2, kParents, {kSteel, kRoads}, users)) == std::vector<Id>{4});
  CHECK(ids(cells_lost(p2, kParents, {kFlour, kFood}, users)).empty());  // it was never in P2
}

TEST_CASE("moving a sphere takes the users' cells that P2 covered from above it alone") {
  const Cells p2 = {{kCement, kBuilding}, {kSteel, kRoads}};
  const std::vector<UserCell> users = {user_cell(1, kCement, kBuilding), user_cell(2, kCement, kRoads), user_cell(3, kCement, kBridges),
                                       user_cell(4, kSteel, kRoads), user_cell(5, kSteel, kBridges)};
  SphereParents roads_are_food = kParents, roads_are_a_root = kParents, bridges_are_houses = kParents;
  roads_are_food[kRoads] = kFood;
  roads_are_a_root.erase(kRoads);
  bridges_are_houses[kBridges] = kHouses;

  CHECK(ids(cells_lost(p2, kParents, kParents, users)).empty());
  CHECK(ids(cells_lost(p2, kParents, roads_are_food, users)) == std::vector<Id>{2, 3});
  CHECK(ids(cells_lost(p2, kParents, roads_are_a_root, users)) == std::vector<Id>{2, 3});
  CHECK(ids(cells_lost(p2, kParents, bridges_are_houses, users)) == std::vector<Id>{5});
}

namespace {

/// A random world: at most 6 spheres, 4 products, 3 managers.
MatrixFacts random_facts(std::mt19937& random) {
  const auto dice = [&](int sides) { return static_cast<Id>(random() % static_cast<unsigned>(sides)); };
  const auto cells = [&](int count) {
    Cells out;
    for (int i = 0; i < count; ++i) out.push_back({{1 + dice(4)}, {1 + dice(6)}});
    return out;
  };
  MatrixFacts f;
  for (Id sphere = 2; sphere <= 6; ++sphere)
    if (const Id parent = dice(static_cast<int>(sphere))) f.parents[{sphere}] = {parent};
  f.organisation = cells(static_cast<int>(dice(8)));
  for (Id i = dice(4); i; --i) f.spheres.push_back({1 + dice(6)});
  for (Id user = dice(4); user; --user) f.managers.push_back({{user}, cells(static_cast<int>(dice(8)))});
  if (!dice(3)) f.retired_products.insert({1 + dice(4)});
  if (!dice(3)) f.retired_spheres.insert({1 + dice(6)});
  f.by_intersection = !dice(3);
  return f;
}

/// The pairs that a set of cells stands for, written out: pushed down the tree until nothing is new.
std::set<MatrixCell> spread(const Cells& cells, const MatrixFacts& f) {
  std::set<MatrixCell> out;
  for (const MatrixCell& cell : cells)
    if (!f.retired_products.contains(cell.product) && !f.retired_spheres.contains(cell.sphere)) out.insert(cell);
  for (std::size_t before = 0; before != out.size();) {
    before = out.size();
    for (const auto& [child, parent] : f.parents)
      for (Id product = 1; product <= 4; ++product)
        if (out.contains({{product}, parent})) out.insert({{product}, child});
  }
  return out;
}

bool expected_in(const MatrixFacts& f, const MatrixCell& cell) {
  if (f.retired_products.contains(cell.product) || f.retired_spheres.contains(cell.sphere)) return false;
  if (std::ranges::find(f.spheres, cell.sphere) == f.spheres.end()) return false;
  if (!spread(f.organisation, f).contains(cell)) return false;
  const auto count =
      std::ranges::count_if(f.managers, [&](const auto& m) { return spread(m.cells, f).contains(cell); });
  return f.by_intersection ? count > 0 && count == std::ssize(f.managers) : count > 0;
}

}  // namespace

TEST_CASE("the matrix, its explanation and the one made for all companies agree with cells written out by hand") {
  std::mt19937 random(20260303);
  int included = 0;
  for (int round = 0; round < 3000; ++round) {
    const MatrixFacts f = random_facts(random);
    CAPTURE(round);
    Cells expected;
    for (Id product = 1; product <= 4; ++product)
      for (Id sphere = 1; sphere <= 6; ++sphere) {
        const MatrixCell cell{{product}, {sphere}};
        if (expected_in(f, cell)) expected.push_back(cell);
        const MatrixExplain why = explain(f, cell);
        CHECK(why.included == expected_in(f, cell));
        CHECK(why.included == why.excluded_by.empty());
      }
    std::vector<UserId> users;
    for (const ManagerMatrix& manager : f.managers) users.push_back(manager.user);

    CHECK(company_matrix(f) == expected);
    CHECK(Matrices(f).of(f.spheres, users) == expected);
    included += static_cast<int>(expected.size());
  }
  CHECK(included > 500);
}

TEST_CASE("a user without a matrix follows nothing") {
  const MatrixFacts f = facts();
  Matrices matrices(f);
  const UserId stranger{99};

  CHECK(matrices.of(f.spheres, std::span(&stranger, 1)).empty());
  CHECK(matrices.of(f.spheres, std::vector<UserId>{stranger, kBoris}) ==
        Cells{{kCement, kBridges}, {kSteel, kBridges}});
}

TEST_CASE("what the organisation has for a sphere is what covers it, and nothing once the sphere is retired") {
  MatrixFacts f = facts();
  {
    Matrices matrices(f);
    CHECK(products_in(matrices.organisation(kBridges), matrices.products()) == std::vector<ProductId>{kCement, kSteel});
    CHECK(products_in(matrices.organisation(kHouses), matrices.products()) == std::vector<ProductId>{kCement});
  }
  f.retired_spheres.insert(kBridges);
  Matrices matrices(f);
  CHECK(products_in(matrices.organisation(kBridges), matrices.products()).empty());
  CHECK(products_in(matrices.organisation(kRoads), matrices.products()) == std::vector<ProductId>{kCement, kSteel});
}

TEST_CASE("a manager who is named twice, as main and as assistant, is told once") {
  MatrixFacts f = facts();
  f.managers.push_back(f.managers.front());

  CHECK(explain(f, {kFlour, kFood}).given_by == std::vector<UserId>{kAnna});
}

TEST_CASE("spheres that stand in a circle end the way up") {
  const SphereParents circle = {{kHouses, kRoads}, {kRoads, kHouses}};
  const Cells cells = {{kCement, kFood}};

  CHECK(!covers(cells, circle, {kCement, kHouses}));
}

TEST_CASE("a matrix of more products than a word has bits is that of its cells") {
  MatrixFacts f;
  f.parents = kParents;
  f.spheres = {kHouses};
  f.managers = {{kAnna, {}}};
  Cells expected;
  for (Id product = 1; product <= 130; ++product) {
    f.organisation.push_back({{product}, kBuilding});
    if (product % 3 != 1) continue;
    f.managers[0].cells.push_back({{product}, kHouses});
    expected.push_back({{product}, kHouses});
  }
  CHECK(company_matrix(f) == expected);
}

TEST_CASE("a product on two spheres is one product, and what was asked before leaves nothing on a retired sphere") {
  MatrixFacts f = facts();
  f.organisation.push_back({kCement, kFood});
  f.retired_spheres = {kFood};
  Matrices matrices(f);
  CHECK(matrices.products() == std::vector<ProductId>{kCement, kSteel, kFlour});
  const UserId managers[] = {kAnna};
  CHECK(products_in(matrices.of(kBridges, managers), matrices.products()) == std::vector<ProductId>{kCement});
  CHECK(products_in(matrices.organisation(kFood), matrices.products()).empty());
}

TEST_CASE("a reason names the set, its field and the company; what is retired is the record itself") {
  MatrixFacts f = facts();
  f.company = {};
  f.managers.clear();
  CHECK(explain(f, {kFlour, kHouses}).excluded_by ==
        std::vector{Violation{"P4.not_in_organisation", OrganisationCell::kEntity, OrganisationCell::kSphere, 0, "12 / 2", ""},
                    Violation{"P4.not_in_spheres", CompanySphere::kEntity, CompanySphere::kSphere, 0, "12 / 2", ""},
                    Violation{"P4.no_manager", Assignment::kEntity, Assignment::kUser, 0, "", ""}});
  f.retired_products = {kFlour};
  f.retired_spheres = {kFood};
  CHECK(explain(f, {kFlour, kFood}).excluded_by.front() ==
        Violation{"P4.retired", Product::kEntity, Product::kRetiredOn, kFlour.value, "12 / 5", ""});
  f.retired_products.clear();
  CHECK(explain(f, {kFlour, kFood}).excluded_by.front() ==
        Violation{"P4.retired", Sphere::kEntity, Sphere::kRetiredOn, kFood.value, "12 / 5", ""});
}
