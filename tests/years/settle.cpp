// What a house begins with: staff in a tree, clients, goods and their matrices, rules.
#include "house.hpp"

namespace crm::years {
namespace {

constexpr int kBoss[kUsers] = {-1, 0, 0, 1, 1, 2, 2, 0};
constexpr int kDepartment[kUsers] = {0, 1, 2, 1, 1, 2, 2, 0};
constexpr const char* kNames[] = {"Вектор", "Ёлка", "Северный луч", "ООО «Заря»", "Кабель-Сервис", "O'Neil", "Дом мебели", "Рассвет"};

/// Made as number `key` of its kind.
template <class E>
IdOf<E> add(House& house, int key, E entity) {
  house.handle(0).save(entity);
  house.made(E::kEntity, key, entity.id.value);
  return entity.id;
}

template <class E>
IdOf<E> the(const House& house, int key) {
  return {house.id_of(E::kEntity, key)};
}

/// Checksum of the ten digits of an organisation (Приказ ФНС ММВ-7-6/435).
std::string inn(int number) {
  std::string digits = std::to_string(540'000'000 + number * 137);
  constexpr int kWeights[] = {2, 4, 10, 3, 5, 9, 4, 6, 8};
  int sum = 0;
  for (std::size_t i = 0; i < 9; ++i) sum += kWeights[i] * (digits[i] - '0');
  return digits + static_cast<char>('0' + sum % 11 % 10);
}

void add_staff(House& house) {
  for (int i = 0; i < 3; ++i) {
    Department department;
    department.name = "Отдел " + std::to_string(i);
    if (i) department.parent = the<Department>(house, 0);
    add(house, i, department);
  }
  for (int i = 0; i < kUsers; ++i) {
    User user;
    user.last_name = "Сотрудников-" + std::string(1, static_cast<char>('A' + i));
    user.login = "user" + std::to_string(i);
    if (kBoss[i] >= 0) user.supervisor = the<User>(house, kBoss[i]);
    user.administrator = i == 0;
    user.hired = *parse_date("2020-01-01");
    add(house, i, user);
    Placement placement;
    placement.user = the<User>(house, i);
    placement.department = the<Department>(house, kDepartment[i]);
    placement.from = user.hired;
    add(house, i, placement);
  }
  // 1 writes in his department; 4 sees what his matrix adds; 6 has of his clients his own events alone; 7 reads everything.
  const auto role = [&](int key, int user, Role::Scope scope, Role::Matrix matrix, bool own_events, bool may_write) {
    Role made;
    made.code = "r" + std::to_string(key);
    made.name_ru = made.code;
    made.scope = scope;
    made.matrix = matrix;
    made.own_events = own_events;
    made.may_write = may_write;
    UserRole given{{}, 0, the<User>(house, user), add(house, key, made)};
    add(house, key, given);
  };
  role(0, 1, Role::Scope::department, Role::Matrix::ignore, false, true);
  role(1, 4, Role::Scope::own, Role::Matrix::adds, false, false);
  role(2, 6, Role::Scope::own, Role::Matrix::ignore, true, false);
  role(3, 7, Role::Scope::all, Role::Matrix::ignore, false, false);
  role(4, 5, Role::Scope::subordinates, Role::Matrix::narrows, false, false);
}

void add_goods(House& house) {
  for (int i = 0; i < kProducts; ++i) {  // 0 and 1 are groups
    Product product;
    product.name = "Товар " + std::to_string(i);
    product.code = "P" + std::to_string(i);
    if (i > 1) product.parent = the<Product>(house, i % 2);
    add(house, i, product);
  }
  for (int i = 0; i < kSpheres; ++i) {  // 2 and 3 are parts of 0, 4 of 2
    Sphere sphere;
    sphere.name = "Сфера " + std::to_string(i);
    if (i == 2 || i == 3) sphere.parent = the<Sphere>(house, 0);
    if (i == 4) sphere.parent = the<Sphere>(house, 2);
    add(house, i, sphere);
  }
  int key = 0;
  for (int product = 2; product < kProducts; ++product)
    for (int sphere = 0; sphere < kSpheres; ++sphere) {
      if ((product + sphere) % 3 == 0) continue;
      add(house, key++, OrganisationCell{{}, 0, the<Product>(house, product), the<Sphere>(house, sphere)});
      if ((product * 5 + sphere) % 4 == 0)
        add(house, key, UserCell{{}, 0, the<User>(house, 3 + key % 4), the<Product>(house, product), the<Sphere>(house, sphere)});
    }
}

void add_client(House& house, int i) {
  Company company;
  company.name = kNames[static_cast<std::size_t>(i) % std::size(kNames)] + (" " + std::to_string(i));
  company.status = i % 10 == 9 ? Company::Status::draft : Company::Status::active;
  const auto id = add(house, i, company);
  Employee person;
  person.company = id;
  person.last_name = "Клиентов" + std::to_string(i);
  const auto employee = add(house, i, person);
  ContactPoint phone;
  phone.owner = i % 2 ? RecordRef{Company::kEntity, id.value} : RecordRef{Employee::kEntity, employee.value};
  phone.value = "+7 383 200-" + std::to_string(10 + i) + "-00";
  phone.primary = true;
  add(house, i, phone);
  if (i % 3 == 0) {
    LegalEntity entity;
    entity.company = id;
    entity.name = "ООО " + std::to_string(i);
    entity.inn = inn(i);
    add(house, i, entity);
  }
  if (i % 4 != 3) add(house, i, CompanySphere{{}, 0, id, the<Sphere>(house, i % kSpheres)});
  if (i % 7 != 6) house.made(Assignment::kEntity, i, house.handle(0).assign(id, the<User>(house, 3 + i % 4), Assignment::Role::main).id.value);
  if (i % 5 == 0) house.handle(0).assign(id, the<User>(house, 1 + i % 2), Assignment::Role::assistant);
}

/// Types and their outcomes, kinds of documents, the funnel: as the starter set made them, in the order of their ids.
template <class E>
void number(House& house) {
  int key = 0;
  for (const E& entity : house.handle(0).list<E>({})) house.made(E::kEntity, key++, entity.id.value);
}

void add_rules(House& house) {
  const auto rule = [&](int key, int kind, DocumentRule::Does does, int type) {
    DocumentRule made;
    made.kind = the<HostDocumentKind>(house, kind);
    made.name = "правило " + std::to_string(key);
    made.does = does;
    made.type = the<EventType>(house, type);
    made.result = "по документу";
    made.reason = "по документу";
    made.outcome = does == DocumentRule::Does::plan || does == DocumentRule::Does::cancel ? OutcomeId{} : the<Outcome>(house, type * kOutcomes);
    add(house, key, made);
  };
  rule(0, 0, DocumentRule::Does::plan, 0);
  rule(1, 0, DocumentRule::Does::hold, 1);
  rule(2, 1, DocumentRule::Does::record, 3);
  rule(3, 1, DocumentRule::Does::hold, 4);
  rule(4, 2, DocumentRule::Does::cancel, 5);
}

void add_holidays(House& house) {
  for (const char* year : {"2026", "2027", "2028"})
    for (const char* day : {"-02-23", "-03-08", "-03-09", "-05-01", "-06-12", "-11-04"}) {
      CalendarDay holiday;
      holiday.day = *parse_date(std::string(year) + day);
      house.handle(0).save(holiday);
    }
}

void add_directories(House& house) {
  Characteristic size;
  size.code = "size";
  size.name_ru = "размер";
  size.applies_to = Company::kEntity;
  size.kind = Characteristic::Kind::integer;
  add(house, 0, size);
  Classifier classes;
  classes.name = "Класс";
  classes.applies_to = Company::kEntity;
  const auto of = add(house, 0, classes);
  for (int i = 0; i < 3; ++i) {
    ClassifierNode node;
    node.classifier = of;
    node.name = "Класс " + std::to_string(i);
    if (i == 2) node.parent = the<ClassifierNode>(house, 0);
    add(house, i, node);
  }
}

}  // namespace

void settle(House& house) {
  Crm& db = house.handle(0);
  Organisation organisation = db.organisation();
  organisation.zone = house.zone().name();
  db.save(organisation);
  db.begin();
  db.fill_starter_set(Language::russian);
  number<EventType>(house);
  number<Outcome>(house);
  number<HostDocumentKind>(house);
  number<FunnelStage>(house);
  number<Funnel>(house);
  add_staff(house);
  add_goods(house);
  for (int i = 0; i < kCompanies; ++i) add_client(house, i);
  add_rules(house);
  add_holidays(house);
  add_directories(house);
  db.commit();
}

}  // namespace crm::years
