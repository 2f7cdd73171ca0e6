#include <doctest/doctest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "crm/base/text.hpp"

namespace {

#ifdef CRM_WITH_PHONES
constexpr bool kAllCountries = true;
#else
constexpr bool kAllCountries = false;
#endif

/// Folder of the shared sample data, which is not part of the repository.
std::filesystem::path shared_data() {
  if (const char* folder = std::getenv("CRM_SHARED_DATA")) return folder;
  const auto repository = std::filesystem::path(__FILE__).parent_path().parent_path().parent_path();
  return repository / ".." / "shared" / "data";
}

/// First two cells of a CSV line; a quoted cell may hold commas.
std::pair<std::string, std::string> two_cells(const std::string& line) {
  std::string cells[2];
  std::size_t cell = 0;
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      if (++cell == 2) break;
    } else if (c != '\r') {
      cells[cell] += c;
    }
  }
  return {cells[0], cells[1]};
}

TEST_CASE("a phone is searched by its digits") {
  CHECK(crm::phone_digits("+7 (383) 212-34-56") == "73832123456");
  CHECK(crm::phone_digits("доб. 12") == "12");
  CHECK(crm::phone_digits("нет").empty());
}

// By the numbering plan of Russia (ITU E.164, +7): ten digits after 8, +7 or nothing.
TEST_CASE("a Russian phone in any spelling is one number") {
  for (const std::string typed :
       {"+7 (383) 212-34-56", "8 (383) 212-34-56", "7 383 212 34 56", "83832123456", "383 212-34-56",
        " 8-383-212-34-56 ", "8\u00A0383\u00A0212\u201034\u201356", "(+7) 383.212.34.56", "8 383 212-34-56 доб. 12",
        "8 (383) 212-34-56 доб.: 12", "+7 383 2123456 ext 7", "+73832123456,12", "+73832123456 #12"}) {
    CAPTURE(typed);
    CHECK(crm::phone_e164(typed) == "+73832123456");
  }
  CHECK(crm::phone_e164("8 800 200-55-60") == "+78002005560");
  CHECK(crm::phone_e164("8 913 000 00 00") == "+79130000000");
  CHECK(crm::phone_e164("8 (727) 258-00-00") == "+77272580000");  // Kazakhstan shares +7 and the trunk 8
}

TEST_CASE("a number of another country keeps its digits") {
  CHECK(crm::phone_e164("+49 30 123456") == "+4930123456");
  CHECK(crm::phone_e164("+375 (29) 123-45-67") == "+375291234567");
  CHECK(crm::phone_e164("+1 212 555 0100") == "+12125550100");
}

struct Foreign {
  const char* typed;
  const char* e164;             ///< "" is none
  const char* without_library;  ///< without CRM_WITH_PHONES
};

