#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "crm/base/text.hpp"

namespace {

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

// Rows whose number is not Russian and was typed without "+", or with an IDD prefix (810, 00), need libphonenumber,
// which is asked above this layer; the rule of text.hpp claims Russia only, so only those rows are compared.
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
  while (std::getline(in, line)) {
    const auto [typed, expected] = two_cells(line);
    if (!expected.empty() && !expected.starts_with("+7")) continue;
    CAPTURE(typed);
    CHECK(crm::phone_e164(typed).value_or("") == expected);
    ++compared;
  }
  CHECK(compared > 0);
}

}  // namespace
