// A call of the table with its n-th step failing, on a base in a file: what must hold however it ends.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "calls.hpp"

namespace crm::test {

/// Where faults come from. `arm(n)`: the n-th step fails, counted from 1; 0: none. `disarm()`: how many there were since. Sources are armed
/// together to be counted, and one at a time to fail.
struct Source {
  std::string kind;
  std::function<void(long n)> arm;
  std::function<long()> disarm;
  std::vector<std::int32_t> statuses;  ///< that a call may fail with
  /// Whether a call that failed may have been kept: SQLite cannot know what an fsync that failed has left.
  bool either = false;
};

/// How the handle comes to the call.
enum class Way {
  warm,     ///< the same handle goes from failure to failure
  cold,     ///< a new handle each time
  in_unit,  ///< a new handle, inside a unit of work that is then kept
};

/// A base in a file that is made anew from an image, a handle on it, and a witness, another connection.
class FileBase {
 public:
  /// `cache`: pages, 0: as the library has it. `joined`: on a connection of the host's.
  FileBase(std::string image, std::string path, int cache, bool joined);
  ~FileBase() { close(); }
  FileBase(const FileBase&) = delete;

  /// The base as in the image, with a new handle.
  void fresh();
  void close();
  void close_witness();
  [[nodiscard]] crm_db* db() const { return db_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] bool is_hosts() const { return joined_; }
  /// All rows of all tables but those of the search, as a line a table.
  const std::string& dump();
  /// "" or why the file is not as it should be, or not as in that dump, after all have closed it; it stays closed.
  std::string damage(const std::string& wanted);
  /// Whether somebody holds the lock to write, or the host's connection is in a transaction.
  bool is_busy();

 private:
  std::string image_, path_;
  int cache_;
  bool joined_;
  sqlite3* host_ = nullptr;
  crm_db* db_ = nullptr;
  sqlite3* witness_ = nullptr;
  std::string dumped_, dumped_at_;
};

/// What the trials of a kind came to.
struct Tally {
  std::map<std::string, long> trials;  ///< by kind
  std::map<std::string, long> found;
  void print(const char* program) const;
};

/// Tries calls of the table, or that alone which CRM_CALL names.
class Trials {
 public:
  /// Of 1..`steps`, those to be tried: `few` at most, or as many as CRM_FAULTS says ("all"), at places that CRM_SEED decides.
  static std::vector<long> places(long steps, long few);

  Trials(const Office& office, FileBase& base, FileBase& empty) : office_(office), full_(base), empty_(empty) {}
  void run(const Call& call, const std::vector<Source>& sources, Way way, long few);
  Tally tally;

 private:
  struct Lucky {
    std::string told, after;
    std::vector<long> steps;  // of each source
  };
  Lucky lucky(const Call& call, const std::vector<Source>& sources, Way way);
  void begin(Desk& desk, const Call& call, Way way);
  void end_unit(Desk& desk, const Lucky& lucky, bool done);
  bool one(const Call& call, const Source& source, Way way, const Lucky& lucky, long n);
  void check_failed(Desk& desk, const Call& call, const Source& source, Way way, const Lucky& lucky, std::int32_t status);
  void found(const std::string& what);

  const Office& office_;
  FileBase& full_;
  FileBase& empty_;
  FileBase* base_ = nullptr;
  std::string before_;       ///< the base as it is made
  std::string before_unit_;  ///< ... and after a unit of work without the call
  std::string where_;  ///< of the trial
  std::string kind_;
};

}  // namespace crm::test
