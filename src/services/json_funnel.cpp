// The sales funnel as JSON (M12).
#include "crm/services/json_door.hpp"
#include "json_parts.hpp"

namespace json = boost::json;

namespace crm {
namespace {

using Definition = FunnelFrame::Definition;

constexpr std::string_view kDefinitions[] = {"snapshot", "active", "entry_cohort"};
constexpr std::string_view kBy[] = {"nothing", "manager", "product", "sphere", "classifier"};
constexpr const char* kNumbers[] = {"base", "count", "open", "lost", "won", "to_next", "to_last"};
static_assert(std::size(kNumbers) == kFunnelNumbers);

FunnelId funnel_named(Crm& crm, const JsonAt& code) {
  if (!code->is_string()) bad_json(code, "a code");
  Query query;
  query.filter = where::eq(Funnel::kCode, std::string(code->get_string()));
  const auto found = crm.list<Funnel>(query);
  if (found.empty()) refuse_at(code, Code::not_found, {"record.not_found", Funnel::kEntity, Funnel::kCode, 0, shorten(code->get_string()), "funnel"});
  return found.front().id;
}

/// A condition of the language of queries.
Filter condition(Crm& crm, EntityNo entity, const JsonAt& where) {
  return placed(where, [&] { return PreparedQuery::condition(crm, entity, json::serialize(*where)); });
}

FunnelQuery funnel_asked(Crm& crm, const JsonAt& given) {
  FunnelQuery query;
  for (const auto& [name, value] : members_in(given, "a funnel")) {
    if (name == "funnel") {
      query.funnel = funnel_named(crm, value);
    } else if (name == "definition") {
      query.definition = static_cast<Definition>(one_of(value, kDefinitions));
    } else if (name == "from") {
      query.from = date_in(value);
    } else if (name == "to") {
      query.to = date_in(value);
    } else if (name == "as_of") {
      query.as_of = date_in(value);
    } else if (name == "counted") {
      query.counted = code_in<EventsCounted>("events_counted", value);
    } else if (name == "by") {
      query.by = static_cast<FunnelQuery::By>(one_of(value, kBy));
    } else if (name == "classifier_id") {
      query.classifier = {number_in(value)};
    } else if (name == "events") {
      query.events = condition(crm, Event::kEntity, value);
    } else if (name == "companies") {
      query.companies = condition(crm, Company::kEntity, value);
    } else if (name == "with_ids") {
      query.with_ids = flag_in(value);
    } else {
      unknown_member({name, value}, "funnel, definition, from, to, as_of, counted, by, classifier_id, events, companies or with_ids");
    }
  }
  if (!query.funnel) bad_json(given, "funnel: a code");
  return query;
}

json::value seconds(const std::optional<std::chrono::microseconds>& time) {
  if (!time) return nullptr;
  return std::chrono::round<std::chrono::seconds>(*time).count();
}

json::value rate(const std::optional<double>& rate) {
  if (!rate) return nullptr;
  return *rate;
}

json::array amounts(const std::vector<Money>& money) {
  json::array out;
  for (const Money& one : money) out.push_back(json::object{{"amount", one.minor}, {"currency", one.currency.letters()}});
  return out;
}

json::object stage_json(const FunnelReport& report, std::int32_t stage, const StageCount& count, bool with_ids) {
  json::object out;
  for (std::size_t i = 0; i < kFunnelNumbers; ++i) out[kNumbers[i]] = count.numbers[i];
  out["next_rate"] = rate(count.next_rate);
  out["last_rate"] = rate(count.last_rate);
  out["median_seconds"] = seconds(count.median);
  out["percentile90_seconds"] = seconds(count.percentile90);
  if (!with_ids) return out;
  json::object cases;
  for (std::size_t i = 0; i < kFunnelNumbers; ++i) {
    json::array numbers;
    for (const StageCase& one : count.cases)
      if (is_behind(report.frame, stage, static_cast<FunnelNumber>(i), one)) numbers.push_back(one.case_no);
    cases[kNumbers[i]] = std::move(numbers);
  }
  out["cases"] = std::move(cases);
  return out;
}

json::object row_json(const FunnelReport& report, const FunnelRow& row, bool with_ids) {
  json::array stages;
  std::int32_t stage = 0;
  for (const StageCount& count : row.count.stages) stages.push_back(stage_json(report, ++stage, count, with_ids));
  return {{"group", row.group},
          {"name", row.name},
          {"distinct", row.count.distinct},
          {"stages", std::move(stages)},
          {"median_to_last_seconds", seconds(row.count.median_to_last)},
          {"won", amounts(row.count.won)},
          {"velocity", amounts(row.count.velocity)}};
}

json::object case_json(const FunnelCase& one) {
  json::object out;
  if (one.company) out["company_id"] = one.company.value;
  if (one.product) out["product_id"] = one.product.value;
  if (!one.key.empty()) out["case"] = one.key;
  out["event_ids"] = json_ids(one.events);
  out["document_ids"] = json_ids(one.documents);
  return out;
}

}  // namespace

FunnelQuery funnel_query(Crm& crm, std::string_view text) {
  const json::value given = parse_json(crm, text);
  return funnel_asked(crm, JsonAt(given));
}

std::string funnel_json(Crm& crm, std::string_view text) {
  const FunnelQuery query = funnel_query(crm, text);
  const FunnelReport report = crm.funnel(query);

  const bool russian = crm.language() == Language::russian;
  const auto name_of = [&](const auto& named) { return russian || named.name_en.empty() ? named.name_ru : named.name_en; };
  json::array stages;
  for (const FunnelStage& stage : report.stages)
    stages.push_back(json::object{{"id", stage.id.value}, {"code", stage.code}, {"name", name_of(stage)}});
  json::array rows;
  for (const FunnelRow& row : report.rows) rows.push_back(row_json(report, row, query.with_ids));
  json::object out{{"funnel", report.funnel.code},
                   {"name", name_of(report.funnel)},
                   {"definition", kDefinitions[static_cast<std::size_t>(query.definition)]},
                   {"additive", report.additive},
                   {"distinct_additive", report.distinct_additive},
                   {"stages_additive", report.stages_additive},
                   {"stages", std::move(stages)},
                   {"total", row_json(report, report.total, query.with_ids)},
                   {"rows", std::move(rows)}};
  if (query.with_ids) {
    json::array cases;
    for (const FunnelCase& one : report.cases) cases.push_back(case_json(one));
    out["cases"] = std::move(cases);
  }
  return json::serialize(out);
}

}  // namespace crm
