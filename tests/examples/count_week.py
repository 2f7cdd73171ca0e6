#!/usr/bin/env python3
"""What the week of `morning` must bring, counted the slow obvious way: people, events and policies are read from the base as it is in the
morning (its SQL views), documents from the raw CSV; nothing of the library or the example is used.

    count_week.py house|classicmodels|maven_crm FOLDER BASE [--compare FILE]

Prints JSON, or compares it with "week" of the JSON in FILE and exits 1 when any key differs.

  documents              posted, unposted, repeated: of the two weeks before and of the week
  document_effects       steps of rules: made, changed, undone, changed_since, refused, nothing
  notices                delivered, by kind
  fell_overdue           events that fell overdue, with those that were overdue before
  escalations            begun: overdue events, and held ones that await verification
  awaiting_verification  at the end of the week
"""
import json
import sqlite3
import sys
from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from raw_set import Set, minor, moment

MINUTE = timedelta(minutes=1)
SETS = {"house": ("Asia/Novosibirsk", datetime(2026, 3, 2, 9)), "classicmodels": ("America/Los_Angeles", datetime(2005, 6, 1, 9)),
        "maven_crm": ("America/New_York", datetime(2017, 12, 31, 9))}


# --- the raw documents ------------------------------------------------------------------------------------------------

def house_documents(folder):
    for _, row in Set(folder, ";").rows("documents.csv"):
        yield dict(kind={"Счёт": "invoice", "Отгрузка": "shipment", "Поступление": "payment"}[row["Вид"]], key=row["Номер"],
                   revision=int(row["Версия"]), posted=row["Проведён"] == "да", at=moment(row["Когда"], "%d.%m.%Y %H:%M"),
                   date=moment(row["Дата"], "%d.%m.%Y").date(), company=("client", row["Клиент"]), user=("user", row["Сотрудник"]),
                   product=None, amount=minor(row["Сумма"]), currency="RUB")


def classicmodels_documents(folder):
    for _, row in Set(folder).rows("payments.csv"):
        day = moment(row["paymentDate"], "%Y-%m-%d")
        yield dict(kind="payment", key=row["customerNumber"] + "/" + row["checkNumber"], revision=0, posted=True, at=day + timedelta(hours=12),
                   date=day.date(), company=("customer", row["customerNumber"]), user=None, product=None, amount=minor(row["amount"]), currency="USD")


def maven_crm_documents(folder):
    from glob import glob
    from os.path import basename
    for file in sorted(glob(folder + "/sales_pipeline*.csv")):
        for _, row in Set(folder).rows(basename(file)):
            if row["deal_stage"] != "Won" or not row["account"]:
                continue
            day = moment(row["close_date"], "%Y-%m-%d")
            yield dict(kind="shipment", key=row["opportunity_id"], revision=0, posted=True, at=day + timedelta(hours=12), date=day.date(),
                       company=("account", row["account"]), user=("user", row["sales_agent"]),
                       product=("product", {"GTXPro": "GTX Pro"}.get(row["product"], row["product"])), amount=minor(row["close_value"]), currency="USD")


# --- the base in the morning ------------------------------------------------------------------------------------------

def instant(text):
    return text and datetime.fromisoformat(text.replace("Z", "+00:00"))


def day_of(text):
    return text and date.fromisoformat(text)


class Morning:
    def __init__(self, path, name):
        self.db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.db.row_factory = sqlite3.Row
        zone, now = SETS[name]
        self.zone = ZoneInfo(zone)
        self.start = self.at(now)
        self.end = self.start + timedelta(days=7)
        self.users = {u["id"]: u for u in self.rows("user_view")}
        self.types = {t["id"]: t for t in self.rows("event_type_view")}
        self.ids = {(x["kind"], x["key"]): x["owner_id"] for x in self.rows("external_id_view")}
        self.steps = [s for s in self.rows("escalation_step_view") if not s["retired"]]
        self.kinds = {k["id"]: k["code"] for k in self.rows("host_document_kind_view")}
        self.rules = self.rows("document_rule_view")
        self.assignments = self.rows("assignment_view")
        self.offsets = defaultdict(set)
        for reminder in self.rows("reminder_view"):
            self.offsets[reminder["type_id"]].add(reminder["minutes_before"])
        self.products = defaultdict(set)
        for line in self.rows("event_line_view"):
            self.products[line["event_id"]].add(line["product_id"])

    def rows(self, view):
        return [dict(row) for row in self.db.execute(f"SELECT * FROM {view} ORDER BY id")]

    def at(self, wall):
        return wall.replace(tzinfo=self.zone).astimezone(timezone.utc)

    def local(self, at):
        return at.astimezone(self.zone)

    def in_service(self, user, day):
        u = self.users[user]
        return (not u["hired"] or day_of(u["hired"]) <= day) and (not u["dismissed"] or day < day_of(u["dismissed"]))

    def chain(self, user):
        while user:
            yield user
            user = self.users[user]["supervisor_id"]

    def told_for(self, user, day):
        return next((u for u in self.chain(user) if self.in_service(u, day)), None)

    def working(self, since, minutes):
        """`minutes` of Monday to Friday, 09:00 to 18:00, after `since`: day by day."""
        day = self.local(since).date()
        left = timedelta(minutes=minutes)
        while left:
            opens, closes = (self.at(datetime.combine(day, time(hour))) for hour in (9, 18))
            begins = max(since, opens)
            if day.weekday() < 5 and begins < closes:
                if closes - begins >= left:
                    return begins + left
                left -= closes - begins
            day += timedelta(days=1)
        return since


