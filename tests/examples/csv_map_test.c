/* The CSV reader and the mapping of examples/morning: tricky texts, and wrong ones with the line that is told. */
#include <stdio.h>
#include <string.h>

#include "../../examples/morning/csv.h"
#include "../../examples/morning/dates.h"
#include "../../examples/morning/expand.h"
#include "../../examples/morning/files.h"
#include "../../examples/morning/mapping.h"
#include "check.h"

/* The whole file as one text: "line=field|field;" a record, "line!reason;" a malformed one. */
static void print_csv(const char* text, size_t length, char delimiter, char* out, size_t size) {
  char error[200];
  csv* file = csv_parse(text, length, delimiter, error, sizeof error);
  int answer;
  size_t used = 0, i;
  out[0] = '\0';
  if (!file) {
    snprintf(out, size, "%s", error);
    return;
  }
  while ((answer = csv_next(file)) != CSV_END && used < size) {
    used += (size_t)snprintf(out + used, size - used, "%ld%s", csv_line(file), answer == CSV_ROW ? "=" : "!");
    if (answer == CSV_BAD) used += (size_t)snprintf(out + used, size - used, "%s", csv_reason(file));
    for (i = 0; answer == CSV_ROW && i < csv_columns(file) && used < size; ++i)
      used += (size_t)snprintf(out + used, size - used, "%s%s%s", i ? "|" : "", csv_field(file, i),
                               csv_field_is_quoted(file, i) ? "\"" : "");
    if (used < size) used += (size_t)snprintf(out + used, size - used, ";");
  }
  csv_close(file);
}

static void csv_texts(void) {
  static const struct {
    const char *name, *text, *expected;
  } cases[] = {
      {"plain", "a,b\n1,2\n", "2=1|2;"},
      {"no line break at the end", "a,b\n1,2", "2=1|2;"},
      {"a byte order mark and CRLF",
       "\xEF\xBB\xBF"
       "a,b\r\n1,2\r\n",
       "2=1|2;"},
      {"empty fields", "a,b,c\n,,\n", "2=||;"},
      {"quoted empty", "a,b\n\"\",\n", "2=\"|;"},
      {"the delimiter in quotes", "a,b\n\"1,5\",2\n", "2=1,5\"|2;"},
      {"doubled quotes", "a,b\n\"say \"\"yes\"\"\",2\n", "2=say \"yes\"\"|2;"},
      {"only doubled quotes", "a\n\"\"\"\"\n", "2=\"\";"},
      {"a line break in quotes", "a,b\n\"1\n2\",x\n3,4\n", "2=1\n2\"|x;4=3|4;"},
      {"CRLF in quotes", "a,b\r\n\"1\r\n2\",x\r\n3,4\r\n", "2=1\r\n2\"|x;4=3|4;"},
      {"a lone CR is a character", "a,b\n1\r1,2\n", "2=1\r1|2;"},
      {"spaces are kept", "a,b\n 1 , 2\n", "2= 1 | 2;"},
      {"blank lines are no records", "a,b\n\n1,2\n\r\n3,4\n\n", "3=1|2;5=3|4;"},
      {"NULL quoted and not", "a,b\nNULL,\"NULL\"\n", "2=NULL|NULL\";"},
      {"Cyrillic", "имя\nЁлка\n", "2=Ёлка;"},
      {"only a header", "a,b\n", ""},
      {"too few fields", "a,b\n1\n3,4\n", "2!1 fields instead of 2;3=3|4;"},
      {"too many fields", "a,b\n1,2,3\n3,4\n", "2!3 fields instead of 2;3=3|4;"},
      {"an unclosed quote ends with its line", "a,b\n\"1,2\n3,4\n5,6", "2!a quote is not closed;3=3|4;4=5|6;"},
      {"text behind a quote", "a,b\n\"1\"x,2\n3,4\n", "2!text behind a closing quote;3=3|4;"},
      {"a quote in a plain field", "a,b\n1\"x,2\n3,4\n",
       "2!a quote inside a field that does not start with one;3=3|4;"},
      {"a quote that swallows a line", "a,b\n\"1,2\n3,\"4\"\n5,6\n", "2!text behind a closing quote;3=3|4\";4=5|6;"},
      {"not UTF-8", "a,b\n\xCF,2\n3,4\n", "2!not UTF-8;3=3|4;"},
      {"an overlong form", "a,b\n\xC0\xAF,2\n", "2!not UTF-8;"},
      {"a surrogate", "a,b\n\xED\xA0\x80,2\n", "2!not UTF-8;"},
      {"no header", "", "line 1: no header"},
      {"two columns of one name", "a,b,a\n", "line 1: two columns 'a'"},
      {"a broken header", "\"a,b\n1,2\n", "line 1: a quote is not closed"},
  };
  char out[400];
  size_t i;
  for (i = 0; i < sizeof cases / sizeof *cases; ++i) {
    print_csv(cases[i].text, strlen(cases[i].text), ',', out, sizeof out);
    CHECK_TEXT(cases[i].name, out, cases[i].expected);
  }
  print_csv("a;b\n1,5;2\n", 10, ';', out, sizeof out);
  CHECK_TEXT("semicolons", out, "2=1,5|2;");
  print_csv("a,b\n1\0,2\n3,4\n", 13, ',', out, sizeof out);
  CHECK_TEXT("a zero byte", out, "2!a zero byte;3=3|4;");
}

