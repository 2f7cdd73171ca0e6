#include "crm/rules/requisites.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

using crm::BankAccount;
using crm::LegalEntity;
using Form = LegalEntity::Form;

struct Case {
  const char* value;
  bool valid;
};

std::vector<std::string> rules(const std::vector<crm::Violation>& violations) {
  std::vector<std::string> names;
  for (const auto& violation : violations) names.push_back(violation.rule);
  return names;
}

using Rules = std::vector<std::string>;

LegalEntity entity(Form form, const char* inn, const char* kpp = "", const char* ogrn = "") {
  LegalEntity made;
  made.id = {7};
  made.form = form;
  made.inn = inn;
  made.kpp = kpp;
  made.ogrn = ogrn;
  if (form == Form::foreign) made.country = "KZ";
  return made;
}

BankAccount account(const char* bik, const char* number, const char* correspondent = "") {
  BankAccount made;
  made.id = {9};
  made.bik = bik;
  made.account = number;
  made.correspondent = correspondent;
  return made;
}

// 7·2 + 7·4 + 0·10 + 7·3 + 0·5 + 8·9 + 3·4 + 8·6 + 9·8 = 267 = 24·11 + 3: the last digit is 3.
TEST_CASE("an ИНН of ten digits ends with its check digit") {
  for (const Case& c : {Case{"7707083893", true},
                        {"7707083894", false},
                        {"7717083893", false},
                        {"770708389", false},
                        {"77070838930", false},
                        {"770708389O", false},
                        {"", false},
                        {" 7707083893", false}}) {
    CAPTURE(c.value);
    CHECK(crm::is_inn10(c.value) == c.valid);
  }
}

// Digit 11: 7·5 + 10·1 + 9·7 + 4·3 + 6·2 + 8·2 = 148 = 13·11 + 5; digit 12: 3·5 + 4·1 + 5·7 + 9·3 + 4·2 + 6·2 + 8·5 =
// 141 = 12·11 + 9.
TEST_CASE("an ИНН of twelve digits ends with two check digits") {
  CHECK(crm::is_inn12("500100732259"));  // published sample
  CHECK_FALSE(crm::is_inn12("500100732258"));
  CHECK_FALSE(crm::is_inn12("500100732249"));
  CHECK_FALSE(crm::is_inn12("7707083893"));
  CHECK(crm::is_inn("500100732259"));
  CHECK(crm::is_inn("7707083893"));
  CHECK_FALSE(crm::is_inn("50010073225"));
}

TEST_CASE("a КПП may have capital Latin letters in the fifth and sixth place only") {
  for (const Case& c : {Case{"773601001", true},
                        {"7736AZ001", true},
                        {"77360A001", true},
                        {"7736az001", false},
                        {"A73601001", false},
                        {"77360100A", false},
                        {"77360100", false},
                        {"7736010011", false}}) {
    CAPTURE(c.value);
    CHECK(crm::is_kpp(c.value) == c.valid);
  }
}

// 102770013219 = 9342728474·11 + 5.
TEST_CASE("an ОГРН ends with the remainder by 11, an ОГРНИП with the remainder by 13") {
  CHECK(crm::is_ogrn("1027700132195"));
  CHECK_FALSE(crm::is_ogrn("1027700132196"));
  CHECK_FALSE(crm::is_ogrn("304500116000157"));
  CHECK(crm::is_ogrnip("304500116000157"));
  CHECK_FALSE(crm::is_ogrnip("304500116000158"));
}

// 10 = 13·0 + 10, mod 10 = 0; 11 -> 1; 12 -> 2: the step that a well-known validator forgets.
TEST_CASE("a remainder of two digits gives its last one") {
  CHECK(crm::is_ogrnip("000000000000100"));
  CHECK(crm::is_ogrnip("000000000000111"));
  CHECK(crm::is_ogrnip("000000000000122"));
  CHECK(crm::is_ogrnip("000000000000130"));
  CHECK(crm::is_ogrn("0000000000100"));  // 10 mod 11 = 10
  CHECK(crm::is_ogrn("0000000000110"));
}

