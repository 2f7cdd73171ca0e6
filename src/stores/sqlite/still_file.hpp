// Reading a base where nothing can be written beside it: SQLite's WAL wants files in its folder even of who only reads.
#pragma once

#include <cstdint>

#include "connection.hpp"

namespace crm::sqlite {

/// A base opened for reading. In a folder without the right to write it is read as a file that does not change, if no changes wait beside
/// it; else `storage` (`store.read_only_folder`).
class StillFile {
 public:
  /// Opens the connection anew if it cannot read otherwise.
  explicit StillFile(Connection& connection);
  /// Throws the same if somebody has written to it since.
  void check() const;

 private:
  [[nodiscard]] bool changes_wait() const;
  [[nodiscard]] std::int64_t changed_at() const;
  [[noreturn]] void refuse(const char* why) const;

  const Connection& connection_;
  bool is_still_ = false;
  std::int64_t opened_at_ = 0;  // when the file was changed last, as the file system counts
};

}  // namespace crm::sqlite
