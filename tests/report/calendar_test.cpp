// The calendar drawn: nothing lies on anything else, nothing is cut off by the edge, every text fits and can be read.
#include "crm/report/calendar.hpp"

#include <cmath>
#include <random>
#include <regex>

#include "../services/fixture.hpp"
#include "crm/base/text.hpp"
#include "report/markup.hpp"

using namespace crm;
using namespace crm::test;

namespace {

using View = CalendarQuery::View;

struct Shape {
  double x, y, width, height;
  std::string fill;
};
struct Text {
  double x, y, size;
  bool centred;
  std::string fill, text;
};

double attribute(const std::string& tag, const std::string& name) {
  std::smatch match;
  return std::regex_search(tag, match, std::regex(" " + name + "=\"([-0-9.]+)\"")) ? std::stod(match[1]) : std::nan("");
}

std::string word(const std::string& tag, const std::string& name) {
  std::smatch match;
  return std::regex_search(tag, match, std::regex(" " + name + "=\"([^\"]*)\"")) ? match[1].str() : "";
}

/// What is drawn, read back from the picture; events are the rounded rectangles.
struct Picture {
  double width = 0, height = 0;
  std::vector<Shape> events;
  std::vector<std::pair<Text, std::size_t>> texts;  // with the number of shapes drawn before it
  std::vector<Shape> shapes;
};

Picture read(const std::string& svg) {
  Picture out;
  const std::regex tags("<(rect|text|svg)\\b[^>]*>([^<]*)");
  for (std::sregex_iterator it(svg.begin(), svg.end(), tags), end; it != end; ++it) {
    const std::string tag = it->str();
    if ((*it)[1] == "svg") {
      out.width = attribute(tag, "width");
      out.height = attribute(tag, "height");
    } else if ((*it)[1] == "rect") {
      const Shape shape{attribute(tag, "x"), attribute(tag, "y"), attribute(tag, "width"), attribute(tag, "height"), word(tag, "fill")};
      out.shapes.push_back(shape);
      if (!std::isnan(attribute(tag, "rx"))) out.events.push_back(shape);
    } else {
      out.texts.push_back({{attribute(tag, "x"), attribute(tag, "y"), attribute(tag, "font-size"), word(tag, "text-anchor") == "middle",
                            word(tag, "fill"), (*it)[2]},
                           out.shapes.size()});
    }
  }
  return out;
}

bool inside(double x, double y, const Shape& shape) {
  return shape.x <= x && x <= shape.x + shape.width && shape.y <= y && y <= shape.y + shape.height;
}

void check_drawing(const std::string& svg) {
  const Picture picture = read(svg);
  REQUIRE(picture.shapes.size() > 5);
  for (const Shape& shape : picture.shapes) {
    REQUIRE(shape.width > 0);
    REQUIRE(shape.height > 0);
    REQUIRE(shape.x >= 0);
    REQUIRE(shape.y >= 0);
    REQUIRE(shape.x + shape.width <= picture.width + 0.11);
    REQUIRE(shape.y + shape.height <= picture.height + 0.11);
  }
  for (std::size_t i = 0; i < picture.events.size(); ++i)
    for (std::size_t other = 0; other < i; ++other) {
      const Shape& a = picture.events[i];
      const Shape& b = picture.events[other];
      const double across = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
      const double down = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
      REQUIRE_FALSE((across > 0.11 && down > 0.11));  // rounding to a tenth
    }
  for (const auto& [text, drawn] : picture.texts) {
    REQUIRE(text.y <= picture.height);
    REQUIRE(text.x >= 0);
    REQUIRE(text.x <= picture.width);
    // The shape under it, the last drawn, is what its colour must stand out from.
    const Shape* under = nullptr;
    for (std::size_t i = 0; i < drawn; ++i)
      if (inside(text.x + 1, text.y - 2, picture.shapes[i])) under = &picture.shapes[i];
    REQUIRE(under);
    CHECK(contrast(*parse_colour(under->fill), *parse_colour(text.fill)) >= kReadable);
  }
}

/// A busy month in the house, with names that are long and full of what markup would choke on.
struct Busy : House {
  explicit Busy(const std::string& store) : House(store) {
    db.set_language(Language::russian);
    const CompanyId companies[] = {company("Вектор"), company("ООО «Общество с очень длинным названием & Ко» <опт>"), company("Щ")};
    std::mt19937 random(11);
    const UserId people[] = {manager, other, chief};
    for (int i = 0; i < 160; ++i) {
      Event event;
      event.type = meeting;
      event.company = companies[random() % 3];
      event.executor = people[random() % 3];
      event.setter = chief;
      event.priority = static_cast<Event::Priority>(random() % 4);
      event.start = at("2026-02-25T00:00:00+07:00") + std::chrono::minutes(15 * static_cast<int>(random() % (4 * 24 * 35)));
      event.end = *event.start + std::chrono::minutes(random() % 9 == 0 ? 4000 : 15 + 15 * static_cast<int>(random() % 16));
      event.purpose = i % 3 ? "обсудить \"договор\" поставки, <b>цены</b> & сроки" : "";
      db.plan(event);
      if (i % 5 == 0) db.act(event.id, 0, Action::cancel, because("передумали"));
      if (i % 5 && i % 7 == 1) db.act(event.id, 0, Action::postpone, because("позже"));
    }
    // Nine at once.
    for (int i = 0; i < 9; ++i) meet(companies[0], "2026-03-05T10:00:00+07:00");
  }

