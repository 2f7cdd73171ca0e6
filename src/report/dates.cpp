#include "dates.hpp"

namespace crm::report {
namespace {

struct Word {
  const char* ru;
  const char* en;
};

constexpr Word kWeekdays[] = {{"Пн", "Mon"}, {"Вт", "Tue"}, {"Ср", "Wed"}, {"Чт", "Thu"}, {"Пт", "Fri"}, {"Сб", "Sat"}, {"Вс", "Sun"}};
constexpr Word kMonths[] = {{"Январь", "January"}, {"Февраль", "February"}, {"Март", "March"},       {"Апрель", "April"},
                            {"Май", "May"},        {"Июнь", "June"},        {"Июль", "July"},        {"Август", "August"},
                            {"Сентябрь", "September"}, {"Октябрь", "October"}, {"Ноябрь", "November"}, {"Декабрь", "December"}};
constexpr const char* kOfMonth[] = {"января", "февраля", "марта",    "апреля",  "мая",    "июня",
                                    "июля",   "августа", "сентября", "октября", "ноября", "декабря"};

struct Parts {
  int year;
  unsigned month;  // from 0
  unsigned day;
};

Parts parts_of(Date day) {
  const std::chrono::year_month_day date(day);
  return {static_cast<int>(date.year()), static_cast<unsigned>(date.month()) - 1, static_cast<unsigned>(date.day())};
}

const char* in(const Word& word, Language language) { return language == Language::russian ? word.ru : word.en; }

std::string of_month(unsigned month, Language language) {
  return language == Language::russian ? kOfMonth[month] : kMonths[month].en;
}

std::string two(std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); }

}  // namespace

std::string weekday_name(Date day, Language language) {
  const std::chrono::weekday weekday{std::chrono::sys_days(day.time_since_epoch())};
  return in(kWeekdays[weekday.iso_encoding() - 1], language);
}

std::string day_name(Date day, Language language) {
  const Parts parts = parts_of(day);
  return std::to_string(parts.day) + " " + of_month(parts.month, language);
}

std::string date_name(Date day, Language language) { return day_name(day, language) + " " + std::to_string(parts_of(day).year); }

std::string month_name(Date day, Language language) {
  const Parts parts = parts_of(day);
  return std::string(in(kMonths[parts.month], language)) + " " + std::to_string(parts.year);
}

std::string period_name(Date first, Date last, Language language) {
  if (first == last) return date_name(last, language);
  const Parts from = parts_of(first);
  const Parts to = parts_of(last);
  if (from.year != to.year) return date_name(first, language) + " – " + date_name(last, language);
  if (from.month != to.month) return day_name(first, language) + " – " + date_name(last, language);
  return std::to_string(from.day) + "–" + date_name(last, language);
}

std::string clock(std::int32_t minute_of_day) { return two(minute_of_day / 60) + ":" + two(minute_of_day % 60); }

std::string clock(Instant at, const Zone& zone) {
  const LocalTime wall = zone.local(at);
  const auto since = std::chrono::floor<std::chrono::minutes>(wall - LocalTime(std::chrono::floor<std::chrono::days>(wall)));
  return clock(static_cast<std::int32_t>(since.count()));
}

}  // namespace crm::report
