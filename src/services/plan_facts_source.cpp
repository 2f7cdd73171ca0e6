#include "plan_facts_source.hpp"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>

#include "analytics/facts.hpp"
#include "drafts.hpp"
#include "events_counted.hpp"

namespace crm {
namespace {

using PlanMeasure = PlanCell::Measure;
using Take = std::function<void(const CountedFact&)>;

constexpr std::size_t kFactsBatch = 256;


/// Held events with what their lines say, in batches.
class EventFacts {
 public:
  EventFacts(Unit& unit, const FactsAsked& asked, const std::vector<Id>& drafts, const Take& take)
      : unit_(unit), asked_(asked), drafts_(drafts), take_(take),
        lines_asked_(asked.by_product || asks(PlanMeasure::amount) || asks(PlanMeasure::quantity)) {}

  void read() {
    Query query;
    query.entity = Event::kEntity;
    query.columns = {kId, Event::kExecutor, Event::kType, Event::kCompany};
    if (lines_asked_) query.columns.insert(query.columns.end(), {Event::kAmount, Event::kCurrency});
    query.filter = held();
    limit(unit_, query);
    unit_.session.scan(query, [&](const Cell* cells) {
      if (std::ranges::binary_search(drafts_, cells[3].as_integer())) return;
      HeldEvent& event = batch_.emplace_back();
      event.fact = {PlanMeasure::events, cells[0].as_integer(), {cells[1].as_integer()}, {}, {cells[2].as_integer()}, {}, 1};
      if (lines_asked_ && !cells[4].is_null()) event.amount = Money{cells[4].integer, parse_currency(cells[5].as_text())};
      if (batch_.size() == kFactsBatch) give();
    });
    give();
  }

 private:
  struct Line {
    ProductId product;
    std::optional<Money> amount;
    std::optional<std::int64_t> quantity;
  };
  struct HeldEvent {
    CountedFact fact;
    std::optional<Money> amount;
    std::vector<Line> lines;
  };

  [[nodiscard]] bool asks(PlanMeasure measure) const { return asked_.measures.contains(measure); }

  /// By executor and start there is an index, too.
  [[nodiscard]] Filter held() {
    if (!asked_.users) return event_filter(unit_, asked_.counted, Span(unit_.zone(), asked_.from, asked_.to), false);
    std::vector<Value> users;
    for (UserId id : *asked_.users) users.emplace_back(id.value);
    std::vector<Filter> parts{where::in(Event::kExecutor, std::move(users)),
                              where::ge(Event::kStart, to_number(unit_.zone().start_of(asked_.from))),
                              where::lt(Event::kStart, to_number(unit_.zone().start_of(asked_.to)))};
    for (Filter& part : counted_filter(asked_.counted)) parts.push_back(std::move(part));
    return where::all(std::move(parts));
  }

  void read_lines() {
    std::vector<Value> ids;
    std::unordered_map<Id, HeldEvent*> events;
    for (HeldEvent& event : batch_) {
      ids.emplace_back(event.fact.source);
      events.emplace(event.fact.source, &event);
    }
    Query query;
    query.entity = EventLine::kEntity;
    query.columns = {EventLine::kEvent, EventLine::kProduct, EventLine::kAmount, EventLine::kCurrency, EventLine::kQuantity};
    query.filter = where::in(EventLine::kEvent, std::move(ids));
    const auto cursor = unit_.session.select(query);
    while (const Cell* cells = cursor->next()) {
      Line& line = events.at(cells[0].as_integer())->lines.emplace_back();
      line.product = {cells[1].as_integer()};
      if (!cells[2].is_null()) line.amount = Money{cells[2].integer, parse_currency(cells[3].as_text())};
      if (!cells[4].is_null()) line.quantity = cells[4].integer;
    }
  }

  void give() {
    if (batch_.empty()) return;
    if (lines_asked_) read_lines();
    for (HeldEvent& event : batch_) {
      // Without lines: of no product, with the event's own amount.
      if (event.lines.empty()) event.lines.push_back({{}, event.amount, {}});
      for (const Line& line : event.lines) give(event.fact, line);
    }
    batch_.clear();
  }

  void give(CountedFact fact, const Line& line) {
    fact.product = line.product;
    if (asks(PlanMeasure::events)) take_(fact);
    if (asks(PlanMeasure::quantity) && line.quantity) {
      fact.measure = PlanMeasure::quantity;
      fact.value = *line.quantity;
      take_(fact);
    }
    if (asks(PlanMeasure::amount) && line.amount) {
      fact.measure = PlanMeasure::amount;
      fact.value = line.amount->minor;
      fact.currency = line.amount->currency;
      take_(fact);
    }
  }

