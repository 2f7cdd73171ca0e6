// The bases of the fault tests: the office and one with nothing in it, as files in a folder of their own.
#pragma once

#include <filesystem>

#include "trial.hpp"

namespace crm::test {

struct Worlds {
  /// As of FileBase.
  Worlds(const std::string& program, int cache, bool joined);
  ~Worlds();
  Worlds(const Worlds&) = delete;

  const std::filesystem::path folder;
  std::vector<std::unique_ptr<sqlite3, decltype(&sqlite3_close)>> hosts;  ///< connections of the host's, under the stores
  const Office office;
  FileBase full, empty;

 private:
  [[nodiscard]] std::string file(const char* name) const { return folder / name; }
  std::unique_ptr<Store> store(const char* name, bool joined);
  /// What stands in the file.
  std::string image(const char* name);
  std::string empty_image(bool joined);
};

}  // namespace crm::test
