// P1 on a page: whitespace and products in demand, counted by hand.
#include "../services/fixture.hpp"
#include "crm/report/report.hpp"
#include "crm/services/json_door.hpp"
#include "shown.hpp"

using namespace crm;
using namespace crm::test;

namespace {

using Texts = std::vector<std::string>;

// Spheres: building (roads), food. P2: cement for building, steel for roads, flour for food; sugar and salt for none. Вектор is in roads and
// food, Прима in building: three spheres of clients.
struct Depot : House {
  explicit Depot(const std::string& store) : House(store) {
    db.set_language(Language::russian);
    const SphereId building = sphere("стройка"), roads = sphere("дороги", building), food = sphere("еда");
    for (const auto& [id, name] : {std::pair(&cement, "цемент"), {&steel, "сталь"}, {&flour, "мука"}, {&sugar, "сахар"}, {&salt, "соль"}}) *id = product(name);
    used_in(cement, building);
    used_in(steel, roads);
    used_in(flour, food);
    works_in(vektor = company("Вектор"), roads);
    works_in(vektor, food);
    works_in(prima = company("Прима"), building);
  }

  void used_in(ProductId product, SphereId sphere) {
    OrganisationCell cell{{}, 0, product, sphere};
    db.save(cell);
  }
  void ship(CompanyId company, ProductId product, std::int64_t millionths, std::int64_t minor, const char* currency = "RUB") {
    Receipt shipment;
    shipment.kind = Receipt::Kind::shipment;
    shipment.company = company;
    shipment.date = day("2026-02-10");
    shipment.product = product;
    shipment.quantity = Decimal{millionths};
    shipment.amount = Money{minor, Currency(currency)};
    db.save(shipment);
  }
  void held(CompanyId company, ProductId product, OutcomeId outcome = {}) {
    Event event;
    event.type = meeting;
    event.company = company;
    event.executor = manager;
    event.setter = manager;
    event.start = at("2026-02-01T10:00:00+07:00");
    event.end = at("2026-02-01T11:00:00+07:00");
    event.result = "встретились";
    event.outcome = outcome;
    std::vector<EventLine> lines(1);
    lines[0].product = product;
    db.record(event, lines);
  }
  OutcomeId refused() {
    Outcome no;
    no.type = meeting;
    no.code = "no";
    no.name_ru = "отказ";
    no.kind = Outcome::Kind::refusal;
    db.save(no);
    return no.id;
  }
  Shown page(const std::string& section) { return Shown(report_html_json(db, R"({"title": "Т", "sections": [)" + section + "]}")); }

  /// Below the charts of a page.
  static Texts notes(const Shown& page) {
    Texts out;
    for (const drawing::Picture& picture : page.pictures)
      for (const drawing::Element& text : picture.all("text"))
        if (text.text.starts_with("На диаграмме")) out.push_back(text.text);
    return out;
  }

