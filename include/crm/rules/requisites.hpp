/// Whether Russian requisites are genuine by their own digits: ИНН, КПП, ОГРН, ОГРНИП, БИК, account keys (C2).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crm/base/error.hpp"
#include "crm/model/company.hpp"

namespace crm {

/// ИНН of an organisation: 10 digits, the last by weights 2 4 10 3 5 9 4 6 8, mod 11 mod 10.
bool is_inn10(std::string_view text);
/// ИНН of a person: 12 digits, digit 11 by 7 2 4 10 3 5 9 4 6 8, digit 12 by 3 7 2 4 10 3 5 9 4 6 8.
bool is_inn12(std::string_view text);
/// Either of them.
bool is_inn(std::string_view text);
/// 4 digits, 2 digits or capital Latin letters, 3 digits. It has no check digit.
bool is_kpp(std::string_view text);
/// 13 digits, the last by the first 12 mod 11 mod 10.
bool is_ogrn(std::string_view text);
/// 15 digits, the last by the first 14 mod 13 mod 10.
bool is_ogrnip(std::string_view text);
/// 9 digits. It has no check digit.
bool is_bik(std::string_view text);
/// 20 digits; the sixth may be a letter of a clearing currency (one of ABCEHKMPTX).
bool is_account_form(std::string_view text);

/// Who keeps an account: it decides which digits of the keeper's БИК go into the key.
enum class Keeper { bank, central_bank };

/// The three digits before the account in its key: of a bank, digits 7-9 of its БИК; of the Bank of Russia, "0" and
/// digits 5-6 of the БИК of the unit that keeps it. Empty when `bik` is not a БИК.
std::string account_prefix(std::string_view bik, Keeper keeper);
/// Whether the ninth digit of the account is its key: weights 7 1 3 repeating over prefix and account, last digits
/// summed, mod 10 is 0 (Bank of Russia, 1997, No. 515). A letter counts as its place in ABCEHKMPTX, from 0.
bool account_key_matches(std::string_view prefix3, std::string_view account20);
/// A казначейский счёт (03..., rubles) at a body of the Federal Treasury (БИК 01...): the Treasury, not a bank, keeps
/// it, and it carries no key.
bool is_treasury_account(std::string_view bik, std::string_view account);

/// What is wrong with the requisites of a legal entity; those not given are not missed. Does not look at `unchecked`:
/// whether such an entity is asked about is the caller's decision.
std::vector<Violation> check(const LegalEntity& entity);
/// The same of a bank account. The correspondent account is kept at the Bank of Russia.
std::vector<Violation> check(const BankAccount& account);

}  // namespace crm
