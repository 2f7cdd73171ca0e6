/// ISO 8601 of dates and instants. The calendar is std::chrono's: it tells a real date without exceptions or locale,
/// so Boost.Date_Time is left to the rules that need weeks and working days.
#include "crm/base/time.hpp"

#include "digits.hpp"

namespace crm {
namespace {

using namespace std::chrono;

constexpr std::int64_t kDay = 86'400'000'000;

/// The years Boost.Date_Time knows, so that no date let in here is refused there.
constexpr int kFirstYear = 1400;

std::optional<Date> read_date(std::string_view ten) {
  if (ten.size() != 10 || ten[4] != '-' || ten[7] != '-') return std::nullopt;
  const auto y = digits::read(ten, 0, 4);
  const auto m = digits::read(ten, 5, 2);
  const auto d = digits::read(ten, 8, 2);
  if (!y || !m || !d || *y < kFirstYear) return std::nullopt;
  const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
  if (!date.ok()) return std::nullopt;
  return Date(date);
}

/// "09:00:00"
std::optional<seconds> read_clock(std::string_view eight) {
  if (eight.size() != 8 || eight[2] != ':' || eight[5] != ':') return std::nullopt;
  const auto h = digits::read(eight, 0, 2);
  const auto m = digits::read(eight, 3, 2);
  const auto s = digits::read(eight, 6, 2);
  if (!h || !m || !s || *h > 23 || *m > 59 || *s > 59) return std::nullopt;
  return hours(*h) + minutes(*m) + seconds(*s);
}

/// Takes ".25" off the front: one to nine digits (.NET gives seven), cut to microseconds.
std::optional<microseconds> take_fraction(std::string_view& rest) {
  if (!rest.starts_with('.')) return microseconds(0);
  std::size_t end = 1;
  int micro = 0;
  while (end < rest.size() && digits::is_digit(rest[end])) {
    if (end <= 6) micro = micro * 10 + (rest[end] - '0');
    ++end;
  }
  if (end == 1 || end > 10) return std::nullopt;
  for (std::size_t have = end - 1; have < 6; ++have) micro *= 10;
  rest.remove_prefix(end);
  return microseconds(micro);
}

/// Years outside 0..9999 are printed in full with a sign: wrong input stays readable in a message.
void append_date(std::string& out, std::int64_t days_since_1970) {
  // year_month_day holds 16 bits of year; whole cycles of 400 years are set aside, so that any day is right.
  constexpr std::int64_t kCycle = 146'097;
  const std::int64_t cycles = days_since_1970 / kCycle - (days_since_1970 % kCycle < 0 ? 1 : 0);
  const year_month_day date{Date(days(days_since_1970 - cycles * kCycle))};
  const std::int64_t y = static_cast<int>(date.year()) + cycles * 400;
  if (y < 0) out += '-';
  if (y > 9999) out += '+';
  digits::append(out, static_cast<std::uint64_t>(y < 0 ? -y : y), 4);
  out += '-';
  digits::append(out, static_cast<unsigned>(date.month()), 2);
  out += '-';
  digits::append(out, static_cast<unsigned>(date.day()), 2);
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) { return read_date(text); }

std::string to_string(Date day) {
  std::string out;
  append_date(out, to_number(day));
  return out;
}

std::optional<Instant> parse_instant(std::string_view text) {
  if (text.size() < 20 || text[10] != 'T') return std::nullopt;
  const auto date = read_date(text.substr(0, 10));
  const auto clock = read_clock(text.substr(11, 8));
  std::string_view rest = text.substr(19);
  const auto fraction = take_fraction(rest);
  const auto offset = rest == "Z" ? std::optional(minutes(0)) : digits::read_offset(rest);
  if (!date || !clock || !fraction || !offset) return std::nullopt;
  return Instant(date->time_since_epoch() + *clock + *fraction - *offset);
}

std::string to_string(Instant at) {
  const std::int64_t count = to_number(at);
  const bool before = count % kDay < 0;
  const auto in_day = static_cast<std::uint64_t>(count % kDay + (before ? kDay : 0));
  const std::uint64_t second = in_day / 1'000'000;
  const std::uint64_t micro = in_day % 1'000'000;

  std::string out;
  append_date(out, count / kDay - (before ? 1 : 0));
  out += 'T';
  digits::append(out, second / 3600, 2);
  out += ':';
  digits::append(out, second / 60 % 60, 2);
  out += ':';
  digits::append(out, second % 60, 2);
  if (micro != 0) {
    out += '.';
    if (micro % 1000 == 0) {
      digits::append(out, micro / 1000, 3);
    } else {
      digits::append(out, micro, 6);
    }
  }
  out += 'Z';
  return out;
}

}  // namespace crm
