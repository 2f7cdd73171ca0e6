#!/usr/bin/env python3
"""No plan depends on luck: each question that the tests of the services put to SQLite is answered by the same indexes whether the base has figures
of its rows (sqlite_stat1) or not and whatever they are, and reads no table again and again. CRM_SHAPES names the file of the texts
(tests/house/shapes.cpp), beside which stands a new base."""
import collections
import os
import random
import re
import shutil
import sqlite3
import sys
import tempfile

SHAPES = os.environ.get("CRM_SHAPES", "")
# Rows of a house of some years; of any other table a few.
ROWS = {
    "company": 3000, "contact_point": 9000, "employee": 5000, "address": 3000, "legal_entity": 3000, "bank_account": 3000, "document": 2000,
    "company_sphere": 4000, "assignment": 5000, "external_id": 6000, "receipt": 20000, "event": 30000, "event_line": 20000, "watcher": 5000,
    "reschedule": 5000, "verification_entry": 3000, "number_value": 30000, "text_value": 9000, "classifier_placement": 5000, "notice": 20000,
    "host_document": 10000, "host_document_line": 20000, "event_document": 10000, "document_effect": 10000, "escalation": 5000,
    "plan_cell": 20000, "change_log": 60000, "user": 60, "product": 200, "placement": 80, "employment": 80}
FEW = 40
SMALL = 300  # of fewer SQLite reads all, whatever it could find them by
CODES = re.compile("kind|state|status|priority|verification|role|removed|^is_|^op$|entity|measure|active|retired|many|hard|channel|type")


class Nothing:
    def step(self, *_):
        pass

    def finalize(self):
        return None


def opened(path):
    db = sqlite3.connect(path)
    db.execute("pragma foreign_keys=off")
    for name, count in (("crm_sum", 1), ("crm_scan", -1)):
        db.create_aggregate(name, count, Nothing)
    return db


def value(rnd, rows, column, kind, is_null, refers):
    if is_null:
        return None
    if refers or column in ("owner_id", "record_id"):
        return rnd.randint(1, rows(refers or "company"))
    if kind in ("TEXT", "REAL", "BLOB"):
        return {"TEXT": f"t{rnd.randint(1, 1000)}", "REAL": rnd.random(), "BLOB": b""}[kind]
    if CODES.search(column):
        return rnd.randint(0, 4)
    return rnd.randint(10**15, 2 * 10**15) if re.search("_at$|start|end|until|since|due|amount|version|seq|^at$", column) else rnd.randint(1, 1000)


def fill(db, share):
    """Rows of no sense, as many as a house has, or a share of them: what counts is how many have the same value."""
    rnd = random.Random(7)
    rows = lambda table: max(SMALL, int(ROWS[table] * share)) if table in ROWS else FEW
    tables = db.execute("select name from sqlite_schema where type = 'table' and name not like '%\\_\\_%' escape '\\' and name not like 'sqlite_%'")
    for (table,) in tables.fetchall():
        columns = db.execute(f'pragma table_info("{table}")').fetchall()
        refers = {row[3]: row[2] for row in db.execute(f'pragma foreign_key_list("{table}")')}
        made = ([i if column in ("id", "seq") else value(rnd, rows, column, kind, not required and rnd.random() < .3, refers.get(column))
                 for _, column, kind, required, _, key in columns] for i in range(1, rows(table) + 1))
        db.execute(f'delete from "{table}"')
        db.executemany(f'insert or ignore into "{table}" values({",".join("?" * len(columns))})', made)
    db.commit()


def bases(folder):
    """The same base without figures, with those of a small one and with those of a house."""
    found = {}
    for name, share in (("without figures", 0), ("of a small base", .02), ("of a house", 1)):
        path = os.path.join(folder, f"{share}.db")
        shutil.copy(SHAPES + ".db", path)
        db = opened(path)
        if share:
            fill(db, share)
            db.execute("analyze")
        elif db.execute("select 1 from sqlite_schema where name = 'sqlite_stat1'").fetchone():
            db.execute("drop table sqlite_stat1")
        db.commit()
        db.close()  # figures are read when it is opened
        found[name] = opened(path)
    return found


def plan(db, sql):
    """Rows (number, parent, text); none: it is of another base."""
    explain = "explain query plan " + sql
    try:
        rows = db.execute(explain)
    except sqlite3.Error as error:
        count = re.search(r"uses (\d+)", str(error))
        if count:
            rows = db.execute(explain, (None,) * int(count[1]))
        elif re.search("no such (table|column|index)|has no column|values for", str(error)):
            return None
        else:
            raise
    return [(number, parent, text) for number, parent, _, text in rows]