  Unit& unit_;
  const FactsAsked& asked_;
  const std::vector<Id>& drafts_;
  const Take& take_;
  const bool lines_asked_;
  std::vector<HeldEvent> batch_;
};

void read_receipts(Unit& unit, const FactsAsked& asked, const std::vector<Id>& drafts, MainManagers& managers, const Take& take) {
  Query query;
  query.entity = Receipt::kEntity;
  query.columns = {kId, Receipt::kKind, Receipt::kDate, Receipt::kCompany, Receipt::kUser, Receipt::kProduct, Receipt::kAmount, Receipt::kCurrency};
  query.filter = where::all({where::ge(Receipt::kDate, to_number(asked.from)), where::lt(Receipt::kDate, to_number(asked.to)),
                             where::not_null(Receipt::kAmount)});
  limit(unit, query);
  unit.session.scan(query, [&](const Cell* cells) {
    const bool is_shipment = cells[1].as_integer() == static_cast<Id>(Receipt::Kind::shipment);
    const PlanMeasure measure = is_shipment ? PlanMeasure::shipments : PlanMeasure::receipts;
    const CompanyId company{cells[3].as_integer()};
    if (!asked.measures.contains(measure) || std::ranges::binary_search(drafts, company.value)) return;
    const UserId responsible{cells[4].as_integer()};
    take({measure, cells[0].as_integer(), responsible ? responsible : managers.on(company, date_of(cells[2].as_integer())),
          {cells[5].as_integer()}, {}, parse_currency(cells[7].as_text()), cells[6].as_integer()});
  });
}

void read_new_companies(Unit& unit, const FactsAsked& asked, MainManagers& managers, const Take& take) {
  Query query;
  query.entity = Company::kEntity;
  query.columns = {kId, Company::kActivatedOn};
  query.filter = where::all({where::ge(Company::kActivatedOn, to_number(asked.from)), where::lt(Company::kActivatedOn, to_number(asked.to)),
                             where::ne(Company::kStatus, static_cast<Id>(Company::Status::draft))});
  limit(unit, query);
  unit.session.scan(query, [&](const Cell* cells) {
    take({PlanMeasure::new_companies, cells[0].as_integer(), managers.on({cells[0].as_integer()}, date_of(cells[1].as_integer())), {}, {}, {}, 1});
  });
}

/// Facts of single sources, added up by whose and of what they are; ids are of resident columns, 32 bits wide.
class Sums {
 public:
  void add(const CountedFact& fact) {
    const auto [at, fresh] = sums_.try_emplace(key_of(fact), fact.value);
    if (!fresh) at->second = checked_sum(at->second, fact.value);
  }
  void give(const Take& take) const {
    CountedFact fact;
    for (const auto& [key, sum] : sums_) {
      fact.measure = static_cast<PlanMeasure>(key.second >> 56);
      --fact.source;  // none that there is
      fact.user = {static_cast<Id>(key.first >> 32)};
      fact.product = {static_cast<Id>(key.first & kId32)};
      fact.type = {static_cast<Id>(key.second & kId32)};
      const char letters[] = {static_cast<char>(key.second >> 48), static_cast<char>(key.second >> 40), static_cast<char>(key.second >> 32)};
      fact.currency = letters[0] ? Currency({letters, 3}) : Currency();
      fact.value = sum;
      take(fact);
    }
  }

 private:
  using Key = std::pair<std::uint64_t, std::uint64_t>;  // user and product; measure, currency and type
  static constexpr std::uint64_t kId32 = 0xffffffff;

  static Key key_of(const CountedFact& fact) {
    std::uint64_t of_what = static_cast<std::uint64_t>(fact.measure);
    const std::string_view letters = fact.currency.letters();
    for (std::size_t i = 0; i < 3; ++i) of_what = of_what << 8 | (letters.empty() ? 0 : static_cast<std::uint8_t>(letters[i]));
    return {static_cast<std::uint64_t>(fact.user.value) << 32 | static_cast<std::uint64_t>(fact.product.value),
            of_what << 32 | static_cast<std::uint64_t>(fact.type.value)};
  }
  struct Hash {
    using is_avalanching = void;
    std::size_t operator()(const Key& key) const {
      std::uint64_t sum = (key.first ^ key.second * 0x9E3779B97F4A7C15u) * 0xBF58476D1CE4E5B9u;
      return static_cast<std::size_t>(sum ^ sum >> 32);
    }
  };
  boost::unordered_flat_map<Key, std::int64_t, Hash> sums_;
};


/// Counts of events by whose and of what they are, by the numbers that resident events give to these; where these are few.
class CountsByNumber {
 public:
  CountsByNumber(const FactsAsked& asked, const EventColumns& events)
      : events_(events), products_(asked.by_product ? events.products_met.ids() : kNothing), types_(asked.by_type ? events.types.ids() : kNothing) {
    constexpr std::size_t kMost = std::size_t{1} << 18;
    const bool dense = !events.executors.dense().empty() && !events.products_met.dense().empty() && !events.types.dense().empty();
    if (dense && events.executors.ids().size() <= kMost / products_.size() / types_.size())
      counts_.resize(events.executors.ids().size() * products_.size() * types_.size());
  }
  [[nodiscard]] bool are_few() const { return !counts_.empty(); }

