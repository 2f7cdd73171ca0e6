#include <boost/json.hpp>

#include "crm/base/encoding.hpp"
#include "crm/base/error.hpp"
#include "crm/base/money.hpp"
#include "crm/base/text.hpp"
#include "crm/base/time.hpp"
#include "crm/meta/json.hpp"
#include "crm/rules/address.hpp"
#include "meta/json_value.hpp"
#include "store/old_values.hpp"
#include "targets.hpp"

namespace crm::fuzz {
namespace {

bool is_text(std::string_view text) { return !first_bad_byte(text); }

/// Refusals are answers; what is refused has a sentence.
template <class Work>
void or_refused(Work&& work) {
  try {
    work();
  } catch (const Error& error) {
    CRM_MUST(error.code() != Code::internal && !std::string_view(error.message()).empty(), error.message());
  }
}

void json(std::string_view text) {
  or_refused([&] {
    const std::string written = boost::json::serialize(parse_json(text));
    CRM_MUST(boost::json::serialize(parse_json(written)) == written, written);
  });
}

void dates(std::string_view text) {
  if (const auto day = parse_date(text)) CRM_MUST(to_string(*day) == text, text);
  if (const auto at = parse_instant(text)) CRM_MUST(parse_instant(to_string(*at)) == at || *at < kFirstInstant || *at >= kLastInstant, text);
}

void numbers(std::string_view text) {
  if (const auto number = parse_decimal(text)) CRM_MUST(parse_decimal(to_string(*number)) == number, text);
  for (const char* letters : {"RUB", "JPY", "KWD"})
    if (const auto money = parse_money(text, Currency(letters))) {
      const std::string written = to_string(*money);
      CRM_MUST(parse_money(std::string_view(written).substr(0, written.size() - 4), Currency(letters)) == money, written);
    }
}

void zones(std::string_view text) {
  or_refused([&] {
    const Zone zone(text.substr(0, 64));
    for (const std::int64_t at : {std::int64_t{0}, std::int64_t{1772416800000000}, to_number(kFirstInstant), to_number(kLastInstant)}) {
      const Date day = zone.date(instant_of(at));
      CRM_MUST(zone.start_of(day) <= instant_of(at), text);
    }
  });
}

void phones(std::string_view text) {
  const auto number = phone_e164(text);
  if (!number) return;
  CRM_MUST(number->size() >= 8 && number->front() == '+' && number->find_first_not_of("0123456789", 1) == std::string::npos, *number);
  CRM_MUST(phone_e164(*number) == number, text);
}

void folding(std::string_view text) {
  const std::string key = fold(text);
  CRM_MUST(key.size() <= text.size() && fold(key) == key, key);
  if (is_text(text)) CRM_MUST(is_text(key) && well_formed(text) == text, key);
  CRM_MUST(is_text(well_formed(text)) && is_text(shorten(text)), text);
  CRM_MUST(trim(trim(text)) == trim(text), text);
  (void)short_name(text, text, text);
}

void addresses(std::string_view text) {
  if (!is_text(text)) return;  // refused at the border
  const AddressLine line = split_address(text);
  for (const std::string* part : {&line.place, &line.street, &line.house, &line.unit})
    CRM_MUST(is_text(*part), text);
}

void encodings(std::string_view text) {
  or_refused([&] { CRM_MUST(from_utf16(to_utf16(text)) == text, text); });
  or_refused([&] { CRM_MUST(to_windows_1251(from_windows_1251(text)) == text, text); });
  or_refused([&] {
    std::u16string units;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2)
      units += static_cast<char16_t>(static_cast<unsigned char>(text[i]) << 8 | static_cast<unsigned char>(text[i + 1]));
    CRM_MUST(to_utf16(from_utf16(units)) == units, text);
  });
}

void log_values(std::string_view bytes) {
  or_refused([&] {
    const std::string written = encode_old(decode_old(bytes));
    CRM_MUST(encode_old(decode_old(written)) == written, "");
  });
}

void records(std::string_view text) {
  or_refused([&] {
    const std::string written = to_json(record_from_json(text));
    CRM_MUST(to_json(record_from_json(written)) == written, written);
  });
}

}  // namespace

void add_targets(Targets& all) {
  all.insert({{"json", json}, {"dates", dates}, {"numbers", numbers}, {"zones", zones}, {"phones", phones}, {"folding", folding},
              {"addresses", addresses}, {"encodings", encodings}, {"log_values", log_values}, {"records", records}});
}

}  // namespace crm::fuzz
