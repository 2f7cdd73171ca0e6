// Funnels for the tests of M12.
#pragma once

#include "crm/services/funnel.hpp"
#include "fixture.hpp"

namespace crm::test {

using N = FunnelNumber;
using Definition = FunnelFrame::Definition;

/// A funnel of call, meeting and sale, with the host's shipments and refusals; outcome "отказ" loses.
struct Sales : House {
  explicit Sales(const std::string& store, Funnel::Case case_of = Funnel::Case::company) : House(store) {
    call = type("call");
    sale = type("sale");
    shipment = kind("shipment");
    rejection = kind("rejection");
    Funnel made;
    made.code = "sales";
    made.name_ru = "продажи";
    made.name_en = "sales";
    made.case_of = case_of;
    db.save(made);
    funnel = made.id;
    stages = {stage("call"), stage("meeting"), stage("sale")};
    rule(stages[0], call);
    rule(stages[1], meeting);
    rule(stages[2], sale);
    rule(stages[2], {}, Event::State::held, shipment);
    rule({}, {}, Event::State::held, rejection);
    query.funnel = funnel;
  }

  EventTypeId type(const char* code) {
    EventType type;
    type.code = code;
    type.name_ru = code;
    type.no_company = true;
    db.save(type);
    return type.id;
  }

  HostDocumentKindId kind(const char* code) {
    HostDocumentKind kind;
    kind.code = code;
    kind.name_ru = code;
    db.save(kind);
    return kind.id;
  }

  FunnelStageId stage(const char* code) {
    FunnelStage stage;
    stage.funnel = funnel;
    stage.place = 10 * (1 + static_cast<std::int32_t>(db.rows(FunnelStage::kEntity, {}).size()));
    stage.code = code;
    stage.name_ru = code;
    db.save(stage);
    return stage.id;
  }

  void rule(FunnelStageId stage, EventTypeId type, Event::State state = Event::State::held, HostDocumentKindId kind = {}) {
    FunnelRule rule;
    rule.funnel = funnel;
    rule.stage = stage;
    rule.type = type;
    rule.state = state;
    rule.document_kind = kind;
    db.save(rule);
  }

  OutcomeId refusal_of(EventTypeId type) {
    Outcome outcome;
    outcome.type = type;
    outcome.code = "refused";
    outcome.name_ru = "отказ";
    outcome.kind = Outcome::Kind::refusal;
    db.save(outcome);
    return outcome.id;
  }

  /// A held event of that day at noon, of `manager` if nobody else.
  Event hold(EventTypeId type, CompanyId company, const char* date, UserId executor = {}, std::vector<EventLine> lines = {},
             OutcomeId outcome = {}, const char* deal = "") {
    Event event;
    event.type = type;
    event.company = company;
    event.executor = executor ? executor : manager;
    event.setter = chief;
    event.start = db.zone().start_of(day(date)) + std::chrono::hours(12);
    event.end = *event.start + std::chrono::hours(1);
    event.outcome = outcome;
    event.case_key = deal;
    db.record(event, lines);
    return event;
  }

  static EventLine line(ProductId product, std::int64_t minor = 0) {
    EventLine line;
    line.product = product;
    if (minor) line.amount = Money{minor, Currency("RUB")};
    return line;
  }

  void post(HostDocumentKindId kind, const char* key, CompanyId company, const char* date, UserId responsible = {}) {
    HostDocument document;
    document.kind = kind;
    document.key = key;
    document.revision = 1;
    document.date = day(date);
    document.company = company;
    document.user = responsible;
    db.post_document(document);
  }

  FunnelReport ask() { return db.funnel(query); }
  FunnelReport snapshot(const char* date) {
    query.definition = Definition::snapshot;
    query.from = query.to = {};
    query.as_of = day(date);
    return ask();
  }
  FunnelReport during(Definition definition, const char* from, const char* to) {
    query.definition = definition;
    query.from = day(from);
    query.to = day(to);
    query.as_of = {};
    return ask();
  }

  EventTypeId call, sale;
  HostDocumentKindId shipment, rejection;
  FunnelId funnel;
  std::vector<FunnelStageId> stages;
  FunnelQuery query;
};

/// One number of all stages: "3 2 0".
inline std::string numbers(const FunnelCount& count, N number) {
  std::string out;
  for (const StageCount& stage : count.stages) out += (out.empty() ? "" : " ") + std::to_string(stage[number]);
  return out;
}

/// The rows: "Другов 1 0 0; - 0 0 2".
inline std::string rows(const FunnelReport& report, N number = N::count) {
  std::string out;
  for (const FunnelRow& row : report.rows)
    out += (out.empty() ? "" : "; ") + (row.name.empty() ? "-" : row.name) + " " + numbers(row.count, number);
  return out;
}

}  // namespace crm::test
