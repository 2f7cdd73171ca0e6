#include "funnel_facts.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "drafts.hpp"
#include "events_counted.hpp"
#include "history.hpp"
#include "main_managers.hpp"
#include "managers.hpp"

namespace crm {
namespace {

/// An event or a document, as far as a funnel asks.
struct Source {
  Id id = 0;
  bool document = false;
  CompanyId company;
  UserId manager;
  std::string key;   ///< of its deal
  Money amount;      ///< its own, beside those of its lines
};

/// Products and amounts of events, or of documents; by their owner.
struct Line {
  Id owner = 0;
  ProductId product;
  Money amount;
};

Money money_of(const Cell& amount, const Cell& currency) {
  if (amount.is_null()) return {};
  return {amount.as_integer(), parse_currency(currency.as_text())};
}

struct CaseKey {
  Id company = 0;    ///< none of a deal with a key
  Id product = 0;
  std::string deal;

  friend bool operator==(const CaseKey&, const CaseKey&) = default;
};

struct CaseKeyHash {
  std::size_t operator()(const CaseKey& key) const {
    return std::hash<std::string>{}(key.deal) ^ (std::hash<Id>{}(key.company) * 1000003) ^ (std::hash<Id>{}(key.product) * 10007);
  }
};

class Gatherer {
 public:
  Gatherer(Unit& unit, const FunnelQuery& query, const Funnel& funnel, const std::vector<FunnelStage>& stages, Instant until,
           Analytics* kept, const std::vector<Value>& companies)
      : unit_(unit), query_(query), funnel_(funnel), last_stage_(static_cast<std::uint8_t>(stages.size())), until_(until),
        kept_(kept), companies_(companies), products_asked_(funnel.case_of == Funnel::Case::company_product || query.by == FunnelQuery::By::product),
        drafts_(draft_companies(unit, kept)) {
    for (FunnelRule& rule : unit.list<FunnelRule>(where::eq(FunnelRule::kFunnel, funnel.id.value))) {
      const auto stage = std::ranges::find(stages, rule.stage, &FunnelStage::id);
      rules_.push_back({std::move(rule), static_cast<std::uint8_t>(stage == stages.end() ? 0 : stage - stages.begin() + 1)});
    }
  }

  FunnelFacts gather() {
    read_event_lines();
    read_held();
    read_transitions();
    read_documents();
    std::ranges::sort(facts_.entries, earlier);
    std::ranges::sort(facts_.products);
    const auto twice = std::ranges::unique(facts_.products);
    facts_.products.erase(twice.begin(), twice.end());
    return std::move(facts_);
  }

 private:
  struct Rule {
    FunnelRule rule;
    std::uint8_t stage = 0;  ///< 0: loses
  };

  static bool is_transition(const Rule& rule) { return rule.rule.type && rule.rule.state != Event::State::held; }

  [[nodiscard]] std::vector<Value> types(bool of_transitions) const {
    std::set<Id> found;
    for (const Rule& rule : rules_)
      if (rule.rule.type && (!of_transitions || is_transition(rule))) found.insert(rule.rule.type.value);
    return {found.begin(), found.end()};
  }

  [[nodiscard]] std::vector<Value> kinds() const {
    std::set<Id> found;
    for (const Rule& rule : rules_)
      if (rule.rule.document_kind) found.insert(rule.rule.document_kind.value);
    return {found.begin(), found.end()};
  }

  std::unique_ptr<Cursor> select(Query query, std::vector<Filter> parts, FieldNo company) {
    if (!companies_.empty()) parts.push_back(where::in(company, companies_));
    if (query_.companies) parts.push_back(where::exists(Company::kEntity, kId, company, {*query_.companies}));
    query.filter = where::all(std::move(parts));
    limit(unit_, query);
    return unit_.session.select(query);
  }

  std::unique_ptr<Cursor> select_events(std::vector<Filter> parts) {
    Query query;
    query.entity = Event::kEntity;
    query.columns = {kId, Event::kType, Event::kCompany, Event::kExecutor, Event::kCase, Event::kAmount, Event::kCurrency, Event::kStart,
                     Event::kOutcome};
    query.order = {{Event::kStart}};  // as the index of type, state and start goes: nothing is sorted
    if (query_.events) parts.push_back(*query_.events);
    return select(std::move(query), std::move(parts), Event::kCompany);
  }

  /// Conditions that together take all events of the types, each in the order of an index; those of some companies may be of other types.
  [[nodiscard]] std::vector<Filter> by_type(bool of_transitions) const {
    if (!companies_.empty()) return {where::all({})};
    std::vector<Filter> parts;
    for (const Value& type : types(of_transitions)) parts.push_back(where::eq(Event::kType, type));
    return parts;
  }

  static Source event_of(const Cell* cells) {
    return {cells[0].as_integer(), false, {cells[2].as_integer()}, {cells[3].as_integer()}, std::string(cells[4].as_text()),
            money_of(cells[5], cells[6])};
  }

