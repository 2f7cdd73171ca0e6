#include <crm/open.hpp>
#include <cstdio>

int main() {
  crm::Crm db = crm::open("clients.db");
  crm::Company company;
  company.name = "ООО \"Вектор\"";
  company.status = crm::Company::Status::active;
  db.save(company);
  for (const crm::ContactHit& hit : db.search_contacts("вект")) std::puts(hit.company_name.c_str());
}
