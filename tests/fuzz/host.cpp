// What a host answers: pages of its feeds and places of addresses, and rows of its own store in which anything may stand.
#include "base.hpp"
#include "conformance/host_store.h"
#include "targets.hpp"

namespace crm::fuzz {
namespace {

struct Host {
  crm_db* db;
  std::string answer;
};

std::int32_t CRM_CALL answer(void* user, const char*) {
  const Host& host = *static_cast<Host*>(user);
  return crm_host_answer(host.db, host.answer.c_str()) == CRM_OK ? CRM_OK : CRM_HOST;
}

void port(std::string_view bytes) {
  Host host{base(), std::string(bytes)};
  crm_host table{};
  table.struct_size = sizeof table;
  table.user = &host;
  table.products = table.documents = table.receipts = table.geocode = answer;
  Unit unit(host.db);
  CRM_MUST(crm_host_set(host.db, &table) == CRM_OK, crm_error_message(host.db));
  const char* told = nullptr;
  for (std::int32_t feed = 0; feed < 3; ++feed)
    check_answer(host.db, "crm_feed_read_json", {crm_feed_read_json(host.db, feed, 1, &told), told, -1});
  std::int32_t found = 0;
  check_answer(host.db, "crm_address_geocode", {crm_address_geocode(host.db, 1, &found), nullptr, -1});
  crm_host none{};
  none.struct_size = sizeof none;
  crm_host_set(host.db, &none);
}

/// A store of a host that gives what it was given, but where the bytes say otherwise.
struct Liar {
  crm_store honest{};
  std::map<std::int32_t, std::int32_t> columns;
  Bytes lies{{}};

  void spoil(crm_cell* cells, std::int32_t count) {
    static constexpr char kText[] = "\xff\x80 текст";
    if (lies.is_over() || lies.byte() % 4) return;
    crm_cell& cell = cells[lies.byte() % std::max(count, 1)];
    switch (lies.byte() % 6) {
      case 0: cell.kind = lies.byte() % 7; break;
      case 1: cell.value.integer = lies.number(); cell.kind = CRM_INTEGER; break;
      case 2: cell.value.real = lies.real(); cell.kind = CRM_REAL; break;
      case 3: cell.value.text = kText, cell.size = lies.byte() % static_cast<std::int32_t>(sizeof kText), cell.kind = CRM_TEXT; break;
      case 4: cell.kind = CRM_NULL; break;
      default: cell.size = static_cast<std::int32_t>(lies.number() % 8) - 4, cell.value.text = nullptr, cell.kind = CRM_TEXT; break;
    }
  }
};

std::int32_t CRM_CALL told(void* user, std::int32_t table, const char* name, const crm_column* columns, std::int32_t count) {
  Liar& liar = *static_cast<Liar*>(user);
  liar.columns[table] = count;
  return liar.honest.table(liar.honest.user, table, name, columns, count);
}

std::int32_t CRM_CALL get(void* user, std::int32_t table, std::int64_t id, crm_cell* cells, std::int32_t* found) {
  Liar& liar = *static_cast<Liar*>(user);
  const std::int32_t status = liar.honest.get(liar.honest.user, table, id, cells, found);
  if (status == CRM_OK && *found && table < CRM_STORE_LOG) liar.spoil(cells, liar.columns[table]);
  return status;
}

std::int32_t CRM_CALL rows(void* user, std::int32_t table, std::int32_t column, const crm_cell* low, const crm_cell* high, std::int64_t after,
                           std::int32_t most, std::int64_t* ids, crm_cell* cells, std::int32_t* count) {
  Liar& liar = *static_cast<Liar*>(user);
  const std::int32_t status = liar.honest.rows(liar.honest.user, table, column, low, high, after, most, ids, cells, count);
  for (std::int32_t i = 0; status == CRM_OK && i < *count; ++i) liar.spoil(cells + i * liar.columns[table], liar.columns[table]);
  if (status == CRM_OK && !liar.lies.is_over() && liar.lies.byte() == 255) *count = static_cast<std::int32_t>(liar.lies.number());
  return status;
}

template <auto Slot, class... Given>
std::int32_t CRM_CALL passed(void* user, Given... given) {
  Liar& liar = *static_cast<Liar*>(user);
  return (liar.honest.*Slot)(liar.honest.user, given...);
}

/// A base of the host's, made once. What is asked of it is a unit that is undone.
void store(std::string_view bytes) {
  static Liar liar;
  static crm_db* const db = [] {
    host_store(host_base_new(), &liar.honest);
    crm_store table = liar.honest;
    table.user = &liar;
    table.begin = passed<&crm_store::begin, std::int32_t>;
    table.end = passed<&crm_store::end, std::int32_t>;
    table.put = passed<&crm_store::put, std::int32_t, std::int64_t, const crm_cell*>;
    table.erase = passed<&crm_store::erase, std::int32_t, std::int64_t>;
    table.table = told;
    table.get = get;
    table.rows = rows;
    table.message = nullptr;
    table.destroy = nullptr;
    crm_db* made = nullptr;
    CRM_MUST(crm_open_store(&table, nullptr, &made) == CRM_OK, crm_error_message(made));
    crm_clock_set(made, 1772416800000000);
    fill(made);
    return made;
  }();
  static constexpr std::string_view kAsked[] = {"crm_card_json", "crm_staff_json", "crm_user_card_json", "crm_tick_json", "crm_matrix_json",
                                                "crm_portfolio_json", "crm_classifier_counts_json", "crm_verification_queue_json", "crm_rescore",
                                                "crm_notices_claim_json", "crm_characteristics_json", "crm_access_explain_json"};
  class Ones final : public test::Arguments {
    std::int64_t number(const capi::Param& param) override { return param.means == capi::Means::date ? 20514 : 1; }
    double real(const capi::Param&) override { return 0; }
    const char* text(const capi::Param&) override { return ""; }
  } ones;
  ones.db = db;
  const bool begun = crm_begin(db) == CRM_OK;
  liar.lies = Bytes(bytes);
  for (int i = 0; i < 4; ++i) {
    const std::string_view name = kAsked[liar.lies.byte() % std::size(kAsked)];
    const test::Answer answer = test::calls().at(name)(ones);
    CRM_MUST(answer.status != CRM_INTERNAL, crm_error_message(db));
  }
  liar.lies = Bytes({});
  if (begun) crm_rollback(db);
}

}  // namespace

void add_host(Targets& all) { all.insert({{"host_port", port}, {"host_store", store}}); }

}  // namespace crm::fuzz
