#include "crm/rules/notice_text.hpp"

#include <doctest/doctest.h>

using namespace crm;

TEST_CASE("the words of a notice take their places, a missing one is a dash, and any other text stays") {
  NoticeWords words;
  words.event = "Встреча";
  words.company = "{event}";  // a name is no place
  words.executor = "Иванов";

  CHECK(notice_text("{event}: {company}, {start}; {executor}", words) == "Встреча: {event}, –; Иванов");
  CHECK(notice_text("{Event} {", words) == "{Event} {");
  CHECK(notice_text("", words).empty());
}

TEST_CASE("each kind of notice has a text in both languages") {
  CHECK(notice_template(Notice::Kind::reminder, Language::english) == "Reminder: {event}, {company}, {start}");
  CHECK(notice_template(Notice::Kind::reminder, Language::russian) == "Напоминание: {event}, {company}, {start}");
}

TEST_CASE("a kind of notice that only a later release knows is told as what it is about") {
  const auto later = static_cast<Notice::Kind>(10);  // the next one
  CHECK(notice_template(later, Language::english) == "{event}, {company}, {start}");
  CHECK(notice_template(later, Language::russian) == "{event}, {company}, {start}");
}
