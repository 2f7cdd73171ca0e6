// M12 on real data: deals of a CRM (maven_crm) and the log of states of real problems (bpi2013_volvo), against plain counting of their lines.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "crm/services/loader.hpp"
#include "funnel_fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

/// The lines of a file of the shared data without their heading; none where it is absent.
std::vector<std::vector<std::string>> lines_of(const char* file, char delimiter) {
  std::filesystem::path root = std::filesystem::path(__FILE__).parent_path().parent_path().parent_path() / ".." / "shared" / "data";
  if (const char* named = std::getenv("CRM_SHARED_DATA")) root = named;
  std::ifstream stream(root / file);
  std::vector<std::vector<std::string>> lines;
  std::string line;
  std::getline(stream, line);
  while (std::getline(stream, line)) {
    if (line.ends_with('\r')) line.pop_back();
    auto& cells = lines.emplace_back();
    std::istringstream of(line + delimiter);
    for (std::string cell; std::getline(of, cell, delimiter);) cells.push_back(cell);
  }
  if (lines.empty()) MESSAGE("skipped: no ", file, " in the shared data");
  return lines;
}

std::string joined(std::initializer_list<int> numbers) {
  std::string out;
  for (int number : numbers) out += (out.empty() ? "" : " ") + std::to_string(number);
  return out;
}

// --- deals ------------------------------------------------------------------------------------------

enum Column : std::size_t { kDeal, kAgent, kProduct, kAccount, kStage, kEngaged, kClosed, kValue };

/// Prospecting (by a call), engaging, won; a lost deal is one more talk, refused.
struct Deals : Sales {
  explicit Deals(const std::vector<std::vector<std::string>>& lines) : Sales("memory:", Funnel::Case::deal) {
    Organisation organisation = db.organisation();
    organisation.zone = "UTC";
    db.save(organisation);
    EventType type = db.load(meeting);
    type.no_company = true;
    db.save(type);
    const OutcomeId refused = refusal_of(meeting);
    db.begin();
    for (const auto& cells : lines) {
      const CompanyId account = cells[kAccount].empty() ? CompanyId{} : company_named(cells[kAccount]);
      const UserId agent = agent_named(cells[kAgent]);
      const char* const key = cells[kDeal].c_str();
      if (cells[kStage] == "Prospecting") hold(call, account, "2016-10-01", agent, {}, {}, key);
      if (!cells[kEngaged].empty()) hold(meeting, account, cells[kEngaged].c_str(), agent, {}, {}, key);
      if (cells[kStage] == "Lost") hold(meeting, account, cells[kClosed].c_str(), agent, {}, refused, key);
      if (cells[kStage] == "Won")
        hold(sale, account, cells[kClosed].c_str(), agent, {line(product_named(cells[kProduct]), std::stoll(cells[kValue]) * 100)}, {}, key);
    }
    db.commit();
  }

  CompanyId company_named(const std::string& name) {
    const auto found = companies.find(name);
    return found != companies.end() ? found->second : companies[name] = company(name.c_str());
  }
  UserId agent_named(const std::string& name) {
    const auto found = agents.find(name);
    return found != agents.end() ? found->second : agents[name] = user(name.c_str());
  }
  ProductId product_named(const std::string& name) {
    const auto found = products.find(name);
    return found != products.end() ? found->second : products[name] = product(name.c_str());
  }

  std::map<std::string, CompanyId> companies;
  std::map<std::string, UserId> agents;
  std::map<std::string, ProductId> products;
};

/// Lines of a deal stage, engaged and closed in time; ISO dates compare as texts.
struct Fate {
  int prospects = 0, engaging = 0, lost = 0, won = 0;
};
Fate fate(const std::vector<std::vector<std::string>>& lines, const std::string& as_of, const std::string& agent = "", const std::string& from = "",
          const std::string& to = "9") {
  Fate out;
  for (const auto& cells : lines) {
    if (!agent.empty() && cells[kAgent] != agent) continue;
    const std::string& came = cells[kStage] == "Prospecting" ? "2016-10-01" : cells[kEngaged];
    if (came < from || to <= came || as_of < came) continue;
    const bool closed = !cells[kClosed].empty() && cells[kClosed] <= as_of;
    if (cells[kStage] == "Prospecting") {
      ++out.prospects;
    } else if (!closed) {
      ++out.engaging;
    } else {
      ++(cells[kStage] == "Won" ? out.won : out.lost);
    }
  }
  return out;
}

// --- problems ---------------------------------------------------------------------------------------

/// Queued, accepted, completed: a problem is one event, which is postponed, open, cancelled, and reopened.
struct Problems : Sales {
  Problems() : Sales("memory:") {
    Organisation organisation = db.organisation();
    organisation.zone = "+01:00";
    db.save(organisation);
    problem = type("problem");
    Funnel made;
    made.code = "problems";
    made.name_ru = "проблемы";
    db.save(made);
    query.funnel = funnel = made.id;
    stages = {stage("queued"), stage("accepted"), stage("completed")};
    rule(stages[0], problem, Event::State::postponed);
    rule(stages[1], problem, Event::State::planned);
    rule(stages[1], problem, Event::State::rescheduled);
    rule(stages[2], problem, Event::State::cancelled);
  }

  void begin(const std::string& number, Event::State state) {
    const CompanyId its = company(number.c_str());
    EventWithLines item;
    Event& event = item.event;
    event.id = {std::ssize(status) + 1};
    event.type = problem;
    event.company = its;
    event.executor = event.setter = manager;
    event.start = now;
    event.state = state;
    status[number] = event.id;
    Loader loader(db);
    loader.add(std::span(&item, 1));
    loader.finish();
  }

