#include "crm/rules/requisites.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include "crm/base/text.hpp"

namespace crm {
namespace {

/// Digits of the clearing currencies in the sixth place of an account, by position (Bank of Russia, No. 515).
constexpr std::string_view kClearingLetters = "ABCEHKMPTX";
constexpr std::size_t kClearingPlace = 5;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr int digit(char c) { return c - '0'; }

bool is_digits(std::string_view text, std::size_t length) {
  return text.size() == length && std::ranges::all_of(text, is_digit);
}

/// Σ weight · digit over the first places, mod 11 mod 10.
int inn_digit(std::string_view inn, std::initializer_list<int> weights) {
  int sum = 0;
  std::size_t place = 0;
  for (const int weight : weights) sum += weight * digit(inn[place++]);
  return sum % 11 % 10;
}

/// All digits but the last, as a number, mod `divisor` mod 10, is the last one.
bool is_registration_number(std::string_view text, std::size_t length, std::int64_t divisor) {
  if (!is_digits(text, length)) return false;
  std::int64_t number = 0;
  for (const char c : text.substr(0, length - 1)) number = number * 10 + digit(c);
  return number % divisor % 10 == digit(text.back());
}

int account_digit(std::string_view account, std::size_t place) {
  const char c = account[place];
  if (is_digit(c)) return digit(c);
  return static_cast<int>(kClearingLetters.find(c));
}

bool is_foreign(const LegalEntity& entity) { return entity.form == LegalEntity::Form::foreign; }
bool is_person(const LegalEntity& entity) { return entity.form == LegalEntity::Form::entrepreneur; }
bool is_russian(std::string_view country) { return country.empty() || country == "RU" || country == "ru"; }

Violation broken(const LegalEntity& entity, const char* rule, FieldNo field, std::string_view value) {
  return {rule, LegalEntity::kEntity, field, entity.id.value, shorten(value), ""};
}

Violation broken(const BankAccount& account, const char* rule, FieldNo field, std::string_view value) {
  return {rule, BankAccount::kEntity, field, account.id.value, shorten(value), ""};
}

void check_inn(const LegalEntity& entity, std::vector<Violation>& violations) {
  const bool may_be_10 = !is_person(entity);
  const bool may_be_12 = is_person(entity) || is_foreign(entity);
  if ((may_be_10 && is_inn10(entity.inn)) || (may_be_12 && is_inn12(entity.inn))) return;
  const bool right_length = (may_be_10 && is_digits(entity.inn, 10)) || (may_be_12 && is_digits(entity.inn, 12));
  violations.push_back(broken(entity, right_length ? "C2.inn_check" : "C2.inn_length", LegalEntity::kInn, entity.inn));
}

void check_ogrn(const LegalEntity& entity, std::vector<Violation>& violations) {
  const bool may_be_13 = !is_person(entity);
  const bool may_be_15 = is_person(entity) || is_foreign(entity);
  if ((may_be_13 && is_ogrn(entity.ogrn)) || (may_be_15 && is_ogrnip(entity.ogrn))) return;
  const char* rule = "C2.ogrn_length";
  if (may_be_13 && is_digits(entity.ogrn, 13)) rule = "C2.ogrn_check";
  if (may_be_15 && is_digits(entity.ogrn, 15)) rule = "C2.ogrnip_check";
  violations.push_back(broken(entity, rule, LegalEntity::kOgrn, entity.ogrn));
}

/// One of the two accounts of a row.
void check_account(const BankAccount& row, FieldNo field, std::string_view account, Keeper keeper,
                   std::vector<Violation>& violations) {
  if (account.empty()) return;
  if (!is_account_form(account)) {
    violations.push_back(broken(row, "C2.account_form", field, account));
  } else if (row.bik.empty()) {
    violations.push_back(broken(row, "C2.account_needs_bik", field, account));
  } else if (is_bik(row.bik) && !is_treasury_account(row.bik, account) &&
             !account_key_matches(account_prefix(row.bik, keeper), account)) {
    violations.push_back(broken(row, "C2.account_key", field, account));
    violations.back().detail = row.bik;
  }
}

}  // namespace

bool is_inn10(std::string_view text) {
  return is_digits(text, 10) && inn_digit(text, {2, 4, 10, 3, 5, 9, 4, 6, 8}) == digit(text[9]);
}

bool is_inn12(std::string_view text) {
  return is_digits(text, 12) && inn_digit(text, {7, 2, 4, 10, 3, 5, 9, 4, 6, 8}) == digit(text[10]) &&
         inn_digit(text, {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8}) == digit(text[11]);
}

bool is_inn(std::string_view text) { return is_inn10(text) || is_inn12(text); }

bool is_kpp(std::string_view text) {
  if (text.size() != 9) return false;
  const auto fits = [&](std::size_t place) {
    const bool letter_allowed = place == 4 || place == 5;
    return is_digit(text[place]) || (letter_allowed && text[place] >= 'A' && text[place] <= 'Z');
  };
  for (std::size_t place = 0; place < text.size(); ++place)
    if (!fits(place)) return false;
  return true;
}

bool is_ogrn(std::string_view text) { return is_registration_number(text, 13, 11); }
bool is_ogrnip(std::string_view text) { return is_registration_number(text, 15, 13); }
bool is_bik(std::string_view text) { return is_digits(text, 9); }

bool is_account_form(std::string_view text) {
  if (text.size() != 20) return false;
  for (std::size_t place = 0; place < text.size(); ++place)
    if (!is_digit(text[place]) &&
        (place != kClearingPlace || kClearingLetters.find(text[place]) == std::string_view::npos))
      return false;
  return true;
}

std::string account_prefix(std::string_view bik, Keeper keeper) {
  if (!is_bik(bik)) return "";
  switch (keeper) {
    case Keeper::bank: return std::string(bik.substr(6, 3));
    case Keeper::central_bank: return "0" + std::string(bik.substr(4, 2));
  }
  return "";
}

bool account_key_matches(std::string_view prefix3, std::string_view account20) {
  if (!is_digits(prefix3, 3) || !is_account_form(account20)) return false;
  constexpr int kWeights[] = {7, 1, 3};  // Both parts begin with 7: the prefix has as many digits.
  int sum = 0;
  for (std::size_t place = 0; place < prefix3.size(); ++place) sum += kWeights[place] * digit(prefix3[place]);
  for (std::size_t place = 0; place < account20.size(); ++place)
    sum += kWeights[place % 3] * account_digit(account20, place);
  return sum % 10 == 0;
}

bool is_treasury_account(std::string_view bik, std::string_view account) {
  return is_bik(bik) && bik.starts_with("01") && is_digits(account, 20) && account.starts_with("03") &&
         account.substr(5, 3) == "643";
}

std::vector<Violation> check(const LegalEntity& entity) {
  std::vector<Violation> violations;
  if (!entity.inn.empty()) check_inn(entity, violations);
  if (!entity.kpp.empty() && is_person(entity)) {
    violations.push_back(broken(entity, "C2.kpp_entrepreneur", LegalEntity::kKpp, entity.kpp));
  } else if (!entity.kpp.empty() && !is_kpp(entity.kpp)) {
    violations.push_back(broken(entity, "C2.kpp_form", LegalEntity::kKpp, entity.kpp));
  }
  if (!entity.ogrn.empty()) check_ogrn(entity, violations);
  if (is_russian(entity.country) && !entity.tax_id.empty()) {
    violations.push_back(broken(entity, "C2.tax_id_foreign", LegalEntity::kTaxId, entity.tax_id));
  } else if (is_russian(entity.country) && is_foreign(entity)) {
    violations.push_back(broken(entity, "C2.foreign_country", LegalEntity::kCountry, entity.country));
  }
  return violations;
}

std::vector<Violation> check(const BankAccount& account) {
  std::vector<Violation> violations;
  if (!account.bik.empty() && !is_bik(account.bik))
    violations.push_back(broken(account, "C2.bik_form", BankAccount::kBik, account.bik));
  check_account(account, BankAccount::kAccount, account.account,
                account.at_central_bank ? Keeper::central_bank : Keeper::bank, violations);
  check_account(account, BankAccount::kCorrespondent, account.correspondent, Keeper::central_bank, violations);
  return violations;
}

}  // namespace crm
