// Jobs 3, 4, 5, 8, 9: card, month, extended filter, overdue, contacts.
#include "database.hpp"

namespace opponent {

void card() {
  const auto asked = numbers("p_card");
  Statement company("SELECT name,inn,address,created FROM company WHERE id=?");
  Statement sphere("SELECT s.name FROM company_sphere c JOIN sphere s ON s.id=c.sphere_id WHERE c.company_id=?");
  Statement employee("SELECT id,name,position,phone,email FROM employee WHERE company_id=?");
  Statement attr("SELECT a.name,v.text FROM company_attr c JOIN attr a ON a.id=c.attr_id JOIN attr_value v ON v.id=c.value_id WHERE c.company_id=?");
  Statement legal("SELECT id,name,inn,kpp FROM legal_entity WHERE company_id=?");
  Statement manager("SELECT u.id,u.name FROM company_manager m JOIN user u ON u.id=m.user_id WHERE m.company_id=?");
  Statement event("SELECT e.id,e.start,e.\"end\",e.type,e.state,e.priority,e.goal,e.result,u.name,p.name FROM event e JOIN user u ON u.id=e.executor_id JOIN product p ON p.id=e.product_id WHERE e.company_id=? ORDER BY e.start DESC,e.id DESC LIMIT 20");
  timed("3", [&](i64& n) {
    i64 k = 0;
    for (const auto& line : asked) {
      n++;
      const i64 id = line[0];
      company.bind(1, id);
      while (company.row())
        sink += company.text(0) + company.text(1) + company.text(2) + static_cast<std::size_t>(company.integer(3));
      sphere.bind(1, id);
      while (sphere.row()) k++, sink += sphere.text(0);
      employee.bind(1, id);
      while (employee.row()) k++, sink += employee.text(1) + employee.text(2) + employee.text(3) + employee.text(4);
      attr.bind(1, id);
      while (attr.row()) k++, sink += attr.text(0) + attr.text(1);
      legal.bind(1, id);
      while (legal.row()) k++, sink += legal.text(1) + legal.text(2) + legal.text(3);
      manager.bind(1, id);
      while (manager.row()) k++, sink += manager.text(1);
      event.bind(1, id);
      while (event.row()) {
        k += event.integer(0);
        for (int i = 1; i <= 5; i++) sink += static_cast<std::size_t>(event.integer(i));
        for (int i = 6; i <= 9; i++) sink += event.text(i);
      }
    }
    return k;
  });
}

void month() {
  const auto asked = numbers("p_cal");
  Statement event("SELECT e.id,e.start,e.\"end\",e.type,e.state,e.priority,e.goal,c.name FROM event e JOIN company c ON c.id=e.company_id WHERE e.executor_id=? AND e.start>=? AND e.start<? ORDER BY e.start");
  timed("4", [&](i64& n) {
    i64 k = 0;
    for (const auto& line : asked) {
      n++;
      event.bind(1, line[0]).bind(2, line[1]).bind(3, line[2]);
      while (event.row()) {
        k += event.integer(0);
        for (int i = 1; i <= 5; i++) sink += static_cast<std::size_t>(event.integer(i));
        sink += event.text(6) + event.text(7);
      }
    }
    return k;
  });
}

void extended_filter() {
  const auto asked = numbers("p_filter");
  Statement event("SELECT e.id,e.start,c.name,u.name,e.type,e.state,e.goal FROM event e JOIN company c ON c.id=e.company_id JOIN user u ON u.id=e.executor_id WHERE e.type=? AND e.state=? AND e.start>=? AND e.start<? AND EXISTS(SELECT 1 FROM company_sphere s WHERE s.company_id=e.company_id AND s.sphere_id=?) AND EXISTS(SELECT 1 FROM company_attr a WHERE a.company_id=e.company_id AND a.attr_id=? AND a.value_id=?) ORDER BY e.start DESC,e.id DESC LIMIT 50 OFFSET ?");
  timed("5", [&](i64& n) {
    i64 k = 0;
    for (const auto& line : asked) {
      n++;
      for (int i = 0; i < 7; i++) event.bind(i + 1, line[static_cast<std::size_t>(i)]);
      event.bind(8, line[7] * 50);
      while (event.row()) {
        k += event.integer(0);
        sink += static_cast<std::size_t>(event.integer(1) + event.integer(4) + event.integer(5)) + event.text(2) +
                event.text(3) + event.text(6);
      }
    }
    return k;
  });
}

void overdue() {
  const i64 now = numbers("p_now")[0][0];
  Statement event("SELECT id,executor_id,company_id,\"end\" FROM event WHERE state IN (1,5) AND \"end\"<?");
  timed("8c", [&](i64& n) {
    i64 k = 0;
    n = 1;
    event.bind(1, now);
    while (event.row()) k += event.integer(0), sink += static_cast<std::size_t>(event.integer(1) + event.integer(2) + event.integer(3));
    return k;
  });
}

void mark_overdue() {
  const i64 now = numbers("p_now")[0][0];
  std::vector<i64> ids;
  {
    Statement open("SELECT id FROM event WHERE state IN (1,5) AND \"end\"<?");
    open.bind(1, now);
    while (open.row()) ids.push_back(open.integer(0));
  }
  const double start = now_ms();
  i64 marked = 0;
  {
    Statement update("UPDATE event SET state=6 WHERE state=1 AND \"end\"<?");
    execute("BEGIN IMMEDIATE");
    update.bind(1, now).run();
    marked = sqlite3_changes(db);
    execute("COMMIT");
  }
  report("8m", now_ms() - start, 1, marked);
  execute("PRAGMA synchronous=OFF;BEGIN");
  {
    Statement back("UPDATE event SET state=1 WHERE id=?");
    for (i64 id : ids) back.bind(1, id).run();
  }
  execute("COMMIT;PRAGMA wal_checkpoint(TRUNCATE);PRAGMA synchronous=FULL");
}

void contacts(const std::string& job) {
  auto patterns = texts("p_search");
  const bool trigram = job == "9t";
  if (trigram)
    for (auto& line : patterns) line[0] = "%" + line[0] + "%";
  Statement search(trigram ? "SELECT e.id,e.company_id,e.name,e.phone,e.email FROM emp_fts f JOIN employee e ON e.id=f.rowid WHERE f.search LIKE ? ORDER BY f.rowid LIMIT 50"
                           : "SELECT id,company_id,name,phone,email FROM employee WHERE instr(search,?)>0 ORDER BY id LIMIT 50");
  timed(job.c_str(), [&](i64& n) {
    i64 k = 0;
    for (const auto& line : patterns) {
      n++;
      search.bind(1, line[0]);
      while (search.row())
        k += search.integer(0), sink += static_cast<std::size_t>(search.integer(1)) + search.text(2) + search.text(3) + search.text(4);
    }
    return k;
  });
}

}  // namespace opponent
