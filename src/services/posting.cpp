// E8: documents of the host, posted and un-posted.
#include "crm/services/posting.hpp"

#include <algorithm>
#include <deque>

#include "access.hpp"
#include "crm/rules/dismissal.hpp"
#include "crm/rules/event_due.hpp"
#include "crm/rules/host_documents.hpp"
#include "escalations.hpp"
#include "events.hpp"
#include "managers.hpp"
#include "notices.hpp"

namespace crm {
namespace {

using What = PostingStep::What;
using Does = DocumentRule::Does;

std::optional<HostDocument> stored(Unit& unit, HostDocumentKindId kind, std::string_view key) {
  auto found = unit.list<HostDocument>(
      where::all({where::eq(HostDocument::kKind, kind.value), where::eq(HostDocument::kKey, std::string(key))}));
  if (found.empty()) return {};
  return found.front();
}

/// The ids with all above them.
template <class E>
std::vector<IdOf<E>> with_parents(Unit& unit, std::vector<IdOf<E>> ids) {
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (const IdOf<E> parent = unit.load(ids[i]).parent; parent && std::ranges::find(ids, parent) == ids.end()) ids.push_back(parent);
  return ids;
}

PostingFacts facts_of(Unit& unit, const HostDocument& document, std::span<const HostDocumentLine> lines) {
  PostingFacts facts;
  facts.document = document;
  for (const HostDocumentLine& line : lines) facts.products.push_back(line.product);
  if (!document.company) return facts;
  std::vector<ClassifierNodeId> nodes;
  for (Id id : unit.ids(ClassifierPlacement::kEntity, ClassifierPlacement::kNode,
                        where::all({where::eq(ClassifierPlacement::kRecordKind, Id{Company::kEntity}),
                                    where::eq(ClassifierPlacement::kRecord, document.company.value)})))
    nodes.push_back({id});
  facts.nodes = with_parents<ClassifierNode>(unit, std::move(nodes));
  std::vector<SphereId> spheres;
  for (Id id : unit.ids(CompanySphere::kEntity, CompanySphere::kSphere, where::eq(CompanySphere::kCompany, document.company.value)))
    spheres.push_back({id});
  facts.spheres = with_parents<Sphere>(unit, std::move(spheres));
  return facts;
}

std::vector<PostingCandidate> candidates(Unit& unit, const DocumentRule& rule, const HostDocument& document) {
  std::vector<PostingCandidate> out;
  if (!document.company) return out;
  for (const Event& event : unit.list<Event>(where::all(
           {where::eq(Event::kCompany, document.company.value), where::eq(Event::kType, rule.type.value), where::not_null(Event::kStart),
            where::in(Event::kState, {static_cast<Id>(Event::State::planned), static_cast<Id>(Event::State::rescheduled)})}))) {
    PostingCandidate candidate{event.id, zone_of(unit, event).date(*event.start), {}};
    for (Id id : unit.ids(EventLine::kEntity, EventLine::kProduct, where::eq(EventLine::kEvent, event.id.value)))
      candidate.products.push_back({id});
    out.push_back(std::move(candidate));
  }
  return out;
}

/// Who carries out a made event: responsible on the document, else the main manager on its date, who works today, else today's.
UserId executor_of(Unit& unit, const HostDocument& document) {
  if (document.user || !document.company) return document.user;
  for (const Date day : {document.date, unit.today()})
    for (const Assignment& line : managers_on(unit, document.company, day))
      if (in_service(unit.load(line.user), unit.today())) return line.user;
  return {};
}

/// One posting, step by step.
class Posting {
 public:
  Posting(Unit& unit, PostingReport& report) : unit_(unit), report_(report) {}

  /// Undoes what the document did, newest first, as far as events are as it left them.
  void compensate(const HostDocument& document) {
    auto effects = unit_.list<DocumentEffect>(where::all({where::eq(DocumentEffect::kDocument, document.id.value),
                                                          where::eq(DocumentEffect::kUndone, Id{0})}),
                                              {{kId, true}});
    for (const DocumentEffect& effect : effects) {
      DocumentEffect undone = effect;
      undone.undone = true;
      unit_.update(effect, undone);
      add(undo(effect, document) ? What::undone : What::changed_since, effect.rule, effect.event);
      unit_.flush();
    }
  }

  void apply(const HostDocument& document, std::span<const HostDocumentLine> lines) {
    const PostingFacts facts = facts_of(unit_, document, lines);
    for (const DocumentRule& rule : unit_.list<DocumentRule>(where::eq(DocumentRule::kKind, document.kind.value))) {
      if (!applies(rule, facts)) continue;
      if (rule.does == Does::plan || rule.does == Does::record) {
        make(rule, facts);
        continue;
      }
      const auto found = targets(rule, facts, candidates(unit_, rule, document));
      if (found.empty()) add(What::nothing, rule.id, {});
      for (EventId event : found) act_on(rule, facts, event);
    }
  }

