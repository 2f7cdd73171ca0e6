#include "zone_history.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <tuple>
#include <utility>

#include "digits.hpp"
#include "zone_table.hpp"

namespace crm {
namespace {

/// Seconds from 1970 to about the year 30000: microseconds have room for them, and calendars.
constexpr std::int64_t kFar = 900'000'000'000;

/// Numbers of any base, each ended by what is no digit of it.
template <class Number>
Number take_number(std::string_view& text, int base) {
  Number number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number, base).ptr;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

/// The part of `text` before the next `mark`, and `text` after it.
std::string_view take_until(std::string_view& text, char mark) {
  const std::string_view part = text.substr(0, text.find(mark));
  text.remove_prefix(std::min(part.size() + 1, text.size()));
  return part;
}

/// Big-endian numbers of a file; past its end they are 0 and `fine` is false.
struct Bytes {
  std::string_view rest;
  bool fine = true;

  std::string_view take(std::uint64_t count) {
    fine = fine && count <= rest.size();
    const std::string_view part = rest.substr(0, fine ? static_cast<std::size_t>(count) : 0);
    rest.remove_prefix(part.size());
    return part;
  }
  std::int64_t number(std::size_t width) {
    std::uint64_t made = 0;
    const std::string_view part = take(width);
    for (const char c : part) made = made << 8 | static_cast<unsigned char>(c);
    return width == 4 ? static_cast<std::int32_t>(static_cast<std::uint32_t>(made)) : static_cast<std::int64_t>(made);
  }
};

/// The header of a block: how many there are of each.
struct Counts {
  std::uint64_t utc, standard, leaps, times, types, letters;

  [[nodiscard]] std::uint64_t size(std::uint64_t width) const {
    return times * (width + 1) + types * 6 + letters + leaps * (width + 4) + standard + utc;
  }
};

std::optional<Counts> read_counts(Bytes& file) {
  if (file.take(4) != "TZif") return {};
  const std::string_view version = file.take(16);
  std::uint64_t counts[6];
  for (std::uint64_t& count : counts) count = static_cast<std::uint32_t>(file.number(4));
  if (!file.fine || version[0] < '2') return {};
  return Counts{counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]};
}

/// Nothing of what cannot be read: what is no file of zic is none.
std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes;
  char part[4096];
  while (file.read(part, sizeof part) || file.gcount() > 0) bytes.append(part, static_cast<std::size_t>(file.gcount()));
  return bytes;
}

/// "2026f": a year and letters, after z comes za.
bool is_version(std::string_view text) {
  return digits::read(text, 0, 4) && std::all_of(text.begin() + 4, text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_newer(std::string_view version) {
  const auto rank = [](std::string_view v) { return std::tuple(v.substr(0, 4), v.size(), v); };
  return is_version(version) && rank(version) > rank(zone_table::kVersion);
}

/// What a database calls itself: the first line of tzdata.zi, or the file +VERSION.
std::string version_of(const std::string& folder) {
  constexpr std::string_view kMark = "# version ";
  std::string line;
  std::ifstream source(folder + "/tzdata.zi", std::ios::binary);
  if (std::getline(source, line) && line.starts_with(kMark)) return line.substr(kMark.size());
  std::ifstream version(folder + "/+VERSION", std::ios::binary);
  return std::getline(version, line) ? line : "";
}

/// Whether it names a file of the database and nothing beside it: no part is empty or begins with a dot.
bool is_path(std::string_view name) {
  bool begins = true;
  for (const char c : name) {
    const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || digits::is_digit(c) || c == '_' || c == '-' || c == '+';
    if (!fits && (c != '/' || begins)) return false;
    begins = c == '/';
  }
  return !begins && !name.starts_with("posix/") && !name.starts_with("right/");  // the latter counts leap seconds
}

}  // namespace

std::optional<ZoneHistory> zone_inside(std::string_view name) {
  const auto entry = std::ranges::lower_bound(zone_table::kZones, name, {}, &zone_table::Entry::name);
  if (entry == std::end(zone_table::kZones) || entry->name != name) return {};
  std::string_view text = entry->history;
  if (text.starts_with('=')) return zone_inside(text.substr(1));

  std::vector<std::int32_t> offsets;
  for (std::string_view told = take_until(text, ';'); !told.empty(); take_until(told, ' ')) offsets.push_back(take_number<std::int32_t>(told, 10));
  ZoneHistory history{offsets.front(), {}, false};
  std::int64_t at = 0;
  for (std::string_view told = take_until(text, ';'); !told.empty(); take_until(told, ' ')) {
    const auto offset = static_cast<std::size_t>(told.front() - 'a');
    told.remove_prefix(1);
    at += take_number<std::int64_t>(told, 36);
    history.jumps.push_back({at, offsets.at(offset)});
  }
  return with_rule(std::move(history), text);
}

std::optional<ZoneHistory> read_tzif(std::string_view bytes) {
  Bytes file{bytes};
  const auto narrow = read_counts(file);  // the block of 32 bits, for readers of the first version
  if (!narrow) return {};
  file.take(narrow->size(4));
  const auto counts = read_counts(file);
  if (!counts || counts->leaps || !counts->types || counts->size(8) > file.rest.size()) return {};

  Bytes times{file.take(counts->times * 8)};
  const std::string_view kinds = file.take(counts->times);
  std::vector<std::int32_t> offsets;
  for (std::uint64_t i = 0; i < counts->types; ++i) {
    offsets.push_back(static_cast<std::int32_t>(file.number(4)));
    file.take(2);  // whether it is summer, and its letters
    if (std::abs(offsets.back()) > 26 * 3600) return {};
  }
  file.take(counts->letters + counts->standard + counts->utc);

  ZoneHistory history{offsets.front(), {}, false};
  for (const char kind : kinds) {
    const auto offset = static_cast<unsigned char>(kind);
    const std::int64_t at = times.number(8);
    if (offset >= offsets.size() || at > kFar || (!history.jumps.empty() && at <= history.jumps.back().at)) return {};
    if (at < -kFar)
      history.first = offsets[offset];  // older zics begin with a jump at the big bang
    else
      history.jumps.push_back({at, offsets[offset]});
  }
  if (!file.rest.starts_with('\n') || !file.rest.ends_with('\n') || file.rest.size() < 2) return {};
  return with_rule(std::move(history), file.rest.substr(1, file.rest.size() - 2));
}

std::optional<ZoneHistory> zone_of_system(const std::string& folder, std::string_view name) {
  if (!is_path(name) || !is_newer(version_of(folder))) return {};
  return read_tzif(read_file(folder + "/" + std::string(name)));
}

}  // namespace crm
