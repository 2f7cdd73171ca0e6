// Jobs 6, 7, 10: funnel, plan-fact, matrices; by SQL, and folded in C++ (…c).
#include <algorithm>

#include "database.hpp"

namespace opponent {
namespace {

i64 weigh(i64 product, i64 type) { return product * 100 + type; }

void funnel_by_sql(const char* job, const char* sql, bool distinct) {
  const auto asked = numbers("p_funnel");
  Statement group(sql);
  timed(job, [&](i64& n) {
    i64 k = 0;
    for (const auto& line : asked) {
      n++;
      group.bind(1, line[2]).bind(2, line[3]);
      while (group.row())
        k += weigh(group.integer(0), group.integer(1)) * (group.integer(2) + (distinct ? group.integer(3) : 0));
    }
    return k;
  });
}

/// Masks of products.
struct Masks {
  std::vector<std::uint64_t> organisation, users, company_spheres, company_managers;
};

Masks read_masks() {
  const auto users_by = static_cast<std::size_t>(spheres + 1);
  Masks m{std::vector<std::uint64_t>(users_by), std::vector<std::uint64_t>(static_cast<std::size_t>(users + 1) * users_by), {}, {}};
  Statement organisation("SELECT sphere_id,product_id FROM org_matrix");
  while (organisation.row()) m.organisation[static_cast<std::size_t>(organisation.integer(0))] |= 1ull << organisation.integer(1);
  Statement user("SELECT user_id,sphere_id,product_id FROM user_matrix");
  while (user.row())
    m.users[static_cast<std::size_t>(user.integer(0)) * users_by + static_cast<std::size_t>(user.integer(1))] |= 1ull << user.integer(2);
  Statement sphere("SELECT company_id,sphere_id FROM company_sphere");
  while (sphere.row()) m.company_spheres.push_back(static_cast<std::uint64_t>(sphere.integer(0) << 16 | sphere.integer(1)));
  Statement manager("SELECT company_id,user_id FROM company_manager");
  while (manager.row()) m.company_managers.push_back(static_cast<std::uint64_t>(manager.integer(0) << 16 | manager.integer(1)));
  return m;
}

i64 fold_masks(const Masks& m) {
  i64 k = 0;
  std::size_t first = 0;
  for (std::uint64_t pair : m.company_spheres) {
    const std::uint64_t company = pair >> 16, sphere = pair & 65535;
    while (first && (m.company_managers[first - 1] >> 16) >= company) first--;
    while (first < m.company_managers.size() && (m.company_managers[first] >> 16) < company) first++;
    std::uint64_t mask = 0;
    for (std::size_t q = first; q < m.company_managers.size() && (m.company_managers[q] >> 16) == company; q++)
      mask |= m.users[(m.company_managers[q] & 65535) * static_cast<std::size_t>(spheres + 1) + sphere];
    mask &= m.organisation[sphere];
    for (; mask; mask &= mask - 1)
      k += static_cast<i64>(company * 7 + sphere * 64) + __builtin_ctzll(mask);
  }
  return k;
}

}  // namespace

void funnel(const std::string& job) {
  if (job == "6a")
    return funnel_by_sql("6a", "SELECT product_id,type,count(*) FROM event WHERE state=2 AND start>=? AND start<? GROUP BY product_id,type", false);
  if (job == "6b")
    return funnel_by_sql("6b", "SELECT product_id,type,count(*),count(DISTINCT company_id) FROM event WHERE state=2 AND start>=? AND start<? GROUP BY product_id,type", true);
  const auto asked = numbers("p_funnel");
  if (job == "6ac") {
    Statement rows("SELECT product_id,type FROM event WHERE state=2 AND start>=? AND start<?");
    return timed("6ac", [&](i64& n) {
      i64 k = 0;
      for (const auto& line : asked) {
        n++;
        i64 count[64][8] = {};
        rows.bind(1, line[2]).bind(2, line[3]);
        while (rows.row()) count[rows.integer(0)][rows.integer(1)]++;
        for (int p = 0; p < 64; p++)
          for (int t = 0; t < 8; t++) k += weigh(p, t) * count[p][t];
      }
      return k;
    });
  }
  Statement rows("SELECT product_id,type,company_id FROM event WHERE state=2 AND start>=? AND start<?");
  const auto words = static_cast<std::size_t>(companies / 64 + 1);
  std::vector<std::uint64_t> bitmap(41 * 6 * words);
  timed("6bc", [&](i64& n) {
    i64 k = 0;
    for (const auto& line : asked) {
      n++;
      std::fill(bitmap.begin(), bitmap.end(), 0);
      rows.bind(1, line[2]).bind(2, line[3]);
      while (rows.row()) {
        const i64 product = rows.integer(0), type = rows.integer(1), company = rows.integer(2);
        auto& word = bitmap[static_cast<std::size_t>(product * 6 + type) * words + static_cast<std::size_t>(company >> 6)];
        const std::uint64_t bit = 1ull << (company & 63);
        k += weigh(product, type) * (1 + !(word & bit));
        word |= bit;
      }
    }
    return k;
  });
}

void plan_fact(const std::string& job) {
  const auto asked = numbers("p_planfact");
  if (job == "7") {
    Statement rows("SELECT p.user_id,p.product_id,p.events,p.amount,coalesce(f.n,0),coalesce(y.a,0) FROM plan p LEFT JOIN (SELECT executor_id u,product_id pr,count(*) n FROM event WHERE state=2 AND start>=?2 AND start<?3 GROUP BY 1,2) f ON f.u=p.user_id AND f.pr=p.product_id LEFT JOIN (SELECT user_id u,product_id pr,sum(amount) a FROM payment WHERE date>=?2 AND date<?3 GROUP BY 1,2) y ON y.u=p.user_id AND y.pr=p.product_id WHERE p.month=?1");
    return timed("7", [&](i64& n) {
      i64 k = 0;
      for (const auto& line : asked) {
        n++;
        rows.bind(1, line[0]).bind(2, line[1]).bind(3, line[2]);
        while (rows.row())
          k += rows.integer(2) + rows.integer(3) + 1000 * rows.integer(4) + rows.integer(5) +
               rows.integer(0) * rows.integer(4) + rows.integer(1) * rows.integer(5);
      }
      return k;
    });
  }
  Statement plan("SELECT user_id,product_id,events,amount FROM plan WHERE month=?");
  Statement event("SELECT executor_id,product_id FROM event WHERE state=2 AND start>=? AND start<?");
  Statement payment("SELECT user_id,product_id,amount FROM payment WHERE date>=? AND date<?");
  timed("7c", [&](i64& n) {
    i64 k = 0;
    std::vector<i64> held(static_cast<std::size_t>(users + 1) * 64), paid(held.size());
    const auto at = [](Statement& row) { return static_cast<std::size_t>(row.integer(0) * 64 + row.integer(1)); };
    for (const auto& line : asked) {
      n++;
      std::fill(held.begin(), held.end(), 0);
      std::fill(paid.begin(), paid.end(), 0);
      event.bind(1, line[1]).bind(2, line[2]);
      while (event.row()) held[at(event)]++;
      payment.bind(1, line[1]).bind(2, line[2]);
      while (payment.row()) paid[at(payment)] += payment.integer(2);
      plan.bind(1, line[0]);
      while (plan.row()) {
        const i64 user = plan.integer(0), product = plan.integer(1), a = held[at(plan)], b = paid[at(plan)];
        k += plan.integer(2) + plan.integer(3) + 1000 * a + b + user * a + product * b;
      }
    }
    return k;
  });
}

void matrices(const std::string& job) {
  if (job == "10c")
    return timed("10c", [](i64& n) {
      n = 1;
      return fold_masks(read_masks());
    });
  Statement cell("SELECT DISTINCT cs.company_id,um.sphere_id,um.product_id FROM company_sphere cs JOIN company_manager cm ON cm.company_id=cs.company_id JOIN user_matrix um ON um.user_id=cm.user_id AND um.sphere_id=cs.sphere_id JOIN org_matrix o ON o.sphere_id=um.sphere_id AND o.product_id=um.product_id");
  timed("10", [&](i64& n) {
    i64 k = 0;
    n = 1;
    while (cell.row()) k += cell.integer(0) * 7 + cell.integer(1) * 64 + cell.integer(2);
    return k;
  });
}

}  // namespace opponent
