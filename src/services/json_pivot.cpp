// Reports over any dimensions as JSON and CSV (M11, M13, P1).
#include <algorithm>

#include "analytics/analytics.hpp"
#include "crm/services/json_door.hpp"
#include "json_parts.hpp"

namespace json = boost::json;

namespace crm {
namespace {

/// "manager", or {"classifier": 3}.
PivotAxis axis_in(const JsonAt& given) {
  if (!given->is_object()) return {code_in<Dimension>("dimension", given), {}};
  const json::value* classifier = given->get_object().if_contains("classifier");
  if (!classifier || !classifier->is_int64() || given->get_object().size() != 1) bad_json(given, "{\"classifier\": id}");
  return {Dimension::classifier, {classifier->get_int64()}};
}

std::vector<PivotAxis> axes_in(const JsonAt& given) {
  std::vector<PivotAxis> axes;
  for (const JsonAt& axis : elements_in(given)) axes.push_back(axis_in(axis));
  return axes;
}

json::array keys_json(const std::vector<std::vector<PivotKey>>& all) {
  json::array out;
  for (const auto& keys : all) {
    json::array one;
    for (const PivotKey& key : keys) one.push_back(json::object{{"id", key.id}, {"name", key.name}});
    out.push_back(std::move(one));
  }
  return out;
}

/// Money in minor units, quantities as decimals.
json::value number_json(Figure figure, std::int64_t number) {
  if (figure == Figure::quantity) return json::string(to_string(Decimal{number}));
  return number;
}

json::array numbers_json(Figure figure, std::span<const std::int64_t> numbers) {
  json::array out;
  for (std::int64_t number : numbers) out.push_back(number_json(figure, number));
  return out;
}

json::object series_json(const PivotSeries& series, std::size_t columns) {
  json::array cells;
  for (std::size_t row = 0; row < series.row_totals.size(); ++row)
    cells.push_back(numbers_json(series.figure, std::span(series.cells).subspan(row * columns, columns)));
  json::object out{{"figure", code_of(series.figure)},
                   {"rows_add_up", series.rows_add_up},
                   {"columns_add_up", series.columns_add_up},
                   {"cells", std::move(cells)},
                   {"row_totals", numbers_json(series.figure, series.row_totals)},
                   {"column_totals", numbers_json(series.figure, series.column_totals)},
                   {"total", number_json(series.figure, series.total)}};
  if (series.currency) out["currency"] = series.currency.letters();
  if (!series.before.empty()) {
    out["before"] = numbers_json(series.figure, series.before);
    out["total_before"] = number_json(series.figure, series.total_before);
  }
  return out;
}

// --- CSV (RFC 4180) ---------------------------------------------------------------------------------

std::string quoted_csv(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

/// In units of the currency, "1234.50".
std::string number_csv(const PivotSeries& series, std::int64_t number) {
  if (series.figure == Figure::quantity) return to_string(Decimal{number});
  if (!series.currency) return std::to_string(number);
  const std::string money = to_string(Money{number, series.currency});
  return money.substr(0, money.find(' '));
}

std::string joined(const std::vector<PivotKey>& keys) {
  std::string out;
  for (const PivotKey& key : keys) out += (out.empty() ? "" : " / ") + key.name;
  return out;
}

std::string caption_of(const char* enumeration, std::int64_t number, Language language) {
  for (const EnumInfo* info : enumerations())
    if (std::string_view(info->name) == enumeration) {
      const EnumValue* value = info->find(number);
      return language == Language::russian ? value->ru : value->en;
    }
  return "";
}

}  // namespace

PivotQuery pivot_query(std::string_view text, const Limits& limits) {
  const json::value given = parse_json(text, std::min(limits.nesting, Limits::kDeepest));
  PivotQuery query;
  for (const auto& [name, value] : members_in(JsonAt(given), "a report")) {
    if (name == "from") query.from = date_in(value);
    else if (name == "to") query.to = date_in(value);
    else if (name == "before") query.before = date_in(value);
    else if (name == "rows") query.rows = axes_in(value);
    else if (name == "columns") query.columns = axes_in(value);
    else if (name == "counted") query.counted = code_in<EventsCounted>("events_counted", value);
    else if (name == "where") query.where = json::serialize(*value);
    else if (name == "figures") {
      query.figures.clear();
      for (const JsonAt& figure : elements_in(value)) query.figures.push_back(code_in<Figure>("figure", figure));
    } else if (name == "top") {
      query.top = number_in(value);
    } else if (name == "cumulative") {
      query.cumulative = flag_in(value);
    } else {
      unknown_member({name, value}, "from, to, before, rows, columns, figures, counted, where, top or cumulative");
    }
  }
  return query;
}

std::string pivot_json(const PivotTable& table) {
  json::array series;
  for (const PivotSeries& one : table.series) series.push_back(series_json(one, table.columns.size()));
  json::object out{{"rows", keys_json(table.rows)}, {"columns", keys_json(table.columns)}, {"series", std::move(series)}};
  if (table.others) out["others"] = *table.others;
  return json::serialize(out);
}

std::string pivot_csv(const PivotQuery& query, const PivotTable& table, Language language) {
  const bool russian = language == Language::russian;
  const char* const total = russian ? "итого" : "total";
  std::string out;
  for (const PivotAxis& axis : query.rows) out += quoted_csv(caption_of("dimension", static_cast<std::int64_t>(axis.dimension), language)) + ",";
  out += russian ? "показатель,валюта" : "figure,currency";
  if (!query.columns.empty())
    for (const auto& column : table.columns) out += "," + quoted_csv(joined(column));
  out += std::string(",") + total;
  if (query.before) out += russian ? ",было" : ",before";
  out += "\r\n";
  const auto line = [&](const PivotSeries& series, const std::vector<std::string>& keys, std::span<const std::int64_t> cells, std::int64_t sum,
                        std::optional<std::int64_t> before) {
    for (const std::string& key : keys) out += quoted_csv(key) + ",";
    out += quoted_csv(caption_of("figure", static_cast<std::int64_t>(series.figure), language)) + "," + std::string(series.currency.letters());
    if (!query.columns.empty())
      for (std::int64_t cell : cells) out += "," + number_csv(series, cell);
    out += "," + number_csv(series, sum);
    if (before) out += "," + number_csv(series, *before);
    out += "\r\n";
  };
  const auto before = [&](const PivotSeries& series, std::int64_t number) { return query.before && !series.before.empty() ? std::optional(number) : std::nullopt; };
  for (const PivotSeries& series : table.series) {
    const std::size_t columns = table.columns.size();
    for (std::size_t row = 0; row < table.rows.size() && !query.rows.empty(); ++row) {
      std::vector<std::string> keys;
      for (const PivotKey& key : table.rows[row]) keys.push_back(key.name);
      if (table.others == row) keys.assign(query.rows.size(), russian ? "прочие" : "others");
      line(series, keys, std::span(series.cells).subspan(row * columns, columns), series.row_totals[row],
           before(series, series.before.empty() ? 0 : series.before[row]));
    }
    line(series, std::vector<std::string>(query.rows.size(), total), series.column_totals, series.total, before(series, series.total_before));
  }
  return out;
}

std::string pivot_facts_json(const PivotFacts& facts) {
  json::array ids;
  for (Id id : facts.ids) ids.push_back(id);
  return json::serialize(json::object{{"entity", entity_info(facts.entity).name}, {"ids", std::move(ids)}});
}

std::string load_json(const std::vector<DayLoad>& loads) {
  json::array out;
  for (const DayLoad& load : loads)
    out.push_back(json::object{{"user_id", load.user.value}, {"day", to_string(load.day)}, {"events", load.events}, {"minutes", load.minutes}});
  return json::serialize(out);
}

}  // namespace crm