  Calendar show(View view) {
    CalendarQuery query;
    query.view = view;
    query.day = day("2026-03-05");
    return db.calendar(query);
  }
};

}  // namespace

TEST_CASE("texts are cut to their place") {
  using report::fitted;
  using report::text_width;
  CHECK(fitted("Вектор", 12, false, 500) == "Вектор");
  CHECK(fitted("Вектор", 12, false, 0).empty());
  CHECK(fitted("", 12, false, 100).empty());
  const std::string cut = fitted("Новосибирский стрелочный завод", 12, true, 100);
  CHECK(cut.size() < std::string("Новосибирский стрелочный завод").size());
  CHECK(cut.ends_with("…"));
  CHECK_FALSE(first_bad_byte(cut));
  CHECK(text_width(cut, 12, true) <= 100);
  // Widths of Arial in thousandths (its own table): Ж 923, i 222, space 278. Ours are never less.
  CHECK(text_width("Ж", 1000, false) >= 923);
  CHECK(text_width("i", 1000, false) >= 222);
  CHECK(text_width(" ", 1000, false) >= 278);
}

TEST_CASE("a month, a week and a day are drawn with nothing on anything else, and all can be read") {
  Busy house("memory:");
  for (const View view : {View::month, View::week, View::day}) {
    const Calendar calendar = house.show(view);
    REQUIRE(calendar.entries.size() > 8);
    for (const std::int32_t width : {480, 1200, 3000}) {
      CalendarPicture picture;
      picture.width = width;
      check_drawing(calendar_svg(calendar, Language::russian, picture));
    }
    check_drawing(calendar_svg(calendar, Language::english));
  }
}

TEST_CASE("an empty calendar draws well") {
  House house("memory:");
  for (const View view : {View::month, View::week, View::day}) {
    CalendarQuery query;
    query.view = view;
    query.day = day("2026-02-01");
    check_drawing(calendar_svg(house.db.calendar(query), Language::russian));
  }
}

