// M9-M12 on a page: the numbers shown are those counted by hand, and nothing of the charts is clipped, covered or pale.
#include "crm/report/sections.hpp"

#include "../services/funnel_fixture.hpp"
#include "../services/plan_firm.hpp"
#include "crm/report/report.hpp"
#include "shown.hpp"

using namespace crm;
using namespace crm::test;

namespace {

/// Three clients in February: sold, met, and refused at the call.
struct SoldMetLost : Sales {
  explicit SoldMetLost(const std::string& store) : Sales(store) {
    db.set_language(Language::russian);
    const OutcomeId refused = refusal_of(call);
    const CompanyId sold = company("Вектор"), met = company("Ромб"), lost = company("Куб");
    hold(call, sold, "2026-02-02");
    hold(meeting, sold, "2026-02-04", other);
    hold(sale, sold, "2026-02-09");
    hold(call, met, "2026-02-03", other);
    hold(meeting, met, "2026-02-10");
    hold(call, lost, "2026-02-03", {}, {}, refused);
  }
  Shown page(const std::string& section) { return Shown(report_html_json(db, R"({"title": "Т", "sections": [)" + section + "]}")); }
};

struct Till : House {
  explicit Till(const std::string& store) : House(store) {
    db.set_language(Language::russian);
    vektor = company("Вектор");
    north = company("Север");
  }
  void money(CompanyId of, const char* date, std::int64_t minor, const char* currency = "RUB", Receipt::Kind kind = Receipt::Kind::receipt) {
    Receipt made;
    made.kind = kind;
    made.company = of;
    made.user = manager;
    made.date = day(date);
    made.amount = Money{minor, Currency(currency)};
    db.save(made);
  }
  Shown page(const std::string& section) { return Shown(report_html_json(db, R"({"title": "Т", "sections": [)" + section + "]}")); }

  CompanyId vektor, north;
};

}  // namespace

TEST_CASE("a funnel shows what reached its stages, conversions and days between them") {
  CRM_EVERY_STORE {
    SoldMetLost sales(store);

    const Shown page = sales.page(R"({"funnel": {"funnel": "sales", "as_of": "2026-02-28"}})");

    CHECK(page.texts("h2") == std::vector<std::string>{"Продажи"});
    CHECK(page.marks() == std::vector<std::string>{"Call: 3", "Meeting: 2", "Sale: 1"});
    // Call to meeting: 2 and 7 days; nine tenths of the way between them is 6.5.
    CHECK(page.rows() == std::vector<std::string>{"Этап|Дошли|Сейчас на этапе|Потеряно|В следующий этап|До последнего|Медиана, дней|P90, дней",
                                                  "Call|3|0|1|66,7 %|33,3 %|4,5|6,5",  //
                                                  "Meeting|2|1|0|50,0 %|50,0 %|5,0|5,0", "Sale|1|1|0|–|100,0 %|–|–"});
    sales.db.set_language(Language::english);
    CHECK(sales.page(R"({"funnel": {"funnel": "sales"}})").rows()[1] == "Call|3|0|1|66.7%|33.3%|4.5|6.5");
  }
}

TEST_CASE("a funnel by manager has a table of managers by stages, whose total is everybody's") {
  CRM_EVERY_STORE {
    SoldMetLost sales(store);

    const Shown page = sales.page(R"({"heading": "Воронка", "note": "За февраль.", "funnel": {"funnel": "sales", "definition": "entry_cohort",
      "from": "2026-02-01", "to": "2026-03-01", "by": "manager"}})");

    CHECK(page.texts("h2") == std::vector<std::string>{"Воронка", "Воронка: по\u00A0менеджерам"});
    CHECK(page.texts("p") == std::vector<std::string>{"За\u00A0февраль."});
    const auto rows = page.rows();
    REQUIRE(rows.size() == 8);
    CHECK(rows[4] == "Менеджер|Call|Meeting|Sale|До последнего");
    CHECK(rows[5] == "Менеджеров|2|1|1|50,0 %");
    CHECK(rows[6] == "Другов|1|1|0|0,0 %");
    CHECK(rows[7] == "Итого|3|2|1|33,3 %");
  }
}

