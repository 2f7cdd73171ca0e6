// Whitespace, demand and the matrices of all companies as JSON (P1, P4).
#include "crm/services/json_door.hpp"
#include "json_parts.hpp"

namespace json = boost::json;

namespace crm {
namespace {

constexpr std::string_view kStatuses[] = {"not_eligible", "owned", "never_offered", "refused", "in_work"};
static_assert(std::size(kStatuses) == kCellStatuses);
constexpr std::string_view kBases[] = {"spheres", "company_matrix", "all_products"};
constexpr std::string_view kDemands[] = {"amount", "quantity", "companies"};

/// Takes a member that says which clients; false: it is another.
bool take_client(ClientScope& scope, std::string_view name, const JsonAt& value) {
  if (name == "company_ids") {
    scope.companies = ids_in<Company>(value);
  } else if (name == "manager_id") {
    scope.manager = {number_in(value)};
  } else if (name == "sphere_id") {
    scope.sphere = {number_in(value)};
  } else if (name == "product_id") {
    scope.product = {number_in(value)};
  } else {
    return false;
  }
  return true;
}

UnderservedQuery underserved_query(const json::value& given) {
  UnderservedQuery query;
  for (const auto& [name, value] : members_in(JsonAt(given))) {
    if (take_client(query.clients, name, value)) continue;
    if (name == "day") {
      query.day = date_in(value);
    } else if (name == "base") {
      query.base = static_cast<WhitespaceBase>(one_of(value, kBases));
    } else if (name == "limit") {
      query.limit = number_in(value);
    } else {
      unknown_member({name, value}, "day, base, company_ids, manager_id, sphere_id, product_id or limit");
    }
  }
  return query;
}

json::object cell_json(const WhitespaceCell& cell) {
  json::object out{{"product_id", cell.cell.product.value},
                   {"sphere_id", cell.cell.sphere.value},
                   {"status", kStatuses[static_cast<std::size_t>(cell.status)]}};
  if (cell.sold_all_the_same) out["sold_all_the_same"] = true;
  return out;
}

json::object count_json(const WhitespaceCount& count) {
  json::object out;
  for (std::size_t status = 0; status < kCellStatuses; ++status) out[kStatuses[status]] = count.cells[status];
  out["sold_all_the_same"] = count.sold_all_the_same;
  return out;
}

}  // namespace

WhitespaceQuery whitespace_query(Crm& crm, std::string_view text) {
  WhitespaceQuery query;
  const json::value given = question(crm, text, "whitespace");
  for (const auto& [name, value] : members_in(JsonAt(given))) {
    if (take_client(query.clients, name, value)) continue;
    if (name == "day") {
      query.day = date_in(value);
    } else if (name == "base") {
      query.base = static_cast<WhitespaceBase>(one_of(value, kBases));
    } else if (name == "statuses") {
      for (const JsonAt& status : elements_in(value)) query.statuses.push_back(static_cast<CellStatus>(one_of(status, kStatuses)));
    } else if (name == "with_totals") {
      query.with_totals = flag_in(value);
    } else if (name == "after") {
      query.after = {number_in(value)};
    } else if (name == "limit") {
      query.limit = number_in(value);
    } else {
      unknown_member({name, value}, "day, base, company_ids, manager_id, sphere_id, product_id, statuses, with_totals, after or limit");
    }
  }
  return query;
}

std::string whitespace_json(Crm& crm, std::string_view text) {
  const WhitespaceReport report = crm.whitespace(whitespace_query(crm, text));
  json::array clients;
  for (const WhitespaceClient& client : report.clients) {
    json::array cells;
    for (const WhitespaceCell& cell : client.cells) cells.push_back(cell_json(cell));
    clients.push_back(json::object{{"company_id", client.company.value}, {"name", client.name}, {"cells", std::move(cells)}});
  }
  json::object out{{"day", to_string(report.day)}, {"clients", std::move(clients)}};
  if (report.next) out["next"] = report.next.value;
  if (!report.total) return json::serialize(out);
  out["total"] = count_json(*report.total);
  json::array products;
  for (const WhitespaceReport::OfProduct& product : report.products) {
    json::object one = count_json(product.count);
    one["product_id"] = product.product.value;
    one["name"] = product.name;
    products.push_back(std::move(one));
  }
  out["products"] = std::move(products);
  return json::serialize(out);
}

std::string underserved_json(Crm& crm, std::string_view text) {
  const UnderservedReport report = crm.underserved(underserved_query(question(crm, text, "underserved clients")));
  json::array clients;
  for (const UnderservedReport::Client& one : report.clients)
    clients.push_back(json::object{{"company_id", one.client.company.value},
                                   {"name", one.name},
                                   {"range", one.client.range},
                                   {"never_offered", one.client.never_offered.size()},
                                   {"product_ids", json_ids(one.client.never_offered)}});
  return json::serialize(json::object{{"day", to_string(report.day)}, {"count", report.count}, {"clients", std::move(clients)}});
}

DemandQuery demand_query(Crm& crm, std::string_view text) {
  DemandQuery query;
  const json::value given = question(crm, text, "products in demand");
  for (const auto& [name, value] : members_in(JsonAt(given))) {
    if (take_client(query.clients, name, value)) continue;
    if (name == "from") {
      query.from = date_in(value);
    } else if (name == "to") {
      query.to = date_in(value);
    } else if (name == "by") {
      query.by = static_cast<DemandBy>(one_of(value, kDemands));
    } else if (name == "limit") {
      query.limit = number_in(value);
    } else {
      unknown_member({name, value}, "from, to, by, company_ids, manager_id, sphere_id, product_id or limit");
    }
  }
  return query;
}

std::string demanded_products_json(Crm& crm, std::string_view text) {
  const DemandQuery query = demand_query(crm, text);
  const EntityInfo& info = entity_info(Receipt::kEntity);
  json::array out;
  for (const DemandedProduct& one : crm.demanded_products(query)) {
    json::object row{{"product_id", one.demand.product.value}, {"name", one.name}};
    switch (query.by) {
      case DemandBy::amount:
        row["amount"] = json_of(info.at(Receipt::kAmount), Cell::of(one.demand.value));
        row["currency"] = one.demand.currency.letters();
        break;
      case DemandBy::quantity: row["quantity"] = json_of(info.at(Receipt::kQuantity), Cell::of(one.demand.value)); break;
      case DemandBy::companies: row["companies"] = one.demand.value; break;
    }
    out.push_back(std::move(row));
  }
  return json::serialize(out);
}

std::string company_matrices_json(Crm& crm, std::string_view text) {
  std::optional<Date> day;
  CompanyId after;
  std::int64_t limit = 100;
  const json::value given = question(crm, text, "matrices");
  for (const auto& [name, value] : members_in(JsonAt(given))) {
    if (name == "day") {
      day = date_in(value);
    } else if (name == "after") {
      after = {number_in(value)};
    } else if (name == "limit") {
      limit = number_in(value);
    } else {
      unknown_member({name, value}, "day, after or limit");
    }
  }
  if (limit < 1 || limit > 10'000) refuse(Code::invalid_argument, {"field.range", 0, 0, 0, std::to_string(limit), "limit: 1..10000"});
  const CompanyMatrices all = crm.company_matrices(day ? *day : crm.today());
  json::array companies;
  json::object out;
  for (std::size_t row = 0; row < all.rows.size(); ++row) {
    const auto [company, sphere] = all.rows[row];
    if (company <= after) continue;
    if (row == 0 || companies.empty() || all.rows[row - 1].company != company) {
      if (std::ssize(companies) == limit) {
        out["next"] = all.rows[row - 1].company.value;
        break;
      }
      companies.push_back(json::object{{"company_id", company.value}, {"spheres", json::array()}});
    }
    companies.back().get_object()["spheres"].get_array().push_back(
        json::object{{"sphere_id", sphere.value}, {"product_ids", json_ids(products_in(all.set(row), all.products))}});
  }
  out["companies"] = std::move(companies);
  return json::serialize(out);
}

}  // namespace crm
