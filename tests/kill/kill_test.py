"""Processes that write units of several rows are killed at any instant: what was acknowledged is there, no half of a unit is, and the rules hold.

kill_test.py [KILLS [SEED]]: what is written is of the seed; when the kill falls is not. Each process says by a pipe what was acknowledged to it."""
import collections
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "bindings/python"))
import crm  # noqa: E402

KILLS = int(sys.argv[1]) if len(sys.argv) > 1 else 50
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 20261130
WRITERS = 2
START = datetime(2026, 3, 2, 2, tzinfo=timezone.utc)


def make(path):
    """A house with clients, goods, rules of documents and reminders."""
    with crm.open(path) as db:
        db.starter_set(crm.Language.RUSSIAN)
        db.clock_set(START)
        db.save([{"entity": "user", "last_name": "Менеджеров", "login": "m"}, {"entity": "user", "last_name": "Другов", "login": "d"},
                 {"entity": "product", "name": "Кабель"}, {"entity": "product", "name": "Провод"},
                 {"entity": "company", "name": "Вектор", "status": "active"}, {"entity": "company", "name": "счётчик", "comment": "0"},
                 {"entity": "company", "name": "счётчик", "comment": "0"},
                 {"entity": "event_type", "code": "visit_k", "name_ru": "визит"},
                 {"entity": "host_document_kind", "code": "invoice_k", "name_ru": "счёт"}])
        kind, visit = (db.query({"entity": e, "columns": ["id"], "where": {"field": "code", "op": "eq", "value": v}})[0].id
                       for e, v in (("host_document_kind", "invoice_k"), ("event_type", "visit_k")))
        db.save([{"entity": "document_rule", "kind_id": kind, "name": "контроль", "does": "plan", "type_id": visit, "start_days": 2},
                 {"entity": "reminder", "type_id": visit, "minutes_before": 30}])
        user, other = (row.id for row in db.query({"entity": "user", "columns": ["id"], "where": {"field": "login", "op": "in", "value": ["m", "d"]}}))
        company = ids(db, "company", "Вектор")[0]
        db.assign(company, user, crm.AssignmentRole.MAIN)
        return {"users": (user, other), "visit": visit, "company": company, "counters": ids(db, "company", "счётчик"),
                "goods": ids(db, "product", "Кабель") + ids(db, "product", "Провод")}


def ids(db, entity, name):
    return [row.id for row in db.query({"entity": entity, "columns": ["id"], "where": {"field": "name", "op": "eq", "value": name}})]


class Writer:
    """One process: units of several rows, each acknowledged by a line once it is kept."""

    def __init__(self, path, house, acknowledged, name, dice):
        self.db, self.house, self.name, self.dice = crm.open(path, busy_timeout_ms=20000), house, name, dice
        self.acknowledged, self.made, self.day = acknowledged, 0, START + timedelta(days=dice.randrange(300))

    def tell(self, kind, what=0):
        os.write(self.acknowledged, f"{kind} {self.tag} {what}\n".encode())  # one write of a line is whole

    def go_on(self):
        while True:
            self.made += 1
            self.tag = f"{self.name}_{self.made}"
            self.day += timedelta(minutes=self.dice.randrange(90))
            self.db.clock_set(self.day)
            unit = self.dice.choice((self.save_card, self.plan, self.five, self.count, self.hand_over, self.hold, self.post, self.post_again, self.tick, self.claim))
            try:
                unit()
            except (crm.Busy, crm.Conflict, crm.NotFound, crm.Refused):  # the other one was faster
                pass

    def save_card(self):
        self.db.save([{"entity": "company", "name": self.tag, "ref": "c"}, {"entity": "employee", "company_id": {"$ref": "c"}, "last_name": self.tag, "ref": "e"},
                      {"entity": "contact_point", "owner_kind": "employee", "owner_id": {"$ref": "e"}, "kind": "email", "value": self.tag + "@x.ru"}])
        self.tell("card")

    def plan(self):
        lines = [{"product_id": product, "quantity": "1"} for product in self.house["goods"]]
        self.db.save([{"entity": "event", "type_id": self.house["visit"], "company_id": self.house["company"], "executor_id": self.house["users"][0],
                       "setter_id": self.house["users"][1], "start_at": (self.day + timedelta(hours=1)).isoformat(), "purpose": self.tag, "lines": lines}])
        self.tell("plan")

    def five(self):
        self.db.begin()
        for number in range(5):
            self.db.save([{"entity": "company", "name": self.tag, "comment": str(number)}])
        if self.dice.random() < 0.2:
            self.db.rollback()
        else:
            self.db.commit()
            self.tell("five")

    def count(self):
        """Both counters, read and written in one unit."""
        self.db.begin()
        try:
            for company in self.house["counters"]:
                card = crm.Company.load(self.db, company)
                card.comment = str(int(card.comment) + 1)
                card.save()
        except crm.Error:
            self.db.rollback()
            raise
        self.db.commit()
        self.tell("count")

    def hand_over(self):
        self.db.assign(self.house["company"], self.dice.choice(self.house["users"]), crm.AssignmentRole.MAIN)
        self.tell("hand_over")

    def an_event(self):
        rows = self.db.query({"entity": "event", "columns": ["id"], "where": {"field": "state", "op": "eq", "value": "planned"}, "order": ["-id"], "limit": 20})
        return self.dice.choice(rows).id if rows else None

    def hold(self):
        if event := self.an_event():
            self.db.clock_set(START + timedelta(days=400))  # it has begun by then; the next unit sets the clock back
            self.db.event_act(event, 0, crm.EventAction.HOLD, result="достигнут")
            self.tell("hold", event)

    def post(self, revision=1, key=None):
        lines = [{"product_id": product, "quantity": "2", "amount": 15025, "currency": "RUB"} for product in self.house["goods"]]
        self.db.document_post({"kind": "invoice_k", "key": key or self.tag, "revision": revision, "date": self.day.date().isoformat(), "company_id": self.house["company"],
                               "amount": 30050, "currency": "RUB", "lines": lines}, False)
        self.tell("post", key or self.tag)

    def post_again(self):
        """A newer revision undoes what the older did; or the document is un-posted."""
        rows = self.db.query({"entity": "host_document", "columns": ["key", "revision"], "order": ["-id"], "limit": 5})
        if not rows:
            return
        row = self.dice.choice(rows)
        if self.dice.random() < 0.5:
            self.post(row.revision + 1, row.key)
        else:
            self.db.document_unpost("invoice_k", row.key, False)

    def tick(self):
        self.db.tick(100)

    def claim(self):
        for notice in self.db.notices_claim(5, 60):
            self.tell("claim", notice["id"])
            if self.dice.random() < 0.5:
                self.db.notice_acknowledge(notice["id"])
                self.tell("delivered", notice["id"])


