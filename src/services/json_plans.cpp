// Plans, plan-fact, receipts and shipments as JSON (M8-M10).
#include "crm/services/json_door.hpp"
#include "json_parts.hpp"
#include "names.hpp"

namespace json = boost::json;

namespace crm {
namespace {

using PlanMeasure = PlanCell::Measure;

constexpr std::string_view kLengths[] = {"day", "week", "month", "quarter", "year"};

const EnumInfo& enumeration(EntityNo entity, FieldNo field) { return *entity_info(entity).at(field).values; }

template <class E>
E enum_in(const JsonAt& value, EntityNo entity, FieldNo field) {
  const EnumValue* found = value->is_string() ? enumeration(entity, field).find(std::string_view(value->get_string())) : nullptr;
  if (!found) bad_json(value, std::string("one of ") + enumeration(entity, field).name);
  return static_cast<E>(found->number);
}

std::pair<Date, Date> period_in(const JsonAt& value) {
  const auto ends = elements_in(value);
  if (ends.size() != 2) bad_json(value, "two dates");
  return {date_in(ends[0]), date_in(ends[1])};
}

/// What a number of a measure is stored as.
const FieldInfo& number_field(PlanMeasure measure) {
  const EntityInfo& info = entity_info(PlanCell::kEntity);
  if (measure == PlanMeasure::quantity) return info.at(PlanCell::kQuantity);
  const bool counted = measure == PlanMeasure::events || measure == PlanMeasure::new_companies;
  return info.at(counted ? PlanCell::kEvents : PlanCell::kAmount);
}

/// An id with the name people know it by.
template <class E>
void put_named(json::object& out, const char* name, std::optional<IdOf<E>> id, Names& names) {
  if (!id) return;
  const std::string member = std::string(name) + "_id";
  if (!*id) {
    out[member] = nullptr;
    return;
  }
  out[member] = id->value;
  if (const std::string& found = names.of({E::kEntity, id->value}); !found.empty()) out[name] = found;
}

PlanCell cell_in(const json::object& object) {
  Record record(PlanCell::kEntity);
  std::vector<Violation> violations;
  set_fields(record, object, violations);
  refuse_if_any(Code::invalid_argument, std::move(violations));
  return from_row<PlanCell>(record.row);
}

PlanShare share_in(Crm& crm, const json::value& given) {
  PlanShare share;
  json::object total;
  for (const auto& [name, value] : members_in(JsonAt(given))) {
    if (name == "user_ids") {
      share.users = ids_in<User>(value);
    } else if (name == "product_ids") {
      share.products = ids_in<Product>(value);
    } else if (name == "type_ids") {
      share.types = ids_in<EventType>(value);
    } else if (name == "periods") {
      for (const JsonAt& period : elements_in(value)) share.periods.push_back(period_in(period));
    } else if (name == "weights") {
      for (const JsonAt& weight : elements_in(value)) share.weights.push_back(number_in(weight));
    } else if (name == "facts_of") {
      share.facts_of = period_in(value);
    } else {
      total[name] = *value;
    }
  }
  resolve_external(crm, total);
  share.total = cell_in(total);
  return share;
}

PlanDimensions dimensions_in(const JsonAt& value) {
  static constexpr std::string_view kNames[] = {"department", "user", "product", "type"};
  PlanDimensions by;
  bool* const flags[] = {&by.department, &by.user, &by.product, &by.type};
  for (const JsonAt& name : elements_in(value)) *flags[one_of(name, kNames)] = true;
  return by;
}

PlanFactQuery plan_fact_asked(const json::value& given) {
  static constexpr std::string_view kVersions[] = {"as_of", "period_start"};
  const JsonAt at(given);
  PlanFactQuery query;
  for (const char* needed : {"from", "to"})
    if (!given.get_object().contains(needed)) bad_json(at, "from and to: dates");
  for (const auto& [name, value] : members_in(at)) {
    if (name == "from") {
      query.from = date_in(value);
    } else if (name == "to") {
      query.to = date_in(value);
    } else if (name == "as_of") {
      query.as_of = instant_in(value);
    } else if (name == "user_id") {
      query.scope.user = {number_in(value)};
    } else if (name == "department_id") {
      query.scope.department = {number_in(value)};
    } else if (name == "by") {
      query.by = dimensions_in(value);
    } else if (name == "measures") {
      for (const JsonAt& measure : elements_in(value))
        query.measures.push_back(enum_in<PlanMeasure>(measure, PlanCell::kEntity, PlanCell::kMeasure));
    } else if (name == "counted") {
      query.counted = code_in<EventsCounted>("events_counted", value);
    } else if (name == "version") {
      query.version_at_start = one_of(value, kVersions) == 1;
    } else {
      unknown_member({name, value}, "from, to, as_of, user_id, department_id, by, measures, counted or version");
    }
  }
  return query;
}

/// A row as it was told: what is not of its key is passed over.
PlanFactKey key_in(const JsonAt& row) {
  PlanFactKey key;
  for (const auto& [name, value] : members_in(row)) {
    const auto id = [&at = value] { return at->is_null() ? 0 : number_in(at); };
    if (name == "measure") {
      key.measure = enum_in<PlanMeasure>(value, PlanCell::kEntity, PlanCell::kMeasure);
    } else if (name == "currency") {
      key.currency = Currency(text_in(value));
    } else if (name == "department_id") {
      key.department = DepartmentId{id()};
    } else if (name == "user_id") {
      key.user = UserId{id()};
    } else if (name == "product_id") {
      key.product = ProductId{id()};
    } else if (name == "type_id") {
      key.type = EventTypeId{id()};
    }
  }
  return key;
}

json::array rows_json(const std::vector<PlanFactRow>& rows, Names& names) {
  json::array out;
  for (const PlanFactRow& row : rows) {
    const FieldInfo& field = number_field(row.key.measure);
    json::object one{{"measure", json_of(enumeration(PlanCell::kEntity, PlanCell::kMeasure), static_cast<std::int64_t>(row.key.measure))}};
    if (row.key.currency) one["currency"] = row.key.currency.letters();
    put_named(one, "department", row.key.department, names);
    put_named(one, "user", row.key.user, names);
    put_named(one, "product", row.key.product, names);
    put_named(one, "type", row.key.type, names);
    if (row.key.department) one["level"] = row.level;
    one["additive"] = row.additive;
    const auto put = [&](const char* name, std::optional<std::int64_t> number) {
      if (number) one[name] = json_of(field, Cell::of(*number));
    };
    put("plan", row.plan);
    put("fact", row.fact);
    put("deviation", row.deviation);
    if (row.attainment) one["attainment"] = *row.attainment;
    put("forecast", row.forecast);
    put("undistributed", row.undistributed);
    if (row.version) one["version"] = to_string(*row.version);
    out.push_back(std::move(one));
  }
  return out;
}

ReceiptQuery receipts_asked(const json::value& given) {
  static constexpr std::string_view kNames[] = {"company", "manager", "product"};
  ReceiptQuery query;
  bool* const flags[] = {&query.by_company, &query.by_manager, &query.by_product};
  for (const auto& [name, value] : members_in(JsonAt(given))) {
    if (name == "from") {
      query.from = date_in(value);
    } else if (name == "to") {
      query.to = date_in(value);
    } else if (name == "kind") {
      query.kind = enum_in<Receipt::Kind>(value, Receipt::kEntity, Receipt::kKind);
    } else if (name == "company_id") {
      query.company = {number_in(value)};
    } else if (name == "product_id") {
      query.product = {number_in(value)};
    } else if (name == "manager_id") {
      query.manager = {number_in(value)};
    } else if (name == "by") {
      for (const JsonAt& by : elements_in(value)) *flags[one_of(by, kNames)] = true;
    } else if (name == "period") {
      query.by_period = static_cast<PeriodLength>(one_of(value, kLengths));
    } else {
      unknown_member({name, value}, "from, to, kind, company_id, product_id, manager_id, by or period");
    }
  }
  return query;
}

json::array rows_json(const std::vector<ReceiptRow>& rows, Names& names) {
  const EntityInfo& info = entity_info(Receipt::kEntity);
  json::array out;
  for (const ReceiptRow& row : rows) {
    json::object one{{"kind", json_of(enumeration(Receipt::kEntity, Receipt::kKind), static_cast<std::int64_t>(row.key.kind))}};
    if (row.key.currency) one["currency"] = row.key.currency.letters();
    if (row.key.period) one["period"] = to_string(*row.key.period);
    put_named(one, "company", row.key.company, names);
    put_named(one, "manager", row.key.manager, names);
    put_named(one, "product", row.key.product, names);
    one["count"] = row.count;
    one["amount"] = json_of(info.at(Receipt::kAmount), Cell::of(row.amount));
    one["quantity"] = json_of(info.at(Receipt::kQuantity), Cell::of(row.quantity.millionths));
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

std::string set_plans_json(Crm& crm, std::string_view text) {
  const json::value given = parse_json(crm, text);
  if (given.is_object()) return json::serialize(json_array(crm.share_plan(share_in(crm, given))));
  std::vector<PlanCell> cells;
  for (const JsonAt& cell : elements_in(JsonAt(given), "plans"))
    cells.push_back(placed(cell, [&] {
      if (!cell->is_object()) bad_json(cell, "a plan cell: an object");
      json::object object = cell->get_object();
      resolve_external(crm, object);
      return cell_in(object);
    }));
  return json::serialize(json_array(crm.set_plans(cells)));
}

PlanFactQuery plan_fact_query(Crm& crm, std::string_view text) {
  return plan_fact_asked(question(crm, text, "a plan-fact"));
}

std::string plan_fact_json(Crm& crm, std::string_view text) {
  const PlanFactQuery query = plan_fact_query(crm, text);
  const PlanFactReport report = crm.plan_fact(query);
  Names names(crm);
  return json::serialize(json::object{{"from", to_string(query.from)},
                                      {"to", to_string(query.to)},
                                      {"as_of", to_string(report.as_of)},
                                      {"version_at", to_string(report.version_at)},
                                      {"staff_on", to_string(report.staff_on)},
                                      {"rows", rows_json(report.table.rows, names)},
                                      {"totals", rows_json(report.table.totals, names)}});
}

std::string plan_fact_ids_json(Crm& crm, std::string_view text) {
  json::value given = question(crm, text, "a question");
  json::object& members = given.get_object();
  std::int64_t limit = 1000;
  Id after = 0;
  const JsonAt at(given);
  const json::value* row = members.if_contains("row");
  if (!row) bad_json(at, "row: a row of the plan-fact");
  const PlanFactKey key = key_in(at.inside(*row));
  if (const json::value* told = members.if_contains("limit")) limit = number_in(at.inside(*told));
  if (const json::value* told = members.if_contains("after")) after = number_in(at.inside(*told));
  for (const char* name : {"row", "limit", "after"}) members.erase(name);
  json::array ids;
  const auto found = crm.plan_fact_ids(plan_fact_asked(given), key, limit, after);
  for (const RecordRef& record : found) ids.push_back(record.id);
  json::object out{{"ids", std::move(ids)}};
  if (!found.empty()) out["entity"] = entity_info(found.front().entity).name;
  if (std::ssize(found) == limit) out["next"] = found.back().id;
  return json::serialize(out);
}

ReceiptQuery receipt_query(Crm& crm, std::string_view text) { return receipts_asked(question(crm, text, "receipts")); }

std::string receipts_json(Crm& crm, std::string_view text) {
  const ReceiptReport report = crm.receipts(receipt_query(crm, text));
  Names names(crm);
  return json::serialize(json::object{{"rows", rows_json(report.rows, names)}, {"totals", rows_json(report.totals, names)}});
}

}  // namespace crm