// The four worked examples of the annex to the order of the Bank of Russia, 8 September 1997, No. 515.
TEST_CASE("the examples of the Bank of Russia have their keys") {
  CHECK(crm::account_key_matches("005", "30101810800000000746"));
  CHECK(crm::account_key_matches("005", "40102810100000010001"));
  CHECK(crm::account_key_matches("746", "40602810700000000025"));
  CHECK(crm::account_key_matches("312", "30114B84600000000501"));  // B counts as 1: 42 without the key, 2·3 = 6

  CHECK(crm::account_prefix("049805000", crm::Keeper::central_bank) == "005");
  CHECK(crm::account_prefix("049805746", crm::Keeper::bank) == "746");
  CHECK(crm::account_prefix("04980574", crm::Keeper::bank).empty());
}

TEST_CASE("a letter stands for a clearing currency in the sixth place alone") {
  CHECK(crm::is_account_form("40702810900000002851"));
  for (const char letter : std::string("ABCEHKMPTX"))
    CHECK(crm::is_account_form("30114" + std::string(1, letter) + "84600000000501"));
  for (const char letter : std::string("DFGbOZ"))
    CHECK_FALSE(crm::is_account_form("30114" + std::string(1, letter) + "84600000000501"));
  CHECK_FALSE(crm::is_account_form("3011B184600000000501"));
  CHECK_FALSE(crm::is_account_form("4070281090000000285"));
  CHECK_FALSE(crm::is_account_form("407028109000000028511"));
  CHECK_FALSE(crm::account_key_matches("3121", "30114B84600000000501"));
  CHECK_FALSE(crm::account_key_matches("312", "3011"));
}

TEST_CASE("a legal entity without requisites breaks nothing") {
  for (const Form form : {Form::organisation, Form::entrepreneur, Form::foreign})
    CHECK(crm::check(entity(form, "")).empty());
}