#define HEAD "[set]\nname = n\nsystem = s\nzone = UTC\nnow = 2020-01-01T00:00:00\ncurrency = USD\n"
#define NONE "none = staff products clients contacts assignments events payments\n"
#define MOST "none = staff products contacts assignments events payments\n"
#define CLIENTS "[clients]\nfile = c.csv\nid = @c {n}\nname = {n}\nstatus = active\n"

static void mappings(void) {
  static const struct {
    const char *name, *text, *expected;
  } cases[] = {
      {"nothing of anything", HEAD NONE, ""},
      {"CRLF, comments, blank lines", "# x\r\n\r\n" HEAD NONE "  # y\r\n", ""},
      {"clients", HEAD MOST CLIENTS, ""},
      {"no set", "[values x]\na = b\n", "m:1: there is no section 'set'"},
      {"a role without a word", HEAD, "m:1: either a section or a word under none: 'staff'"},
      {"both a section and none", HEAD NONE CLIENTS, "m:1: either a section or a word under none: 'clients'"},
      {"a line outside", "a = b\n" HEAD, "m:1: before the first section: 'a = b'"},
      {"an unknown role", HEAD NONE "[klients]\n", "m:8: there is no section 'klients'"},
      {"an unclosed header", HEAD NONE "[clients\n", "m:8: not a section header: '[clients'"},
      {"no equals sign", HEAD NONE "x\n", "m:8: no '=' in 'x'"},
      {"twice", HEAD "name = m\n", "m:7: given twice: 'name'"},
      {"an unknown field", HEAD MOST CLIENTS "nam = x\n", "m:13: there is no field 'nam'"},
      {"a needed field", HEAD MOST "[clients]\nid = @c 1\nname = x\n", "m:8: the section needs 'status'"},
      {"an id without a kind", HEAD MOST "[clients]\nid = 1\nname = x\nstatus = active\n",
       "m:9: an id needs @kind: '1'"},
      {"a reference to nothing", HEAD MOST CLIENTS "[legal]\nid = @l 1\ncompany = @x 1\n",
       "m:15: no section has an id of kind 'x'"},
      {"a brace", HEAD MOST CLIENTS "source = {n\n", "m:13: '{' is not closed '{n'"},
      {"the other brace", HEAD MOST CLIENTS "source = n}\n", "m:13: '}' without '{' 'n}'"},
      {"an unknown filter", HEAD MOST CLIENTS "source = {n|upper}\n",
       "m:13: no filter, or not with this argument: 'upper'"},
      {"a filter without its argument", HEAD MOST CLIENTS "source = {n|or}\n",
       "m:13: no filter, or not with this argument: 'or'"},
      {"an unknown table", HEAD MOST CLIENTS "source = {n|alias t}\n", "m:13: there is no table 't'"},
      {"a column without a file", HEAD MOST "[clients]\nid = @c {n}\n",
       "m:9: a column in a section without a file: 'n'"},
      {"a second table", HEAD NONE "[alias t]\na = b\n[values t]\n", "m:10: a second section of this name: 't'"},
      {"a draft of a client", HEAD MOST CLIENTS "when_missing.name = draft_client\n",
       "m:13: a draft client is for the company of events, not for 'name'"},
      {"an unknown answer to a gap", HEAD MOST CLIENTS "when_missing.name = skip\n",
       "m:13: draft_client or tell_and_leave_out, not 'skip'"},
  };
  size_t i;
  for (i = 0; i < sizeof cases / sizeof *cases; ++i) {
    char error[400] = "";
    map_close(map_parse("m", cases[i].text, strlen(cases[i].text), error, sizeof error));
    CHECK_TEXT(cases[i].name, error, cases[i].expected);
  }
}

