#include "still_file.hpp"

#include <filesystem>
#include <string>
#include <system_error>

#include "crm/base/error.hpp"

namespace crm::sqlite {
namespace {

constexpr std::uintmax_t kWalHeader = 32;  // bytes before the first frame

std::filesystem::path file_of(const std::string& utf8) { return {std::u8string(utf8.begin(), utf8.end())}; }

/// 0: there is none, or it cannot be seen.
std::uintmax_t size_of(const std::string& file) {
  std::error_code none;
  const std::uintmax_t size = std::filesystem::file_size(file_of(file), none);
  return none ? 0 : size;
}

/// As SQLite wants it: https://www.sqlite.org/uri.html
std::string uri_of(const std::string& file) {
  const std::u8string absolute = std::filesystem::absolute(file_of(file)).generic_u8string();
  std::string uri = absolute.starts_with(u8'/') ? "file://" : "file:///";
  for (const char8_t c : absolute) {
    const bool is_plain = c != u8'%' && c != u8'?' && c != u8'#';
    constexpr const char* kHex = "0123456789abcdef";
    uri += is_plain ? std::string(1, static_cast<char>(c)) : std::string{'%', kHex[c / 16], kHex[c % 16]};
  }
  return uri + "?immutable=1";
}

}  // namespace

StillFile::StillFile(Connection& connection) : connection_(connection) {
  const int result = connection.try_reading();
  if ((result & 0xff) != SQLITE_CANTOPEN && (result & 0xff) != SQLITE_READONLY) return;
  if (changes_wait()) refuse("its -wal or -journal holds changes that are not in it yet");
  opened_at_ = changed_at();
  connection.open_again(uri_of(connection.path()), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
  is_still_ = true;
}

void StillFile::check() const {
  if (is_still_ && (changes_wait() || changed_at() != opened_at_)) refuse("it was written to since it was opened");
}

bool StillFile::changes_wait() const { return size_of(connection_.path() + "-wal") > kWalHeader || size_of(connection_.path() + "-journal") > 0; }

std::int64_t StillFile::changed_at() const {
  std::error_code none;
  return std::filesystem::last_write_time(file_of(connection_.path()), none).time_since_epoch().count();
}

void StillFile::refuse(const char* why) const {
  throw Error(Code::storage, std::vector<Violation>{{"store.read_only_folder", 0, 0, 0, connection_.path(), why}});
}

}  // namespace crm::sqlite