TEST_CASE("every event of the period and every overdue one is told on the page") {
  Busy house("memory:");
  for (const View view : {View::month, View::week, View::day}) {
    const Calendar calendar = house.show(view);
    CalendarPicture picture;
    picture.links = "crm:";
    const std::string page = calendar_html(calendar, Language::russian, picture);
    const auto table = page.find("id=\"events\"");
    const auto overdue = page.find("id=\"overdue\"");
    REQUIRE(overdue < table);
    for (const CalendarEntry& entry : calendar.entries)
      REQUIRE(page.find("\"crm:event/" + std::to_string(entry.event.value) + "/move\"", table) != page.npos);
    for (const CalendarEntry& entry : calendar.overdue) {
      const auto at = page.find("\"crm:event/" + std::to_string(entry.event.value) + "/remove\"", overdue);
      REQUIRE(at < table);
    }
    CHECK(page.find("crm:new/2026-03-05") != page.npos);
    // It fetches nothing and runs nothing.
    CHECK(page.find("<script") == page.npos);
    CHECK(page.find("src=") == page.npos);
    CHECK(page.find("<link") == page.npos);
    CHECK(page.find("http://www.w3.org/2000/svg") == page.rfind("http"));
    CHECK(calendar_html(calendar, Language::russian).find("crm:") == std::string::npos);
  }
}

TEST_CASE("what people wrote is text, never markup") {
  Busy house("memory:");
  for (const View view : {View::month, View::week, View::day}) {
    const std::string page = calendar_html(house.show(view), Language::russian);
    CHECK(page.find("<b>") == page.npos);
    CHECK(page.find("<опт>") == page.npos);
    CHECK(page.find("&lt;опт&gt;") != page.npos);
    CHECK(page.find("& Ко") == page.npos);
  }
}

TEST_CASE("a calendar in a zone that this build does not know is drawn by the clock of UTC") {
  Busy house("memory:");
  Calendar calendar = house.show(View::week);
  calendar.zone = "UTC";
  const std::string page = calendar_html(calendar, Language::english);

  calendar.zone = "Ocean/Atlantis";

  CHECK(calendar_html(calendar, Language::english) == page);
}

TEST_CASE("the titles in both languages") {
  House house("memory:");
  const auto title = [&](View view, const char* on, Language language) {
    CalendarQuery query;
    query.view = view;
    query.day = day(on);
    const std::string page = calendar_html(house.db.calendar(query), language);
    const auto from = page.find("<title>") + 7;
    return page.substr(from, page.find("</title>") - from);
  };
  CHECK(title(View::month, "2026-03-05", Language::russian) == "Март 2026");
  CHECK(title(View::month, "2026-03-05", Language::english) == "March 2026");
  CHECK(title(View::week, "2026-03-05", Language::russian) == "2–8 марта 2026");
  CHECK(title(View::week, "2026-03-31", Language::russian) == "30 марта – 5 апреля 2026");
  CHECK(title(View::week, "2026-12-31", Language::english) == "28 December 2026 – 3 January 2027");
  CHECK(title(View::day, "2026-03-05", Language::russian) == "Чт, 5 марта 2026");
  CHECK(title(View::day, "2026-03-05", Language::english) == "Thu, 5 March 2026");
}

TEST_CASE("a day that was left whole is told as that day, and a user's own calendar does not repeat his name") {
  House house("memory:");
  Event event;
  event.type = house.meeting;
  event.company = house.company("Вектор");
  event.executor = house.manager;
  event.all_day = true;
  event.start = at("2026-02-16T00:00:00+07:00");
  event.end = at("2026-02-18T00:00:00+07:00");  // the 16th and the 17th
  house.db.plan(event);
  CalendarQuery query;
  query.view = View::month;
  query.day = day("2026-02-05");
  const auto count = [](const std::string& page, const std::string& text) {
    std::size_t n = 0;
    for (auto at = page.find(text); at != page.npos; at = page.find(text, at + 1)) ++n;
    return n;
  };
  const std::string all = calendar_html(house.db.calendar(query), Language::russian);
  query.user = house.manager;
  const std::string his = calendar_html(house.db.calendar(query), Language::russian);

  CHECK(count(all, "<td class=\"when\">17 февраля 2026</td>") == 1);
  CHECK(count(all, "00:00") == 0);
  const std::string bar = "Вектор · встреча · ";
  CHECK(count(all, bar) == 1);
  CHECK(count(his, bar) == 0);
  CHECK(count(his, "Вектор · встреча") == 1);
}