TEST_CASE("stages of an active period are bars, for they are not parts of one another") {
  CRM_EVERY_STORE {
    SoldMetLost sales(store);

    const Shown page = sales.page(R"({"funnel": {"funnel": "sales", "definition": "active", "from": "2026-02-04", "to": "2026-02-09"}})");

    CHECK(page.marks() == std::vector<std::string>{"Call · Стояли на этапе: 2", "Meeting · Стояли на этапе: 1"});  // no bar of none
    CHECK(page.rows()[0] == "Этап|Стояли на этапе|В следующий этап|До последнего|Медиана, дней|P90, дней");
    CHECK(page.pictures[0].all("path").empty());
  }
}

TEST_CASE("plan-fact shows plan, fact, deviation, attainment and forecast, the greatest plan first") {
  CRM_EVERY_STORE {
    Firm firm(store);
    firm.db.set_language(Language::russian);
    firm.plan(firm.cell(firm.other, 4));
    firm.plan(firm.cell(firm.manager, 10));
    for (const char* when : {"2026-03-02T10:00:00+07:00", "2026-03-03T10:00:00+07:00", "2026-03-04T10:00:00+07:00"}) firm.held(firm.manager, when);
    for (int hour = 10; hour < 15; ++hour) firm.held(firm.other, ("2026-03-05T" + std::to_string(hour) + ":00:00+07:00").c_str());

    const Shown page(report_html_json(firm.db, R"({"title": "Т", "sections": [{"plan_fact": {"from": "2026-03-01", "to": "2026-04-01", "by": ["user"],
      "measures": ["events"]}}]})"));

    CHECK(page.texts("h2") == std::vector<std::string>{"План-факт: события"});
    // 11 of 22 working days have passed: the forecast is twice the fact.
    CHECK(page.rows() == std::vector<std::string>{"Менеджер|План|Факт|Отклонение|Выполнение|Прогноз",  //
                                                  "Менеджеров|10|3|−7|30,0 %|6", "Другов|4|5|1|125,0 %|10", "Итого|14|8|−6|57,1 %|16"});
    CHECK(page.marks() == std::vector<std::string>{"Менеджеров: 30\u202F% · План: 10", "Менеджеров: 30\u202F% · Факт: 3",  //
                                                   "Другов: 125\u202F% · План: 4", "Другов: 125\u202F% · Факт: 5"});
  }
}

TEST_CASE("each measure and currency of a plan-fact is a section; what nobody planned has a fact alone") {
  CRM_EVERY_STORE {
    Firm firm(store);
    firm.db.set_language(Language::russian);
    firm.plan(firm.cell(firm.manager, 10));
    firm.held(firm.manager, "2026-03-02T10:00:00+07:00", {Firm::line(firm.cable, 1250'00, 1)});

    const Shown page(report_html_json(firm.db, R"({"title": "Т", "sections": [{"heading": "Март", "plan_fact": {"from": "2026-03-01", "to": "2026-04-01",
      "measures": ["events", "amount"]}}]})"));

    CHECK(page.texts("h2") == std::vector<std::string>{"Март: события", "Март: сумма, ₽"});
    CHECK(page.rows() == std::vector<std::string>{"План|Факт|Отклонение|Выполнение|Прогноз", "Итого|10|1|−9|10,0 %|2",  //
                                                  "План, ₽|Факт, ₽|Отклонение, ₽|Выполнение|Прогноз, ₽", "Итого|–|1 250,00|–|–|2 500,00"});
  }
}

