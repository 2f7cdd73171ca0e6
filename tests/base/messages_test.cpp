#include "crm/base/messages.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "crm/base/error.hpp"
#include "crm/base/text.hpp"

namespace {

using crm::RuleText;

/// Every "{...}" of `text`, sorted.
std::vector<std::string> placeholders(std::string_view text) {
  std::vector<std::string> found;
  for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1))
    found.emplace_back(text.substr(open, text.find('}', open) + 1 - open));
  std::ranges::sort(found);
  return found;
}

bool has_cyrillic(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c == '\xD0' || c == '\xD1'; });
}

TEST_CASE("rules are sorted by id and each has one text") {
  const auto texts = crm::rule_texts();

  CHECK(texts.size() >= 100);
  CHECK(std::ranges::is_sorted(texts, {}, &RuleText::rule));
  CHECK(std::ranges::adjacent_find(texts, {}, &RuleText::rule) == texts.end());
}

TEST_CASE("texts are in house style: no capital at the start, no full stop, known placeholders") {
  for (const RuleText& text : crm::rule_texts()) {
    CAPTURE(text.rule);
    for (const auto sentence : {text.english, text.russian}) {
      CAPTURE(sentence);
      const auto begin = sentence.substr(0, 2);
      const bool acronym = sentence.starts_with("ИНН") || sentence.starts_with("КПП") || sentence.starts_with("ОГРН") ||
                           sentence.starts_with("БИК");
      CHECK((acronym || crm::fold(begin) == begin));
      CHECK_FALSE(sentence.ends_with('.'));
      CHECK_FALSE(crm::first_bad_byte(sentence).has_value());
      for (const auto& name : placeholders(sentence)) CHECK((name == "{value}" || name == "{detail}"));
    }
    CHECK(has_cyrillic(text.russian));
  }
}

TEST_CASE("a sentence that shows a value or a detail shows it in the other language too") {
  for (const RuleText& text : crm::rule_texts()) {
    CAPTURE(text.rule);
    CHECK(placeholders(text.english) == placeholders(text.russian));
  }
}

// Access: a uniqueness refusal says that the value is taken, with no id, name or manager of who holds it.
TEST_CASE("a refusal for a taken value leaves no room for its holder") {
  for (const std::string rule : {"unique.taken", "C2.inn_kpp_taken"}) {
    crm::Violation violation;
    violation.rule = rule;
    violation.value = "7707083893";
    violation.detail = "ООО Ромашка";

    for (const auto language : {crm::Language::english, crm::Language::russian}) {
      const auto told = crm::describe(violation, language);
      CHECK(told.find("7707083893") != std::string::npos);
      CHECK(told.find("Ромашка") == std::string::npos);
    }
  }
}

}  // namespace