class Judge:
    """What is read from the file by SQLite alone, and what the library says of it."""

    def __init__(self, path, house):
        self.path, self.house, self.found, self.acknowledged = path, house, [], collections.defaultdict(dict)

    def take(self, line):
        kind, tag, what = line.split(" ")
        self.acknowledged[kind][tag if kind != "claim" and kind != "delivered" else tag + "/" + what] = what

    def none(self, what, rows):
        self.found += [(what, *row) for row in rows]

    def judge(self):
        if Path(self.path + "-wal").exists():
            self.by_sqlite(read_only=True)  # with its WAL as the kill left it
        with crm.open(self.path) as db:
            audit = db.audit({"limit": 1})["entries"]
            hits = len(db.query({"entity": "company", "columns": ["id"], "where": {"text": "w"}, "limit": 0}))
            held = db.query({"entity": "event", "columns": ["id"], "where": {"field": "state", "op": "eq", "value": "held"}, "order": ["-id"], "limit": 3})
            for event in held:
                entries = db.audit({"entity": "event", "id": event.id})["entries"]
                if not any(c["field"] == "state" and c["to"] == "held" for e in entries for c in e["changes"]):
                    self.found.append(("held without its line of the log", event.id))
        base = self.by_sqlite()
        self.none("the newest line is another", [] if audit and audit[0]["version"] == base["lines"] else [(audit, base["lines"])])
        self.none("not found by search", [] if hits == base["searched"] else [(hits, base["searched"])])

    def by_sqlite(self, read_only=False):
        base = sqlite3.connect(f"file:{self.path}?mode=ro" if read_only else f"file:{self.path}", uri=True)
        ask = lambda sql, *given: base.execute(sql, given).fetchall()  # noqa: E731
        self.none("integrity", [row for row in ask("PRAGMA integrity_check") if row != ("ok",)])
        self.none("a reference leads nowhere", ask("PRAGMA foreign_key_check"))
        lines, last = ask("SELECT count(*), max(seq) FROM change_log")[0]
        self.none("a gap in the log", [] if lines == last else [(lines, last)])
        for table, number in (("company", crm.Company._entity), ("event", crm.Event._entity), ("assignment", crm.Assignment._entity), ("notice", crm.Notice._entity)):
            self.none(f"{table}: the line that wrote it is of another", ask(
                f"SELECT t.id FROM {table} t LEFT JOIN change_log l ON l.seq = t.version "
                "WHERE l.seq IS NULL OR l.entity <> ? OR t.id < l.id OR t.id >= l.id + l.count", number))
        self.none("half a card", ask("SELECT last_name FROM employee e WHERE last_name LIKE 'w%' AND (SELECT count(*) FROM company WHERE name = e.last_name) <> 1 "
                                     "OR last_name LIKE 'w%' AND NOT EXISTS(SELECT 1 FROM contact_point WHERE value = e.last_name || '@x.ru')"))
        self.none("half of five", ask("SELECT name, count(*) FROM company WHERE name LIKE 'w%' GROUP BY name HAVING count(*) NOT IN (1, 5)"))
        self.none("half an event", ask("SELECT id FROM event e WHERE purpose LIKE 'w%' AND (SELECT count(*) FROM event_line WHERE event_id = e.id) <> 2"))
        counters = [row[0] for row in ask("SELECT comment FROM company WHERE id IN (?, ?)", *self.house["counters"])]
        self.none("one counter without the other", [] if counters[0] == counters[1] else [counters])
        self.none("a count is lost", [] if int(counters[0]) >= len(self.acknowledged["count"]) else [(counters, len(self.acknowledged["count"]))])
        self.none("two main managers", ask("SELECT company_id, count(*) FROM assignment WHERE role = 0 AND to_date IS NULL GROUP BY 1 HAVING count(*) > 1"))
        self.none("no manager, although handed over", ask("SELECT 1 WHERE NOT EXISTS(SELECT 1 FROM assignment WHERE company_id = ? AND role = 0 AND to_date IS NULL)", self.house["company"]))
        self.none("a held event without result or time", ask("SELECT id FROM event WHERE state = 3 AND (held_at IS NULL OR result IS NULL)"))
        self.none("a posted document without what its rule did", ask(
            "SELECT key FROM host_document d WHERE posted = 1 AND (SELECT count(*) FROM document_effect f JOIN event e ON e.id = f.event_id "
            "WHERE f.document_id = d.id AND f.revision = d.revision AND f.undone = 0) <> 1"))
        self.none("an un-posted one with what it did", ask(
            "SELECT key FROM host_document d WHERE posted = 0 AND EXISTS(SELECT 1 FROM document_effect f JOIN event e ON e.id = f.event_id "
            "WHERE f.document_id = d.id AND f.undone = 0 AND e.state = 0 AND e.removed = 0)"))
        self.none("lines of another sum", ask("SELECT key FROM host_document d WHERE amount <> (SELECT sum(amount) FROM host_document_line WHERE document_id = d.id)"))
        self.none("a notice told twice", ask("SELECT key FROM notice GROUP BY key HAVING count(*) > 1"))
        self.none("claimed and not marked so", ask("SELECT id FROM notice WHERE state = 1 AND claimed_at IS NULL OR state IN (0, 1) AND next_at IS NULL"))
        self.lost(ask)
        searched = ask("SELECT count(*) FROM company WHERE name LIKE '%w%' AND status <> 2")[0][0]
        base.close()
        return {"lines": lines, "searched": searched}

    def lost(self, ask):
        """What was acknowledged and is not there."""
        names = dict(ask("SELECT name, count(*) FROM company GROUP BY 1"))
        events = dict(ask("SELECT id, state FROM event"))
        purposes = {row[0] for row in ask("SELECT purpose FROM event")}
        keys = {row[0] for row in ask("SELECT key FROM host_document")}
        notices = dict((row[0], row[1:]) for row in ask("SELECT id, state, claimed_at FROM notice"))
        is_there = {"card": lambda tag, _: names.get(tag) == 1, "five": lambda tag, _: names.get(tag) == 5, "plan": lambda tag, _: tag in purposes,
                    "hold": lambda _, event: events[int(event)] == 3, "post": lambda _, key: key in keys,
                    "claim": lambda _, notice: notices[int(notice)][1] is not None, "delivered": lambda _, notice: notices[int(notice)][0] == 2}
        for kind, there in is_there.items():
            self.none("lost", [(kind, tag, what) for tag, what in self.acknowledged[kind].items() if not there(tag, what)])


