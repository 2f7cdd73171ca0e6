// The calendar as one page: the picture, and its events as tables (E11).
#include "calendar_text.hpp"
#include "dates.hpp"
#include "markup.hpp"

namespace crm {
namespace report {
namespace {

std::string style_sheet(const CalendarTheme& theme) {
  const auto value = [](std::string_view text) { return escaped(text); };
  return "body{margin:0;padding:0 0 24px;background:" + value(theme.paper) + ";color:" + value(theme.ink) + ";font:" +
         std::to_string(theme.font_size + 1) + "px/1.45 " + theme.font +
         "}\n.picture{overflow-x:auto}\nsvg{display:block;margin:0 auto}\nsvg a{text-decoration:none}\n"
         "main{max-width:1200px;margin:0 auto;padding:0 16px}\nh2{font-size:1.25em;margin:1.4em 0 .5em}\n"
         "table{border-collapse:collapse;width:100%}\nth,td{text-align:left;vertical-align:top;padding:4px 8px;border-bottom:1px solid " +
         value(theme.grid) +
         "}\nth{white-space:nowrap}\ntd.state span{display:inline-block;padding:0 8px;border-radius:3px;white-space:nowrap}\n"
         "td.when{white-space:nowrap}\na{color:inherit}\n"
         "@media print{@page{size:A4 landscape;margin:10mm}.picture{overflow:visible}svg{max-width:100%;height:auto}tr{break-inside:avoid}}\n";
}

class CalendarPage {
 public:
  CalendarPage(const Calendar& calendar, Language language, const CalendarPicture& picture)
      : calendar_(calendar), text_(calendar, language), picture_(picture) {}

  std::string write() {
    out_ = "<div class=\"picture\">\n" + draw_calendar(calendar_, text_.language(), picture_, false) + "</div>\n<main>\n";
    write_overdue();
    write_events();
    out_ += "</main>\n";
    return html_document(text_.word("ru", "en"), text_.title(), style_sheet(calendar_.theme), out_);
  }

 private:
  void head(std::initializer_list<const char*> names) {
    out_ += "<table>\n<thead><tr>";
    for (const char* name : names) out_ += "<th>" + escaped(name) + "</th>";
    if (!picture_.links.empty()) out_ += "<th></th>";
    out_ += "</tr></thead>\n<tbody>\n";
  }

  void cell(const std::string& text) { out_ += "<td>" + escaped(text) + "</td>"; }

  /// Type, company, executor, purpose, state, what may be done.
  void rest(const CalendarEntry& entry) {
    const std::string link = event_link(picture_, entry);
    out_ += link.empty() ? "<td>" + escaped(entry.type_name) + "</td>"
                         : "<td><a href=\"" + escaped(link) + "\">" + escaped(entry.type_name) + "</a></td>";
    cell(entry.company_name);
    cell(entry.executor_name);
    cell(entry.purpose);
    const CalendarLook& look = calendar_.looks->at(entry.state, entry.priority);
    out_ += "<td class=\"state\"><span style=\"background:" + escaped(look.background) + ";color:" + escaped(look.ink) +
            (look.bold ? ";font-weight:bold" : "") + (look.italic ? ";font-style:italic" : "") +
            (look.struck ? ";text-decoration:line-through" : "") + "\">" + escaped(text_.state(entry.state)) + "</span></td>";
    cell(text_.priority(entry.priority));
    if (link.empty()) return;
    out_ += "<td class=\"when\"><a href=\"" + escaped(event_link(picture_, entry, "/move")) + "\">" + text_.word("перенести", "move") +
            "</a> <a href=\"" + escaped(event_link(picture_, entry, "/remove")) + "\">" + text_.word("удалить", "delete") + "</a></td>";
  }

  void head_of(const char* when) {
    head({when, text_.word("Вид", "Type"), text_.word("Клиент", "Company"), text_.word("Исполнитель", "Executor"),
          text_.word("Цель", "Purpose"), text_.word("Состояние", "State"), text_.word("Приоритет", "Priority")});
  }

  void write_overdue() {
    out_ += "<section id=\"overdue\">\n<h2>" + std::string(text_.word("Просроченные события", "Overdue events")) + ": " +
            std::to_string(calendar_.overdue.size()) + (calendar_.overdue_more ? "+" : "") + "</h2>\n";
    if (!calendar_.overdue.empty()) {
      head_of(text_.word("Срок", "Due"));
      for (const CalendarEntry& entry : calendar_.overdue) {
        out_ += "<tr><td class=\"when\">" + escaped(text_.due(entry)) + "</td>";
        rest(entry);
        out_ += "</tr>\n";
      }
      out_ += "</tbody>\n</table>\n";
    }
    out_ += "</section>\n";
  }

  void write_events() {
    out_ += "<section id=\"events\">\n<h2>" + std::string(text_.word("События", "Events")) + ": " + std::to_string(calendar_.entries.size()) +
            (calendar_.more ? "+" : "") + "</h2>\n";
    if (!calendar_.entries.empty()) {
      head_of(text_.word("Когда", "When"));
      for (const CalendarEntry& entry : calendar_.entries) {
        const std::string day = weekday_name(entry.first, text_.language()) + ", " + day_name(entry.first, text_.language()) + ", ";
        out_ += "<tr><td class=\"when\">" + escaped((entry.bar && entry.first != entry.last ? "" : day) + text_.when(entry)) + "</td>";
        rest(entry);
        out_ += "</tr>\n";
      }
      out_ += "</tbody>\n</table>\n";
    }
    out_ += "</section>\n";
  }

  const Calendar& calendar_;
  const CalendarText text_;
  const CalendarPicture& picture_;
  std::string out_;
};

}  // namespace
}  // namespace report

std::string calendar_html(const Calendar& calendar, Language language, const CalendarPicture& picture) {
  return report::CalendarPage(calendar, language, picture).write();
}

}  // namespace crm
