// Every kind of chart, read back from its picture: what is drawn is the numbers, and it can be read.
#include "crm/report/chart.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "crm/rules/calendar_theme.hpp"
#include "drawing.hpp"
#include "report/chart_look.hpp"
#include "report/markup.hpp"

using namespace crm;
using drawing::Box;
using drawing::box_of;
using drawing::Element;
using drawing::Picture;
using drawing::read_picture;
using drawing::written;
using Kind = Chart::Kind;
using Values = std::vector<std::optional<std::int64_t>>;

namespace {

Chart chart_of(Kind kind, std::vector<std::string> categories, std::vector<ChartSeries> series) {
  Chart chart;
  chart.kind = kind;
  chart.title = "Отчёт";
  chart.categories = std::move(categories);
  chart.series = std::move(series);
  chart.language = Language::russian;
  return chart;
}

Chart one_series(Kind kind, const Values& values) {
  std::vector<std::string> categories;
  for (std::size_t i = 0; i < values.size(); ++i) categories.push_back("к" + std::to_string(i + 1));
  return chart_of(kind, categories, {{"ряд", values}});
}

Picture drawn(const Chart& chart) {
  const Picture picture = read_picture(chart_svg(chart));
  CHECK(drawing::fault(picture) == "");
  return picture;
}

bool says(const Picture& picture, const std::string& text) {
  return std::ranges::any_of(picture.elements, [&](const Element& element) { return element.name == "text" && element.text == text; });
}

/// "к1 · ряд: 12,50" is told by a mark of `shape`.
const Element* mark(const std::vector<Element>& marks, const std::string& title) {
  const auto found = std::ranges::find(marks, title, &Element::title);
  return found == marks.end() ? nullptr : &*found;
}

std::string refusal(const Chart& chart) {
  try {
    chart_svg(chart);
  } catch (const Error& error) {
    CHECK(error.code() == Code::invalid_argument);
    return error.violations().at(0).rule;
  }
  return {};
}

double lightness(const std::string& colour) { return contrast(*parse_colour(colour), {0, 0, 0}); }

}  // namespace

TEST_CASE("colours of series stand out from paper and are told apart in the one that lies beside") {
  for (std::size_t i = 0; i < report::kSeriesColours; ++i) {
    const Colour colour = *parse_colour(report::series_colour(i));
    CHECK(contrast(colour, {255, 255, 255}) >= 3);
    CHECK(contrast(colour, *parse_colour(report::ink_on(report::series_colour(i)))) >= kReadable);
    if (i > 0) CHECK(contrast(colour, *parse_colour(report::series_colour(i - 1))) >= 1.5);  // also without any hue
  }
  CHECK(contrast(*parse_colour(report::kOthers), *parse_colour(report::series_colour(report::kSeriesColours - 2))) >= 1.5);
  CHECK(contrast(*parse_colour(report::kOthers), {255, 255, 255}) >= 3);
  CHECK(contrast(*parse_colour(report::kAxis), {255, 255, 255}) >= 3);
  for (const auto text : {report::kInk, report::kMuted})
    for (const auto ground : {report::kPaper, report::kPale}) CHECK(contrast(*parse_colour(text), *parse_colour(ground)) >= kReadable);
  for (const bool below_zero : {false, true})
    for (int step = 0; step <= 100; ++step) {
      const std::string colour = report::ramp_colour(step / 100.0, below_zero);
      REQUIRE(contrast(*parse_colour(colour), *parse_colour(report::ink_on(colour))) >= kReadable);
      if (step > 0) REQUIRE(lightness(colour) < lightness(report::ramp_colour((step - 1) / 100.0, below_zero)));
    }
}

TEST_CASE("standing bars are as high as their values, returns go below zero") {
  Chart chart = one_series(Kind::bar, {10000, 5000, -2500, 0, {}, 7500});
  chart.decimals = 2;
  chart.unit = "₽";

  const Picture picture = drawn(chart);

  const std::vector<Element> bars = picture.marks("rect");
  REQUIRE(bars.size() == 4);  // zero has no height, none has no bar
  const Box hundred = box_of(*mark(bars, "к1 · ряд: 100,00\u00A0₽"));
  const Box fifty = box_of(*mark(bars, "к2 · ряд: 50,00\u00A0₽"));
  const Box back = box_of(*mark(bars, "к3 · ряд: −25,00\u00A0₽"));
  CHECK(std::abs(fifty.height - hundred.height / 2) < 1);
  CHECK(std::abs(back.height - hundred.height / 4) < 1);
  CHECK(std::abs(fifty.bottom() - hundred.bottom()) < 0.2);
  CHECK(std::abs(back.y - hundred.bottom()) < 0.2);
  for (const char* label : {"100", "50", "−25", "0", "75"}) CHECK(says(picture, label));
}

