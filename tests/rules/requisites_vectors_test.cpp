// Requisites against published vectors and the directory of the Bank of Russia; one changed digit is refused.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "crm/rules/requisites.hpp"

namespace {

namespace fs = std::filesystem;

/// Files of a folder of the shared sample data whose names hold `part`; none where the data is absent.
std::vector<fs::path> shared_files(const char* folder, const std::string& part) {
  fs::path root = fs::path(__FILE__).parent_path().parent_path().parent_path() / ".." / "shared" / "data";
  if (const char* named = std::getenv("CRM_SHARED_DATA")) root = named;
  std::vector<fs::path> found;
  std::error_code absent;
  for (const auto& file : fs::directory_iterator(root / folder, absent))
    if (file.path().filename().string().find(part) != std::string::npos) found.push_back(file.path());
  return found;
}

std::vector<std::string> cells_of(std::string line) {
  if (line.ends_with('\r')) line.pop_back();
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
  return cells;
}

bool account_fits(const std::string& account, const std::string& bik, crm::Keeper keeper) {
  return crm::is_account_form(account) && crm::account_key_matches(crm::account_prefix(bik, keeper), account);
}

const std::map<std::string, std::function<bool(const std::string& value, const std::string& bik)>> kKinds = {
    {"bik", [](const auto& value, const auto&) { return crm::is_bik(value); }},
    {"inn", [](const auto& value, const auto&) { return crm::is_inn(value); }},
    {"kpp", [](const auto& value, const auto&) { return crm::is_kpp(value); }},
    {"ogrn", [](const auto& value, const auto&) { return crm::is_ogrn(value); }},
    {"ogrnip", [](const auto& value, const auto&) { return crm::is_ogrnip(value); }},
    {"rs", [](const auto& value, const auto& bik) { return account_fits(value, bik, crm::Keeper::bank); }},
    {"ks", [](const auto& value, const auto& bik) { return account_fits(value, bik, crm::Keeper::central_bank); }},
};

TEST_CASE("requisites of the published vectors get their published verdicts") {
  const auto files = shared_files("ru_requisites", ".csv");
  if (files.empty()) MESSAGE("skipped: no ru_requisites in the shared data");
  for (const auto& path : files) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    REQUIRE(line.starts_with("kind,value,bik,expected"));
    int judged = 0;
    while (std::getline(file, line)) {
      const auto cells = cells_of(line);
      if (cells.size() < 4 || cells[0] == "snils") continue;
      CAPTURE(line);
      REQUIRE(kKinds.contains(cells[0]));
      CHECK(kKinds.at(cells[0])(cells[1], cells[2]) == (cells[3] == "valid"));
      ++judged;
    }
    CHECK(judged > 100);
    MESSAGE(path.filename().string() << ": " << judged << " rows");
  }
}

/// `value` with each of its digits replaced by each other one.
void for_each_slip(const std::string& value,
                   const std::function<void(const std::string& slip, std::size_t place)>& see) {
  for (std::size_t place = 0; place < value.size(); ++place)
    for (char c = '0'; c <= '9'; ++c) {
      if (c == value[place]) continue;
      std::string slip = value;
      slip[place] = c;
      see(slip, place);
    }
}

std::string attribute(const std::string& element, const std::string& name) {
  const auto start = element.find(" " + name + "=\"");
  if (start == std::string::npos) return "";
  const auto from = start + name.size() + 3;
  return element.substr(from, element.find('"', from) - from);
}

// Weights 7, 1 and 3 have no divisor in common with 10, so a change of one digit always changes the sum mod 10.
TEST_CASE("every account of the Bank of Russia fits the unit that keeps it, and no slip of one digit does") {
  const auto files = shared_files("cbr_ed807", "ED807");
  if (files.empty()) MESSAGE("skipped: no cbr_ed807 in the shared data");
  for (const auto& path : files) {
    std::ifstream file(path, std::ios::binary);
    const std::string xml{std::istreambuf_iterator<char>(file), {}};
    int accounts = 0;
    int refused = 0;
    int slips = 0;
    int slips_let_through = 0;
    const std::string tag = "<Accounts ";
    for (auto at = xml.find(tag); at != std::string::npos; at = xml.find(tag, at + 1)) {
      const std::string element = xml.substr(at, xml.find('>', at) - at);
      crm::BankAccount row;
      row.account = attribute(element, "Account");
      row.bik = attribute(element, "AccountCBRBIC");
      row.at_central_bank = true;
      ++accounts;
      refused += !crm::check(row).empty();
      const std::string prefix = crm::account_prefix(row.bik, crm::Keeper::central_bank);
      for_each_slip(row.account, [&](const std::string& slip, std::size_t) {
        ++slips;
        slips_let_through += crm::account_key_matches(prefix, slip);
      });
    }
    CAPTURE(path.filename().string());
    CHECK(accounts > 1000);
    if (path.filename() == "20220630_ED807_full.xml") CHECK(accounts == 1884);
    CHECK(refused == 0);
    CHECK(slips == accounts * 20 * 9);
    CHECK(slips_let_through == 0);
  }
}

/// Σ weight · digit mod `modulus`.
int remainder(const std::string& digits, const std::vector<int>& weights, int modulus) {
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * (digits[i] - '0');
  return sum % modulus;
}

const std::vector<int> kTen = {2, 4, 10, 3, 5, 9, 4, 6, 8};
const std::vector<int> kEleventh = {7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
const std::vector<int> kTwelfth = {3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
// 10^k mod 11 is 1 or 10; mod 13 it goes round 1 10 9 12 3 4.
const std::vector<int> kOgrn = {10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1};
const std::vector<int> kOgrnip = {10, 1, 4, 3, 12, 9, 10, 1, 4, 3, 12, 9, 10, 1};

/// 11 and 13 are prime, so a changed digit always changes the remainder; only "mod 10" after it can hide that: 10 reads
/// as 0 (and 11 as 1, 12 as 2).
bool hidden(const std::string& right, const std::string& slip, const std::vector<int>& weights, int modulus) {
  return remainder(right, weights, modulus) % 10 == remainder(slip, weights, modulus) % 10;
}

TEST_CASE("a slip of one digit is refused, unless its remainder reads the same") {
  for (const std::string inn : {"7707083893", "7827004526", "3664069397", "5302008630", "0000000000"})
    for_each_slip(inn, [&](const std::string& slip, std::size_t place) {
      CAPTURE(slip);
      CHECK(crm::is_inn10(slip) == (place < 9 && hidden(inn, slip, kTen, 11)));
    });
  for (const std::string inn : {"760307073214", "302502032671", "771002344404", "500100732259"})
    for_each_slip(inn, [&](const std::string& slip, std::size_t place) {
      CAPTURE(slip);
      CHECK(crm::is_inn12(slip) == (place < 10 && hidden(inn, slip, kEleventh, 11) && hidden(inn, slip, kTwelfth, 11)));
    });
  for (const std::string ogrn : {"1027812400868", "1027700132195", "1037700013020"})
    for_each_slip(ogrn, [&](const std::string& slip, std::size_t place) {
      CAPTURE(slip);
      CHECK(crm::is_ogrn(slip) == (place < 12 && hidden(ogrn, slip, kOgrn, 11)));
    });
  for (const std::string ogrnip : {"307760324100018", "316784700262702", "304500116000157"})
    for_each_slip(ogrnip, [&](const std::string& slip, std::size_t place) {
      CAPTURE(slip);
      CHECK(crm::is_ogrnip(slip) == (place < 14 && hidden(ogrnip, slip, kOgrnip, 13)));
    });
}

}  // namespace