TEST_CASE("the form of a legal entity decides which requisites it has") {
  struct Row {
    LegalEntity given;
    Rules broken;
  };
  const Row rows[] = {
      {entity(Form::organisation, "7707083893", "773601001", "1027700132195"), {}},
      {entity(Form::organisation, "500100732259"), {"C2.inn_length"}},
      {entity(Form::organisation, "7707083894"), {"C2.inn_check"}},
      {entity(Form::organisation, "770708389X"), {"C2.inn_length"}},
      {entity(Form::organisation, "", "7736"), {"C2.kpp_form"}},
      {entity(Form::organisation, "", "", "304500116000157"), {"C2.ogrn_length"}},
      {entity(Form::organisation, "", "", "1027700132196"), {"C2.ogrn_check"}},
      {entity(Form::organisation, "1", "2", "3"), {"C2.inn_length", "C2.kpp_form", "C2.ogrn_length"}},
      {entity(Form::entrepreneur, "500100732259", "", "304500116000157"), {}},
      {entity(Form::entrepreneur, "7707083893"), {"C2.inn_length"}},
      {entity(Form::entrepreneur, "500100732258"), {"C2.inn_check"}},
      {entity(Form::entrepreneur, "", "773601001"), {"C2.kpp_entrepreneur"}},
      {entity(Form::entrepreneur, "", "", "1027700132195"), {"C2.ogrn_length"}},
      {entity(Form::entrepreneur, "", "", "304500116000158"), {"C2.ogrnip_check"}},
      // A foreign one may stand on the Russian register as well; then its numbers are as good as any.
      {entity(Form::foreign, "7707083893", "773601001"), {}},
      {entity(Form::foreign, "7707083894"), {"C2.inn_check"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.given.inn);
    CAPTURE(row.given.kpp);
    CAPTURE(row.given.ogrn);
    CHECK(rules(crm::check(row.given)) == row.broken);
  }
}

TEST_CASE("a free tax id is for another country") {
  auto foreign = entity(Form::foreign, "");
  foreign.tax_id = "BIN 123";
  CHECK(crm::check(foreign).empty());

  foreign.country = "RU";
  CHECK(rules(crm::check(foreign)) == Rules{"C2.tax_id_foreign"});

  foreign.tax_id.clear();
  CHECK(rules(crm::check(foreign)) == Rules{"C2.foreign_country"});

  auto russian = entity(Form::organisation, "");
  russian.tax_id = "123";
  CHECK(rules(crm::check(russian)) == Rules{"C2.tax_id_foreign"});
}

TEST_CASE("a violation names the record, the field and the value") {
  const auto violations = crm::check(entity(Form::organisation, "7707083894"));

  CHECK(violations ==
        std::vector{crm::Violation{"C2.inn_check", LegalEntity::kEntity, LegalEntity::kInn, 7, "7707083894", ""}});
}

TEST_CASE("the accounts of a row are checked against its БИК") {
  struct Row {
    BankAccount given;
    Rules broken;
  };
  const Row rows[] = {
      {account("", ""), {}},
      {account("044030827", "40702810900000002851", "30101810200000000827"), {}},
      {account("044030827", "", ""), {}},
      {account("04403082", ""), {"C2.bik_form"}},
      {account("04403082", "40702810900000002851"), {"C2.bik_form"}},  // nothing to check the key by
      {account("", "40702810900000002851"), {"C2.account_needs_bik"}},
      {account("", "", "30101810200000000827"), {"C2.account_needs_bik"}},
      {account("", "4070"), {"C2.account_form"}},
      {account("044030827", "40702810900000002852"), {"C2.account_key"}},
      {account("044030827", "", "30101810200000000828"), {"C2.account_key"}},
      {account("044030827", "1", "2"), {"C2.account_form", "C2.account_form"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.given.bik);
    CAPTURE(row.given.account);
    CAPTURE(row.given.correspondent);
    CHECK(rules(crm::check(row.given)) == row.broken);
  }
  const auto violation = crm::check(account("044030827", "", "30101810200000000828")).at(0);
  CHECK(violation.field == BankAccount::kCorrespondent);
  CHECK(violation.record == 9);
  CHECK(violation.value == "30101810200000000828");
  CHECK(violation.detail == "044030827");
}

TEST_CASE("an account kept at the Bank of Russia is keyed by the unit that keeps it") {
  auto kept = account("049805000", "40102810100000010001");
  CHECK(rules(crm::check(kept)) == Rules{"C2.account_key"});

  kept.at_central_bank = true;
  CHECK(crm::check(kept).empty());
}

// The single tax account: requisites published by the Federal Tax Service for all tax payers.
TEST_CASE("a treasury account has no key, its correspondent account has") {
  CHECK(crm::check(account("017003983", "03100643000000018500", "40102810445370000059")).empty());
  CHECK(rules(crm::check(account("017003983", "03100643000000018500", "40102810545370000059"))) ==
        Rules{"C2.account_key"});
  CHECK(rules(crm::check(account("044525225", "03100643000000018500"))) == Rules{"C2.account_key"});
}

TEST_CASE("Russia is meant by its code in either case, or by none") {
  for (const char* country : {"", "RU", "ru", "KZ"}) {
    auto foreign = entity(Form::foreign, "");
    foreign.tax_id = "1";
    foreign.country = country;
    CAPTURE(country);
    CHECK(crm::check(foreign).empty() == (*country == 'K'));
  }
}

TEST_CASE("a treasury account begins with 03 and is in roubles, at a БИК of the treasury") {
  CHECK(crm::is_treasury_account("017003983", "03100643000000018500"));
  CHECK_FALSE(crm::is_treasury_account("01700398", "03100643000000018500"));
  CHECK_FALSE(crm::is_treasury_account("044525225", "03100643000000018500"));
  CHECK_FALSE(crm::is_treasury_account("017003983", "0310064300000001850"));
  CHECK_FALSE(crm::is_treasury_account("017003983", "40100643000000018500"));
  CHECK_FALSE(crm::is_treasury_account("017003983", "03100840000000018500"));
}

TEST_CASE("an account is one of digits from the first on, and a key is asked of three digits and an account") {
  const std::string account = "40702810400000000225";
  CHECK(crm::is_account_form(account));
  CHECK_FALSE(crm::is_account_form("X" + account.substr(1)));
  for (char key = '0'; key <= '9'; ++key) CHECK_FALSE(crm::account_key_matches("22", account.substr(0, 8) + key + account.substr(9)));
  CHECK_FALSE(crm::account_key_matches("225", "X" + account.substr(1)));
}

TEST_CASE("a foreign company may have the number of either register") {
  CHECK(rules(crm::check(entity(Form::foreign, "", "", "1027700132195"))).empty());
  CHECK(rules(crm::check(entity(Form::foreign, "", "", "304500116000157"))).empty());
  CHECK(rules(crm::check(entity(Form::foreign, "", "", "304500116000158"))) == Rules{"C2.ogrnip_check"});
  CHECK(rules(crm::check(entity(Form::foreign, "", "", "30450011600015"))) == Rules{"C2.ogrn_length"});
}

}  // namespace
