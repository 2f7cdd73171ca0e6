// X5: what is seen, at every door: rows, conditions, fields behind references, a record by itself.
#include <algorithm>

#include "access.hpp"
#include "save.hpp"

namespace crm {

Sight sight_needed(EntityNo entity, FieldNo field) {
  if (field == kId) return Sight::nothing;  // the reference itself tells it
  if (entity == Company::kEntity) {
    if (field == Company::kName || field == Company::kShortName) return Sight::name;
    if (field == Company::kPhone || field == Company::kEmail) return Sight::contacts;
  }
  const bool is_name = field == Employee::kLastName || field == Employee::kFirstName || field == Employee::kMiddleName;
  if (entity == Employee::kEntity && is_name) return Sight::name;
  return Sight::whole;
}

/// How much of the record behind `reference` whoever sees a row of `from` sees, too.
static Sight sight_through(EntityNo from, FieldNo reference) {
  if (reference == seen_with(from)) return Sight::whole;
  if (from == Employee::kEntity && reference == Employee::kCompany) return Sight::contacts;
  // Whoever reads an event knows the names of its company and of its contact.
  if (from == Event::kEntity && (reference == Event::kCompany || reference == Event::kContact)) return Sight::name;
  return Sight::nothing;
}

Filter Access::company_seen(const Path& path, Sight sight) const {
  if (sight == Sight::whole) return whole_company(path);
  if (sight == Sight::contacts) return contacts_of_company(path);
  return where::any({whole_company(path), where::exists(Event::kEntity, Event::kCompany, path,
                                                        {*visible(Event::kEntity), where::eq(Event::kRemoved, Id{0})})});
}

void Access::add_needed(EntityNo entity, const Path& path, std::set<Needed>& needed) const {
  EntityNo at = entity;
  bool may_be_null = false;
  for (std::size_t hop = 0; hop < path.via.size() && path.via[hop]; ++hop) {
    const FieldInfo* const reference = entity_info(at).find(path.via[hop]);
    if (!reference || !reference->refers) return;  // the store says what is wrong with the path
    const FieldNo next = hop + 1 < path.via.size() && path.via[hop + 1] ? path.via[hop + 1] : path.field;
    const Sight sight = sight_needed(reference->refers, next);
    may_be_null = may_be_null || !reference->has(kRequired);
    if (!is_everybodys(reference->refers) && sight > sight_through(at, reference->no))
      needed.insert({at, hop == 0 ? Path{path.via[0]} : Path{path.via[0], path.via[1]}, sight, may_be_null});
    at = reference->refers;
  }
}

/// A reference to nothing hides nothing.
Filter Access::guard(const std::set<Needed>& needed) const {
  std::vector<Filter> parts;
  for (const Needed& one : needed) {
    const EntityNo target = entity_info(one.from).at(one.reference.field).refers;
    Filter seen = target == Company::kEntity ? company_seen(one.reference, one.sight) : *seen_at(target, one.reference);
    parts.push_back(one.may_be_null ? where::any({where::is_null(one.reference), std::move(seen)}) : std::move(seen));
  }
  return where::all(std::move(parts));
}

void Access::narrow_filter(EntityNo entity, Filter& filter) const {
  using Op = Filter::Op;
  switch (filter.op) {
    case Op::all:
    case Op::any:
    case Op::none:
      for (Filter& part : filter.parts) narrow_filter(entity, part);
      return;
    case Op::exists:
      for (Filter& part : filter.parts) narrow_filter(filter.entity, part);
      if (auto seen = visible(filter.entity)) filter.parts.push_back(std::move(*seen));
      if (filter.entity == Event::kEntity) filter.parts.push_back(where::eq(Event::kRemoved, Id{0}));
      break;
    case Op::eq: case Op::ne: case Op::lt: case Op::le: case Op::gt: case Op::ge: case Op::in:
    case Op::is_null: case Op::not_null: case Op::contains: case Op::starts_with: break;
  }
  // What may not be read is as if it were not filled in.
  std::set<Needed> needed;
  add_needed(entity, filter.path, needed);
  if (needed.empty()) return;
  const bool holds_for_null = filter.op == Op::is_null || filter.op == Op::ne;
  Filter plain = std::move(filter);
  filter = holds_for_null ? where::any({std::move(plain), where::none({guard(needed)})}) : where::all({std::move(plain), guard(needed)});
}

void Access::narrow(EntityNo entity, std::optional<Filter>& filter, const std::vector<Path>& told) const {
  if (acting_.unlimited()) return;
  std::vector<Filter> parts;
  if (filter) {
    narrow_filter(entity, *filter);
    parts.push_back(std::move(*filter));
  }
  if (auto seen = visible(entity)) parts.push_back(std::move(*seen));
  std::set<Needed> needed;
  for (const Path& path : told) add_needed(entity, path, needed);
  if (!needed.empty()) parts.push_back(guard(needed));
  if (!parts.empty()) filter = where::all(std::move(parts));
}

bool Access::holds(RecordRef record, Filter filter) const {
  return !unit_.ids(record.entity, kId, where::all({where::eq(kId, record.id), std::move(filter)})).empty();
}

bool Access::sees(RecordRef record) const {
  auto filter = visible(record.entity);
  hide_removed(record.entity, filter);
  return !filter || holds(record, *filter);
}

Sight Access::sight_of(const Record& record) const {
  const RecordRef ref{record.entity(), record.row.id};
  if (sees(ref)) return Sight::whole;
  if (ref.entity != Company::kEntity) return Sight::nothing;
  for (const Sight sight : {Sight::contacts, Sight::name})
    if (holds(ref, company_seen(kId, sight))) return sight;
  return Sight::nothing;
}

AccessExplain Access::explain(const Record& record) const {
  AccessExplain out;
  const RecordRef ref{record.entity(), record.row.id};
  if (acting_.unlimited()) return {Sight::whole, true, {acting_.user ? "administrator" : "host"}};
  out.sight = sight_of(record);
  try {
    check_right(&record, record);
    out.may_edit = out.sight == Sight::whole;
  } catch (const Error& error) {
    if (!error.is_refusal()) throw;
  }
  const auto add = [&](const std::string& why) {
    if (std::ranges::find(out.reasons, why) == out.reasons.end()) out.reasons.push_back(why);
  };
  const auto add_branches = [&](RecordRef on, const std::vector<Branch>& branches) {
    for (const Branch& branch : branches)
      if (holds(on, branch.filter)) add(branch.why);
  };
  if (ref.entity == User::kEntity && ref.id == acting_.user.value) add("self");
  if (!visible(ref.entity)) add("everybody");
  if (ref.entity == Event::kEntity) add_branches(ref, event_branches());
  if (const CompanyId company = company_of(unit_, record)) {
    const RecordRef card{Company::kEntity, company.value};
    add_branches(card, company_branches(kId));
    if (out.reasons.empty() && holds(card, contacts_of_company(kId))) add("open_event");
  }
  return out;
}

static void refuse_unseen(RecordRef record) {
  refuse(Code::not_found, {"record.not_found", record.entity, kId, record.id, std::to_string(record.id), entity_info(record.entity).name});
}

void Access::check_seen(RecordRef record) const {
  if (!acting_.unlimited() && !sees(record)) refuse_unseen(record);
}

void Access::check_history_seen(RecordRef record) const {
  const auto filter = visible(record.entity);
  if (filter && !holds(record, *filter)) refuse_unseen(record);
}

void mask(Record& company, Sight sight) {
  const auto fields = company.info->fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (sight_needed(Company::kEntity, fields[i].no) > sight) company.row.values[i] = {};
}

}  // namespace crm