/* One field of a client for the row below: its value, "-" when empty, "column: reason" when wrong. */
static void values(void) {
  static const char row[] =
      "n,name,gone,price,count,day,two words,q\n7,  Анна Мария Кох ,NULL,\"1,50\",3,05.03.2020,x,\"NULL\"\n";
  static const struct {
    const char *text, *expected;
  } cases[] = {
      {"plain", "plain"},
      {"{n}", "7"},
      {"No. {n}/{count}", "No. 7/3"},
      {"{name}", "Анна Мария Кох"},
      {"{gone}", "-"},
      {"{q}", "NULL"},
      {"{two words}", "x"},
      {"{name|first_word}", "Анна"},
      {"{name|other_words}", "Мария Кох"},
      {"{gone|or n}", "7"},
      {"{n|or name}", "7"},
      {"{gone|default none given}", "none given"},
      {"{gone|before , }", "-"},
      {"a{n|before , }", "a, 7"},
      {"{day|date}", "2020-03-05"},
      {"{day|date YYYY.MM.DD}", "day: not a date: '05.03.2020'"},
      {"{n|date}", "n: not a date: '7'"},
      {"{gone|date}", "-"},
      {"{day|time DD.MM.YYYY}", "2020-03-05T00:00:00"},
      {"{price|minor}", "150"},
      {"{n|minor}", "700"},
      {"{price|minor|times count}", "450"},
      {"{n|times 1000}", "7000"},
      {"{n|minor|times name}", "n: cannot multiply by 'Анна Мария Кох'"},
      {"{price|whole}", "price: not a whole number: '1,50'"},
      {"{name|minor}", "name: not an amount: 'Анна Мария Кох'"},
      {"{n|values t}", "семь"},
      {"{count|values t}", "count: not in [values t]: '3'"},
      {"{n|alias u}", "7"},
      {"{count|alias u}", "three"},
      {"{gone|or n|values t|before = }", "= семь"},
  };
  char error[200] = "", text[900], got[400];
  csv* file = csv_parse(row, sizeof row - 1, ',', error, sizeof error);
  expanded value = {NULL, 0, 0, "", ""};
  size_t i;
  CHECK_TEXT("the row", csv_next(file) == CSV_ROW ? "" : csv_reason(file), "");
  for (i = 0; i < sizeof cases / sizeof *cases; ++i) {
    map* mapping;
    expand_answer answer;
    snprintf(text, sizeof text,
             HEAD "null = NULL\ndate = DD.MM.YYYY\n" MOST CLIENTS
                  "source = %s\n[values t]\n7 = семь\n[alias u]\n\"3\" = three\n",
             cases[i].text);
    mapping = map_parse("m", text, strlen(text), error, sizeof error);
    if (!mapping) {
      CHECK_TEXT(cases[i].text, error, "");
      continue;
    }
    answer = expand(mapping, map_section_at(mapping, 0), "source", file, &value);
    if (answer == EXPAND_WRONG) {
      snprintf(got, sizeof got, "%s: %s", value.column, value.reason);
    } else {
      snprintf(got, sizeof got, "%s", answer == EXPAND_EMPTY ? "-" : value.text);
    }
    CHECK_TEXT(cases[i].text, got, cases[i].expected);
    map_close(mapping);
  }
  expanded_close(&value);
  csv_close(file);
}

