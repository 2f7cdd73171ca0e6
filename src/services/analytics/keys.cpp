#include "keys.hpp"

#include <algorithm>
#include <chrono>

#include "crm/base/text.hpp"
#include "crm/services/filters.hpp"

namespace crm {
namespace {

constexpr std::int32_t kNone = 0;

Filter placed_on(Date day) {
  return where::all({where::any({where::is_null(Placement::kFrom), where::le(Placement::kFrom, to_number(day))}),
                     where::any({where::is_null(Placement::kTo), where::gt(Placement::kTo, to_number(day))})});
}

/// Of one that is too great for a key nothing is known.
std::int32_t small(std::int64_t id) { return id < 0 || id > INT32_MAX ? kNone : static_cast<std::int32_t>(id); }

}  // namespace

bool is_period(Dimension dimension) { return dimension >= Dimension::day && dimension <= Dimension::year; }

std::int32_t KeySource::department(std::int32_t user) {
  if (!departments_) {
    departments_.emplace();
    const Date day = std::min(*query_.to - std::chrono::days(1), unit_.today());
    for (const Placement& place : unit_.list<Placement>(placed_on(day), {{Placement::kFrom}}))
      departments_->insert_or_assign(small(place.user.value), small(place.department.value));
  }
  const auto found = departments_->find(user);
  return found == departments_->end() ? kNone : found->second;
}

KeySource::Lists KeySource::read_pairs(EntityNo entity, FieldNo company, FieldNo node, Filter filter) {
  Query query;
  query.entity = entity;
  query.columns = {company, node};
  query.filter = std::move(filter);
  limit(unit_, query);
  Lists lists;
  unit_.session.scan(query, [&](const Cell* cells) {
    auto& list = lists[small(cells[0].as_integer())];
    const std::int32_t key = small(cells[1].as_integer());
    if (std::ranges::find(list, key) == list.end()) list.push_back(key);
  });
  return lists;
}

std::span<const std::int32_t> KeySource::list_of(const Lists& lists, std::int32_t company) {
  const auto found = lists.find(company);
  return found == lists.end() ? std::span(&kNone, 1) : std::span<const std::int32_t>(found->second);
}

std::span<const std::int32_t> KeySource::spheres(std::int32_t company) {
  if (!spheres_) spheres_ = read_pairs(CompanySphere::kEntity, CompanySphere::kCompany, CompanySphere::kSphere, where::not_null(kId));
  return list_of(*spheres_, company);
}

std::span<const std::int32_t> KeySource::nodes(ClassifierId id, std::int32_t company) {
  auto found = nodes_.find(id.value);
  if (found == nodes_.end()) {
    const Classifier classifier = unit_.load(id);
    Lists lists;
    switch (classifier.kind) {
      case Classifier::Kind::manual:
        lists = read_pairs(ClassifierPlacement::kEntity, ClassifierPlacement::kRecord, ClassifierPlacement::kNode,
                           where::all({where::eq({ClassifierPlacement::kNode, ClassifierNode::kClassifier}, id.value),
                                       where::eq(ClassifierPlacement::kRecordKind, Id{Company::kEntity})}));
        break;
      case Classifier::Kind::characteristic:
        lists = read_pairs(NumberValue::kEntity, NumberValue::kOwner, NumberValue::kValue,
                           where::all({where::eq(NumberValue::kOwnerKind, Id{Company::kEntity}),
                                       where::eq(NumberValue::kCharacteristic, classifier.characteristic.value)}));
        break;
      case Classifier::Kind::manager:
        lists = read_pairs(Assignment::kEntity, Assignment::kCompany, Assignment::kUser,
                           where::all({where::current_main(unit_.today()), where::in_service(Assignment::kUser, unit_.today())}));
        break;
      case Classifier::Kind::sphere:
        lists = read_pairs(CompanySphere::kEntity, CompanySphere::kCompany, CompanySphere::kSphere, where::not_null(kId));
        break;
    }
    found = nodes_.emplace(id.value, std::move(lists)).first;
  }
  return list_of(found->second, company);
}

std::int64_t KeySource::period(Dimension dimension, Date day) {
  using namespace std::chrono;
  const year_month_day date{local_days(day)};
  const auto first = [](year_month month) { return to_number(Date(local_days(month / 1))); };
  switch (dimension) {
    case Dimension::week: return to_number(day - (weekday(local_days(day)) - Monday));
    case Dimension::month: return first(date.year() / date.month());
    case Dimension::quarter: return first(date.year() / month((static_cast<unsigned>(date.month()) - 1) / 3 * 3 + 1));
    case Dimension::year: return first(date.year() / January);
    default: return to_number(day);
  }
}

Date KeySource::date(std::int64_t instant) {
  if (instant < day_from_ || instant >= day_to_) {
    day_ = unit_.zone().date(instant_of(instant));
    day_from_ = to_number(unit_.zone().start_of(day_));
    day_to_ = to_number(unit_.zone().start_of(day_ + std::chrono::days(1)));
  }
  return day_;
}

std::int32_t KeySource::effective_state(const EventColumns& events, std::size_t place) const {
  const std::int64_t due = events.due[place];
  const bool overdue = due != EventColumns::kNever && due < to_number(unit_.now);
  return overdue ? static_cast<std::int32_t>(EffectiveState::overdue) : events.state[place];
}

// --- names ------------------------------------------------------------------------------------------

namespace {

std::string chosen(const Unit& unit, std::string_view ru, std::string_view en) {
  return std::string(unit.language() == Language::russian || en.empty() ? ru : en);
}

template <class E, class Name>
void names_of(Unit& unit, const std::vector<std::int64_t>& ids, std::unordered_map<Id, std::string>& names, Name&& name) {
  each_piece(ids, [&](std::vector<Value> some) {
    for (const E& row : unit.list<E>(where::in(kId, std::move(some)))) names.emplace(row.id.value, name(row));
  });
}

std::string user_name(const User& user) { return full_name(user.last_name, user.first_name, user.middle_name); }

void names_of_nodes(Unit& unit, ClassifierId id, const std::vector<std::int64_t>& ids, std::unordered_map<Id, std::string>& names) {
  switch (unit.load(id).kind) {
    case Classifier::Kind::manual: return names_of<ClassifierNode>(unit, ids, names, [](const ClassifierNode& n) { return n.name; });
    case Classifier::Kind::characteristic:
      return names_of<DictionaryValue>(unit, ids, names, [](const DictionaryValue& v) { return v.text; });
    case Classifier::Kind::manager: return names_of<User>(unit, ids, names, user_name);
    case Classifier::Kind::sphere: return names_of<Sphere>(unit, ids, names, [](const Sphere& s) { return s.name; });
  }
}

/// The enumeration that a dimension is of, if any.
const EnumInfo* values_of(Dimension dimension) {
  const EntityInfo& event = entity_info(Event::kEntity);
  switch (dimension) {
    case Dimension::priority: return event.at(Event::kPriority).values;
    case Dimension::verification: return event.at(Event::kVerification).values;
    case Dimension::state:
      return *std::ranges::find(enumerations(), std::string_view("effective_state"), [](const EnumInfo* e) { return std::string_view(e->name); });
    default: return nullptr;
  }
}

std::string none_of(const Unit& unit, Dimension dimension) {
  return dimension == Dimension::manager ? chosen(unit, "не закреплено", "unassigned") : chosen(unit, "нет", "none");
}

std::string period_name(Dimension dimension, std::int64_t first) {
  const std::string date = to_string(date_of(first));
  switch (dimension) {
    case Dimension::month: return date.substr(0, 7);
    case Dimension::quarter: return date.substr(0, 4) + "-Q" + std::to_string((std::stoi(date.substr(5, 2)) + 2) / 3);
    case Dimension::year: return date.substr(0, 4);
    default: return date;
  }
}

}  // namespace

std::vector<PivotKey> named_keys(Unit& unit, const PivotAxis& axis, const std::vector<std::int64_t>& ids) {
  std::unordered_map<Id, std::string> names;
  switch (axis.dimension) {
    case Dimension::manager: names_of<User>(unit, ids, names, user_name); break;
    case Dimension::department: names_of<Department>(unit, ids, names, [](const Department& d) { return d.name; }); break;
    case Dimension::type: names_of<EventType>(unit, ids, names, [&](const EventType& t) { return chosen(unit, t.name_ru, t.name_en); }); break;
    case Dimension::outcome: names_of<Outcome>(unit, ids, names, [&](const Outcome& o) { return chosen(unit, o.name_ru, o.name_en); }); break;
    case Dimension::company: names_of<Company>(unit, ids, names, [](const Company& c) { return c.name; }); break;
    case Dimension::product: names_of<Product>(unit, ids, names, [](const Product& p) { return p.name; }); break;
    case Dimension::sphere: names_of<Sphere>(unit, ids, names, [](const Sphere& s) { return s.name; }); break;
    case Dimension::classifier: names_of_nodes(unit, axis.classifier, ids, names); break;
    case Dimension::state:
    case Dimension::priority:
    case Dimension::verification: {
      for (std::int64_t id : ids) names.emplace(id, values_of(axis.dimension)->caption(id, unit.language()));
      break;
    }
    case Dimension::day:
    case Dimension::week:
    case Dimension::month:
    case Dimension::quarter:
    case Dimension::year:
      for (std::int64_t id : ids) names.emplace(id, period_name(axis.dimension, id));
      break;
  }
  std::vector<PivotKey> keys;
  for (std::int64_t id : ids) {
    const auto found = names.find(id);
    keys.push_back({id, found == names.end() ? none_of(unit, axis.dimension) : found->second});
  }
  return keys;
}

bool comes_before(Dimension dimension, const PivotKey& a, const PivotKey& b) {
  const bool by_number = is_period(dimension) || values_of(dimension);
  if (by_number || bool(a.id) != bool(b.id)) return by_number ? a.id < b.id : a.id != 0;  // what has no key comes last
  return std::pair(fold(a.name), a.id) < std::pair(fold(b.name), b.id);
}

}  // namespace crm