# --- the week ---------------------------------------------------------------------------------------------------------

class Happening:
    """An event and its life in the week: from each moment of `life` on it was as it says, up to the next."""

    def __init__(self, row):
        self.id, self.type, self.company = row["id"], row["type_id"], row["company_id"]
        self.executor, self.setter = row["executor_id"], row["setter_id"]
        self.now = dict(state=row["state"], start=instant(row["start_at"]), end=instant(row["end_at"]), due=instant(row["due_at"]), awaits=None)
        self.all_day, self.until = bool(row["all_day"]), day_of(row["postponed_until"])
        self.made_at = None
        self.life = []

    def become(self, at, **changes):
        self.now = {**self.now, **changes}
        self.life.append((at, self.now))

    def is_open(self):
        return self.now["state"] in ("planned", "rescheduled")

    def as_of(self, at):
        """As it was just before the documents of that moment."""
        return [was for since, was in self.life if since < at][-1]


class Week:
    def __init__(self, morning, documents):
        self.m = morning
        self.told = Counter()
        self.effects = Counter(made=0, changed=0, undone=0, changed_since=0, refused=0, nothing=0)
        self.notices = Counter()
        self.events = []
        for row in morning.rows("event_view"):
            if row["removed"]:
                continue
            event = Happening(row)
            event.become(datetime.min.replace(tzinfo=timezone.utc))
            self.events.append(event)
        self.next_id = max((e.id for e in self.events), default=0) + 1
        self.papers = {}
        for paper in sorted(documents, key=lambda d: d["at"]):  # stable: rows of one moment stay in their order
            at = morning.at(paper["at"])
            if morning.start - timedelta(days=14) <= at < morning.end:
                self.tell(paper, max(at, morning.start))

    # documents

    def tell(self, paper, at):
        kept = self.papers.setdefault((paper["kind"], paper["key"]), dict(revision=None, posted=False, effects=[]))
        if paper["posted"] == kept["posted"] and (not paper["posted"] or paper["revision"] == kept["revision"]):
            self.told["repeated"] += 1
            return
        self.told["posted" if paper["posted"] else "unposted"] += 1
        for effect in reversed(kept["effects"]):
            self.undo(effect, at)
        kept.update(revision=paper["revision"], posted=paper["posted"], effects=[])
        if not paper["posted"]:
            return
        for rule in self.m.rules:
            if self.m.kinds[rule["kind_id"]] != paper["kind"]:
                continue
            if rule["min_amount"] is not None and (paper["currency"] != rule["currency"] or paper["amount"] < round(rule["min_amount"] * 100)):
                continue
            effect = self.plan(rule, paper, at) if rule["does"] == "plan" else self.hold(rule, paper, at)
            if effect:
                kept["effects"].append(effect)

    def plan(self, rule, paper, at):
        company = self.m.ids[paper["company"]]
        executor = self.m.ids[paper["user"]] if paper["user"] else self.manager(company, paper["date"], at)
        if not executor or not self.m.in_service(executor, self.m.local(at).date()):
            self.effects["refused"] += 1
            return None
        start = self.m.at(datetime.combine(paper["date"] + timedelta(days=rule["start_days"]), time(9)))
        end = start + self.m.types[rule["type_id"]]["default_minutes"] * MINUTE
        event = Happening(dict(id=self.next_id, type_id=rule["type_id"], company_id=company, executor_id=executor, setter_id=executor, state="planned",
                               start_at=start.isoformat(), end_at=end.isoformat(), due_at=end.isoformat(), all_day=0, postponed_until=None))
        self.next_id += 1
        event.made_at = at
        event.become(at)
        self.events.append(event)
        self.effects["made"] += 1
        self.notices["created"] += self.told_of(event, at)
        return event, None, event.now

    def hold(self, rule, paper, at):
        company = self.m.ids[paper["company"]]
        product = paper["product"] and self.m.ids[paper["product"]]
        near = [(abs((self.m.local(e.now["start"]).date() - paper["date"]).days), e.id, e) for e in self.events
                if e.is_open() and e.company == company and e.type == rule["type_id"] and e.now["start"]
                and (not product or product in self.m.products[e.id])]
        near = sorted(n for n in near if n[0] <= rule["window_days"])
        if not near:
            self.effects["nothing"] += 1
            return None
        event = near[0][2]
        before = event.now
        early = before["start"] > at
        awaits = at if self.m.users[event.executor]["supervisor_id"] else None
        event.become(at, state="held", due=None, awaits=awaits, **(dict(start=at, end=at) if early else {}))
        self.effects["changed"] += 1
        self.notices["done"] += self.told_of(event, at)
        return event, before, event.now

    def undo(self, effect, at):
        event, before, after = effect
        if event.now != after:
            self.effects["changed_since"] += 1
            return
        event.become(at, **(before or dict(state="removed", due=None)))
        self.effects["undone"] += 1

    def manager(self, company, day, at):
        for on in (day, self.m.local(at).date()):
            for a in self.m.assignments:
                if a["company_id"] == company and day_of(a["from_date"]) <= on and (not a["to_date"] or on < day_of(a["to_date"])) \
                        and self.m.in_service(a["user_id"], self.m.local(at).date()):
                    return a["user_id"]
        return None

    def told_of(self, event, at):
        day = self.m.local(at).date()
        return len({self.m.told_for(u, day) for u in (event.executor, event.setter)} - {None})

    # time

    def reminders(self):
        """Before the start of an event that is open then; on the morning until which one was postponed."""
        for event in self.events:
            for start, is_made in {(was["start"], event.made_at) for _, was in event.life if was["state"] in ("planned", "rescheduled")}:
                first = self.m.at(datetime.combine(self.m.local(start).date(), time(9))) if event.all_day else start
                for minutes in self.m.offsets[event.type]:
                    at = first - minutes * MINUTE
                    if max(self.m.start, is_made or self.m.start) < at < self.m.end and event.as_of(at)["start"] == start \
                            and event.as_of(at)["state"] in ("planned", "rescheduled"):
                        self.notices["reminder"] += 1
            if event.now["state"] == "postponed" and event.until:
                at = self.m.at(datetime.combine(event.until, time(9)))
                loaded = self.m.local(min(event.now["start"], self.m.start) - timedelta(days=1)).date()
                whom = self.m.told_for(event.executor, loaded)
                if self.m.start < at < self.m.end and whom and self.m.in_service(whom, event.until):
                    self.notices["postponed_until"] += 1

    def stays(self):
        """(event, trigger, T0, times): each state that escalates, and when the event stood in it (after the first, up to and with the second)."""
        found = defaultdict(list)
        for event in self.events:
            for (since, was), until in zip(event.life, [at for at, _ in event.life[1:]] + [self.m.end]):
                if was["due"] and max(was["due"], since) < until:
                    found[event, "overdue", was["due"]].append((max(since, was["due"]), until))
                if was["awaits"] and max(was["awaits"], since) < until:
                    found[event, "unverified", was["awaits"]].append((since, until))
        return found

    def escalate(self, event, trigger, since, stays):
        told = set()
        for step in sorted(self.m.steps, key=lambda s: (s["delay_minutes"], s["id"])):
            at = self.m.working(since, step["delay_minutes"])
            # What fell before the base was filled tells nobody: it does not know who was above whom then.
            if step["trigger"] != trigger or not self.m.start <= at < self.m.end or not any(a <= at <= b for a, b in stays):
                continue
            chain = list(self.m.chain(event.executor))
            day = self.m.local(at).date()
            above = [u for u in chain[min(step["level"], len(chain) - 1):] if self.m.in_service(u, day)]
            below = [u for u in reversed(chain) if self.m.in_service(u, day)]
            whom = (above or below or [None])[0]
            if whom and whom not in told:
                told.add(whom)
                self.notices[trigger] += 1

    def counts(self):
        self.reminders()
        stays = self.stays()
        for (event, trigger, since), times in stays.items():
            self.escalate(event, trigger, since, times)
        return {
            "documents": {key: self.told[key] for key in ("posted", "unposted", "repeated")},
            "document_effects": dict(self.effects),
            "notices": {kind: n for kind, n in self.notices.items() if n},
            "fell_overdue": sum(trigger == "overdue" for _, trigger, _ in stays),
            "escalations": len(stays),
            "awaiting_verification": sum(bool(e.now["awaits"]) for e in self.events),
        }


def main(arguments):
    if len(arguments) not in (3, 5) or arguments[0] not in SETS:
        sys.exit(__doc__)
    name, folder, base = arguments[:3]
    raw = {"house": house_documents, "classicmodels": classicmodels_documents, "maven_crm": maven_crm_documents}[name]
    counted = Week(Morning(base, name), raw(folder)).counts()
    if len(arguments) == 3:
        print(json.dumps(counted, indent=1))
        return 0
    with open(arguments[4], encoding="utf-8") as file:
        printed = json.load(file)["week"]
    different = [key for key in counted if printed.get(key) != counted[key]]
    for key in different:
        print(f"{key}: counted {json.dumps(counted[key])}, printed {json.dumps(printed.get(key))}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
