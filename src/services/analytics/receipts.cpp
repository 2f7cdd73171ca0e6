#include "receipts.hpp"

#include <algorithm>

namespace crm {

std::vector<Path> ReceiptColumns::paths() {
  return {kId, Receipt::kDate, Receipt::kCompany, Receipt::kUser, Receipt::kProduct, Receipt::kKind, Receipt::kAmount, Receipt::kCurrency};
}

std::vector<std::uint32_t> ReceiptColumns::arrange() {
  auto places = arrange_by(date, id, date, company, user, product, kind, amount, currency);
  dates = Blocks(date);
  return places;
}

void ReceiptColumns::Filler::add(const Cell* cells) {
  c_.id.push_back(cells[0].integer);
  const auto grow = [](auto&... column) { (column.emplace_back(), ...); };
  grow(c_.date, c_.company, c_.user, c_.product, c_.kind, c_.amount, c_.currency);
  set(c_.id.size() - 1, cells);
}

void ReceiptColumns::Filler::set(std::size_t place, const Cell* cells) {
  c_.date[place] = cells[1].is_null() ? kNoDate : static_cast<std::int32_t>(to_number(std::clamp(date_of(cells[1].as_integer()), kFirstDate, kLastDate)));
  c_.dates.note(place, c_.date[place]);
  c_.company[place] = narrow_id(kEntity, cells[2]);
  c_.user[place] = narrow_id(kEntity, cells[3]);
  c_.product[place] = narrow_id(kEntity, cells[4]);
  c_.kind[place] = narrow_number(cells[5], UINT8_MAX);
  c_.amount[place] = cells[6].is_null() ? std::nullopt : std::optional(cells[6].integer);
  c_.currency[place] = parse_currency(cells[7].as_text());
}

}  // namespace crm
