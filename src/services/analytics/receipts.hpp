// Receipts and shipments as plan-fact reads them: narrow columns, one place a record.
#pragma once

#include "resident.hpp"

namespace crm {

struct ReceiptColumns {
  static constexpr EntityNo kEntity = Receipt::kEntity;
  static constexpr std::int32_t kNoDate = INT32_MIN;
  class Filler;

  std::vector<Id> id;
  std::vector<std::int32_t> date;                   ///< days since 1970-01-01
  std::vector<std::int32_t> company, user, product; ///< 0: none
  std::vector<std::uint8_t> kind;
  std::vector<std::optional<std::int64_t>> amount;  ///< minor units
  std::vector<Currency> currency;
  Blocks dates;

  [[nodiscard]] std::size_t bytes() const { return bytes_of(id, date, company, user, product, kind, amount, currency) + dates.bytes(); }
  static std::vector<Path> paths();
  /// By date, as events are by start.
  std::vector<std::uint32_t> arrange();
};

class ReceiptColumns::Filler : public OwnRowsFiller {
 public:
  explicit Filler(ReceiptColumns& columns) : c_(columns) {}

  void add(const Cell* cells);
  void set(std::size_t place, const Cell* cells);

 private:
  ReceiptColumns& c_;
};

}  // namespace crm