static void questions(void) {
  static const char text[] = HEAD
      "none = products contacts assignments payments\n" CLIENTS
      "once = yes\n"
      "[staff]\nid = @u 1\nlast_name = x\n"
      "[events late]\nfile = a.csv | b_*.csv\nid = @e {n}\ntype = t\ncompany = @c {k}\nexecutor = @manager-of company\n"
      "state = held\nstart = {d|or e|date}\ndraft_name = {n}\nwhen_missing.company = draft_client\n"
      "when_missing.start = tell_and_leave_out\n";
  char error[200] = "";
  map* mapping = map_parse("m", text, sizeof text - 1, error, sizeof error);
  const map_section* events;
  csv* file;
  CHECK_TEXT("it is right", error, "");
  if (!mapping) return;
  events = map_section_at(mapping, map_sections(mapping) - 1);
  CHECK_TEXT("role", map_role(events), "events");
  CHECK_TEXT("name", map_name(events), "late");
  CHECK_TEXT("file", map_file(events), "a.csv | b_*.csv");
  CHECK_TEXT("kind of a reference", map_reference(events, "company"), "c");
  CHECK_TEXT("manager of", map_reference(events, "executor"), "manager-of");
  CHECK_TEXT("no reference", map_reference(events, "state") ? "one" : "none", "none");
  CHECK_TEXT("draft", map_when_missing(events, "company") == MAP_MISSING_DRAFT_CLIENT ? "draft" : "", "draft");
  CHECK_TEXT("left out", map_when_missing(events, "start") == MAP_MISSING_LEAVE_OUT ? "out" : "", "out");
  CHECK_TEXT("allowed", map_when_missing(events, "state") == MAP_MISSING_ALLOWED ? "allowed" : "", "allowed");
  CHECK_TEXT("needed", map_is_needed(events, "state") && !map_is_needed(events, "end") ? "yes" : "no", "yes");
  CHECK_TEXT("fields without directives", map_fields(events) == 7 ? "7" : "other", "7");
  CHECK_TEXT("gives", map_gives(events, "start") && !map_gives(events, "file") ? "yes" : "no", "yes");
  CHECK_TEXT("once", map_once(map_section_at(mapping, 0)) && !map_once(events) ? "yes" : "no", "yes");
  CHECK_TEXT("none", map_has_none(mapping, "payments") && !map_has_none(mapping, "events") ? "yes" : "no", "yes");
  CHECK_TEXT("no part of a word", map_has_none(mapping, "pay") ? "yes" : "no", "no");
  CHECK_TEXT("no setting", map_setting(mapping, "null") ? "one" : "none", "none");
  file = csv_parse("n,k,d\n", 6, ',', error, sizeof error);
  CHECK_TEXT("a column that is not there", map_check_columns(mapping, events, file, error, sizeof error) ? "" : error,
             "line 24: no column 'e'");
  csv_close(file);
  map_close(mapping);
}

static void touch(const char* folder, const char* name) {
  char path[600];
  FILE* file = files_path(folder, name, path, sizeof path) ? fopen(path, "wb") : NULL;
  CHECK_TEXT(name, file ? "made" : "cannot be made", "made");
  if (file) fclose(file);
}

static void found(const char* folder, const char* alternatives, const char* expected) {
  size_t count, i;
  char got[300] = "";
  char** names = files_find(folder, alternatives, &count);
  for (i = 0; i < count; ++i) {
    strcat(got, names[i]);
    strcat(got, " ");
  }
  CHECK_TEXT(alternatives, got, expected);
  files_free(names, count);
}

/* In an order that is not that of the names. */
static void files(const char* folder) {
  touch(folder, "part_b.csv");
  touch(folder, "part_a.csv");
  touch(folder, "whole.csv");
  found(folder, "whole.csv | part_*.csv", "whole.csv ");
  found(folder, "absent.csv | part_*.csv", "part_a.csv part_b.csv ");
  found(folder, "absent.csv|other_*.csv", "");
  found("/no/such/folder", "whole.csv", "");
}

static void dates(void) {
  char iso[40] = "";
  CHECK_TEXT("the first day", date_days(1970, 1, 1) == 0 && date_weekday(0) == 3 ? "yes" : "no", "yes");
  CHECK_TEXT("the day of the house", date_days(2026, 3, 2) == 20514 && date_weekday(20514) == 0 ? "yes" : "no", "yes");
  CHECK_TEXT("a leap day", date_to_iso("2024-02-29", "YYYY-MM-DD", 0, iso, sizeof iso) ? iso : "none", "2024-02-29");
  CHECK_TEXT("no leap day", date_to_iso("2023-02-29", "YYYY-MM-DD", 0, iso, sizeof iso) ? iso : "none", "none");
  CHECK_TEXT("text behind", date_to_iso("2024-02-2900", "YYYY-MM-DD", 0, iso, sizeof iso) ? iso : "none", "none");
  CHECK_TEXT("hour 24", date_to_iso("2024-02-29 24:00", "YYYY-MM-DD HH:MI", 1, iso, sizeof iso) ? iso : "none", "none");
}

/* argv[1]: a folder for files; argv[2] and on: mapping files that must be right. */
int main(int argc, char** argv) {
  int i;
  csv_texts();
  mappings();
  values();
  questions();
  files(argc > 1 ? argv[1] : ".");
  dates();
  for (i = 2; i < argc; ++i) {
    char error[500] = "";
    map_close(map_read(argv[i], error, sizeof error));
    CHECK_TEXT(argv[i], error, "");
  }
  printf("%d checks, %d failures\n", checks, failures);
  return failures ? 1 : 0;
}
