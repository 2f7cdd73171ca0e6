// Captions, units and scales that tables and charts of figures have in common.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "crm/base/money.hpp"
#include "crm/report/page.hpp"
#include "crm/services/pivot.hpp"

namespace crm::report {

inline std::string word(Language language, const char* ru, const char* en) { return language == Language::russian ? ru : en; }

/// Of a value of an enumeration, as the schema tells it: "менеджер".
std::string caption_of(const char* enumeration, std::int64_t number, Language language);
/// The first letter made a capital one.
std::string capital(std::string text);
/// "Менеджер".
std::string caption_of(Dimension dimension, Language language);

/// "₽", "$", "€", else the letters of the currency.
std::string unit_of(Currency currency);
/// "Итого".
std::string total_word(Language language);
/// Who or what an id 0 stands for: nobody's, of no product.
std::string none_word(Dimension dimension, Language language);

/// How numbers of one kind are written: digits after the point, and what is left out of them.
struct Scale {
  int decimals = 0;
  std::int64_t divisor = 1;
  std::string unit;

  [[nodiscard]] std::int64_t of(std::int64_t number) const { return number / divisor; }
};
/// Of minor units; none: of whole numbers.
Scale scale_of(Currency currency);
/// Of millionths: as many digits as all of them need.
Scale quantity_scale(std::span<const std::int64_t> millionths);

/// As many bars, or pairs of them, are still looked through; of more lines the first ones are drawn.
inline constexpr std::size_t kMostCompared = 40;
std::string first_lines_note(Language language, std::size_t drawn = kMostCompared);
/// Where nothing is counted: a chart that says so.
ReportSection nothing_section(std::string heading, Language language);

ReportColumn text_column(std::string caption);
ReportColumn number_column(std::string caption, const Scale& scale);
/// With a digit after the point: cells are thousandths of the whole.
ReportColumn percent_column(std::string caption);

}  // namespace crm::report
