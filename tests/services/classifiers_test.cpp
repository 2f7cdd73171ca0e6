// C10 in filters and counts, M7, and C11: scores that are never stale. Over every store.
#include "crm/services/json_door.hpp"
#include "fixture.hpp"

using namespace crm;
using namespace crm::test;

namespace {

/// "1:2 3:1" for the counts that are not zero.
std::string counts(House& house, ClassifierId classifier) {
  std::string out;
  for (const ClassifierCount& c : house.db.classifier_counts(classifier))
    if (c.count) out += (out.empty() ? "" : " ") + c.name + ":" + std::to_string(c.count);
  return out;
}

std::string found(House& house, ClassifierId classifier, Id node) {
  return query_json(house.db, R"({"entity": "company", "columns": ["name"], "where": {"classifier": )" +
                                  std::to_string(classifier.value) + R"(, "node": )" + std::to_string(node) + "}}");
}

ClassifierId classifier(House& house, Classifier::Kind kind, CharacteristicId characteristic = {}) {
  Classifier c;
  c.name = "классификатор";
  c.applies_to = Company::kEntity;
  c.kind = kind;
  c.characteristic = characteristic;
  house.db.save(c);
  return c.id;
}

bool names(const std::string& json, std::initializer_list<const char*> expected) {
  std::size_t at = 0;
  for (const char* name : expected) {
    at = json.find(name, at);
    if (at == std::string::npos) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("a node of any kind of classifier is a filter and a count, with what is below it, each company once") {
  CRM_EVERY_STORE {
    House house(store);
    const CompanyId vektor = house.company("Вектор"), romb = house.company("Ромб"), kub = house.company("Куб");

    const SphereId trade = house.sphere("торговля"), retail = house.sphere("розница", trade), food = house.sphere("продукты", retail);
    house.works_in(vektor, retail);
    house.works_in(vektor, food);
    house.works_in(romb, trade);
    const ClassifierId by_sphere = classifier(house, Classifier::Kind::sphere);
    CHECK(counts(house, by_sphere) == "торговля:2 розница:1 продукты:1");
    CHECK(names(found(house, by_sphere, trade.value), {"Вектор", "Ромб"}));
    CHECK_FALSE(names(found(house, by_sphere, retail.value), {"Ромб"}));

    house.db.assign(vektor, house.manager, Assignment::Role::main);
    house.db.assign(romb, house.manager, Assignment::Role::main);
    house.db.assign(kub, house.other, Assignment::Role::main);
    house.db.assign(kub, house.manager, Assignment::Role::assistant);
    const ClassifierId by_manager = classifier(house, Classifier::Kind::manager);
    CHECK(counts(house, by_manager) == "Менеджеров :2 Другов :1");
    CHECK(names(found(house, by_manager, house.other.value), {"Куб"}));
    CHECK_FALSE(names(found(house, by_manager, house.manager.value), {"Куб"}));

    Dictionary dictionary;
    dictionary.name = "размер";
    house.db.save(dictionary);
    DictionaryValue large{{}, 0, dictionary.id, {}, "крупный", false};
    house.db.save(large);
    DictionaryValue huge{{}, 0, dictionary.id, large.id, "холдинг", false};
    house.db.save(huge);
    Characteristic size;
    size.code = "size";
    size.name_ru = "размер";
    size.applies_to = Company::kEntity;
    size.kind = Characteristic::Kind::dictionary;
    size.dictionary = dictionary.id;
    house.db.save(size);
    const Value values[] = {huge.id.value};
    house.db.set_characteristic({Company::kEntity, kub.value}, "size", values);
    const ClassifierId by_size = classifier(house, Classifier::Kind::characteristic, size.id);
    CHECK(counts(house, by_size) == "крупный:1 холдинг:1");
    CHECK(names(found(house, by_size, large.id.value), {"Куб"}));

    const ClassifierId by_hand = classifier(house, Classifier::Kind::manual);
    ClassifierNode top{{}, 0, by_hand, {}, "важные", 0};
    house.db.save(top);
    for (const char* name : {"север", "юг"}) {
      ClassifierNode node{{}, 0, by_hand, top.id, name, 0};
      house.db.save(node);
      ClassifierPlacement placement{{}, 0, node.id, {Company::kEntity, vektor.value}};
      house.db.save(placement);
    }
    CHECK(counts(house, by_hand) == "важные:1 север:1 юг:1");

    house.db.act_as(house.other);
    CHECK(counts(house, by_sphere) == "");  // he sees Kub alone
    CHECK(counts(house, by_size) == "крупный:1 холдинг:1");
    house.db.act_as(UserId{});

    Classifier wrong;
    wrong.name = "без характеристики";
    wrong.applies_to = Company::kEntity;
    wrong.kind = Classifier::Kind::characteristic;
    CHECK(refusal([&] { house.db.save(wrong); }) == "C10.characteristic");
  }
}

TEST_CASE("a portfolio counts the companies of a user on a day, by role, without drafts") {
  CRM_EVERY_STORE {
    House house(store);
    for (const char* name : {"Вектор", "Ромб"})
      house.db.assign(house.company(name), house.manager, Assignment::Role::main, day("2026-02-01"));
    house.db.assign(house.company("Черновик", Company::Status::draft), house.manager, Assignment::Role::main, day("2026-02-01"));
    house.db.assign(house.company("Куб"), house.manager, Assignment::Role::assistant, day("2026-03-01"));

    CHECK(house.db.portfolio(house.manager, day("2026-03-02")).main == 2);
    CHECK(house.db.portfolio(house.manager, day("2026-03-02")).assistant == 1);
    CHECK(house.db.portfolio(house.manager, day("2026-02-02")).assistant == 0);
    CHECK(house.db.portfolio(house.manager, day("2019-02-02")).main == 0);
    house.db.act_as(house.other);
    CHECK(refusal([&] { house.db.portfolio(house.manager, day("2026-03-02")); }) == "X5.right");
  }
}

TEST_CASE("a score is right when it is asked after a profile, a criterion or a manager's service changed, and tick brings lists to it") {
  CRM_EVERY_STORE {
    House house(store);
    std::vector<CompanyId> cards;
    for (int i = 0; i < 7; ++i) cards.push_back(house.company("Клиент"));
    house.db.assign(cards[0], house.manager, Assignment::Role::main);
    const auto score = [&](CompanyId id) { return house.db.load(id).score.value_or(-1); };
    const auto listed = [&] {
      std::vector<std::int32_t> out;
      for (const Company& c : house.db.list<Company>({})) out.push_back(c.score.value_or(-1));
      return out;
    };
    CHECK(score(cards[0]) == 100);  // no profile

    Profile profile;
    profile.name = "полная";
    house.db.save(profile);
    Criterion manager;
    manager.profile = profile.id;
    manager.subject = Criterion::Subject::current_manager;
    manager.weight = 3;
    house.db.save(manager);
    Criterion phone;
    phone.profile = profile.id;
    phone.subject = Criterion::Subject::phone;
    house.db.save(phone);
    CHECK(score(cards[0]) == 75);
    CHECK(score(cards[1]) == 0);
    CHECK(house.db.card(cards[1]).company.score == 0);

    TickReport report = house.db.tick(3);
    CHECK(report.rescored == 3);
    CHECK(report.more);
    for (int calls = 0; report.more && calls < 10; ++calls) report = house.db.tick(3);
    CHECK(listed() == std::vector<std::int32_t>{75, 0, 0, 0, 0, 0, 0});
    User user = house.db.load(house.manager);
    user.hired = day("2026-03-10");
    house.db.save(user);  // not in service yet
    CHECK(score(cards[0]) == 0);
    house.now = at("2026-03-10T09:00:00+07:00");
    CHECK(score(cards[0]) == 75);
    house.db.tick();
    CHECK(listed().front() == 75);
  }
}

TEST_CASE("a node hangs under a node of its own classifier alone") {
  CRM_EVERY_STORE {
    House house(store);
    std::vector<ClassifierNode> roots;
    for (const char* name : {"Общий", "Другой"}) {
      Classifier tree;
      tree.name = name;
      tree.applies_to = Company::kEntity;
      house.db.save(tree);
      ClassifierNode root;
      root.classifier = tree.id;
      root.name = name;
      house.db.save(root);
      roots.push_back(root);
    }

    roots[1].parent = roots[0].id;
    CHECK(refusal([&] { house.db.save(roots[1]); }) == "ref.missing");
  }
}
