#include "report_words.hpp"

#include <algorithm>

#include "crm/meta/meta.hpp"

namespace crm::report {

std::string caption_of(const char* enumeration, std::int64_t number, Language language) {
  for (const EnumInfo* info : enumerations())
    if (std::string_view(info->name) == enumeration) {
      const EnumValue* value = info->find(number);
      return language == Language::russian ? value->ru : value->en;
    }
  return "";
}

std::string capital(std::string text) {
  // The first letter of a Russian or English caption: Cyrillic small letters are two bytes.
  if (text.empty()) return text;
  const auto first = static_cast<unsigned char>(text[0]);
  if (first >= 'a' && first <= 'z') text[0] = static_cast<char>(first - 'a' + 'A');
  if (text.size() < 2) return text;
  const auto second = static_cast<unsigned char>(text[1]);
  if (first == 0xD0 && second >= 0xB0) text[1] = static_cast<char>(second - 0x20);                      // а..п
  if (first == 0xD1 && second < 0x90) text.replace(0, 2, {char(0xD0), static_cast<char>(second + 0x20)});  // р..я
  return text;
}

std::string caption_of(Dimension dimension, Language language) {
  return capital(caption_of("dimension", static_cast<std::int64_t>(dimension), language));
}

std::string unit_of(Currency currency) {
  const std::string_view letters = currency.letters();
  if (letters == "RUB") return "₽";
  if (letters == "USD") return "$";
  if (letters == "EUR") return "€";
  return std::string(letters);
}

std::string total_word(Language language) { return word(language, "Итого", "Total"); }

std::string none_word(Dimension dimension, Language language) {
  return dimension == Dimension::manager ? word(language, "Не закреплено", "Unassigned") : word(language, "Нет", "None");
}

Scale scale_of(Currency currency) {
  Scale scale;
  if (currency) scale.decimals = currency.minor_digits();
  scale.unit = unit_of(currency);
  return scale;
}

Scale quantity_scale(std::span<const std::int64_t> millionths) {
  Scale scale;
  scale.decimals = 6;
  while (scale.decimals > 0 && std::ranges::all_of(millionths, [&](std::int64_t number) { return number % (scale.divisor * 10) == 0; })) {
    scale.divisor *= 10;
    --scale.decimals;
  }
  return scale;
}

std::string first_lines_note(Language language, std::size_t drawn) {
  return word(language, "На диаграмме первые строки таблицы: ", "Drawn are the first lines of the table: ") + std::to_string(drawn);
}

ReportSection nothing_section(std::string heading, Language language) {
  ReportSection section;
  section.heading = std::move(heading);
  section.chart.emplace().language = language;
  return section;
}

ReportColumn text_column(std::string caption) { return {std::move(caption), ReportColumn::Kind::text, 0, ""}; }

ReportColumn number_column(std::string caption, const Scale& scale) {
  const auto kind = scale.unit.empty() ? ReportColumn::Kind::number : ReportColumn::Kind::money;
  return {std::move(caption), kind, scale.decimals, scale.unit};
}

ReportColumn percent_column(std::string caption) { return {std::move(caption), ReportColumn::Kind::percent, 1, ""}; }

}  // namespace crm::report