  /// Held events enter at their start; a refusal of any type of the funnel loses, into whatever stage it led.
  void read_held() {
    const std::set<Id> refusals = ids_of(Outcome::kEntity, where::eq(Outcome::kKind, static_cast<Id>(Outcome::Kind::refusal)));
    const std::vector<Value> asked = types(false);
    for (const Filter& type : by_type(false)) {
      const auto cursor = select_events({type, where::all(counted_filter(query_.counted)), where::le(Event::kStart, to_number(until_))});
      while (const Cell* cells = cursor->next()) {
        if (!std::ranges::binary_search(asked, Value(cells[1].as_integer()))) continue;
        const bool refused = refusals.contains(cells[8].as_integer());
        const Instant start = instant_of(cells[7].as_integer());
        const Source event = event_of(cells);
        bool entered = false;
        for (const Rule& rule : rules_) {
          if (rule.rule.type.value != cells[1].as_integer() || is_transition(rule)) continue;
          add(event, start, rule.stage, refused);
          entered = true;
        }
        if (refused && !entered) add(event, start, 0, true);
      }
    }
  }

  std::set<Id> ids_of(EntityNo entity, Filter filter) {
    const auto found = unit_.ids(entity, kId, std::move(filter));
    return {found.begin(), found.end()};
  }

  /// Into other states events enter when they changed into them, as the log says.
  void read_transitions() {
    std::vector<std::pair<EventTypeId, Source>> events;
    const std::vector<Value> asked = types(true);
    if (asked.empty()) return;
    for (const Filter& type : by_type(true)) {
      const auto cursor = select_events({type});
      while (const Cell* cells = cursor->next())
        if (std::ranges::binary_search(asked, Value(cells[1].as_integer()))) events.emplace_back(EventTypeId{cells[1].as_integer()}, event_of(cells));
    }
    for (const auto& [type, event] : events) {
      History history(unit_.session, {Event::kEntity, event.id});
      while (const auto line = history.line()) {
        const Value after = history.value(Event::kState);
        history.undo(*line);
        if (line->stamp.at > until_ || after == history.value(Event::kState)) continue;
        const auto state = static_cast<Event::State>(to_cell(after).as_integer());
        for (const Rule& rule : rules_)
          if (rule.rule.type == type && is_transition(rule) && rule.rule.state == state) add(event, line->stamp.at, rule.stage, false);
      }
    }
  }

  /// A document has a date only: it enters as that day begins and loses as it ends, so that what happened on the day came before the loss.
  void read_documents() {
    const auto of_kinds = kinds();
    if (of_kinds.empty()) return;
    lines_ = lines_of(HostDocumentLine::kEntity, HostDocumentLine::kDocument, HostDocumentLine::kProduct, HostDocumentLine::kAmount,
                      HostDocumentLine::kCurrency,
                      companies_.empty() ? where::in({HostDocumentLine::kDocument, HostDocument::kKind}, of_kinds)
                                         : where::in({HostDocumentLine::kDocument, HostDocument::kCompany}, companies_));
    MainManagers managers(unit_, kept_);
    const auto deals = deals_of_documents();
    Query query;
    query.entity = HostDocument::kEntity;
    query.columns = {kId, HostDocument::kKind, HostDocument::kCompany, HostDocument::kUser, HostDocument::kDate, HostDocument::kAmount,
                     HostDocument::kCurrency};
    const auto cursor = select(std::move(query),
                               {where::in(HostDocument::kKind, of_kinds), where::eq(HostDocument::kPosted, Id{1}),
                                where::le(HostDocument::kDate, to_number(unit_.zone().date(until_)))},
                               HostDocument::kCompany);
    while (const Cell* cells = cursor->next()) {
      Source document{cells[0].as_integer(), true, {cells[2].as_integer()}, {cells[3].as_integer()}, "", money_of(cells[5], cells[6])};
      const Date date = date_of(cells[4].as_integer());
      if (!document.manager) document.manager = managers.on(document.company, date);
      if (const auto deal = deals.find(document.id); deal != deals.end()) document.key = deal->second;
      for (const Rule& rule : rules_) {
        if (rule.rule.document_kind != HostDocumentKindId{cells[1].as_integer()}) continue;
        const Instant ends = unit_.zone().start_of(date + std::chrono::days(1)) - std::chrono::microseconds(1);
        add(document, rule.stage ? unit_.zone().start_of(date) : ends, rule.stage, rule.stage == 0);
      }
    }
  }

  /// A document belongs to the deal of an event that it is linked with, of the first one with a key.
  std::map<Id, std::string> deals_of_documents() {
    std::map<Id, std::string> found;
    if (funnel_.case_of != Funnel::Case::deal) return found;
    Query query;
    query.entity = EventDocument::kEntity;
    query.columns = {EventDocument::kDocument, {EventDocument::kEvent, Event::kCase}};
    const Path key{EventDocument::kEvent, Event::kCase};
    query.filter = where::all({where::eq({EventDocument::kEvent, Event::kRemoved}, Id{0}), where::not_null(key), where::ne(key, std::string())});
    query.order = {{EventDocument::kEvent}};
    limit(unit_, query);
    const auto cursor = unit_.session.select(query);
    while (const Cell* cells = cursor->next()) found.emplace(cells[0].as_integer(), cells[1].as_text());
    return found;
  }