 private:
  void add(What what, DocumentRuleId rule, EventId event, std::vector<Violation> why = {}) {
    report_.steps.push_back({what, rule, event, std::move(why)});
  }

  static DocumentEffect effect_of(const DocumentRule& rule, const HostDocument& document, const Event& before, const Event& after) {
    DocumentEffect effect;
    effect.document = document.id;
    effect.revision = document.revision;
    effect.rule = rule.id;
    effect.event = after.id;
    effect.made = !before.id;
    effect.old_state = before.state;
    effect.old_start = before.start;
    effect.old_end = before.end;
    effect.old_all_day = before.all_day;
    effect.old_until = before.postponed_until;
    effect.old_verification = before.verification;
    effect.old_result = before.result;
    effect.old_outcome = before.outcome;
    effect.old_reason = before.reason;
    effect.old_held_at = before.held_at;
    effect.new_state = after.state;
    effect.new_start = after.start;
    effect.new_end = after.end;
    effect.new_verification = after.verification;
    return effect;
  }

  void link(const HostDocument& document, EventId event) {
    EventDocument both;
    both.event = event;
    both.document = document.id;
    if (unit_.ids(EventDocument::kEntity, kId, where::all({where::eq(EventDocument::kEvent, event.value),
                                                           where::eq(EventDocument::kDocument, document.id.value)}))
            .empty())
      unit_.insert(both);
  }

  void keep_effect(DocumentEffect effect, const HostDocument& document) {
    unit_.insert(effect);
    link(document, effect.event);
  }

  void make(const DocumentRule& rule, const PostingFacts& facts) {
    const HostDocument& document = facts.document;
    Event event;
    event.type = rule.type;
    event.company = document.company;
    event.executor = executor_of(unit_, document);
    event.setter = event.executor;
    event.priority = rule.priority;
    event.purpose = rule.purpose;
    event.result = rule.result;
    event.outcome = rule.outcome;
    const bool held = rule.does == Does::record;
    const Date day = document.date + std::chrono::days(held ? 0 : rule.start_days);
    event.start = unit_.zone().instant(LocalTime(day) + std::chrono::hours(9));
    if (held && *event.start > unit_.now) event.start = unit_.now;
    std::vector<EventLine> lines;
    for (ProductId product : facts.products) lines.emplace_back().product = product;
    const auto refusal = unit_.attempt([&] {
      stage_new_event(unit_, held ? Action::record : Action::plan, event, lines);
      keep_effect(effect_of(rule, document, {}, event), document);
    });
    if (refusal) return add(What::refused, rule.id, {}, refusal->violations());
    add(What::made, rule.id, event.id);
  }

  void act_on(const DocumentRule& rule, const PostingFacts& facts, EventId id) {
    const Event before = unit_.load(id);
    ActionRequest request;
    request.result = rule.result;
    request.outcome = rule.outcome;
    request.reason = rule.reason;
    if (rule.does == Does::hold && before.start && *before.start > unit_.now) request.start = request.end = unit_.now;
    const auto refusal = unit_.attempt([&] {
      const Event after = stage_action(unit_, before, rule.does == Does::hold ? Action::hold : Action::cancel, request).after;
      keep_effect(effect_of(rule, facts.document, before, after), facts.document);
    });
    if (refusal) return add(What::refused, rule.id, id, refusal->violations());
    add(What::changed, rule.id, id);
  }

  bool undo(const DocumentEffect& effect, const HostDocument& document) {
    const auto found = unit_.find(effect.event);
    if (!found || found->state != effect.new_state || found->start != effect.new_start || found->end != effect.new_end ||
        found->verification != effect.new_verification)
      return false;
    const Event& before = *found;
    Event after = before;
    if (effect.made) {
      after.removed = true;
      after.reason = document.number.empty() ? document.key : document.number;
    } else {
      after.state = effect.old_state;
      after.start = effect.old_start;
      after.end = effect.old_end;
      after.all_day = effect.old_all_day;
      after.postponed_until = effect.old_until;
      after.verification = effect.old_verification;
      after.result = effect.old_result;
      after.outcome = effect.old_outcome;
      after.reason = effect.old_reason;
      after.held_at = effect.old_held_at;
      log(before, after, document);
    }
    settle_dates(after, zone_of(unit_, after));
    settle_time(unit_, &before, after);
    unit_.update(before, after);
    settle_reminders(unit_, after);
    return true;
  }

