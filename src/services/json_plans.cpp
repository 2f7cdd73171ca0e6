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
E enum_in(const json::value& value, EntityNo entity, FieldNo field, const char* name) {
  const EnumValue* found = value.is_string() ? enumeration(entity, field).find(std::string_view(value.get_string())) : nullptr;
  if (!found) bad_json(value, std::string(name) + ": one of " + enumeration(entity, field).name);
  return static_cast<E>(found->number);
}

std::pair<Date, Date> period_in(const json::value& value, const char* name) {
  const json::array& ends = array_in(value, name);
  if (ends.size() != 2) bad_json(value, std::string(name) + ": two dates");
  return {date_in(ends[0], name), date_in(ends[1], name)};
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

PlanCell cell_in(Crm& crm, json::object object) {
  resolve_external(crm, object);
  Record record(PlanCell::kEntity);
  std::vector<Violation> violations;
  set_fields(record, object, violations);
  refuse_if_any(Code::invalid_argument, std::move(violations));
  return from_row<PlanCell>(record.row);
}

PlanShare share_in(Crm& crm, const json::object& given) {
  PlanShare share;
  json::object total;
  for (const auto& [name, value] : given) {
    if (name == "user_ids") {
      share.users = ids_in<User>(value, "user_ids");
    } else if (name == "product_ids") {
      share.products = ids_in<Product>(value, "product_ids");
    } else if (name == "type_ids") {
      share.types = ids_in<EventType>(value, "type_ids");
    } else if (name == "periods") {
      for (const json::value& period : array_in(value, "periods")) share.periods.push_back(period_in(period, "periods"));
    } else if (name == "weights") {
      for (const json::value& weight : array_in(value, "weights")) share.weights.push_back(number_in(weight, "weights"));
    } else if (name == "facts_of") {
      share.facts_of = period_in(value, "facts_of");
    } else {
      total[name] = value;
    }
  }
  share.total = cell_in(crm, std::move(total));
  return share;
}

PlanDimensions dimensions_in(const json::value& value) {
  static constexpr std::string_view kNames[] = {"department", "user", "product", "type"};
  PlanDimensions by;
  bool* const flags[] = {&by.department, &by.user, &by.product, &by.type};
  for (const json::value& name : array_in(value, "by")) *flags[one_of(name, kNames, "by")] = true;
  return by;
}

PlanFactQuery plan_fact_asked(Crm& crm, json::object given) {
  static constexpr std::string_view kVersions[] = {"as_of", "period_start"};
  resolve_external(crm, given);
  PlanFactQuery query;
  for (const char* needed : {"from", "to"})
    if (!given.contains(needed)) bad_json(given, "from and to: dates");
  for (const auto& [name, value] : given) {
    if (name == "from") {
      query.from = date_in(value, "from");
    } else if (name == "to") {
      query.to = date_in(value, "to");
    } else if (name == "as_of") {
      query.as_of = parse_instant(text_in(value, "as_of"));
      if (!query.as_of) bad_json(value, "as_of: an instant, \"2026-03-02T09:00:00Z\"");
    } else if (name == "user_id") {
      query.scope.user = {number_in(value, "user_id")};
    } else if (name == "department_id") {
      query.scope.department = {number_in(value, "department_id")};
    } else if (name == "by") {
      query.by = dimensions_in(value);
    } else if (name == "measures") {
      for (const json::value& measure : array_in(value, "measures"))
        query.measures.push_back(enum_in<PlanMeasure>(measure, PlanCell::kEntity, PlanCell::kMeasure, "measures"));
    } else if (name == "counted") {
      query.counted = code_in<EventsCounted>("events_counted", value);
    } else if (name == "version") {
      query.version_at_start = one_of(value, kVersions, "version") == 1;
    } else {
      bad_json(json::string(name), "from, to, as_of, user_id, department_id, by, measures, counted or version");
    }
  }
  return query;
}

/// A row as it was told: what is not of its key is passed over.
PlanFactKey key_in(const json::value& row) {
  PlanFactKey key;
  for (const auto& [name, value] : object_in(row, "row")) {
    const auto id = [&, text = std::string(name)] { return value.is_null() ? 0 : number_in(value, text.c_str()); };
    if (name == "measure") {
      key.measure = enum_in<PlanMeasure>(value, PlanCell::kEntity, PlanCell::kMeasure, "measure");
    } else if (name == "currency") {
      key.currency = Currency(text_in(value, "currency"));
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

ReceiptQuery receipts_asked(Crm& crm, json::object given) {
  static constexpr std::string_view kNames[] = {"company", "manager", "product"};
  resolve_external(crm, given);
  ReceiptQuery query;
  bool* const flags[] = {&query.by_company, &query.by_manager, &query.by_product};
  for (const auto& [name, value] : given) {
    if (name == "from") {
      query.from = date_in(value, "from");
    } else if (name == "to") {
      query.to = date_in(value, "to");
    } else if (name == "kind") {
      query.kind = enum_in<Receipt::Kind>(value, Receipt::kEntity, Receipt::kKind, "kind");
    } else if (name == "company_id") {
      query.company = {number_in(value, "company_id")};
    } else if (name == "product_id") {
      query.product = {number_in(value, "product_id")};
    } else if (name == "manager_id") {
      query.manager = {number_in(value, "manager_id")};
    } else if (name == "by") {
      for (const json::value& by : array_in(value, "by")) *flags[one_of(by, kNames, "by")] = true;
    } else if (name == "period") {
      query.by_period = static_cast<PeriodLength>(one_of(value, kLengths, "period"));
    } else {
      bad_json(json::string(name), "from, to, kind, company_id, product_id, manager_id, by or period");
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
  if (given.is_object()) return json::serialize(json_array(crm.share_plan(share_in(crm, given.get_object()))));
  std::vector<PlanCell> cells;
  for (const json::value& cell : array_in(given, "plans")) cells.push_back(cell_in(crm, object_in(cell, "a plan cell")));
  return json::serialize(json_array(crm.set_plans(cells)));
}

PlanFactQuery plan_fact_query(Crm& crm, std::string_view text) {
  return plan_fact_asked(crm, object_in(parse_json(crm, text), "a plan-fact"));
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
  const json::value parsed = parse_json(crm, text);
  json::object given = object_in(parsed, "a question");
  std::int64_t limit = 1000;
  Id after = 0;
  const json::value* row = given.if_contains("row");
  if (!row) bad_json(parsed, "row: a row of the plan-fact");
  const PlanFactKey key = key_in(*row);
  if (const json::value* told = given.if_contains("limit")) limit = number_in(*told, "limit");
  if (const json::value* told = given.if_contains("after")) after = number_in(*told, "after");
  for (const char* name : {"row", "limit", "after"}) given.erase(name);
  json::array ids;
  const auto found = crm.plan_fact_ids(plan_fact_asked(crm, std::move(given)), key, limit, after);
  for (const RecordRef& record : found) ids.push_back(record.id);
  json::object out{{"ids", std::move(ids)}};
  if (!found.empty()) out["entity"] = entity_info(found.front().entity).name;
  if (std::ssize(found) == limit) out["next"] = found.back().id;
  return json::serialize(out);
}

ReceiptQuery receipt_query(Crm& crm, std::string_view text) { return receipts_asked(crm, object_in(parse_json(crm, text), "receipts")); }

std::string receipts_json(Crm& crm, std::string_view text) {
  const ReceiptReport report = crm.receipts(receipt_query(crm, text));
  Names names(crm);
  return json::serialize(json::object{{"rows", rows_json(report.rows, names)}, {"totals", rows_json(report.totals, names)}});
}

}  // namespace crm