  void become(EventId event, Event::State state) {
    const Event::State old = db.load(event).state;
    const bool is_open = old == Event::State::planned || old == Event::State::rescheduled;
    if (state == old || (state == Event::State::planned && is_open)) return;
    ActionRequest request = because("по журналу");
    if (state == Event::State::planned && old == Event::State::postponed) request.start = now + std::chrono::hours(1);
    db.act(event, 0,
           state == Event::State::postponed   ? Action::postpone
           : state == Event::State::cancelled ? Action::cancel
           : request.start                    ? Action::reschedule
                                              : Action::reopen,
           request);
  }

  EventTypeId problem;
  std::map<std::string, EventId> status;
};

}  // namespace

TEST_CASE("the deals of a real CRM stand where its table says, on any day, by agent and by quarter") {
  const auto lines = lines_of("maven_crm/sales_pipeline_central_east.csv", ',');
  if (lines.empty()) return;
  Deals deals(lines);

  const FunnelReport today = deals.snapshot("2018-01-01");
  CHECK(numbers(today.total.count, N::open) == "500 841 0");  // as `cut -d, -f5 | sort | uniq -c` counts them
  CHECK(numbers(today.total.count, N::lost) == "0 1662 0");
  CHECK(numbers(today.total.count, N::won) == "0 0 2800");
  CHECK(today.total.count.distinct == 5803);

  for (const char* date : {"2016-12-31", "2017-03-10", "2017-07-01", "2017-12-30"}) {
    CAPTURE(date);
    const Fate expected = fate(lines, date);
    const FunnelCount count = deals.snapshot(date).total.count;
    CHECK(numbers(count, N::open) == joined({expected.prospects, expected.engaging, 0}));
    CHECK(numbers(count, N::lost) == joined({0, expected.lost, 0}));
    CHECK(numbers(count, N::won) == joined({0, 0, expected.won}));
  }

  std::int64_t value = 0;
  for (const auto& cells : lines)
    if (cells[kStage] == "Won") value += std::stoll(cells[kValue]) * 100;
  CHECK(today.total.count.won == std::vector<Money>{{value, Currency("RUB")}});

  deals.query.by = FunnelQuery::By::manager;
  for (const char* from : {"2016-10-01", "2017-01-01", "2017-04-01", "2017-07-01"}) {
    const std::string to = to_string(*parse_date(from) + std::chrono::days(90));
    CAPTURE(from);
    deals.during(Definition::entry_cohort, from, to.c_str());
    deals.query.as_of = day("2017-11-30");
    const FunnelReport cohort = deals.ask();
    std::int64_t sum = 0;
    for (const auto& [name, agent] : deals.agents) {
      const Fate expected = fate(lines, "2017-11-30", name, from, to);
      const auto row = std::ranges::find(cohort.rows, agent.value, &FunnelRow::group);
      const int engaged = expected.engaging + expected.lost + expected.won;
      const std::string counted = joined({engaged + expected.prospects, engaged, expected.won});
      CHECK((row == cohort.rows.end() ? "0 0 0" : numbers(row->count, N::count)) == counted);
      sum += engaged + expected.prospects;
    }
    CHECK(cohort.total.count.distinct == sum);
  }
}

TEST_CASE("the log of real problems tells their state as of any day, reopened ones as well") {
  auto lines = lines_of("bpi2013_volvo/VINST_cases_open_problems.csv", ';');
  if (lines.empty()) return;
  std::ranges::stable_sort(lines, {}, [](const auto& cells) { return cells.at(2); });  // all of one zone
  const std::map<std::string, int> kStages = {{"Queued", 1}, {"Accepted", 2}, {"Completed", 3}};
  constexpr Event::State kStates[] = {{}, Event::State::postponed, Event::State::planned, Event::State::cancelled};

  Problems problems;
  std::map<std::string, std::string> last;
  int reopened = 0;
  for (const auto& cells : lines) {
    problems.now = *parse_instant(cells[2]);
    const Event::State state = kStates[kStages.at(cells[3])];
    if (const auto known = problems.status.find(cells[0]); known != problems.status.end()) {
      problems.become(known->second, state);
    } else {
      problems.begin(cells[0], state);
    }
    if (last[cells[0]] == "Completed" && cells[3] != "Completed") ++reopened;
    last[cells[0]] = cells[3];
  }
  CHECK(reopened == 31);

  for (const char* date : {"2009-12-02", "2010-06-01", "2011-09-03", "2012-02-29", "2012-05-10", "2012-06-15"}) {
    CAPTURE(date);
    std::map<std::string, int> highest;
    std::map<std::string, std::map<int, Instant>> first;
    for (const auto& cells : lines) {
      if (cells[2].substr(0, 10) > date) continue;
      const int stage = kStages.at(cells[3]);
      highest[cells[0]] = std::max(highest[cells[0]], stage);
      first[cells[0]].try_emplace(stage, *parse_instant(cells[2]));
    }
    int counts[4] = {};
    for (const auto& [number, stage] : highest) ++counts[stage];
    std::vector<std::int64_t> times;  // from accepted to completed
    for (auto& [number, at] : first)
      if (at.contains(2) && at.contains(3)) times.push_back((at[3] - std::min(at[2], at[3])).count());
    std::ranges::sort(times);

    const FunnelCount count = problems.snapshot(date).total.count;
    CHECK(numbers(count, N::count) == joined({counts[1], counts[2], counts[3]}));
    CHECK(count.distinct == std::ssize(highest));
    REQUIRE(count.stages[1].median.has_value() == !times.empty());
    if (!times.empty()) CHECK(count.stages[1].median->count() == (times[(times.size() - 1) / 2] + times[times.size() / 2] + 1) / 2);
  }
}