def loops(rows):
    """By what each table is read; sorting afterwards costs as much with one plan as with the other."""
    return tuple(re.sub(r"SUBQUERY \d+", "SUBQUERY", text) for _, _, text in rows if not text.startswith("USE TEMP B-TREE"))


def conjuncts(sql):
    """Conditions of the outermost WHERE that must all hold."""
    depth, start, at = 0, None, 0
    while at < len(sql):
        if sql[at] == "(":
            depth += 1
        elif sql[at] == ")":
            depth -= 1
        elif depth == 0 and start is None and sql.startswith(" WHERE ", at):
            start = at + 7
        elif depth == 0 and start is not None and re.match(" (ORDER BY|GROUP BY|LIMIT)", sql[at:at + 10]):
            break
        at += 1
    out, rest = [], [] if start is None else [sql[start:at]]
    while rest:
        text = rest.pop().strip()
        parts, depth, begin = [], 0, 0
        for i, sign in enumerate(text):
            depth += (sign == "(") - (sign == ")")
            if depth == 0 and text.startswith(" AND ", i):
                parts.append(text[begin:i])
                begin = i + 5
        parts.append(text[begin:])
        if len(parts) > 1:
            rest += parts
        elif text.startswith("(") and text.endswith(")") and " OR " not in text and not text.startswith("(t."):
            rest.append(text[1:-1])
        elif text.startswith("(t.") and text.endswith(")") and text.count("(") == text[:-1].count("(") and " OR " not in text:
            rest.append(text[1:-1])
        else:
            out.append(text)
    return out


def leaders(db):
    """By table: columns that an index of all rows begins with."""
    out = collections.defaultdict(set)
    for table, sql, name in db.execute("select tbl_name, sql, name from sqlite_schema where type = 'index' and sql is not null").fetchall():
        if " WHERE " not in sql:
            out[table].add(db.execute(f'pragma index_info("{name}")').fetchone()[2])
    return out


def faults(sql, rows, led):
    """What a plan must not do."""
    texts = {number: text for number, _, text in rows}
    first = {}
    for number, parent, text in rows:
        is_loop = text.startswith(("SCAN ", "SEARCH ")) and "CONSTANT ROW" not in text
        is_first = is_loop and first.setdefault(parent, number) == number
        if "AUTOMATIC" in text or "BLOOM" in text:
            yield "an index made for one question: " + text
        if not text.startswith("SCAN ") or not is_loop or "VIRTUAL TABLE" in text:
            continue
        if not is_first:
            yield "a table is read for each row of another: " + text
        above = parent
        while above:
            if texts[above].startswith("CORRELATED"):
                yield "a table is read for each row of another: " + text
                break
            above = next(p for n, p, _ in rows if n == above)
        table = re.search(r'FROM "(\w+)" t\b', sql)
        if table and re.match(r"SCAN t\b", text) and ROWS.get(table[1], FEW) > FEW:
            for condition in conjuncts(sql):
                column = re.match(r't\."(\w+)" (=|IN|<|>)', condition)
                if column and column[1] in led[table[1]]:
                    yield f"a condition has an index and the whole table is read: {condition}"


def main():
    if not SHAPES:
        print("CRM_SHAPES is not set: nobody has written down what is asked")
        return 77
    with open(SHAPES, "rb") as file:
        texts = [text for text in file.read().decode("utf8", "replace").split("\0") if text.startswith(("SELECT", "UPDATE", "DELETE"))
                 and "'main'." not in text]  # what FTS5 asks of its own tables
    shapes = {}
    for text in texts:  # lists and numbers do not make a plan
        shapes.setdefault(re.sub(r"\?(,\?)+|\d{6,}", "?", text), text)
    told = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        all_bases = bases(folder)
        led = leaders(all_bases["without figures"])
        asked = 0
        for sql in shapes.values():
            plans = {name: plan(db, sql) for name, db in all_bases.items()}
            if None in plans.values():
                continue
            asked += 1
            tables = re.findall(r'FROM "(\w+)"', sql)
            is_large = any(table in ROWS for table in tables) or not tables
            if is_large and len({loops(rows) for rows in plans.values()}) > 1:
                told["the plan follows the figures"] += 1
                if told["the plan follows the figures"] <= 5:
                    print("the plan follows the figures:\n ", sql)
                    for name, rows in plans.items():
                        print(f"    {name}: {' | '.join(text for _, _, text in rows)}")
            for fault in set(faults(sql, plans["of a house"], led)):
                kind = fault.split(":")[0]
                told[kind] += 1
                if told[kind] <= 5:
                    print(f"{fault}\n  {sql}")
        for db in all_bases.values():
            db.close()
    print(f"{asked} shapes of {len(texts)} texts; {dict(told) or 'nothing'} found")
    if asked < 1000:
        print("these are too few: the tests that ask were not run")
        return 1
    return 1 if told else 0


sys.exit(main())
