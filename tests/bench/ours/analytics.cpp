// Jobs 6a, 6b (events, distinct companies, by product and type) through reports, 7 (plan-fact of users by product): warm, as screens ask them;
// "6a1": the first answer of a handle.
#include <algorithm>
#include <cstdio>

#include "jobs.hpp"

namespace bench {
namespace {

using namespace crm;

Date date_at(std::int64_t seconds) { return date_of(seconds / 86400); }

PivotQuery by_product_and_type(const std::vector<std::int64_t>& asked, bool companies) {
  PivotQuery query;
  query.from = date_at(asked[2]);
  query.to = date_at(asked[3]);
  query.rows = {{Dimension::product, {}}};
  query.columns = {{Dimension::type, {}}};
  if (companies) query.figures.push_back(Figure::companies);
  return query;
}

/// The weight of the opponent for each number.
std::int64_t weighed(const PivotTable& table) {
  std::int64_t sum = 0;
  const std::size_t columns = table.columns.size();
  for (const PivotSeries& series : table.series)
    for (std::size_t row = 0; row < table.rows.size(); ++row)
      for (std::size_t column = 0; column < columns; ++column)
        sum += (table.rows[row][0].id * 100 + table.columns[column][0].id) * series.cells[row * columns + column];
  return sum;
}

/// Saves the event of a line as a planned one of a later day; microseconds.
double save_later(Crm& base, const std::vector<std::string>& line, std::chrono::days later) {
  Event event;
  EventLine product;
  event_of(line, event, product);
  event.id = {};
  product.id = {};
  event.state = Event::State::planned;
  *event.start += later;
  *event.end += later;
  const double start = now_ms();
  base.plan(event, {&product, 1});
  return (now_ms() - start) * 1000;
}

/// As the opponent weighs a line of its plan: both plans, how many events, how much money, with the user and with the product.
std::int64_t weighed(const PlanFactReport& report) {
  std::int64_t sum = 0;
  for (const PlanFactRow& row : report.table.rows) {
    if (!row.plan) continue;
    const bool events = row.key.measure == PlanCell::Measure::events;
    sum += *row.plan + (events ? row.fact * (1000 + row.key.user->value) : row.fact * (1 + row.key.product->value));
  }
  return sum;
}

}  // namespace

void plan_fact(const Race& race) {
  const auto asked = numbers(race.file("p_planfact"));
  Crm base = race.open(Durability::full);
  PlanFactQuery query;
  query.by.user = query.by.product = true;
  query.measures = {PlanCell::Measure::events, PlanCell::Measure::receipts};
  query.from = date_at(asked[0][1]);
  query.to = date_at(asked[0][2]);
  base.plan_fact(query);
  timed(race, "7", [&](std::int64_t& operations) {
    std::int64_t checksum = 0;
    for (const auto& line : asked) {
      ++operations;
      query.from = date_at(line[1]);
      query.to = date_at(line[2]);
      checksum += weighed(base.plan_fact(query));
    }
    return checksum;
  });
}

void analytics_costs(const Race& race) {
  auto lines = texts(race.file("new_event"));
  lines.resize(500);
  const PivotQuery asked = by_product_and_type(numbers(race.file("p_funnel")).front(), true);
  Crm plain = race.open(Durability::off);
  Crm kept = race.open(Durability::off);
  kept.pivot(asked);
  kept.pivot(asked);
  std::vector<double> ratios;
  for (const auto& line : lines) {  // by turns, each first every other time
    const bool plain_first = ratios.size() % 2 == 0;
    double without = plain_first ? save_later(plain, line, std::chrono::days(400)) : 0;
    const double with = save_later(kept, line, std::chrono::days(401));
    if (!plain_first) without = save_later(plain, line, std::chrono::days(400));
    ratios.push_back(with / without);
    kept.pivot(asked);
  }
  std::ranges::nth_element(ratios, ratios.begin() + std::ssize(ratios) / 2);
  std::printf("a save while reports are resident and asked after each, %lld events: ratio to one without %.2f\n", static_cast<long long>(race.events),
              ratios[ratios.size() / 2]);
}

void analytics(const Race& race, const std::string& job) {
  const auto asked = numbers(race.file("p_funnel"));
  const bool companies = job.starts_with("6b");
  if (job.ends_with("1")) {
    double ms = 0;
    std::int64_t checksum = 0;
    for (const auto& line : asked) {
      Crm base = race.open(Durability::full);
      base.today();  // the handle is open, nothing of the report is in memory
      const double start = now_ms();
      const PivotTable table = base.pivot(by_product_and_type(line, companies));
      ms += now_ms() - start;
      checksum += weighed(table);
    }
    return report(job, race.events, ms, static_cast<std::int64_t>(asked.size()), checksum);
  }
  Crm base = race.open(Durability::full);
  base.pivot(by_product_and_type(asked.front(), companies));
  timed(race, job, [&](std::int64_t& operations) {
    std::int64_t checksum = 0;
    for (const auto& line : asked) {
      ++operations;
      checksum += weighed(base.pivot(by_product_and_type(line, companies)));
    }
    return checksum;
  });
}

}  // namespace bench
