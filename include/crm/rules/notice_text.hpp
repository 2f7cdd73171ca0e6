/// How notices read (E4, E9, E12, M7).
#pragma once

#include <string>
#include <string_view>

#include "crm/base/error.hpp"
#include "crm/model/notice.hpp"

namespace crm {

/// What stands for {event}, {company}, {start}, {executor}, {by} and {detail}.
struct NoticeWords {
  std::string event;
  std::string company;
  std::string start;
  std::string executor;
  std::string by;
  std::string detail;
};

/// The library's own text of a kind of notice.
std::string_view notice_template(Notice::Kind kind, Language language);
/// The text with its words in place; other braces stay as they are.
std::string notice_text(std::string_view text, const NoticeWords& words);

}  // namespace crm