  /// An event with one product, or none.
  void add(std::size_t place) {
    const std::size_t executor = number(events_.executors, events_.executor[place]);
    const std::size_t product = products_.data() == kNothing.data() ? 0 : number(events_.products_met, events_.product[place]);
    const std::size_t type = types_.data() == kNothing.data() ? 0 : number(events_.types, events_.type[place]);
    ++counts_[(executor * products_.size() + product) * types_.size() + type];
  }
  void give(const Take& take) const {
    CountedFact fact;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      if (counts_[i] == 0) continue;
      --fact.source;  // none that there is
      fact.user = {events_.executors.ids()[i / types_.size() / products_.size()]};
      fact.product = {products_[i / types_.size() % products_.size()]};
      fact.type = {types_[i % types_.size()]};
      fact.value = counts_[i];
      take(fact);
    }
  }

 private:
  static std::size_t number(const Interner& met, std::int32_t id) { return static_cast<std::size_t>(met.dense()[static_cast<std::size_t>(id)]); }

  static inline const std::vector<std::int64_t> kNothing{0};   // what is not divided by
  const EventColumns& events_;
  const std::vector<std::int64_t>& products_;
  const std::vector<std::int64_t>& types_;
  std::vector<std::int64_t> counts_;
};

/// Whose events are asked for, by the numbers of executors.
std::vector<bool> flags_of(const std::set<UserId>& users, const Interner& executors) {
  std::vector<bool> flags(executors.ids().size());
  for (UserId user : users)
    if (const std::int32_t number = executors.find(user.value); number >= 0) flags[static_cast<std::size_t>(number)] = true;
  return flags;
}

void sum_events(Unit& unit, const FactsAsked& asked, const std::vector<Id>& drafts, const EventColumns& events, const Take& take) {
  const Counted counted(asked.counted);
  const std::vector<bool> users = asked.users ? flags_of(*asked.users, events.executors) : std::vector<bool>();
  CountsByNumber counts(asked, events);
  const bool are_few = counts.are_few();
  Sums sums;
  CountedFact fact;
  fact.value = 1;
  events.each(to_number(unit.zone().start_of(asked.from)), to_number(unit.zone().start_of(asked.to)), [&](std::size_t i) {
    if (!counted(events, i) || (asked.users && !users[static_cast<std::size_t>(events.executors.find(events.executor[i]))])) return;
    if (!drafts.empty() && std::ranges::binary_search(drafts, Id{events.company[i]})) return;
    if (are_few && (!asked.by_product || events.product[i] >= 0)) return counts.add(i);
    fact.source = events.id[i];
    fact.user = {events.executor[i]};
    fact.type = {asked.by_type ? events.type[i] : 0};
    fact.product = {};
    const auto products = asked.by_product ? events.products(i) : std::span<const std::int32_t>();
    if (products.size() == 1) fact.product = {products[0]};
    if (products.size() < 2) return sums.add(fact);
    for (std::int32_t product : products) {
      fact.product = {product};
      take(fact);
    }
  });
  counts.give(take);
  sums.give(take);
}

void sum_receipts(const FactsAsked& asked, const std::vector<Id>& drafts, MainManagers& managers, const ReceiptColumns& receipts, const Take& take) {
  Sums sums;
  receipts.dates.each(receipts.date, to_number(asked.from), to_number(asked.to), [&](std::size_t i) {
    const bool is_shipment = receipts.kind[i] == static_cast<std::uint8_t>(Receipt::Kind::shipment);
    const PlanMeasure measure = is_shipment ? PlanMeasure::shipments : PlanMeasure::receipts;
    if (!receipts.amount[i] || !asked.measures.contains(measure) || std::ranges::binary_search(drafts, Id{receipts.company[i]})) return;
    const UserId user = receipts.user[i] ? UserId{receipts.user[i]} : managers.on({receipts.company[i]}, date_of(receipts.date[i]));
    const CountedFact fact{measure, receipts.id[i], user, {asked.by_product ? receipts.product[i] : 0}, {}, receipts.currency[i], *receipts.amount[i]};
    user.value > INT32_MAX ? take(fact) : sums.add(fact);
  });
  sums.give(take);
}

}  // namespace

void each_fact(Unit& unit, const FactsAsked& asked, Analytics* kept, const Take& take) {
  if (asked.from >= asked.to) return;
  const auto asks = [&](PlanMeasure measure) { return asked.measures.contains(measure); };
  const std::vector<Id> no_clients = draft_companies(unit, kept);
  MainManagers managers(unit, kept);
  if (asks(PlanMeasure::amount) || asks(PlanMeasure::quantity) || (asks(PlanMeasure::events) && !kept))  // lines are not kept
    EventFacts(unit, asked, no_clients, take).read();
  else if (asks(PlanMeasure::events))
    sum_events(unit, asked, no_clients, kept->events.up_to_date(unit), take);
  if (asks(PlanMeasure::receipts) || asks(PlanMeasure::shipments)) {
    if (kept)
      sum_receipts(asked, no_clients, managers, kept->receipts.up_to_date(unit), take);
    else
      read_receipts(unit, asked, no_clients, managers, take);
  }
  if (asks(PlanMeasure::new_companies)) read_new_companies(unit, asked, managers, take);
}

}  // namespace crm