  /// Products only where they are asked for, amounts only of the last stage.
  void read_event_lines() {
    std::vector<Value> of_types;
    for (const Rule& rule : rules_)
      if (rule.rule.type && (products_asked_ || rule.stage == last_stage_)) of_types.emplace_back(rule.rule.type.value);
    if (of_types.empty()) return;
    lines_ = lines_of(EventLine::kEntity, EventLine::kEvent, EventLine::kProduct, EventLine::kAmount, EventLine::kCurrency,
                      companies_.empty() ? where::in({EventLine::kEvent, Event::kType}, std::move(of_types))
                                         : where::in({EventLine::kEvent, Event::kCompany}, companies_));
  }

  std::vector<Line> lines_of(EntityNo entity, FieldNo owner, FieldNo product, FieldNo amount, FieldNo currency, Filter filter) {
    Query query;
    query.entity = entity;
    query.columns = {owner, product, amount, currency};
    query.filter = std::move(filter);
    std::vector<Line> found;
    const auto cursor = unit_.session.select(query);
    while (const Cell* cells = cursor->next())
      found.push_back({cells[0].as_integer(), {cells[1].as_integer()}, money_of(cells[2], cells[3])});
    std::ranges::stable_sort(found, {}, &Line::owner);
    return found;
  }

  void add(const Source& source, Instant at, std::uint8_t stage, bool lost) {
    const bool by_product = funnel_.case_of == Funnel::Case::company_product;
    std::set<ProductId> products;
    if (products_asked_)
      for (const Line& line : std::ranges::equal_range(lines_, source.id, {}, &Line::owner)) products.insert(line.product);
    if (products.empty()) products.insert(ProductId{});
    if (by_product) {
      for (ProductId product : products)
        if (const auto no = case_of(source.company, product, {})) add_to(*no, source, at, stage, lost, product);
      return;
    }
    const auto no = case_of(source.company, {}, funnel_.case_of == Funnel::Case::deal ? std::string_view(source.key) : std::string_view());
    if (!no) return;
    add_to(*no, source, at, stage, lost, std::nullopt);
    if (products_asked_)
      for (ProductId product : products) facts_.products.emplace_back(*no, product);
  }

  /// An entry into the last stage once for each currency of what it is worth.
  void add_to(std::uint32_t no, const Source& source, Instant at, std::uint8_t stage, bool lost, std::optional<ProductId> product) {
    std::map<Currency, Money> sums;
    if (stage == last_stage_) sums = worth(source, product);
    if (sums.empty()) facts_.entries.push_back({at, source.id, source.manager, {}, no, stage, lost, source.document});
    for (const auto& [currency, sum] : sums)
      facts_.entries.push_back({at, source.id, source.manager, sum, no, stage, lost, source.document});
  }

  /// By its lines (of the product, if one is meant); without any amount on them, its own.
  [[nodiscard]] std::map<Currency, Money> worth(const Source& source, std::optional<ProductId> product) const {
    std::map<Currency, Money> sums;
    bool on_lines = false;
    for (const Line& line : std::ranges::equal_range(lines_, source.id, {}, &Line::owner)) {
      if (!line.amount.currency) continue;
      on_lines = true;
      if (product && line.product != *product) continue;
      const auto [sum, first] = sums.emplace(line.amount.currency, line.amount);
      if (!first) sum->second = sum->second + line.amount;
    }
    if (!on_lines && source.amount.currency) sums.emplace(source.amount.currency, source.amount);
    return sums;
  }

  /// None: it belongs to no company, and so to no case, or to a draft, which is no client yet.
  std::optional<std::uint32_t> case_of(CompanyId company, ProductId product, std::string_view deal) {
    if ((!company && deal.empty()) || std::ranges::binary_search(drafts_, company.value)) return {};
    CaseKey key{deal.empty() ? company.value : 0, product.value, std::string(deal)};
    const auto [at, fresh] = numbers_.try_emplace(std::move(key), static_cast<std::uint32_t>(facts_.cases.size()));
    if (fresh) facts_.cases.push_back({company, product, std::string(deal), {}, {}});
    return at->second;
  }

  Unit& unit_;
  const FunnelQuery& query_;
  const Funnel& funnel_;
  const std::uint8_t last_stage_;
  const Instant until_;
  Analytics* const kept_;
  const std::vector<Value>& companies_;  ///< none: of all
  const bool products_asked_;
  const std::vector<Id> drafts_;
  std::vector<Rule> rules_;
  std::vector<Line> lines_;   ///< of events, then of documents
  std::unordered_map<CaseKey, std::uint32_t, CaseKeyHash> numbers_;
  FunnelFacts facts_;
};

}  // namespace

FunnelFacts gather_funnel(Unit& unit, const FunnelQuery& query, const Funnel& funnel, const std::vector<FunnelStage>& stages, Instant until,
                          Analytics* kept, const std::vector<Value>& companies) {
  return Gatherer(unit, query, funnel, stages, until, kept, companies).gather();
}

}  // namespace crm
