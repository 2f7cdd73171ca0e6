// M13: figures as charts and as pages.
#include <doctest/doctest.h>

#include "crm/open.hpp"
#include "crm/report/report.hpp"
#include "crm/services/json_door.hpp"

using namespace crm;

namespace {

/// Receipts of two clients in two months, counted in the head.
struct Till {
  Till() : db(crm::open("memory:")) {
    db.set_language(Language::russian);
    db.host().clock = [] { return *parse_instant("2026-03-02T09:00:00Z"); };
    vector = company("Вектор & Ко");
    north = company("Север");
    receipt(vector, "2026-01-15", 1234'50);
    receipt(vector, "2026-02-15", 1000'00);
    receipt(north, "2026-02-20", -200'00);
  }

  CompanyId company(const char* name) {
    Company made;
    made.name = name;
    made.status = Company::Status::active;
    db.save(made);
    return made.id;
  }
  void receipt(CompanyId of, const char* date, std::int64_t kopecks) {
    Receipt made;
    made.company = of;
    made.date = *parse_date(date);
    made.amount = Money{kopecks, Currency("RUB")};
    db.save(made);
  }

  Crm db;
  CompanyId vector, north;
};

constexpr const char* kPivot =
    R"({"from": "2026-01-01", "to": "2026-03-01", "rows": ["company"], "columns": ["month"], "figures": ["receipts"]})";

}  // namespace

TEST_CASE("a table of money becomes a chart of the same numbers in the same order") {
  Till till;
  const PivotQuery query = pivot_query(kPivot);

  const Chart chart = pivot_chart(query, till.db.pivot(query), 0, Chart::Kind::stacked_bar, Language::russian);

  CHECK(chart.categories == std::vector<std::string>{"Январь 2026", "Февраль 2026"});
  REQUIRE(chart.series.size() == 2);
  CHECK(chart.series[0].name == "Вектор & Ко");
  CHECK(chart.series[0].values == std::vector<std::optional<std::int64_t>>{1234'50, 1000'00});
  CHECK(chart.series[1].values == std::vector<std::optional<std::int64_t>>{0, -200'00});
  CHECK(chart.decimals == 2);
  CHECK(chart.unit == "₽");
  CHECK(chart.value_title == "Поступления");
  CHECK(chart.category_title == "Месяц");
}

TEST_CASE("the table of a page has a line a row and a total that is the sum") {
  Till till;
  const PivotQuery query = pivot_query(kPivot);

  const ReportTable table = pivot_report_table(query, till.db.pivot(query), Language::russian);

  REQUIRE(table.columns.size() == 4);
  CHECK(table.columns[0].caption == "Клиент");
  CHECK(table.columns[3].caption == "Итого");
  REQUIRE(table.rows.size() == 3);
  CHECK(table.rows[2].total);
  CHECK(std::get<std::int64_t>(table.rows[0].cells[3]) == 2234'50);
  CHECK(std::get<std::int64_t>(table.rows[2].cells[2]) == 800'00);
  CHECK(std::get<std::int64_t>(table.rows[2].cells[3]) == 2034'50);
}

TEST_CASE("a page asked for as JSON shows its sections, escaped and with exact sums") {
  Till till;
  const std::string asked = std::string(R"({"title": "Поступление денежных средств от клиентов", "from": "2026-01-01", "to": "2026-03-01",
    "sections": [{"heading": "По месяцам", "chart": "stacked_bar", "table": true, "pivot": )") + kPivot + R"(},
                 {"heading": "Календарь", "calendar": {"view": "week", "day": "2026-03-02"}}]})";

  const std::string html = report_html_json(till.db, asked);

  CHECK(html.find("Поступление денежных средств от клиентов") != std::string::npos);
  CHECK(html.find("Вектор &amp; Ко") != std::string::npos);
  CHECK(html.find("2\u202F034,50") != std::string::npos);
  CHECK(html.find("<script") == std::string::npos);
  CHECK(chart_svg_json(till.db, std::string(R"({"chart": "bar", "pivot": {"from": "2026-01-01", "to": "2026-03-01", "rows": ["month"], "figures": ["receipts"]}})"))
            .starts_with("<svg"));
}

TEST_CASE("a report tells which part of its question is wrong") {
  Till till;
  const auto rule = [&](const char* asked) -> std::string {
    try {
      report_html_json(till.db, asked);
    } catch (const Error& error) {
      return error.violations().front().rule;
    }
    return "";
  };
  CHECK(rule("[]") == "json.kind");
  CHECK(rule(R"({"sections": [{"heading": "x"}]})") == "json.kind");
  CHECK(rule(R"({"sections": [{"pivot": {"rows": []}}]})") == "M13.period");
  CHECK(rule(R"({"sections": [{"pivot": {"from": "2026-01-01", "to": "2026-03-01"}, "chart": "pie"}]})") == "json.kind");
  CHECK(rule(R"({"heading": "x"})") == "json.kind");
}

TEST_CASE("a report tells where in all of it stands what a section does not understand") {
  Till till;
  const auto place = [&](const char* asked) {
    try {
      report_html_json(till.db, asked);
    } catch (const Error& error) {
      return error.violations().back().rule == "json.place" ? error.violations().back().value : error.message();
    }
    return std::string();
  };
  CHECK(place(R"({"titel": "x"})") == "titel");
  CHECK(place(R"({"sections": [{"note": "x"}, {"note": 5}]})") == "sections[1].note");
  CHECK(place(R"({"sections": [{"load": {"from": "2026-01-01", "until": "2026-02-01"}}]})") == "sections[0].load.until");
  CHECK(place(R"({"sections": [{"whitespace": {"statuses": ["owned", "lost"]}}]})") == "sections[0].whitespace.statuses[1]");
  CHECK(place(R"({"sections": [{"pivot": {"from": "2026-01-01", "to": "2026-03-01", "rows": ["manager"], "figures": ["events"],
                  "where": {"all": [{"field": "purpose", "vaule": "a"}]}}}]})") == "sections[0].pivot.where.all[0].vaule");
}

TEST_CASE("others are drawn in grey and last, but not where they would dwarf what is compared") {
  Till till;
  till.receipt(till.company("Восток"), "2026-02-21", 50'00);
  till.receipt(till.company("Запад"), "2026-02-22", 40'00);
  const auto asked = [&](const char* top) {
    return pivot_query(std::string(R"({"from": "2026-01-01", "to": "2026-03-01", "rows": ["company"], "figures": ["receipts"], "top": )") + top + "}");
  };
  const PivotQuery one = asked("1"), two = asked("2");

  // Вектор 2234.50; the others 50 + 40 - 200.
  const Chart shown = pivot_chart(one, till.db.pivot(one), 0, Chart::Kind::bar, Language::russian);
  CHECK(shown.categories == std::vector<std::string>{"Вектор & Ко", "Прочие"});
  CHECK(shown.last_is_others);
  CHECK(shown.note.empty());

  till.receipt(till.company("Юг"), "2026-02-23", 2000'00);
  till.receipt(till.company("Центр"), "2026-02-23", 1900'00);
  // Вектор 2234.50; the others 2000 + 1900 + 50 + 40 - 200.
  const PivotTable table = till.db.pivot(one);
  const Chart left_out = pivot_chart(one, table, 0, Chart::Kind::bar, Language::russian);
  CHECK(left_out.categories == std::vector<std::string>{"Вектор & Ко"});
  CHECK_FALSE(left_out.last_is_others);
  CHECK(left_out.note == "На диаграмме нет прочих: 3\u202F790,00\u00A0₽");
  CHECK(pivot_report_table(one, table, Language::russian).rows.size() == 3);
  CHECK(pivot_chart(one, table, 0, Chart::Kind::bar, Language::english).note == "Not drawn: others, 3,790.00\u00A0₽");
  CHECK(pivot_chart(one, table, 0, Chart::Kind::donut, Language::russian).last_is_others);
  const Chart of_two = pivot_chart(two, till.db.pivot(two), 0, Chart::Kind::bar, Language::russian);
  CHECK(of_two.categories == std::vector<std::string>{"Вектор & Ко", "Юг", "Прочие"});
}
