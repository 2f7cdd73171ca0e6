// Charts of anything: whatever the numbers and names, nothing is clipped or covered, and all can be read.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "crm/report/chart.hpp"
#include "drawing.hpp"
#include "house/rounds.hpp"

using namespace crm;
using Kind = Chart::Kind;

namespace {

const char* const kNames[] = {"Вектор",
                              "",
                              "Ж",
                              "ООО «Рога & копыта» <опт> \"'",
                              "Общество с ограниченной ответственностью «Сибирская торгово-промышленная компания „Восток-Сервис“»",
                              "Длинноесловобезединогопробелакотороенельзяперенестинановуюстроку",
                              "Сентябрь 2026",
                              "№ 7",
                              "ЩЩЩЩЩЩ ЩЩЩЩЩЩ ЩЩЩЩЩЩ",
                              "日本語 😀"};

class AnyChart {
 public:
  explicit AnyChart(unsigned seed) : random_(seed) {}

  Chart draw() {
    Chart chart;
    chart.kind = static_cast<Kind>(below(7));
    const bool single = chart.kind == Kind::bar || chart.kind == Kind::donut || chart.kind == Kind::funnel;
    const bool shares = chart.kind == Kind::donut || chart.kind == Kind::funnel;
    for (std::string* text : {&chart.title, &chart.note, &chart.category_title, &chart.value_title}) *text = name();
    chart.unit = std::vector<std::string>{"", "₽", "%", "шт."}[below(4)];
    chart.decimals = static_cast<int>(below(7));
    chart.language = below(2) ? Language::russian : Language::english;
    chart.width = below(3) ? 760 : 560 + static_cast<int>(below(1500));
    chart.categories.resize(std::vector<std::size_t>{1, 2, 5, 12, 25}[below(5)]);
    if (below(8) == 0 && chart.width >= 760) chart.categories.resize(40);
    const bool short_names = below(2) != 0;
    for (std::string& category : chart.categories) category = short_names ? "к" + std::to_string(below(100)) : name();
    chart.series.resize(single ? 1 : 1 + below(chart.kind == Kind::stacked_bar || chart.kind == Kind::heat_map ? 14 : 8));
    chart.last_is_others = below(4) == 0;
    const auto kind = below(7);
    for (ChartSeries& series : chart.series) {
      series.name = name();
      for (std::size_t i = 0; i < chart.categories.size(); ++i) series.values.push_back(value(kind, shares));
    }
    return chart;
  }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }
  std::string name() { return kNames[below(std::size(kNames))]; }

  std::optional<std::int64_t> value(std::size_t kind, bool shares) {
    const auto any = static_cast<std::int64_t>(below(1'000'000));
    switch (kind) {
      case 0: return 0;
      case 1: return 4200;
      case 2: return below(10) ? static_cast<std::int64_t>(below(9)) : 60'000'000'000'000;
      case 3: return below(3) ? std::optional(any) : std::nullopt;
      case 4: return shares ? any : any - 500'000;
      case 5: return shares ? any : -any;
      default: return any;
    }
  }

  std::mt19937 random_;
};

}  // namespace

TEST_CASE("a chart of anything is whole, readable and drawn the same twice") {
  const char* given = std::getenv("CRM_SEED");
  const unsigned first = given ? static_cast<unsigned>(std::atoi(given)) : 1;
  for (unsigned seed = first; seed < first + static_cast<unsigned>(test::rounds(500, 60)); ++seed) {
    CAPTURE(seed);
    const Chart chart = AnyChart(seed).draw();
    CAPTURE(static_cast<int>(chart.kind));
    const std::string svg = chart_svg(chart);
    CHECK(drawing::fault(drawing::read_picture(svg)) == "");
    CHECK(chart_svg(chart) == svg);
  }
}

TEST_CASE("every mark tells its exact value") {
  for (unsigned seed = 1; seed < static_cast<unsigned>(test::rounds(200, 60)); ++seed) {
    CAPTURE(seed);
    const Chart chart = AnyChart(seed).draw();
    if (chart.kind == Kind::donut || (chart.kind == Kind::stacked_bar && chart.series.size() > 8)) continue;
    std::vector<std::string> told;
    for (const drawing::Element& element : drawing::read_markup(chart_svg(chart)))
      if (element.name == "title") told.push_back(element.text);
    for (const ChartSeries& series : chart.series)
      for (std::size_t i = 0; i < series.values.size(); ++i) {
        if (!series.values[i] || (chart.kind == Kind::line && chart.categories.size() > 12)) continue;
        const std::string number = drawing::written(*series.values[i], chart.decimals, chart.decimals, chart.language == Language::russian);
        REQUIRE(std::ranges::any_of(told, [&](const std::string& title) { return title.starts_with(chart.categories[i]) && title.find(number) != title.npos; }));
      }
  }
}