  void log(const Event& before, const Event& after, const HostDocument& document) {
    if (interval_of(before) != interval_of(after)) {
      Reschedule row;
      row.event = before.id;
      row.old_start = before.start;
      row.old_end = before.end;
      row.new_start = after.start;
      row.new_end = after.end;
      row.reason = document.number.empty() ? document.key : document.number;
      row.at = unit_.now;
      unit_.insert(row);
    }
    if (before.verification != after.verification) {
      VerificationEntry entry;
      entry.event = before.id;
      entry.to = after.verification;
      entry.at = unit_.now;
      unit_.insert(entry);
    }
  }

  Unit& unit_;
  PostingReport& report_;
};

/// Writes the document as given; its lines anew.
void keep(Unit& unit, const std::optional<HostDocument>& before, HostDocument& document, std::span<HostDocumentLine> lines) {
  if (before) {
    document.id = before->id;
    document.version = before->version;
    unit.update(*before, document);
    for (const HostDocumentLine& old : unit.list<HostDocumentLine>(where::eq(HostDocumentLine::kDocument, document.id.value)))
      unit.erase(HostDocumentLine::kEntity, old.id.value, old.version);
  } else {
    unit.insert(document);
  }
  for (HostDocumentLine& line : lines) {
    line.id = {};
    line.document = document.id;
    if (line.amount && !line.amount->currency) line.amount->currency = unit.organisation().currency;
    unit.insert(line);
  }
  unit.flush();
}

void check_document(Unit& unit, const HostDocument& document) {
  std::vector<Violation> violations;
  const EntityInfo& info = entity_info(HostDocument::kEntity);
  const Row row = to_row(document);
  for (std::size_t i = 0; i < info.fields.size(); ++i)
    if (auto violation = check_value(info, info.fields[i], to_cell(row.values[i]), 0)) violations.push_back(std::move(*violation));
  const auto check_ref = [&](EntityNo entity, FieldNo field, Id id) {
    if (id && !unit.find(entity, id))
      violations.push_back({"ref.missing", HostDocument::kEntity, field, 0, std::to_string(id), info.at(field).name});
  };
  check_ref(HostDocumentKind::kEntity, HostDocument::kKind, document.kind.value);
  check_ref(Company::kEntity, HostDocument::kCompany, document.company.value);
  check_ref(User::kEntity, HostDocument::kUser, document.user.value);
  refuse_if_any(Code::invalid_argument, std::move(violations));
}

}  // namespace

PostingReport Crm::post_document(const HostDocument& given, std::span<const HostDocumentLine> lines, bool dry_run) {
  return host_writing(dry_run, [&](Unit& unit) {
    HostDocument document = given;
    document.posted = true;
    if (document.amount && !document.amount->currency) document.amount->currency = unit.organisation().currency;
    check_document(unit, document);
    const auto before = stored(unit, document.kind, document.key);
    PostingReport report;
    if (before && before->revision > document.revision)
      refuse(Code::conflict, {"E8.old_revision", HostDocument::kEntity, HostDocument::kRevision, before->id.value,
                              std::to_string(document.revision), std::to_string(before->revision)});
    if (before && before->posted && before->revision == document.revision) {
      report.document = before->id;
      report.repeated = true;
      return report;
    }
    Posting posting(unit, report);
    if (before && before->posted) posting.compensate(*before);
    std::vector<HostDocumentLine> kept(lines.begin(), lines.end());
    keep(unit, before, document, kept);
    report.document = document.id;
    posting.apply(document, kept);
    return report;
  });
}

PostingReport Crm::unpost_document(HostDocumentKindId kind, std::string_view key, bool dry_run) {
  return host_writing(dry_run, [&](Unit& unit) {
    const auto before = stored(unit, kind, key);
    if (!before)
      refuse(Code::not_found, {"record.not_found", HostDocument::kEntity, HostDocument::kKey, 0, std::string(key), "host_document"});
    PostingReport report;
    report.document = before->id;
    report.repeated = !before->posted;
    if (report.repeated) return report;
    Posting(unit, report).compensate(*before);
    HostDocument after = *before;
    after.posted = false;
    unit.update(*before, after);
    return report;
  });
}

PostingReport Crm::host_writing(bool dry_run, const std::function<PostingReport(Unit&)>& work) {
  if (state_->options.actor) reading(*state_, [](Unit& unit) { return unit.access().check_administrator("host"), 0; });
  const AsSystem as_system(state_->options);
  if (!dry_run) return writing(*state_, work);
  if (state_->session) refuse(Code::misuse, {"handle.transaction", 0, 0, 0, "", "a dry run inside a unit of work"});
  const Undecided undecided(*state_);
  const auto session = state_->store->write(state_->stamp());  // dropped: nothing of it stays
  state_->refresh_organisation(*session);
  Unit unit(*state_, *session, Unit::Use::writes);
  PostingReport report = work(unit);
  for (PostingStep& step : report.steps)
    if (step.what == What::made) step.event = {};
  report.document = {};
  return report;
}

}  // namespace crm
