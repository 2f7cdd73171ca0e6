/* ИНН, КПП, ОГРН, accounts: made up, but with check digits as the law has them. */
#include <string.h>

#include "house_parts.h"

static char check_digit(const char* digits, const int* weights, int count) {
  int sum = 0, i;
  for (i = 0; i < count; ++i) sum += (digits[i] - '0') * weights[i];
  return (char)('0' + sum % 11 % 10);
}

void house_inn(house_random* random, int region, int is_person, char inn[13]) {
  static const int person_11[] = {7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
  static const int person_12[] = {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
  static const int firm[] = {2, 4, 10, 3, 5, 9, 4, 6, 8};
  const int office = house_between(random, 1, 9);
  if (is_person) {
    snprintf(inn, 13, "%02d%02d%06d", region, office, house_below(random, 1000000));
    inn[10] = check_digit(inn, person_11, 10);
    inn[11] = check_digit(inn, person_12, 11);
    inn[12] = '\0';
  } else {
    snprintf(inn, 13, "%02d%02d%05d", region, office, house_below(random, 100000));
    inn[9] = check_digit(inn, firm, 9);
    inn[10] = '\0';
  }
}

/* Of the tax office that gave the ИНН; 01: by the place of the firm. */
void house_kpp(const char* inn, char kpp[10]) { snprintf(kpp, 10, "%.4s01001", inn); }

void house_ogrn(house_random* random, int region, int is_person, char ogrn[16]) {
  const int year = house_between(random, 3, 24);
  char all[48];
  long long number;
  if (is_person) {
    number = 30000000000000LL + year * 100000000000LL + region * 1000000000LL + house_below(random, 1000000000);
    snprintf(all, sizeof all, "%lld%d", number, (int)(number % 13 % 10));
  } else {
    number = 100000000000LL + year * 1000000000LL + region * 10000000LL + house_below(random, 10000000);
    snprintf(all, sizeof all, "%lld%d", number, (int)(number % 11 % 10));
  }
  snprintf(ogrn, 16, "%.15s", all);
}

const house_bank* house_some_bank(house_random* random) {
  static const house_bank banks[] = {
      {"045004641", "Сибирский банк ПАО Сбербанк", "30101810500000000641"},
      {"045004774", "Филиал «Новосибирский» АО «Альфа-Банк»", "30101810600000000774"},
      {"045004783", "Ф-л Банка ГПБ (АО) «Западно-Сибирский»", "30101810400000000783"},
      {"045209673", "Омское отделение № 8634 ПАО Сбербанк", "30101810900000000673"},
      {"044525593", "АО «Альфа-Банк»", "30101810200000000593"},
  };
  return &banks[house_below(random, (int)(sizeof banks / sizeof *banks))];
}

/* The key, digit 9, makes the sum of the last digits of 7 1 3 over БИК 7-9 and the account end in 0. */
void house_account(house_random* random, const char* bik, int is_person, char account[21]) {
  static const int weights[] = {7, 1, 3};
  char all[24];
  const int branch = house_below(random, 100);
  const int number = house_below(random, 10000000);
  int sum = 0, i;
  snprintf(account, 21, "%s8100%04d%07d", is_person ? "40802" : "40702", branch, number);
  snprintf(all, sizeof all, "%s%s", bik + 6, account);
  for (i = 0; i < 23; ++i) sum += (all[i] - '0') * weights[i % 3];
  account[8] = (char)('0' + sum % 10 * 3 % 10);
}
