// A report page: one file, well formed, that tells the numbers it was given.
#include "crm/report/page.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "drawing.hpp"

using namespace crm;
using Column = ReportColumn::Kind;

namespace {

/// «Поступление денежных средств от клиентов»: two months, two managers.
ReportPage receipts() {
  ReportPage page;
  page.title = "Поступление денежных средств от клиентов";
  page.language = Language::russian;
  page.from = parse_date("2026-01-01");
  page.to = parse_date("2026-02-28");
  page.as_of = parse_date("2026-03-02");
  ReportSection section;
  section.heading = "По месяцам и менеджерам";
  section.note = "За вычетом возвратов.";
  Chart chart;
  chart.kind = Chart::Kind::stacked_bar;
  chart.categories = {"Январь 2026", "Февраль 2026"};
  chart.series = {{"Иванов П. С.", {123456789, 5000000}}, {"<Ким & Ко>", {1000, {}}}};
  chart.decimals = 2;
  chart.unit = "₽";
  chart.language = Language::russian;
  section.chart = chart;
  section.table = ReportTable{{{"Месяц", Column::text, 0, ""}, {"Иванов П. С.", Column::money, 2, "₽"}, {"<Ким & Ко>", Column::money, 2, "₽"}, {"Доля", Column::percent, 1, ""}},
                              {{{"Январь 2026", 123456789, 1000, 961}},
                               {{"Февраль 2026", 5000000, {}, 39}},
                               {{"Итого", 128456789, 1000, 1000}, true}}};
  page.sections.push_back(section);
  return page;
}

std::vector<std::string> texts(const std::vector<drawing::Element>& elements, const std::string& name) {
  std::vector<std::string> out;
  for (const drawing::Element& element : elements)
    if (element.name == name) out.push_back(element.text);
  return out;
}

std::string refusal(const ReportPage& page) {
  try {
    report_html(page);
  } catch (const Error& error) {
    return error.violations().at(0).rule;
  }
  return {};
}

}  // namespace

TEST_CASE("receipts from clients by month and manager are one page with a chart and a table") {
  const auto elements = drawing::read_markup(report_html(receipts()));

  CHECK(texts(elements, "h1") == std::vector<std::string>{"Поступление денежных средств от\u00A0клиентов"});
  CHECK(texts(elements, "h2") == std::vector<std::string>{"По\u00A0месяцам и\u00A0менеджерам"});
  CHECK(texts(elements, "p")[0] == "1 января – 28 февраля 2026 · по состоянию на 2 марта 2026");
  CHECK(texts(elements, "th") == std::vector<std::string>{"Месяц", "Иванов П.\u00A0С.,\u00A0₽", "<Ким &\u00A0Ко>,\u00A0₽", "Доля"});
  CHECK(texts(elements, "td") == std::vector<std::string>{"Январь 2026", "1\u202F234\u202F567,89", "10,00", "96,1\u202F%",  //
                                                          "Февраль 2026", "50\u202F000,00", "–", "3,9\u202F%",              //
                                                          "Итого", "1\u202F284\u202F567,89", "10,00", "100,0\u202F%"});
  CHECK(std::ranges::count(elements, std::string("svg"), &drawing::Element::name) == 1);
  CHECK(std::ranges::count_if(elements, [](const auto& element) { return element.name == "tr" && element.word("class") == "total"; }) == 1);
}

TEST_CASE("a page fetches nothing and runs nothing") {
  const std::string page = report_html(receipts());
  for (const char* reference : {"<script", "src=", "<link", "url(", "@import", "href=", " on"}) CHECK(page.find(reference) == page.npos);
  CHECK(page.find("http://www.w3.org/2000/svg") == page.rfind("http"));
}

TEST_CASE("a page in English, of a day, with a ready picture and an empty table") {
  ReportPage page;
  page.title = "Load";
  page.as_of = parse_date("2026-03-02");
  page.sections.resize(1);
  page.sections[0].svg = chart_svg(Chart{});
  page.sections[0].table.emplace();

  const auto elements = drawing::read_markup(report_html(page));

  CHECK(elements[0].word("lang") == "en");
  CHECK(texts(elements, "p") == std::vector<std::string>{"as of 2 March 2026", "No data"});
  CHECK(std::ranges::count(elements, std::string("svg"), &drawing::Element::name) == 1);
}

TEST_CASE("rows that do not fit their columns are refused") {
  ReportPage page = receipts();
  page.sections[0].table->rows[1].cells.pop_back();
  CHECK(refusal(page) == "M13.row_length");
  page = receipts();
  page.sections[0].table->rows[1].cells[0] = 7;
  CHECK(refusal(page) == "M13.cell");
  page = receipts();
  page.sections[0].svg = "<img>";
  CHECK(refusal(page) == "M13.svg");
  page = receipts();
  page.sections[0].heading = "\xFF";
  CHECK(refusal(page) == "field.utf8");
  page = receipts();
  page.sections[0].chart->series[0].values.clear();
  CHECK(refusal(page) == "M13.series_length");
}
