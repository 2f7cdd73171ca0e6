#include "crm/rules/notice_text.hpp"

#include <iterator>
#include <utility>

namespace crm {
namespace {

struct Template {
  std::string_view english;
  std::string_view russian;
};

constexpr Template kTemplates[] = {
    {"New event: {event}, {company}, {start}", "Новое событие: {event}, {company}, {start}"},
    {"Held: {event}, {company}, {start}. Executor: {executor}", "Состоялось: {event}, {company}, {start}. Исполнитель: {executor}"},
    {"Executor is now {executor}: {event}, {company}, {start}", "Исполнитель теперь {executor}: {event}, {company}, {start}"},
    {"Company assigned to you: {company}", "За вами закреплён клиент: {company}"},
    {"Reminder: {event}, {company}, {start}", "Напоминание: {event}, {company}, {start}"},
    {"Postponed until today: {event}, {company}", "Отложено до сегодня: {event}, {company}"},
    {"Overdue: {event}, {company}, {start}. Executor: {executor}", "Просрочено: {event}, {company}, {start}. Исполнитель: {executor}"},
    {"Not verified: {event}, {company}, {start}. Executor: {executor}",
     "Не проверено: {event}, {company}, {start}. Исполнитель: {executor}"},
    {"You took over work (companies / events): {detail}", "Вам переданы дела (клиентов / событий): {detail}"},
    {"Returned: {event}, {company}, {start}. {by}: {detail}", "Возвращено: {event}, {company}, {start}. {by}: {detail}"},
};

}  // namespace

std::string_view notice_template(Notice::Kind kind, Language language) {
  constexpr Template kOther{"{event}, {company}, {start}", "{event}, {company}, {start}"};  // of a kind that only a later release knows
  const auto number = static_cast<std::size_t>(kind);
  const Template& text = number < std::size(kTemplates) ? kTemplates[number] : kOther;
  return language == Language::russian ? text.russian : text.english;
}

std::string notice_text(std::string_view text, const NoticeWords& words) {
  const std::pair<std::string_view, const std::string*> places[] = {
      {"{event}", &words.event},       {"{company}", &words.company}, {"{start}", &words.start},
      {"{executor}", &words.executor}, {"{by}", &words.by},           {"{detail}", &words.detail}};
  std::string out;
  while (!text.empty()) {
    bool replaced = false;
    for (const auto& [place, word] : places) {
      if (!text.starts_with(place)) continue;
      out += word->empty() ? "–" : *word;
      text.remove_prefix(place.size());
      replaced = true;
      break;
    }
    if (replaced) continue;
    out += text.front();
    text.remove_prefix(1);
  }
  return out;
}

}  // namespace crm