  ProductId cement, steel, flour, sugar, salt;
  CompanyId vektor, prima;
};

/// Вектор bought cement (and sugar, that is for none of its spheres), refused steel, is to be met about flour; nobody spoke of cement to Прима.
struct OneOfEach : Depot {
  explicit OneOfEach(const std::string& store) : Depot(store) {
    ship(vektor, cement, 5'000'000, 900'00);
    ship(vektor, sugar, 1'000'000, 50'00);
    held(vektor, steel, refused());
    meet(vektor, "2026-03-10T10:00:00+07:00", flour);
  }
};

}  // namespace

TEST_CASE("whitespace shows each product's cells by status, the widest range first, and totals of all of them") {
  CRM_EVERY_STORE {
    OneOfEach depot(store);

    const Shown page = depot.page(R"({"whitespace": {}})");

    CHECK(page.texts("h2") == Texts{"Охват клиентов продуктами", "Клиенты, которым предлагают меньше положенного"});
    CHECK(page.rows() == Texts{"Продукт|Положено|Продаётся|В работе|Отказ|Не предлагалось|Не положено",  //
                               "цемент|2|1|0|0|1|1", "сталь|1|0|0|1|0|2", "мука|1|0|1|0|0|2", "сахар|0|0|0|0|0|3",
                               "Не положены никому|0|0|0|0|0|3",  // salt
                               "Итого|4|1|1|1|1|11", "Клиент|Положено продуктов|Не предлагалось|Доля не предложенного", "Прима|1|1|100,0 %"});
    // Cement to the food of Вектор, sugar to both its spheres.
    CHECK(page.texts("p") == Texts{"Считаются сферы бизнеса клиентов: продукт клиента с\u00A0двумя сферами\u00A0– дважды. Из\u00A0того, что не\u00A0положено, всё же\u00A0продаётся:\u00A03."});
    CHECK(page.marks() == Texts{"цемент · Продаётся: 1", "цемент · Не предлагалось: 1", "сталь · Отказ: 1", "мука · В работе: 1"});
    CHECK(depot.notes(page) == Texts{"На диаграмме первые строки таблицы: 3. На диаграмме нет того, что не положено: 5"});
  }
}

TEST_CASE("whitespace of some clients, under a heading and in English; where all was offered there is no list of clients") {
  CRM_EVERY_STORE {
    OneOfEach depot(store);
    depot.db.set_language(Language::english);

    const Shown page = depot.page(R"({"heading": "Вектор", "whitespace": {"company_ids": [)" + std::to_string(depot.vektor.value) +
                                  R"(], "statuses": ["refused"], "limit": 5}})");

    CHECK(page.texts("h2") == Texts{"Вектор"});
    CHECK(page.rows() == Texts{"Product|Meant|Owned|In work|Refused|Never offered|Not eligible", "цемент|1|1|0|0|0|1", "сталь|1|0|0|1|0|1",
                               "мука|1|0|1|0|0|1", "сахар|0|0|0|0|0|2", "Meant for nobody|0|0|0|0|0|2", "Total|3|1|1|1|0|7"});
    CHECK(page.marks() == Texts{"цемент · Owned: 1", "цемент · Not eligible: 1", "сталь · Refused: 1", "сталь · Not eligible: 1",  //
                                "мука · In work: 1", "мука · Not eligible: 1"});
  }
}

TEST_CASE("more products than twelve are all in the table, more underserved clients than ten are told by their number") {
  CRM_EVERY_STORE {
    Depot depot(store);
    const SphereId food = depot.sphere("кафе");
    for (int i = 1; i <= 13; ++i) depot.used_in(depot.product(("товар " + std::to_string(i)).c_str()), food);
    for (int i = 1; i <= 10; ++i) depot.works_in(depot.company(("К" + std::to_string(i)).c_str()), food);

    const Shown page = depot.page(R"({"whitespace": {}})");

    // Thirteen products of ten clients each, cement of Вектор and Прима, steel and flour of Вектор.
    CHECK(page.marks().size() == 24);  // what is not eligible, 3 of each, is drawn too
    CHECK(page.marks().front() == "товар 1 · Не предлагалось: 10");
    CHECK(depot.notes(page) == Texts{"На диаграмме первые строки таблицы: 12"});
    const Texts rows = page.rows();
    REQUIRE(rows.size() == 1 + 16 + 1 + 1 + 1 + 10);
    CHECK(rows[14] == "цемент|2|0|0|0|2|11");  // of 13 spheres of clients
    CHECK(rows[18] == "Итого|134|0|0|0|134|100");  // of 13 spheres and 18 products
    CHECK(page.texts("p").back() == "Показаны первые 10, всего 12.");
  }
}

TEST_CASE("products in demand by amount: the other measures beside it, each currency by itself") {
  CRM_EVERY_STORE {
    Depot depot(store);
    depot.ship(depot.vektor, depot.cement, 5'000'000, 900'00);
    depot.ship(depot.prima, depot.cement, -1'500'000, -100'50);
    depot.ship(depot.vektor, depot.steel, 10'000'000, 500'00);
    depot.held(depot.vektor, depot.steel);
    depot.held(depot.prima, depot.steel);

    const Shown roubles = depot.page(R"({"demand": {"from": "2026-02-01", "to": "2026-03-01"}})");
    CHECK(roubles.texts("h2") == Texts{"Самые востребованные продукты"});
    CHECK(roubles.marks() == Texts{"цемент: 799,50\u00A0₽", "сталь: 500,00\u00A0₽"});
    CHECK(roubles.rows() == Texts{"Продукт|Отгружено, ₽|Количество|Клиентов с событиями", "цемент|799,50|3,5|–", "сталь|500,00|10,0|2"});

    depot.ship(depot.prima, depot.flour, 2'000'000, 7'00, "USD");
    const Shown page = depot.page(R"({"heading": "Спрос", "demand": {"limit": 1}})");
    CHECK(page.texts("h2") == Texts{"Спрос: ₽", "Спрос: $"});
    CHECK(page.rows() == Texts{"Продукт|Отгружено, ₽|Количество|Клиентов с событиями", "цемент|799,50|3,5|–",  //
                               "Продукт|Отгружено, $|Количество|Клиентов с событиями", "мука|7,00|2,0|–"});
  }
}

TEST_CASE("products in demand by quantity and by clients tell amounts of every currency") {
  CRM_EVERY_STORE {
    Depot depot(store);
    depot.ship(depot.vektor, depot.cement, 5'000'000, 900'00);
    depot.ship(depot.vektor, depot.flour, 2'000'000, 7'00, "USD");
    depot.ship(depot.vektor, depot.cement, 1'000'000, 3'00, "USD");
    depot.held(depot.vektor, depot.steel);
    depot.held(depot.prima, depot.steel);
    depot.held(depot.prima, depot.flour);

    const Shown quantity = depot.page(R"({"demand": {"by": "quantity"}})");
    CHECK(quantity.marks() == Texts{"цемент: 6", "мука: 2"});
    CHECK(quantity.rows()[0] == "Продукт|Отгружено, ₽|Отгружено, $|Количество|Клиентов с событиями");
    CHECK(quantity.rows()[1] == "цемент|900,00|3,00|6|–");

    const Shown clients = depot.page(R"({"demand": {"by": "companies"}})");
    CHECK(clients.marks() == Texts{"сталь: 2", "мука: 1"});
    CHECK(clients.rows()[1] == "сталь|–|–|–|2");
    CHECK(clients.rows()[2] == "мука|–|7,00|2|1");
    CHECK(drawing::fault(drawing::read_picture(chart_svg_json(depot.db, R"({"demand": {"by": "companies"}, "title": "Спрос"})"))) == "");
  }
}