TEST_CASE("ticks and bars agree") {
  const Picture picture = drawn(one_series(Kind::bar, {37, 80}));

  double zero = 0, eighty = 0;
  for (const Element& text : picture.all("text")) {
    if (text.word("text-anchor") != "end") continue;
    if (text.text == "0") zero = text.number("y");
    if (text.text == "80") eighty = text.number("y");
  }
  const std::vector<Element> bars = picture.marks("rect");
  CHECK(std::abs(box_of(bars[1]).height - (zero - eighty)) < 1);
  CHECK(std::abs(box_of(bars[0]).height - (zero - eighty) * 37 / 80) < 1);
}

TEST_CASE("long names and many categories make bars lie, each with its name") {
  std::vector<std::string> names;
  Values values;
  for (int i = 0; i < 40; ++i) {
    names.push_back("Общество № " + std::to_string(i));
    values.push_back(1000 - 20 * i);
  }
  const Picture picture = drawn(chart_of(Kind::bar, names, {{"", values}}));

  const std::vector<Element> bars = picture.marks("rect");
  REQUIRE(bars.size() == 40);
  for (std::size_t i = 0; i < names.size(); ++i) {
    REQUIRE(says(picture, names[i]));
    REQUIRE(std::abs(box_of(bars[i]).width - box_of(bars[0]).width * static_cast<double>(*values[i]) / 1000) < 1);
    REQUIRE(box_of(bars[i]).height >= 11);
  }
}

TEST_CASE("a stack is the sum of its parts, in the order of the legend") {
  Chart chart = chart_of(Kind::stacked_bar, {"Январь", "Февраль"}, {{"Иванов", {30, 10}}, {"Петрова", {20, {}}}, {"Ким", {-5, 4}}});

  const Picture picture = drawn(chart);

  const std::vector<Element> bars = picture.marks("rect");
  const Box first = box_of(*mark(bars, "Январь · Иванов: 30"));
  const Box second = box_of(*mark(bars, "Январь · Петрова: 20"));
  const Box below = box_of(*mark(bars, "Январь · Ким: −5"));
  CHECK(std::abs(second.bottom() - first.y) < 0.2);
  CHECK(std::abs(first.height / second.height - 1.5) < 0.05);
  CHECK(std::abs(below.y - first.bottom()) < 0.2);
  CHECK(says(picture, "45"));
  CHECK(says(picture, "14"));
  CHECK(says(picture, "Петрова"));
  CHECK(mark(bars, "Январь · Петрова: 20")->word("fill") != mark(bars, "Январь · Иванов: 30")->word("fill"));
  CHECK(mark(bars, "Февраль · Ким: 4")->word("fill") == mark(bars, "Январь · Ким: −5")->word("fill"));
}

TEST_CASE("past eight managers a stack gathers the smallest, and none of the money is lost") {
  Chart chart = chart_of(Kind::stacked_bar, {"Март"}, {});
  for (int i = 1; i <= 11; ++i) chart.series.push_back({"м" + std::to_string(i), {i * 10}});

  const Picture picture = drawn(chart);

  CHECK(picture.marks("rect").size() == 8);
  CHECK(mark(picture.marks("rect"), "Март · прочие (4): 100"));  // 10 + 20 + 30 + 40
  CHECK(mark(picture.marks("rect"), "Март · м5: 50"));
  CHECK(says(picture, "660"));
}

TEST_CASE("grouped bars stand side by side with a white line between them") {
  const Picture picture = drawn(chart_of(Kind::grouped_bar, {"I кв.", "II кв."}, {{"План", {100, 200}}, {"Факт", {50, {}}}}));

  const std::vector<Element> bars = picture.marks("rect");
  REQUIRE(bars.size() == 3);
  CHECK(box_of(bars[1]).x - box_of(bars[0]).right() >= 0.8);
  CHECK(std::abs(box_of(bars[0]).height - 2 * box_of(bars[1]).height) < 1);
  CHECK(says(picture, "План"));
  CHECK(says(picture, "Факт"));
}

TEST_CASE("a line breaks where there is no value") {
  const Picture picture = drawn(one_series(Kind::line, {10, 20, {}, 30, {}, 20, 10}));

  const std::vector<Element> paths = picture.all("path");
  const std::string line = paths.front().word("d");
  CHECK(std::ranges::count(line, 'M') == 3);
  CHECK(std::ranges::count(line, 'L') == 2);
  REQUIRE(picture.marks("path").size() == 5);
  const auto spots = drawing::points(paths.front());
  REQUIRE(spots.size() == 5);
  CHECK(std::abs((spots[0].second - spots[2].second) - 2 * (spots[0].second - spots[1].second)) < 0.3);  // 10, 20, 30
  CHECK(std::abs(spots[0].second - spots[4].second) < 0.05);
  CHECK(says(picture, "30"));
}