// By the national numbering plans that are published with ITU E.164: lengths and trunk prefixes of each country.
constexpr Foreign kForeign[] = {
    // Germany: area code without its 0; Berlin is 30, a mobile number is 151 and eight digits.
    {"+49 30 123456", "+4930123456", "+4930123456"},
    {"0049 30 123456", "+4930123456", ""},
    {"+49 (0)30 / 123456", "+4930123456", "+49030123456"},
    {"0049-(0)30-123456", "+4930123456", ""},
    {"8~10 49 30 123456", "+4930123456", ""},
    {"+49 30 123456 доб. 12", "+4930123456", "+4930123456"},
    {"+49 151 12345678", "+4915112345678", "+4915112345678"},
    {"+49 151 123456", "", "+49151123456"},
    // Belarus: nine digits, 29 is mobile.
    {"+375 (29) 123-45-67", "+375291234567", "+375291234567"},
    {"8 10 375 29 123-45-67", "+375291234567", ""},
    {"8\u201010\u2010375\u201029\u2010123\u201045\u201067", "+375291234567", ""},
    {"+375 29 123-45-6", "", "+37529123456"},
    {"+375 29 123-45-678", "", "+3752912345678"},
    // Kazakhstan: in the plan of +7, mobile 701; the rule of Russia decides.
    {"+7 701 123 45 67", "+77011234567", "+77011234567"},
    {"8 701 123 45 67", "+77011234567", "+77011234567"},
    {"007 701 123 45 67", "+77011234567", ""},
    {"+7 701 123 45 6", "", ""},
    // Russia itself, with the trunk 8 written after +7.
    {"+7 (8-383) 212-34-56", "+73832123456", ""},
    // United Kingdom: London is 20 and eight digits; 7946 0000 to 0999 are for use in fiction.
    {"0044 20 7946 0958", "+442079460958", ""},
    {"+44 (0)20 7946 0958", "+442079460958", "+4402079460958"},
    {"+44 20 7946 09581", "", "+4420794609581"},
    // China: Beijing is 10 and eight digits, a mobile number is 138 and eight digits.
    {"8~10 86 10 6552 9988", "+861065529988", ""},
    {"8-10-86-138-1234-5678", "+8613812345678", ""},
    {"0086 138 1234 5678", "+8613812345678", ""},
    {"+86 138 1234 567", "", "+861381234567"},
    // Italy: the 0 of the area code is a part of the number.
    {"+39 06 1234 5678", "+390612345678", "+390612345678"},
    // North America: ten digits, neither area nor exchange begins with 0 or 1.
    {"+1 212 555 0100", "+12125550100", "+12125550100"},
    {"001 (212) 555-0100", "+12125550100", ""},
    {"+1 212 555 01000", "", "+121255501000"},
    {"+1 112 555 0100", "", "+11125550100"},
    // Ukraine: nine digits, Kiev is 44. Uzbekistan: nine digits, Tashkent is 71.
    {"8~10 380 44 279-12-34", "+380442791234", ""},
    {"+998 71 233-45-67", "+998712334567", "+998712334567"},
    // 999 is no country.
    {"+999 12 345 678", "", "+99912345678"},
    // Without a prefix no country is guessed; a prefix alone is no number; letters are not dialled.
    {"49 30 1234567", "", ""},
    {"375 29 123-45-67", "", ""},
    {"00", "", ""},
    {"8~10", "", ""},
    {"+0049 30 123456", "", ""},
    {"+1 800 FLOWERS", "", ""},
    {"001 212 555 0100 Иван", "", ""},
    {"+49 30 123456, +49 30 123457", "", ""},
};

TEST_CASE("a number of another country is that of its numbering plan") {
  for (const Foreign& row : kForeign) {
    CAPTURE(row.typed);
    CHECK(crm::phone_e164(row.typed).value_or("") == (kAllCountries ? row.e164 : row.without_library));
  }
}

TEST_CASE("phones of other countries are read by many threads at once") {
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int round = 0; round < 20; ++round)
        for (const Foreign& row : kForeign)
          wrong += crm::phone_e164(row.typed).value_or("") != (kAllCountries ? row.e164 : row.without_library);
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == 0);
}

TEST_CASE("what cannot be a number gives none") {
  for (const std::string typed : {"",
                                  "+ ()-",
                                  "нет телефона",
                                  "212-34-56",
                                  "123",
                                  "8 383 212-34",
                                  "8 383 212-34-567",
                                  "8 012 345 67 89",
                                  "+7 383 212 34 5",
                                  "+7 383 212 34 567",
                                  "0000000000",
                                  "7012345678",
                                  "+0 123 456 789",
                                  "+1234567890123456",
                                  "+123",
                                  "8 383 212-34-56, 8 383 212-34-57",
                                  "8 383 212-34-56 Иван",
                                  "++73832123456",
                                  "8+3832123456",
                                  "8-800-FLOWERS",
                                  "8 383 212-34-56 доб."}) {
    CAPTURE(typed);
    CHECK_FALSE(crm::phone_e164(typed));
  }
}

// Rows of other countries need libphonenumber and what says which country it is: "+", 00 or 8~10.
TEST_CASE("phones of the shared sample are normalised as its sources say") {
  std::filesystem::path file = shared_data() / "ru_phones" / "phones.csv";
  if (!std::filesystem::exists(file)) file.replace_filename("phones_dev.csv");
  std::ifstream in(file);
  if (!in) {
    MESSAGE("skipped: no ru_phones in " << shared_data().string());
    return;
  }

  std::string line;
  std::getline(in, line);
  int compared = 0;
  int skipped = 0;
  while (std::getline(in, line)) {
    const auto [typed, expected] = two_cells(line);
    const std::string digits = crm::phone_digits(typed);
    const bool foreign = !expected.empty() && !expected.starts_with("+7");
    const bool named = typed.find('+') != typed.npos || digits.starts_with("00") || digits.starts_with("810");
    if (foreign && !(kAllCountries && named)) {
      ++skipped;
      continue;
    }
    CAPTURE(typed);
    CHECK(crm::phone_e164(typed).value_or("") == expected);
    ++compared;
  }
  CHECK(compared > 0);
  if (skipped > 0)
    MESSAGE("skipped: " << skipped << " phones of other countries" << (kAllCountries ? " without a prefix" : ""));
}

}  // namespace