def run(path, house, judge):
    dice = random.Random(SEED)
    kills = 0
    while kills < KILLS and not judge.found:
        writers = []
        for number in range(WRITERS):
            reading, writing = os.pipe()
            seed = dice.random()
            pid = os.fork()
            if pid == 0:
                status = 1
                try:
                    os.close(reading)
                    Writer(path, house, writing, f"w{kills}_{number}", random.Random(seed)).go_on()
                except BaseException as error:  # told, not raised: the parent's own work must not go on in here
                    os.write(2, f"{type(error).__name__}: {error}\n".encode())
                    status = 3
                os._exit(status)
            os.close(writing)
            writers.append((pid, reading))
        time.sleep(dice.choice([dice.uniform(0.02, 0.1), dice.uniform(0.05, 0.5)]))
        for pid, _ in writers:
            os.kill(pid, signal.SIGKILL)
        for pid, reading in writers:
            _, status = os.waitpid(pid, 0)
            if not os.WIFSIGNALED(status):
                judge.found.append(("a writer ended by itself", status))
            kills += 1
            with os.fdopen(reading) as told:
                for line in told.read().splitlines():
                    judge.take(line)
        if kills % 6 == 0 or kills >= KILLS:  # several kills pile up
            judge.judge()
    return kills


with tempfile.TemporaryDirectory() as folder:
    path = folder + "/kill.db"
    house = make(path)
    judge = Judge(path, house)
    begun = time.monotonic()
    kills = run(path, house, judge)
units = {kind: len(all_of) for kind, all_of in sorted(judge.acknowledged.items())}
print(f"seed {SEED}: {kills} kills, {sum(units.values())} units acknowledged {units}, {time.monotonic() - begun:.0f} s, found {len(judge.found)}")
for one in judge.found[:20]:
    print("  ", *one)
if judge.found or not units:
    raise SystemExit(1)
