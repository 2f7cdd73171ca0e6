// What reports cost over a base of any size: made-up events of two years, a tenth as many companies, a fifth as many receipts.
#include <cstdio>

#include "jobs.hpp"

namespace bench {
namespace {

using namespace crm;

constexpr Id kMostTimed = 1'000'000;  // what time costs is told up to that: first everything overdue is swept
constexpr std::int64_t kSpan = std::int64_t{730} * 86400;
constexpr Date kBegin{std::chrono::local_days(std::chrono::year(2024) / 1 / 1)};

/// Numbers that are the same on every run (SplitMix64).
class Made {
 public:
  std::int64_t below(std::int64_t bound) {
    std::uint64_t z = seed_ += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return static_cast<std::int64_t>((z ^ (z >> 31)) % static_cast<std::uint64_t>(bound));
  }

 private:
  std::uint64_t seed_ = 7;
};

template <class E, class Make>
void add_made(Loader& loader, Id count, Make&& make) {
  Batch<E> batch(loader);
  for (Id id = 1; id <= count; ++id) make(batch.next(), id);
  batch.flush();
}

void load_made(const Race& race, const SqliteOptions& options, Id events, Id users, Id products) {
  Crm base = open(options);
  Loader loader(base);
  load_frame(base, loader, race);
  Made made;
  const Id companies = events / 10;
  add_made<Company>(loader, companies, [&](Company& c, Id id) {
    c.id = {id};
    c.name = "Company " + std::to_string(id);
    c.status = Company::Status::active;
  });
  add_made<EventWithLines>(loader, events, [&](EventWithLines& e, Id id) {
    e.event.id = {id};
    e.event.company = {1 + made.below(companies)};
    e.event.executor = e.event.setter = {1 + made.below(users)};
    e.event.type = {1 + made.below(5)};
    e.event.state = made.below(100) < 65 ? Event::State::held : Event::State::planned;
    e.event.start = at(to_number(kBegin) * 86400 + made.below(kSpan));
    e.event.end = *e.event.start + std::chrono::hours(1);
    EventLine& line = e.lines.emplace_back();
    line.id = {id};
    line.product = {1 + made.below(products)};
  });
  add_made<Receipt>(loader, events / 5, [&](Receipt& r, Id id) {
    r.id = {id};
    r.company = {1 + made.below(companies)};
    r.product = {1 + made.below(products)};
    r.user = {1 + made.below(users)};
    r.date = kBegin + std::chrono::days(made.below(730));
    r.amount = Money{made.below(10'000'000), Currency("RUB")};
  });
  loader.finish();
}

template <class Ask>
double ms_of(Ask&& ask) {
  const double start = now_ms();
  ask();
  return now_ms() - start;
}

/// The third of three.
template <class Ask>
double warm_ms(Ask&& ask) {
  ask();
  ask();
  return ms_of(ask);
}

FunnelId make_funnel(Crm& base) {
  Funnel funnel;
  funnel.code = "all";
  funnel.name_ru = funnel.name_en = "all";
  base.save(funnel);
  for (std::int32_t place = 1; place <= 5; ++place) {
    FunnelStage stage;
    stage.funnel = funnel.id;
    stage.place = place;
    stage.code = stage.name_ru = stage.name_en = "stage" + std::to_string(place);
    base.save(stage);
    FunnelRule rule;
    rule.funnel = funnel.id;
    rule.stage = stage.id;
    rule.type = {place};
    rule.state = Event::State::held;
    base.save(rule);
  }
  return funnel.id;
}

}  // namespace

void scale(const Race& race, Id events) {
  SqliteOptions options;
  options.path = race.database + ".scale";
  for (const char* tail : {"", "-wal", "-shm"}) std::remove((options.path + tail).c_str());
  options.initial_load = true;
  const auto count = [&](const char* name) { return std::ssize(texts(race.file(name))); };
  const double loaded = ms_of([&] { load_made(race, options, events, count("user"), count("product")); });
  options.initial_load = false;
  Crm base = open(options);
  const FunnelId funnel = make_funnel(base);

  PivotQuery year;
  year.from = kBegin + std::chrono::days(366);
  year.to = kBegin + std::chrono::days(731);
  year.rows = {{Dimension::product, {}}};
  year.columns = {{Dimension::type, {}}};
  PivotQuery clients = year;
  clients.figures = {Figure::events, Figure::companies};
  PlanFactQuery month;
  month.from = Date{std::chrono::local_days(std::chrono::year(2024) / 10 / 1)};
  month.to = Date{std::chrono::local_days(std::chrono::year(2024) / 11 / 1)};
  month.measures = {PlanCell::Measure::events, PlanCell::Measure::receipts};
  month.by.user = month.by.product = true;
  FunnelQuery snapshot;
  snapshot.funnel = funnel;
  snapshot.as_of = kBegin + std::chrono::days(731);

  const double first = ms_of([&] { base.pivot(year); });
  const std::int64_t before = allocated_bytes();
  const double built = ms_of([&] { base.pivot(year); });
  std::printf("%lld events: loaded in %.1f s; a first report of a year %.1f ms, one that builds the columns %.1f ms, %.0f bytes an event\n",
              static_cast<long long>(events), loaded / 1000, first, built,
              static_cast<double>(allocated_bytes() - before) / static_cast<double>(events));
  const auto tell = [&](const char* when, auto&& ms) {
    const std::pair<const char*, double> told[] = {{"by product and type", ms([&] { base.pivot(year); })},
                                                   {"with companies", ms([&] { base.pivot(clients); })},
                                                   {"plan-fact of a month", ms([&] { base.plan_fact(month); })},
                                                   {"funnel", ms([&] { base.funnel(snapshot); })}};
    std::printf("%lld events, %s:", static_cast<long long>(events), when);
    for (const auto& [what, time] : told) std::printf(" %s %.2f ms%s", what, time, what == std::string_view("funnel") ? "\n" : ",");
  };
  tell("warm", [](auto&& ask) { return warm_ms(ask); });
  Event event;
  event.type = {1};
  event.company = {1};
  event.executor = event.setter = {1};
  event.start = at(to_number(kBegin) * 86400);
  event.end = *event.start + std::chrono::hours(1);
  Event held = event;
  base.plan(event);
  tell("after a plan", [](auto&& ask) { return ms_of(ask); });
  base.record(held);
  tell("after a held event", [](auto&& ask) { return ms_of(ask); });
  std::fflush(stdout);
  if (events > kMostTimed) return;
  Race made = race;
  made.database = options.path;
  made.events = events;
  time_passes(made);
}

}  // namespace bench
