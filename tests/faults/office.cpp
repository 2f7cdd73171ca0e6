#include "office.hpp"

namespace crm::test {

Office::Office(std::unique_ptr<Store> under) : Failing(std::move(under)), House(made()) {
  people_and_cards();
  matrices_and_plans();
  events();
  document_rules();
  db.dismiss(other, day("2026-03-10"));
  reports();
  claimed = db.claim_notices(1).at(0).notice.id;
}

void Office::people_and_cards() {
  Profile all;
  all.name = "Все";
  db.save(all);
  profile = all.id;
  Criterion people;
  people.profile = profile;
  people.subject = Criterion::Subject::employee;
  people.at_least = 2;
  db.save(people);
  vektor = company("Вектор");
  draft = company("Черновик", Company::Status::draft);
  assignment = db.assign(vektor, manager, Assignment::Role::main, day("2026-01-01")).id;
  person = employee(vektor, "Контактов");
  phone = contact({Company::kEntity, vektor.value}, ContactPoint::Kind::phone, "+7 383 200-10-20").id;
  gone = user("Ушедший", chief);
  db.dismiss(gone, day("2026-03-01"));
  Address place;
  place.company = vektor;
  place.settlement = "Новосибирск";
  db.save(place);
  address = place.id;
  Characteristic size;
  size.code = "heads";
  size.name_ru = "Голов";
  size.applies_to = Company::kEntity;
  size.kind = Characteristic::Kind::integer;
  db.save(size);
  db.set_characteristic({Company::kEntity, vektor.value}, size.code, std::vector<Value>{Id{7}});
}

void Office::matrices_and_plans() {
  cable = product("Кабель");
  roads = sphere("Дороги");
  works_in(vektor, roads);
  OrganisationCell cell;
  cell.product = cable;
  cell.sphere = roads;
  db.save(cell);
  UserCell own;
  own.user = manager;
  own.product = cable;
  own.sphere = roads;
  db.save(own);
  PlanCell plan;
  plan.user = manager;
  plan.from = day("2026-03-01");
  plan.to = day("2026-04-01");
  plan.events = 10;
  db.set_plans({&plan, 1});
}

void Office::events() {
  first = meet(vektor, "2026-03-03T10:00:00+07:00", cable);
  overdue = meet(vektor, "2026-03-02T10:00:00+07:00");
  now = at("2026-03-12T09:00:00+07:00");  // the first two are overdue, a dismissal has come
  coming = meet(vektor, "2026-03-20T10:00:00+07:00", cable);
  now = at("2026-03-09T09:00:00+07:00");
}

void Office::document_rules() {
  HostDocumentKind invoice;
  invoice.code = "invoice";
  invoice.name_ru = "счёт";
  db.save(invoice);
  kind = invoice.id;
  for (const DocumentRule::Does does : {DocumentRule::Does::hold, DocumentRule::Does::plan}) {
    DocumentRule rule;
    rule.kind = kind;
    rule.name = "правило";
    rule.does = does;
    rule.type = meeting;
    rule.result = "отгружено";
    rule.purpose = "контроль";
    db.save(rule);
  }
  post("первый");
}

void Office::reports() {
  Event held = meet(vektor, "2026-03-05T10:00:00+07:00", cable);
  ActionRequest request;
  request.result = "договорились";
  db.act(held.id, 0, Action::hold, request);
  Receipt receipt;
  receipt.company = vektor;
  receipt.user = manager;
  receipt.product = cable;
  receipt.date = day("2026-03-04");
  receipt.amount = Money{1'000'00, Currency("RUB")};
  db.save(receipt);
  Classifier spheres;
  spheres.name = "по сферам";
  spheres.applies_to = Company::kEntity;
  spheres.kind = Classifier::Kind::sphere;
  db.save(spheres);
  by_sphere = spheres.id;
  Funnel funnel;
  funnel.code = "sales";
  funnel.name_ru = "продажи";
  db.save(funnel);
  FunnelStage stage;
  stage.funnel = funnel.id;
  stage.code = "meeting";
  stage.name_ru = "встреча";
  db.save(stage);
  FunnelRule rule;
  rule.funnel = funnel.id;
  rule.stage = stage.id;
  rule.type = meeting;
  db.save(rule);
}

HostDocument Office::document(const char* key) {
  HostDocument document;
  document.kind = kind;
  document.key = key;
  document.revision = 1;
  document.date = day("2026-03-04");
  document.company = vektor;
  return document;
}

PostingReport Office::post(const char* key) {
  std::vector<HostDocumentLine> lines(1);
  lines[0].product = cable;
  return db.post_document(document(key), lines);
}

}  // namespace crm::test