TEST_CASE("receipts by client and month: every month of the period, and sums that are those of the records") {
  CRM_EVERY_STORE {
    Till till(store);
    till.money(till.vektor, "2026-01-15", 1234'50);
    till.money(till.vektor, "2026-03-15", 1000'00);
    till.money(till.north, "2026-03-20", -200'00);

    const Shown page = till.page(R"({"receipts": {"from": "2026-01-01", "to": "2026-04-01", "kind": "receipt", "by": ["company"], "period": "month"}})");

    CHECK(page.texts("h2") == std::vector<std::string>{"Поступление денежных средств от\u00A0клиентов"});
    CHECK(page.rows() == std::vector<std::string>{"Клиент|Январь 2026, ₽|Февраль 2026, ₽|Март 2026, ₽|Итого, ₽",  //
                                                  "Вектор|1 234,50|0,00|1 000,00|2 234,50", "Север|0,00|0,00|−200,00|−200,00",
                                                  "Итого|1 234,50|0,00|800,00|2 034,50"});
    CHECK(page.marks().front() == "Январь 2026 · Вектор: 1\u202F234,50\u00A0₽");
    CHECK(till.page(R"({"chart": "line", "receipts": {"by": ["company"], "period": "month"}})").rows() == page.rows());
  }
}

TEST_CASE("receipts by period alone and by client alone tell how many records there are") {
  CRM_EVERY_STORE {
    Till till(store);
    till.money(till.vektor, "2026-01-15", 100'00);
    till.money(till.vektor, "2026-01-16", 50'00);
    till.money(till.north, "2026-04-01", 7'00);

    CHECK(till.page(R"({"receipts": {"period": "quarter"}})").rows() ==
          std::vector<std::string>{"Квартал|Документов|Поступления, ₽", "1 января – 31 марта 2026|2|150,00", "1 апреля – 30 июня 2026|1|7,00", "Итого|3|157,00"});
    CHECK(till.page(R"({"receipts": {"by": ["company"]}})").rows() ==
          std::vector<std::string>{"Клиент|Документов|Поступления, ₽", "Вектор|2|150,00", "Север|1|7,00", "Итого|3|157,00"});
    CHECK(till.page(R"({"receipts": {}})").rows() == std::vector<std::string>{"Документов|Поступления, ₽", "Итого|3|157,00"});
  }
}

TEST_CASE("receipts and shipments, and each currency, are sections of their own") {
  CRM_EVERY_STORE {
    Till till(store);
    till.money(till.vektor, "2026-01-15", 100'00);
    till.money(till.vektor, "2026-01-16", 5'00, "USD");
    till.money(till.north, "2026-01-17", 30'00, "RUB", Receipt::Kind::shipment);

    const Shown page = till.page(R"({"receipts": {"by": ["manager"]}})");

    CHECK(page.texts("h2") == std::vector<std::string>{"Поступления и\u00A0отгрузки: поступления, ₽", "Поступления и\u00A0отгрузки: поступления, $",
                                                       "Поступления и\u00A0отгрузки: отгрузки, ₽"});
    CHECK(page.rows()[1] == "Менеджеров|1|100,00");
    CHECK(page.rows()[4] == "Менеджеров|1|5,00");
    CHECK(page.rows()[6] == "Менеджер|Документов|Отгрузки, ₽");
  }
}

TEST_CASE("more clients than can be compared at a glance are all in the table, the first of them in the chart") {
  CRM_EVERY_STORE {
    Till till(store);
    for (int i = 1; i <= 45; ++i) till.money(till.company(("К" + std::to_string(i)).c_str()), "2026-01-15", i * 100);

    const Shown page = till.page(R"({"receipts": {"by": ["company"]}})");

    CHECK(page.rows().size() == 47);
    CHECK(page.marks().size() == 40);
    CHECK(page.marks().front() == "К45: 45,00\u00A0₽");
    CHECK(page.marks().back() == "К6: 6,00\u00A0₽");
  }
}

TEST_CASE("the load of managers shows open events of each day, hours, and the fullest day") {
  CRM_EVERY_STORE {
    House house(store);
    house.db.set_language(Language::russian);
    const CompanyId vektor = house.company("Вектор");
    house.meet(vektor, "2026-03-03T10:00:00+07:00");
    house.meet(vektor, "2026-03-04T10:00:00+07:00");
    house.meet(vektor, "2026-03-04T10:30:00+07:00");
    Event event;
    event.type = house.meeting;
    event.company = vektor;
    event.executor = house.other;
    event.setter = house.chief;
    event.start = at("2026-03-03T12:00:00+07:00");
    event.end = at("2026-03-03T12:15:00+07:00");
    house.db.plan(event);

    const Shown page(report_html_json(house.db, R"({"title": "Т", "sections": [{"load": {"from": "2026-03-02", "to": "2026-03-05"}}]})"));

    CHECK(page.texts("h2") == std::vector<std::string>{"Загрузка менеджеров"});
    CHECK(page.marks() == std::vector<std::string>{"Пн 2 марта · Менеджеров: 0", "Вт 3 марта · Менеджеров: 1", "Ср 4 марта · Менеджеров: 2",  //
                                                   "Пн 2 марта · Другов: 0", "Вт 3 марта · Другов: 1", "Ср 4 марта · Другов: 0"});
    CHECK(page.rows() == std::vector<std::string>{"Менеджер|Занято дней|Часов|Самый загруженный день|Событий в этот день",  //
                                                  "Менеджеров|2|3,0|4 марта 2026|2", "Другов|1|0,3|3 марта 2026|1"});
    const std::string of_one = R"({"title": "Т", "sections": [{"load": {"from": "2026-03-02", "to": "2026-03-05", "user_id": )" + std::to_string(house.other.value) + "}}]}";
    CHECK(Shown(report_html_json(house.db, of_one)).rows().size() == 2);
  }
}

TEST_CASE("where nothing is counted a section says so") {
  CRM_EVERY_STORE {
    Sales sales(store);
    for (const char* section : {R"({"funnel": {"funnel": "sales", "by": "manager"}})", R"({"plan_fact": {"from": "2026-03-01", "to": "2026-04-01"}})",
                                R"({"receipts": {"period": "month"}})", R"({"load": {"from": "2026-03-01", "to": "2026-04-01"}})",
                                R"({"whitespace": {}})", R"({"demand": {}})"}) {
      CAPTURE(section);
      const Shown page(report_html_json(sales.db, std::string(R"({"sections": [)") + section + "]}"));
      CHECK(page.texts("h2").size() == 1);
      REQUIRE(page.pictures.size() == 1);
      CHECK(page.pictures[0].all("text").back().text == "No data");
      CHECK(page.rows().empty());
      CHECK(chart_svg_json(sales.db, section).starts_with("<svg"));
    }
  }
}

TEST_CASE("the chart of a section stands alone under its heading") {
  CRM_EVERY_STORE {
    SoldMetLost sales(store);

    const auto picture = drawing::read_picture(chart_svg_json(sales.db, R"({"funnel": {"funnel": "sales"}, "title": "Воронка продаж", "width": 600})"));

    CHECK(drawing::fault(picture) == "");
    CHECK(picture.width == 600);
    CHECK(picture.all("text").front().text == "Воронка продаж");
    CHECK(refusal([&] { chart_svg_json(sales.db, R"({"funnel": {"funnel": "sales"}, "series": 1})"); }) == "field.range");
  }
}

TEST_CASE("sections tell which part of their question is wrong") {
  Sales sales("memory:");
  for (const char* wrong : {R"({"funnel": {"funnel": "sales"}, "load": {}})", R"({"funnel": {"funnel": "sales"}, "chart": "bar"})", R"({"funnel": {}})",
                            R"({"receipts": {}, "chart": "donut"})", R"({"receipts": {}, "table": true})", R"({"load": {"from": "2026-03-01"}})",
                            R"({"load": {"from": "2026-03-01", "to": "2026-03-02", "day": 1}})", R"({"plan_fact": {}})",
                            R"({"whitespace": {"from": "2026-03-01"}})", R"({"demand": {"day": "2026-03-01"}})", R"({"demand": {}, "chart": "bar"})",
                            R"({"heading": "x"})"}) {
    CAPTURE(wrong);
    CHECK(refusal([&] { report_html_json(sales.db, std::string(R"({"sections": [)") + wrong + "]}"); }) == "json.kind");
  }
  CHECK(Shown(report_html_json(sales.db, R"({"sections": [{"heading": "Не показано", "note": "Платежей нет."}]})")).texts("p") ==
        std::vector<std::string>{"Платежей нет."});
}