TEST_CASE("lines have marks of their own, and the last value at the end") {
  Chart chart = chart_of(Kind::line, {"а", "б"}, {});
  for (int i = 0; i < 8; ++i) chart.series.push_back({"л" + std::to_string(i), {i * 100, i * 150}});

  const Picture picture = drawn(chart);

  std::vector<std::string> looks;
  for (const Element& each : picture.marks("path")) looks.push_back(each.word("fill") + each.word("stroke") + (each.word("d").find('A') == std::string::npos ? "" : "o"));
  std::ranges::sort(looks);
  CHECK(std::ranges::unique(looks).begin() == looks.begin() + 8);
  CHECK(says(picture, "1\u202F050"));
  CHECK(says(picture, "150"));
}

TEST_CASE("slices of a donut are as wide as their shares") {
  const Picture picture = drawn(one_series(Kind::donut, {25, 50, {}, 25, 0}));

  const std::vector<Element> slices = picture.marks("path");
  REQUIRE(slices.size() == 3);
  double end = 0;
  const auto whole = box_of(slices[0]);  // half the ring: from twelve to six o'clock at its right
  const double x = whole.x, y = whole.y + whole.height / 2;
  for (std::size_t i = 0; i < slices.size(); ++i) {
    const auto corner = drawing::points(slices[i])[4];  // where the outer edge ends
    const double turn = std::atan2(corner.first - x, y - corner.second) / (2 * std::numbers::pi);
    const double share = i == 0 ? 0.5 : 0.25;
    end += share;
    CHECK(std::abs(std::remainder(turn - end, 1.0)) < 0.002);
  }
  CHECK(slices[0].title == "к2: 50 · 50,0\u202F%");
  CHECK(says(picture, "100"));
}

TEST_CASE("past eight kinds the smallest slices are one") {
  const Picture picture = drawn(one_series(Kind::donut, {100, 90, 80, 70, 60, 50, 40, 30, 20, 10}));

  CHECK(picture.marks("path").size() == 8);
  CHECK(says(picture, "прочие (3)"));
  CHECK(says(picture, "60"));
  CHECK(says(picture, "10,9\u202F%"));  // 60 of 550
}

TEST_CASE("a funnel tells each stage and what part went on") {
  const Picture picture = drawn(one_series(Kind::funnel, {1200, 300, 450, 0, {}}));

  const std::vector<Element> bars = picture.marks("rect");
  REQUIRE(bars.size() == 3);
  CHECK(std::abs(box_of(bars[0]).width - 4 * box_of(bars[1]).width) < 1);
  CHECK(std::abs(box_of(bars[0]).width - box_of(bars[2]).width * 1200 / 450) < 1);
  for (const char* text : {"1\u202F200", "300", "450", "25,0\u202F%", "150,0\u202F%", "0,0\u202F%", "–"}) CHECK(says(picture, text));
}

TEST_CASE("a heat map is the darker the more, and below zero has another hue") {
  Chart chart = chart_of(Kind::heat_map, {"Янв", "Фев", "Мар"}, {{"Иванов", {0, 50, 100}}, {"Ким", {25, {}, 75}}});
  const Picture plain = drawn(chart);
  std::vector<std::pair<int, double>> cells;
  for (const Element& cell : plain.marks("rect"))
    if (!cell.title.ends_with("–")) cells.emplace_back(std::stoi(cell.title.substr(cell.title.rfind(' '))), lightness(cell.word("fill")));
  std::ranges::sort(cells);
  REQUIRE(cells.size() == 5);
  for (std::size_t i = 1; i < cells.size(); ++i) CHECK(cells[i].second < cells[i - 1].second);
  for (const char* text : {"0", "25", "50", "75", "100", "–"}) CHECK(says(plain, text));

  chart.series[0].values = {-100, 0, 100};
  const Picture both = drawn(chart);
  const Colour least = *parse_colour(mark(both.marks("rect"), "Янв · Иванов: −100")->word("fill"));
  const Colour most = *parse_colour(mark(both.marks("rect"), "Мар · Иванов: 100")->word("fill"));
  CHECK(least.red > least.blue);
  CHECK(most.blue > most.red);
}

TEST_CASE("great numbers are shortened alike, the exact one is told by the mark") {
  Chart chart = one_series(Kind::bar, {1234567890, 98765432});
  chart.decimals = 2;
  chart.unit = "₽";
  chart.value_title = "Поступило";
  const Picture russian = drawn(chart);
  CHECK(says(russian, "Поступило, млн\u00A0₽"));
  CHECK(says(russian, "12,35"));
  CHECK(says(russian, "0,99"));
  CHECK(mark(russian.marks("rect"), "к1 · ряд: 12\u202F345\u202F678,90\u00A0₽"));

  chart.language = Language::english;
  const Picture english = drawn(chart);
  CHECK(says(english, "Поступило, million\u00A0₽"));
  CHECK(says(english, "12.35"));
  CHECK(mark(english.marks("rect"), "к1 · ряд: 12,345,678.90\u00A0₽"));
}

