// The shared sample data, where it is there.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace crm::test {

/// The bytes of a file of ../shared/data or $CRM_SHARED_DATA; none where it is absent.
inline std::optional<std::string> shared_file(const char* path) {
  namespace fs = std::filesystem;
  fs::path root = fs::path(__FILE__).parent_path().parent_path().parent_path() / ".." / "shared" / "data";
  if (const char* named = std::getenv("CRM_SHARED_DATA")) root = named;
  std::ifstream file(root / path, std::ios::binary);
  if (!file) return {};
  return std::string(std::istreambuf_iterator<char>(file), {});
}

using CsvRow = std::map<std::string, std::string>;

/// Cells by the names of the first row; quoted ones may hold commas and line ends.
inline std::vector<CsvRow> csv_rows(const std::string& text) {
  std::vector<std::vector<std::string>> rows(1);
  std::string cell;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      if (quoted && i + 1 < text.size() && text[i + 1] == '"') cell += text[++i];
      else quoted = !quoted;
    } else if (!quoted && (c == ',' || c == '\n')) {
      rows.back().push_back(std::move(cell));
      cell.clear();
      if (c == '\n') rows.emplace_back();
    } else if (quoted || c != '\r') {
      cell += c;
    }
  }
  if (!cell.empty()) rows.back().push_back(std::move(cell));
  std::vector<CsvRow> named;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].size() != rows[0].size()) continue;
    CsvRow& row = named.emplace_back();
    for (std::size_t column = 0; column < rows[0].size(); ++column) row[rows[0][column]] = rows[i][column];
  }
  return named;
}

/// The text becomes a number of its own, from 1 on.
class Numbers {
 public:
  std::int64_t of(const std::string& text) { return numbers_.try_emplace(text, std::ssize(numbers_) + 1).first->second; }
  [[nodiscard]] const std::map<std::string, std::int64_t>& all() const { return numbers_; }

 private:
  std::map<std::string, std::int64_t> numbers_;
};

}  // namespace crm::test

/// Leaves the test, visibly, where a file is absent.
#define CRM_SHARED(name, path)                                \
  const auto name = crm::test::shared_file(path);             \
  if (!name) {                                                \
    MESSAGE("skipped: the shared data has no " path);         \
    return;                                                   \
  }
