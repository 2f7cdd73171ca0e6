// Numbers and lines of text as people read them.
#include "report/numbers.hpp"

#include <doctest/doctest.h>

#include <random>

#include "drawing.hpp"
#include "report/chart_numbers.hpp"
#include "report/markup.hpp"
#include "report/typography.hpp"

using namespace crm;
using namespace crm::report;

TEST_CASE("numbers are written as Russians and as the English write them") {
  const auto ru = Language::russian;
  const auto en = Language::english;
  CHECK(with_unit(number_text(123456789, 2, 2, ru), "₽", ru) == "1\u202F234\u202F567,89\u00A0₽");
  CHECK(number_text(123456789, 2, 2, en) == "1,234,567.89");
  CHECK(number_text(-123456, 2, 2, ru) == "−1\u202F234,56");
  CHECK(number_text(-5, 2, 2, en) == "−0.05");
  CHECK(number_text(999, 0, 0, ru) == "999");
  CHECK(number_text(1000, 0, 0, ru) == "1\u202F000");
  CHECK(number_text(0, 2, 2, en) == "0.00");
  CHECK(with_unit(number_text(453, 1, 1, ru), "%", ru) == "45,3\u202F%");
  CHECK(with_unit(number_text(453, 1, 1, en), "%", en) == "45.3%");
  CHECK(with_unit("7", "", ru) == "7");
}

TEST_CASE("what is rounded goes half away from zero, and nothing is called minus zero") {
  CHECK(number_text(1250, 3, 1, Language::english) == "1.3");
  CHECK(number_text(-1250, 3, 1, Language::english) == "−1.3");
  CHECK(number_text(1249, 3, 1, Language::english) == "1.2");
  CHECK(number_text(9999, 3, 1, Language::english) == "10.0");
  CHECK(number_text(-4, 3, 1, Language::english) == "0.0");
  CHECK(share_text(1, 3, Language::english) == "33.3%");
  CHECK(share_text(2, 3, Language::english) == "66.7%");
  CHECK(share_text(12, 4, Language::english) == "300.0%");
}

TEST_CASE("numbers are those written digit by digit") {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20000; ++i) {
    const auto value = static_cast<std::int64_t>(random()) >> (random() % 63);
    const int decimals = static_cast<int>(random() % 19);
    const int shown = static_cast<int>(random() % static_cast<unsigned>(decimals + 1));
    CAPTURE(value);
    CAPTURE(decimals);
    CAPTURE(shown);
    REQUIRE(number_text(value, decimals, shown, Language::russian) == drawing::written(value, decimals, shown, true));
    REQUIRE(number_text(value, decimals, shown, Language::english) == drawing::written(value, decimals, shown, false));
  }
}

TEST_CASE("an axis has round ticks and holds all values") {
  struct Case {
    std::int64_t least, most;
    int intervals;
    std::vector<std::int64_t> ticks;
  };
  const Case cases[] = {
      {0, 100, 5, {0, 20, 40, 60, 80, 100}},
      {0, 7, 5, {0, 2, 4, 6, 8}},
      {0, 0, 5, {0, 1}},
      {-20, 100, 4, {0, 50, 100}},       // a small return does not take the room of 50
      {-70, 100, 4, {-50, 0, 50, 100}},  // the end is between two ticks
      {985, 1040, 5, {980, 1000, 1020, 1040}},
      {0, 1'000'000'000'000'000, 2, {0, 500'000'000'000'000, 1'000'000'000'000'000}},
  };
  for (const Case& each : cases) {
    CAPTURE(each.most);
    const ValueAxis axis = value_axis(each.least, each.most, each.intervals, 1);
    CHECK(axis.low <= each.least);
    CHECK(axis.high >= each.most);
    CHECK(axis.ticks() == each.ticks);
  }
}

TEST_CASE("no line ends after a short word or begins with a dash") {
  CHECK(typeset("Поступления от клиентов") == "Поступления от\u00A0клиентов");
  CHECK(typeset("Иванов П. С.") == "Иванов П.\u00A0С.");
  CHECK(typeset("счёт № 5 — оплачен") == "счёт №\u00A05\u00A0— оплачен");
  CHECK(typeset("12 марта") == "12 марта");
  CHECK(typeset("  ") == "  ");
}

TEST_CASE("names are broken between words, and cut only in the last line") {
  const std::vector<std::string> two = wrapped("Новосибирский стрелочный завод", 10, false, 120, 2);
  REQUIRE(two.size() == 2);
  CHECK(two[0] == "Новосибирский");
  CHECK(two[1] == "стрелочный завод");
  const std::vector<std::string> cut = wrapped("Общество с ограниченной ответственностью", 10, false, 90, 2);
  REQUIRE(cut.size() == 2);
  CHECK(cut[1].ends_with("…"));
  CHECK(wrapped("Вектор", 10, false, 150, 3) == std::vector<std::string>{"Вектор"});
  CHECK(wrapped("", 10, false, 150, 3) == std::vector<std::string>{""});
}

TEST_CASE("markup holds nothing that XML forbids") {
  CHECK(escaped("a\x01" "b\xEF\xBF\xBF") == "a b\xEF\xBF\xBD");
  CHECK(escaped("<a & 'b' \"c\">") == "&lt;a &amp; &#39;b&#39; &quot;c&quot;&gt;");
}
