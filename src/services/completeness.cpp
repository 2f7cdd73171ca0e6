#include "completeness.hpp"
#include "access.hpp"

#include <algorithm>
#include <utility>

#include "crm/services/filters.hpp"
#include "save.hpp"

namespace crm {
namespace {

using Subject = Criterion::Subject;

std::int64_t count_rows(Unit& unit, EntityNo entity, Filter filter) {
  Aggregate aggregate;
  aggregate.entity = entity;
  aggregate.filter = std::move(filter);
  aggregate.measures = {{}};
  return to_cell(unit.session.aggregate(aggregate).rows.at(0).at(0)).as_integer();
}

/// from ≤ day < to
Filter current(FieldNo from, FieldNo to, Date day) {
  return where::all({where::any({where::is_null(from), where::le(from, to_number(day))}),
                     where::any({where::is_null(to), where::gt(to, to_number(day))})});
}

Filter points_of(EntityNo owner_kind, Path owner, ContactPoint::Kind kind) {
  return where::exists(ContactPoint::kEntity, ContactPoint::kOwner, owner,
                       {where::eq(ContactPoint::kOwnerKind, Id{owner_kind}),
                        where::eq(ContactPoint::kKind, static_cast<Id>(kind))});
}

Filter works_there(CompanyId company, Date day) {
  return where::all({where::eq(Employee::kCompany, company.value),
                     where::any({where::is_null(Employee::kLeftOn), where::gt(Employee::kLeftOn, to_number(day))})});
}

bool is_of_legal_entities(Subject subject) {
  return subject == Subject::legal_entity || subject == Subject::legal_entity_with_inn ||
         subject == Subject::legal_entity_with_kpp;
}

std::int64_t count_of(Unit& unit, Subject subject, CompanyId company, Date day) {
  const Id id = company.value;
  const auto own_points = [&](ContactPoint::Kind kind) {
    return count_rows(unit, ContactPoint::kEntity,
                      where::all({where::eq(ContactPoint::kOwnerKind, Id{Company::kEntity}),
                                  where::eq(ContactPoint::kOwner, id), where::eq(ContactPoint::kKind, static_cast<Id>(kind))}));
  };
  switch (subject) {
    case Subject::phone: return own_points(ContactPoint::Kind::phone);
    case Subject::email: return own_points(ContactPoint::Kind::email);
    case Subject::employee: return count_rows(unit, Employee::kEntity, works_there(company, day));
    case Subject::employee_with_phone:
      return count_rows(unit, Employee::kEntity,
                        where::all({works_there(company, day),
                                    points_of(Employee::kEntity, kId, ContactPoint::Kind::phone)}));
    case Subject::bank_account:
      return count_rows(unit, BankAccount::kEntity,
                        where::all({where::eq({BankAccount::kLegalEntity, LegalEntity::kCompany}, id),
                                    current(BankAccount::kFrom, BankAccount::kTo, day)}));
    case Subject::sphere:
      return count_rows(unit, CompanySphere::kEntity, where::eq(CompanySphere::kCompany, id));
    case Subject::current_manager:
      return count_rows(unit, Assignment::kEntity,
                        where::all({where::eq(Assignment::kCompany, id), current(Assignment::kFrom, Assignment::kTo, day),
                                    where::in_service(Assignment::kUser, day)}));
    case Subject::address: return count_rows(unit, Address::kEntity, where::eq(Address::kCompany, id));
    case Subject::address_on_map:
      // Coordinates, or enough words for the map to find it: a settlement without streets is legal.
      return count_rows(unit, Address::kEntity,
                        where::all({where::eq(Address::kCompany, id),
                                    where::any({where::not_null(Address::kLatitude), where::not_null(Address::kSettlement)})}));
    case Subject::document:
      return count_rows(unit, Document::kEntity,
                        where::all({where::eq(Document::kOwnerKind, Id{Company::kEntity}), where::eq(Document::kOwner, id)}));
    case Subject::legal_entity:
    case Subject::legal_entity_with_inn:
    case Subject::legal_entity_with_kpp:  // counted together
    case Subject::field:
    case Subject::characteristic: break;
  }
  return 0;
}

std::optional<Profile> profile_of(Unit& unit, CompanyId company) {
  const auto profiles = unit.list<Profile>(where::eq(Profile::kActive, Id{1}));
  if (profiles.empty()) return {};
  std::vector<HoldingNode> held_by;
  if (std::ranges::any_of(profiles, [](const Profile& p) { return bool(p.node); })) {
    std::vector<ClassifierNodeId> placed_on;
    for (Id id : unit.ids(ClassifierPlacement::kEntity, ClassifierPlacement::kNode,
                          where::all({where::eq(ClassifierPlacement::kRecordKind, Id{Company::kEntity}),
                                      where::eq(ClassifierPlacement::kRecord, company.value)})))
      placed_on.push_back({id});
    // Only the way up from where the company stands is read.
    std::vector<ClassifierNode> tree;
    for (ClassifierNodeId id : placed_on)
      for (auto node = unit.find(id); node; node = unit.find(node->parent)) tree.push_back(*node);
    held_by = holding_nodes(tree, placed_on);
  }
  const Profile* chosen = choose_profile(profiles, held_by);
  return chosen ? std::optional(*chosen) : std::nullopt;
}

std::vector<Criterion> criteria_of(Unit& unit, ProfileId profile) {
  return unit.list<Criterion>(where::eq(Criterion::kProfile, profile.value));
}

/// Intervals the criteria of this card look at.
std::vector<DateRange> intervals(Unit& unit, CompanyId company) {
  std::vector<DateRange> used;
  for (const LegalEntity& e : unit.list<LegalEntity>(where::eq(LegalEntity::kCompany, company.value)))
    used.push_back({e.from, e.to});
  for (const BankAccount& a :
       unit.list<BankAccount>(where::eq({BankAccount::kLegalEntity, LegalEntity::kCompany}, company.value)))
    used.push_back({a.from, a.to});
  for (const Employee& e : unit.list<Employee>(where::eq(Employee::kCompany, company.value))) used.push_back({{}, e.left_on});
  for (const Assignment& a : unit.list<Assignment>(where::eq(Assignment::kCompany, company.value))) {
    used.push_back({a.from, a.to});
    if (const auto user = unit.find(a.user)) used.push_back({user->hired, user->dismissed});
  }
  return used;
}

void read_characteristics(Unit& unit, CardFacts& facts) {
  const auto owned = [&](FieldNo kind, FieldNo owner) {
    return where::all({where::eq(kind, Id{Company::kEntity}), where::eq(owner, facts.company.value)});
  };
  for (Id id : unit.ids(NumberValue::kEntity, NumberValue::kCharacteristic, owned(NumberValue::kOwnerKind, NumberValue::kOwner)))
    facts.characteristics.insert({id});
  for (Id id : unit.ids(TextValue::kEntity, TextValue::kCharacteristic, owned(TextValue::kOwnerKind, TextValue::kOwner)))
    facts.characteristics.insert({id});
}

}  // namespace

CardFacts card_facts(Unit& unit, const Company& company, std::span<const Criterion> criteria, Date day) {
  CardFacts facts;
  facts.company = company.id;
  facts.status = company.status;
  const Row row = to_row(company);
  const EntityInfo& info = entity_info(Company::kEntity);
  for (std::size_t i = 0; i < info.fields.size(); ++i)
    if (!std::holds_alternative<std::monostate>(row.values[i])) facts.fields.insert(info.fields[i].no);
  std::set<Subject> asked;
  for (const Criterion& criterion : criteria) asked.insert(criterion.subject);
  if (asked.contains(Subject::characteristic)) read_characteristics(unit, facts);
  if (std::ranges::any_of(asked, is_of_legal_entities))
    count_legal_entities(facts, unit.list<LegalEntity>(where::eq(LegalEntity::kCompany, company.id.value)), day);
  for (Subject subject : asked)
    if (subject != Subject::field && subject != Subject::characteristic && !is_of_legal_entities(subject))
      facts.count(subject) = count_of(unit, subject, company.id, day);
  return facts;
}

Completeness measure_card(Unit& unit, const Company& company) {
  Completeness out;
  if (const auto profile = profile_of(unit, company.id)) {
    const auto criteria = criteria_of(unit, profile->id);
    out = measure_completeness(card_facts(unit, company, criteria, unit.today()), *profile, criteria);
    out.valid_until = valid_until(intervals(unit, company.id), unit.today());
  }
  out.company = company.id;
  out.status = company.status;
  return out;
}

bool store_score(Unit& unit, const Company& company, const Completeness& measured) {
  if (company.score == measured.score && company.score_valid_until == measured.valid_until) return false;
  unit.refresh(Company::kEntity, company.id.value,
               {{Company::kScore, std::int64_t{measured.score}},
                {Company::kScoreValidUntil, measured.valid_until ? Value(to_number(*measured.valid_until)) : Value()}});
  return true;
}

namespace {

void remember_rescored(Unit& unit, std::optional<Id> after) {
  Organisation organisation = unit.organisation();
  if (organisation.rescore_after == after) return;
  organisation.rescore_after = after;
  unit.update(unit.organisation(), organisation);
}

}  // namespace

void outdate_scores(Unit& unit) { remember_rescored(unit, 0); }

void renew_read_score(Unit& unit, Record& card) {
  const auto& after = unit.organisation().rescore_after;
  const Cell until = card.get(Company::kScoreValidUntil);
  const bool ran_out = !until.is_null() && until.integer <= to_number(unit.today());
  if (!ran_out && !(after && card.row.id > *after)) return;
  auto company = from_row<Company>(card.row);
  const Completeness measured = measure_card(unit, company);
  company.score = measured.score;
  company.score_valid_until = measured.valid_until;
  card.row = to_row(company);
}

std::int64_t renew_outdated(Unit& unit, std::int64_t limit) {
  const auto after = unit.organisation().rescore_after;
  if (!after || limit <= 0) return 0;
  Query query;
  query.filter = where::gt(kId, *after);
  query.limit = limit;
  std::int64_t count = 0;
  Id last = *after;
  for (const Row& row : unit.rows(Company::kEntity, std::move(query))) {
    const auto company = from_row<Company>(row);
    store_score(unit, company, measure_card(unit, company));
    last = row.id;
    ++count;
  }
  remember_rescored(unit, count < limit ? std::nullopt : std::optional(last));
  return count;
}

std::int64_t Crm::rescore() {
  return writing(*state_, [](Unit& unit) {
    unit.access().check_administrator("administrator");
    std::int64_t changed = 0;
    for (const Company& company :
         unit.list<Company>(where::ne(Company::kStatus, static_cast<Id>(Company::Status::archived))))
      changed += store_score(unit, company, measure_card(unit, company));
    remember_rescored(unit, {});
    return changed;
  });
}

Warnings settle_cards(Crm::State& state, Session& session) {
  settle_contacts(state, session);
  Warnings warnings;
  std::vector<Violation> refused;
  if (state.touched.empty()) return warnings;
  state.refresh_organisation(session);
  Unit unit(state, session, Unit::Use::writes);
  const GatePolicy policy{state.organisation.gate, state.organisation.strict_gate};
  const auto cards = std::exchange(state.touched, {});
  state.touched_order.clear();
  for (const auto& [id, touched] : cards) {
    const auto company = unit.find(CompanyId{id});
    if (!company) continue;
    const Completeness after = measure_card(unit, *company);
    GateVerdict verdict = gate(policy, touched.before, after);
    std::ranges::move(verdict.warnings, std::back_inserter(warnings));
    std::ranges::move(verdict.violations, std::back_inserter(touched.gated ? refused : warnings));
    store_score(unit, *company, after);
  }
  refuse_if_any(Code::incomplete, std::move(refused));
  unit.flush();
  return warnings;
}

Completeness Crm::completeness(CompanyId company) {
  return reading(*state_, [&](Unit& unit) {
    const Company card = unit.load(company);
    unit.access().check_seen({Company::kEntity, company.value});
    return measure_card(unit, card);
  });
}

Simulation Crm::simulate(ProfileId id) {
  return reading(*state_, [&](Unit& unit) {
    unit.access().check_administrator("administrator");
    const Profile profile = unit.load(id);
    const auto criteria = criteria_of(unit, id);
    Simulation simulation;
    // Only the cards the profile would apply to: those on its node, or all.
    Filter filter = where::ne(Company::kStatus, static_cast<Id>(Company::Status::archived));
    if (profile.node) {
      std::vector<Value> nodes;
      for (Id node : subtree_of(unit.session, ClassifierNode::kEntity, ClassifierNode::kParent, profile.node.value))
        nodes.emplace_back(node);
      filter = where::all({std::move(filter),
                           where::exists(ClassifierPlacement::kEntity, ClassifierPlacement::kRecord, kId,
                                         {where::eq(ClassifierPlacement::kRecordKind, Id{Company::kEntity}),
                                          where::in(ClassifierPlacement::kNode, std::move(nodes))})});
    }
    for (const Company& company : unit.list<Company>(std::move(filter))) {
      const CardFacts facts = card_facts(unit, company, criteria, unit.today());
      simulate_more(simulation, profile, criteria, {&facts, 1});
    }
    return simulation;
  });
}

}  // namespace crm