TEST_CASE("a chart without values says so") {
  for (int kind = 0; kind <= 6; ++kind) {
    for (const Values& values : {Values{}, Values{{}, {}}}) CHECK(says(drawn(one_series(static_cast<Kind>(kind), values)), "Нет данных"));
    Chart none;
    none.kind = static_cast<Kind>(kind);
    CHECK(says(drawn(none), "No data"));
  }
}

TEST_CASE("what cannot be drawn is refused with its reason") {
  Chart chart = one_series(Kind::bar, {1, 2});
  const auto changed = [&](auto&& change) {
    Chart other = chart;
    change(other);
    return refusal(other);
  };
  CHECK(refusal(chart) == "");
  CHECK(changed([](Chart& c) { c.series[0].values.pop_back(); }) == "M13.series_length");
  CHECK(changed([](Chart& c) { c.series.push_back(c.series[0]); }) == "M13.series");
  CHECK(changed([](Chart& c) { c.kind = Kind::line, c.series.resize(9, c.series[0]); }) == "M13.series");
  CHECK(changed([](Chart& c) { c.kind = Kind::donut, c.series[0].values[1] = -1; }) == "M13.negative_share");
  CHECK(changed([](Chart& c) { c.kind = Kind::funnel, c.series[0].values[1] = -1; }) == "M13.negative_share");
  CHECK(changed([](Chart& c) { c.width = 100; }) == "M13.width");
  CHECK(changed([](Chart& c) { c.width = 5000; }) == "M13.size");
  CHECK(changed([](Chart& c) { c.height = 100; }) == "M13.height");
  CHECK(changed([](Chart& c) { c.height = -1; }) == "M13.height");
  CHECK(changed([](Chart& c) { c.decimals = 7; }) == "M13.decimals");
  CHECK(changed([](Chart& c) { c.series[0].values[0] = 1'000'000'000'000'001; }) == "M13.too_large");
  CHECK(changed([](Chart& c) { c.kind = static_cast<Kind>(7); }) == "M13.kind");
  CHECK(changed([](Chart& c) { c.title = "\xFF"; }) == "field.utf8");
  CHECK(changed([](Chart& c) { c.categories.resize(1001), c.series[0].values.resize(1001); }) == "M13.categories");
  Chart stack = one_series(Kind::stacked_bar, {1'000'000'000'000'000});
  stack.series.push_back(stack.series[0]);
  CHECK(refusal(stack) == "M13.too_large");
  Chart map = one_series(Kind::heat_map, Values(100, 1));
  CHECK(refusal(map) == "M13.width");
}

TEST_CASE("what is not told apart is grey and last in bars, stacks, lines and rings") {
  Chart bars = one_series(Kind::bar, {5, 9, 7});
  bars.last_is_others = true;
  const auto marks = drawn(bars).marks("rect");
  REQUIRE(marks.size() == 3);
  CHECK(marks[0].word("fill") != report::kOthers);
  CHECK(marks[2].word("fill") == report::kOthers);

  Chart ring = one_series(Kind::donut, {5, 9, 70});
  ring.last_is_others = true;
  const auto slices = drawn(ring).marks("path");
  REQUIRE(slices.size() == 3);
  CHECK(slices[0].title.starts_with("к2"));
  CHECK(slices[2].title.starts_with("к3"));
  CHECK(slices[2].word("fill") == report::kOthers);

  Chart several = chart_of(Kind::stacked_bar, {"к1", "к2"}, {{"а", {1, 2}}, {"Прочие", {3, 4}}});
  several.last_is_others = true;
  CHECK(drawn(several).marks("rect")[1].word("fill") == report::kOthers);
  several.kind = Kind::line;
  CHECK(drawn(several).marks("path").back().word("fill") == report::kOthers);
}

TEST_CASE("past what can be told apart, others are gathered with those that are others already") {
  std::vector<ChartSeries> series;
  for (int i = 1; i <= 9; ++i) series.push_back({"с" + std::to_string(i), {i * 10}});
  series.push_back({"Прочие", {900}});
  Chart chart = chart_of(Kind::stacked_bar, {"к"}, series);
  chart.last_is_others = true;

  const auto marks = drawn(chart).marks("rect");

  // The two smallest, 10 and 20, join the 900.
  REQUIRE(marks.size() == 8);
  CHECK(marks[0].title == "к · с3: 30");
  CHECK(marks[7].title == "к · прочие: 930");
  CHECK(marks[7].word("fill") == report::kOthers);
}
