/// Words of an address and what each of them means, for the .cpp files of addresses.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crm::address {

/// A run of letters and digits, with the hyphens inside it. `text` is as typed, `key` folded.
struct Word {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view text;
  std::string key;
};

std::vector<Word> words_of(std::string_view text);

bool is_street_type(const Word& word);
/// There a whole word with a capital belongs to the name: "Нижняя Набережная".
bool is_street_type_after_name(const Word& word);
bool is_settlement_type(const Word& word);
/// "дом", "вл", "зд": before the number of a house.
bool is_house_mark(std::string_view key);
/// "корп", "стр": the number after it is of a part of the house. Its sign on the map, empty for any other word.
std::string_view part_mark(std::string_view key);
bool is_letter_mark(std::string_view key);
/// "оф", "кв", "этаж": inside a house.
bool is_unit_mark(std::string_view key);
/// Whether the words hold a name, and not only numbers and ordinals.
bool holds_name(std::span<const Word> words);

/// The house that `text` begins with.
struct House {
  std::string normal;   ///< empty if it begins with none
  std::size_t end = 0;  ///< of what was understood
};
House read_house(std::string_view text);

/// Every run of spaces as one, none at the ends.
std::string collapse(std::string_view text);

}  // namespace crm::address
