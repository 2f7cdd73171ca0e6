#!/usr/bin/env python3
"""Whether the director's page tells the truth: its tables against numbers counted the slow obvious way from the base, through its SQL views.

    count_report.py house|classicmodels|maven_crm BASE PAGE

Prints what differs and exits 1 if anything does.
"""

import sqlite3
import sys
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from fractions import Fraction
from html.parser import HTMLParser
from statistics import median, quantiles
from zoneinfo import ZoneInfo

RECEIPTS, BY_MANAGER = "Поступление денежных средств от клиентов", "Поступления по менеджерам"
CLIENTS, PLAN = "Клиенты, от которых поступило больше всего", "План-факт квартала: "
FUNNEL, LOAD, WORK = "Воронка продаж", "Загрузка менеджеров", "Состоявшиеся события менеджеров"
WHITESPACE, UNDERSERVED, DEMAND = "Охват клиентов продуктами", "Клиенты, которым предлагают меньше положенного", "Самые востребованные продукты"
PRODUCTS, CALENDAR, NOT_SHOWN = "События по продуктам", "Календарь", "Не показано"

# zone, today, the twelve months, the quarter, the sections of the page in their order
SETS = {
    "house": ("Asia/Novosibirsk", "2026-03-02", ("2025-04-01", "2026-04-01"), ("2026-01-01", "2026-04-01"),
              [RECEIPTS, BY_MANAGER, CLIENTS, PLAN + "поступления, ₽", PLAN + "события", FUNNEL, FUNNEL + ": по менеджерам",
               WHITESPACE, UNDERSERVED, DEMAND, LOAD, WORK, PRODUCTS, CALENDAR]),
    "classicmodels": ("America/Los_Angeles", "2005-06-01", ("2004-07-01", "2005-07-01"), ("2005-04-01", "2005-07-01"),
                      [RECEIPTS, BY_MANAGER, CLIENTS, LOAD, WORK, PRODUCTS, CALENDAR, NOT_SHOWN]),
    "maven_crm": ("America/New_York", "2017-12-31", ("2017-01-01", "2018-01-01"), ("2017-10-01", "2018-01-01"), [WORK, PRODUCTS, CALENDAR, NOT_SHOWN]),
}
LEFT_OUT = {"house": [], "classicmodels": ["План-факт:", "Воронка продаж:", WHITESPACE + ":", DEMAND + ":"],
            "maven_crm": ["Поступления:", "План-факт:", "Воронка продаж:", WHITESPACE + ":", DEMAND + ":", "Загрузка менеджеров:"]}


# --- the page -----------------------------------------------------------------------------------------------------------

class Sections(HTMLParser):
    """[(heading, note, rows of its table)]: rows are lists of texts, the head first; spaces are plain, a minus is "-"."""

    def __init__(self, html):
        super().__init__()
        self.found, self.text, self.drawing = [], None, 0
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.drawing += tag == "svg"
        if self.drawing:
            return
        if tag == "section":
            self.found.append(["", "", []])
        elif tag == "tr":
            self.found[-1][2].append([])
        if tag in ("h2", "p", "th", "td"):
            self.text = ""

    def handle_data(self, data):
        if self.text is not None and not self.drawing:
            self.text += data.replace("\u202f", " ").replace("\u00a0", " ").replace("−", "-")

    def handle_endtag(self, tag):
        if tag == "svg":
            self.drawing -= 1
        elif tag in ("th", "td") and not self.drawing:
            self.found[-1][2][-1].append(self.text)
        elif tag == "h2":
            self.found[-1][0] = self.text
        elif tag == "p" and self.found:
            self.found[-1][1] = self.text
        if tag in ("h2", "p", "th", "td") and not self.drawing:
            self.text = None


def written(value, digits=0):
    """12345.6 as "12 345,60"."""
    return f"{value:,.{digits}f}".replace(",", " ").replace(".", ",")


def money(kopecks):
    return written(kopecks / 100, 2)


def percent(part, whole):
    """Half up, by whole numbers."""
    thousandths = (abs(part) * 1000 * 2 + whole) // (2 * whole)
    return ("-" if part < 0 else "") + f"{thousandths // 10},{thousandths % 10} %"


# --- the base -----------------------------------------------------------------------------------------------------------

class Base:
    def __init__(self, path, zone):
        self.db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.zone = ZoneInfo(zone)
        self.users = {row[0]: self.short(*row[1:]) for row in self.rows("SELECT id, last_name, first_name, middle_name FROM user_view")}
        self.dismissed = {row[0]: row[1] for row in self.rows("SELECT id, dismissed FROM user_view")}
        self.main = self.rows("SELECT company_id, user_id, from_date, to_date FROM assignment_view WHERE role = 'main'")

    def rows(self, query, *values):
        return self.db.execute(query, values).fetchall()

    @staticmethod
    def short(last, first, middle):
        return " ".join([last, *(name[0] + "." for name in (first, middle) if name)])

    def local(self, iso):
        return datetime.fromisoformat(iso.replace("Z", "+00:00")).astimezone(self.zone)

    def manager_of(self, company, day):
        """The main manager, in service on that day; None."""
        for of, user, begins, ends in self.main:
            if of == company and begins <= day and (not ends or day < ends) and (not self.dismissed[user] or day < self.dismissed[user]):
                return user
        return None

    def receipts(self, first, end):
        """(company, manager, month, kopecks)"""
        for company, user, day, kopecks in self.rows("SELECT company_id, user_id, date, CAST(round(amount * 100) AS INTEGER) FROM receipt_view "
                                                     "WHERE kind = 'receipt' AND date >= ? AND date < ?", first, end):
            yield company, user or self.manager_of(company, day), day[:7], kopecks

    def held(self, first, end):
        """(id, executor, type, company, start) of held events that no verification returned."""
        for row in self.rows("SELECT e.id, e.executor_id, t.code, e.company_id, e.start_at FROM event_view e JOIN event_type_view t ON t.id = e.type_id "
                             "WHERE e.state = 'held' AND coalesce(e.verification, '') <> 'returned'"):
            start = self.local(row[4])
            if first <= start.date().isoformat() < end:
                yield row[:4] + (start,)


class Recount:
    """Counts a set again and tells what of the page is otherwise."""

    def __init__(self, name, base, page):
        zone, self.today, self.year, self.quarter, self.wanted = SETS[name]
        self.name, self.base, self.wrong = name, Base(base, zone), []
        with open(page, encoding="utf-8") as file:
            self.sections = Sections(file.read()).found
        self.tables = {heading: rows for heading, _, rows in self.sections}

    def same(self, what, shown, counted):
        if shown != counted:
            self.wrong.append(f"{what}: shown {shown}, counted {counted}")

    def run(self):
        self.same("sections", [heading for heading, _, _ in self.sections], self.wanted)
        notes = {heading: note for heading, note, _ in self.sections}
        for what in LEFT_OUT[self.name]:
            self.same(f"'{what}' is told to be left out", what in notes.get(NOT_SHOWN, ""), True)
        self.same("what is left out", NOT_SHOWN in notes, bool(LEFT_OUT[self.name]))
        for heading, count in ((RECEIPTS, self.receipts), (BY_MANAGER, self.managers), (CLIENTS, self.clients), (PLAN + "поступления, ₽", self.plan_receipts),
                               (PLAN + "события", self.plan_events), (FUNNEL, self.funnel), (LOAD, self.load), (PRODUCTS, self.products),
                               (WHITESPACE, self.whitespace), (UNDERSERVED, self.underserved), (DEMAND, self.demand)):
            if heading in self.tables:
                count(self.tables[heading])
        return self.wrong

    def receipts(self, rows):
        months, sums, counts = [], Counter(), Counter()
        year, month = map(int, self.year[0].split("-")[:2])
        for i in range(12):
            months.append(f"{year + (month - 1 + i) // 12}-{(month - 1 + i) % 12 + 1:02}")
        for _, _, when, kopecks in self.base.receipts(*self.year):
            sums[when] += kopecks
            counts[when] += 1
        self.same("receipts by month", [row[1:] for row in rows[1:-1]], [[written(counts[m]), money(sums[m])] for m in months])
        self.same("receipts in all", rows[-1], ["Итого", written(sum(counts.values())), money(sum(sums.values()))])

    def managers(self, rows):
        sums, counts = Counter(), Counter()
        for _, manager, _, kopecks in self.base.receipts(*self.year):
            sums[manager] += kopecks
            counts[manager] += 1
        counted = Counter((self.base.users.get(who, "Не закреплено"), written(counts[who]), money(sums[who])) for who in sums)
        self.same("receipts by manager", Counter(map(tuple, rows[1:-1])), counted)
        self.same("receipts of all managers", rows[-1], ["Итого", written(sum(counts.values())), money(sum(sums.values()))])

    def clients(self, rows):
        names, sums = dict(self.base.rows("SELECT id, name FROM company_view")), Counter()
        for company, _, _, kopecks in self.base.receipts(*self.year):
            sums[company] += kopecks
        best = sorted(sums.values(), reverse=True)[:12]
        self.same("the sums of the best clients", sorted((row[1] for row in rows[1:13]), key=lambda text: text.zfill(20), reverse=True), [money(s) for s in best])
        self.same("the best clients", {row[0] for row in rows[1:13]}, {names[c] for c, _ in sums.most_common(12)})
        self.same("the other clients", rows[13:], [["Прочие", money(sum(sums.values()) - sum(best))], ["Итого", money(sum(sums.values()))]])

    # --- plan-fact

    def plan_rows(self, plans, facts, shown):
        first, end, today = (date.fromisoformat(d) for d in (*self.quarter, self.today))
        days = [first + timedelta(n) for n in range((end - first).days)]
        working, passed = (sum(day.weekday() < 5 for day in days if day <= last) for last in (end, today))

        def row(name, plan, fact):
            forecast = (fact * working * 2 + passed) // (2 * passed)
            return (name, shown(plan) if plan is not None else "–", shown(fact), shown(fact - plan) if plan is not None else "–",
                    percent(fact, plan) if plan else "–", shown(forecast))
        out = Counter(row(self.base.users.get(user, "Не закреплено"), plans.get(user), facts[user]) for user in set(plans) | set(facts))
        return out, row("Итого", sum(plans.values()), sum(facts.values()))

    def plans(self, measure, column):
        out = Counter()
        for user, number in self.base.rows(f"SELECT user_id, {column} FROM plan_cell_view WHERE measure = ? AND from_date >= ? AND to_date <= ?", measure, *self.quarter):
            out[user] += number
        return out

    def as_of(self):
        return self.quarter[0], (date.fromisoformat(self.today) + timedelta(1)).isoformat()

    def plan_receipts(self, rows):
        facts = Counter()
        for _, manager, _, kopecks in self.base.receipts(*self.as_of()):
            facts[manager] += kopecks
        counted, total = self.plan_rows(self.plans("receipts", "CAST(round(amount * 100) AS INTEGER)"), facts, money)
        self.same("plan-fact of receipts", Counter(map(tuple, rows[1:-1])), counted)
        self.same("plan-fact of receipts in all", tuple(rows[-1]), total)

    def plan_events(self, rows):
        facts = Counter(executor for _, executor, _, _, _ in self.base.held(*self.as_of()))
        counted, total = self.plan_rows(self.plans("events", "events"), facts, written)
        self.same("plan-fact of events", Counter(map(tuple, rows[1:-1])), counted)
        self.same("plan-fact of events in all", tuple(rows[-1]), total)

    # --- the funnel

    def funnel(self, rows):
        stages = ["call", "meeting", "presentation", "sale"]
        own = defaultdict(dict)  # of a client: stage, its earliest entry of its own
        for _, _, type_code, company, start in self.base.held("1900-01-01", (date.fromisoformat(self.today) + timedelta(1)).isoformat()):
            if type_code in stages:
                k = stages.index(type_code)
                own[company][k] = min(own[company].get(k, start), start)
        drafts = {row[0] for row in self.base.rows("SELECT id FROM company_view WHERE status = 'draft'")}
        reached, days = Counter(), defaultdict(list)
        for company, entries in own.items():
            first = [min((at for j, at in entries.items() if j >= k), default=None) for k in range(4)]
            if company in drafts or not self.year[0] <= first[0].date().isoformat() < self.year[1]:
                continue
            for k in range(4):
                reached[k] += first[k] is not None
                if k < 3 and k in entries and k + 1 in entries:
                    days[k].append((first[k + 1] - first[k]).total_seconds() / 86400)
        for k, row in enumerate(rows[1:]):
            next_share = percent(reached[k + 1], reached[k]) if k < 3 else "–"
            self.same(f"stage {k + 1} of the funnel", (row[1], row[4], row[5]), (written(reached[k]), next_share, percent(reached[3], reached[k])))
            if k < 3:
                p90 = quantiles(days[k], n=10, method="inclusive")[-1]
                for shown, counted in ((row[6], median(days[k])), (row[7], p90)):
                    self.same(f"days after stage {k + 1}", abs(float(shown.replace(" ", "").replace(",", ".").replace("–", "0")) - counted) <= 0.051, True)
        total = self.tables[FUNNEL + ": по менеджерам"][-1]
        self.same("the funnel's managers in all", total, ["Итого"] + [written(reached[k]) for k in range(4)] + [percent(reached[3], reached[0])])
        by_manager = self.tables[FUNNEL + ": по менеджерам"][1:-1]
        for k in range(4):
            self.same(f"the managers of stage {k + 1} add up", sum(int(row[k + 1].replace(" ", "")) for row in by_manager), reached[k])

    # --- whitespace and demand

    def shipments(self, first, end):
        """(company, product, quantity in millionths or None, kopecks or None)"""
        return self.base.rows("SELECT company_id, product_id, CAST(round(quantity * 1000000) AS INTEGER), CAST(round(amount * 100) AS INTEGER) FROM receipt_view "
                              "WHERE kind = 'shipment' AND product_id IS NOT NULL AND date >= ? AND date < ?", first, end)

    def statuses(self):
        """{(company, product, sphere): status} of every sphere of every active client and every product."""
        rows, today = self.base.rows, self.today
        parents = dict(rows("SELECT id, parent_id FROM sphere_view"))
        gone = {(kind, row[0]) for kind in ("product", "sphere") for row in rows(f"SELECT id FROM {kind}_view WHERE retired_on <= ?", today)}
        cells = {(p, s) for p, s in rows("SELECT product_id, sphere_id FROM organisation_cell_view") if not {("product", p), ("sphere", s)} & gone}
        quantities, amounts = defaultdict(list), defaultdict(list)
        for company, product, quantity, kopecks in self.shipments("0000-01-01", (date.fromisoformat(today) + timedelta(1)).isoformat()):
            if quantity is not None:
                quantities[company, product].append(quantity)
            if kopecks is not None:
                amounts[company, product].append(kopecks)
        refusals = {row[0] for row in rows("SELECT id FROM outcome_view WHERE kind = 'refusal'")}
        offers = defaultdict(list)
        for company, product, start, event, outcome in rows("SELECT e.company_id, l.product_id, coalesce(e.start_at, '9999'), e.id, e.outcome_id FROM event_view e "
                                                            "JOIN event_line_view l ON l.event_id = e.id WHERE e.state <> 'cancelled'"):
            offers[company, product].append((start, event, outcome in refusals))

        def status(company, product, sphere):
            above, inside = sphere, False
            while above is not None:
                inside, above = inside or (product, above) in cells, parents[above]
            if not inside or ("sphere", sphere) in gone:
                return "not eligible"
            if sum(quantities.get((company, product)) or amounts.get((company, product)) or [0]) > 0:
                return "owned"
            if not offers.get((company, product)):
                return "never offered"
            return "refused" if max(offers[company, product])[2] else "in work"
        spheres = rows("SELECT s.company_id, s.sphere_id FROM company_sphere_view s JOIN company_view c ON c.id = s.company_id WHERE c.status = 'active'")
        products = [row[0] for row in rows("SELECT id FROM product_view")]
        return {(c, p, s): status(c, p, s) for c, s in spheres for p in products}

    def whitespace(self, rows):
        names, columns = dict(self.base.rows("SELECT id, name FROM product_view")), ["owned", "in work", "refused", "never offered"]
        counts = Counter((product, status) for (_, product, _), status in self.statuses().items())

        def line(name, products):
            numbers = [sum(counts[p, status] for p in products) for status in columns + ["not eligible"]]
            return [name] + [written(n) for n in [sum(numbers[:4])] + numbers]
        meant = {p for p in names if any(counts[p, status] for status in columns)}
        told = [row for row in rows[1:-1] if row[0] != "Не положены никому"]
        self.same("whitespace by product", Counter(map(tuple, told[:len(meant)])), Counter(tuple(line(names[p], [p])) for p in meant))
        ranges = [int(row[1].replace(" ", "")) for row in told]
        self.same("the widest range is first", ranges, sorted(ranges, reverse=True))
        self.same("whitespace in all", rows[-1], line("Итого", names))

    def underserved(self, rows):
        meant, never = defaultdict(set), defaultdict(set)
        for (company, product, _), status in self.statuses().items():
            if status != "not eligible":
                meant[company].add(product)
            if status == "never offered":
                never[company].add(product)
        names = dict(self.base.rows("SELECT id, name FROM company_view"))
        worst = sorted(never, key=lambda c: (-Fraction(len(never[c]), len(meant[c])), -len(never[c]), c))[:10]
        self.same("underserved clients", rows[1:], [[names[c], written(len(meant[c])), written(len(never[c])), percent(len(never[c]), len(meant[c]))] for c in worst])

    def demand(self, rows):
        drafts = {row[0] for row in self.base.rows("SELECT id FROM company_view WHERE status = 'draft'")}
        names, quantities, amounts, clients = dict(self.base.rows("SELECT id, name FROM product_view")), Counter(), Counter(), defaultdict(set)
        for company, product, quantity, kopecks in self.shipments(*self.year):
            if company not in drafts:
                quantities[product] += quantity or 0
                amounts[product] += kopecks or 0
        held = {event: company for event, _, _, company, _ in self.base.held(*self.year) if company not in drafts}
        for event, product in self.base.rows("SELECT event_id, product_id FROM event_line_view WHERE product_id IS NOT NULL"):
            if event in held:
                clients[product].add(held[event])
        best = sorted(amounts, key=lambda p: (-amounts[p], p))[:10]
        self.same("products in demand", [(row[0], row[1], row[-1]) for row in rows[1:]],
                  [(names[p], money(amounts[p]), written(len(clients[p])) if p in clients else "–") for p in best])

    # --- the load, products

    def load(self, rows):
        first, events, minutes = date.fromisoformat(self.today), defaultdict(Counter), Counter()
        for executor, begins, ends in self.base.rows("SELECT executor_id, start_at, due_at FROM event_view WHERE state IN ('planned', 'rescheduled') "
                                                     "AND start_at IS NOT NULL AND due_at IS NOT NULL"):
            start, end = self.base.local(begins), self.base.local(ends)
            for n in range(28):
                day = first + timedelta(n)
                opens = datetime(day.year, day.month, day.day, tzinfo=self.base.zone)
                closes = opens.combine(day + timedelta(1), opens.timetz())
                if start.date() == day or (start < closes and end > opens):
                    events[executor][day] += 1
                    inside = min(end.timestamp(), closes.timestamp()) - max(start.timestamp(), opens.timestamp())
                    minutes[executor] += max(0, inside // 60)
        timed = rows[0][2] == "Часов"
        counted = Counter()
        for user, days in events.items():
            row = [self.base.users[user], str(len(days))] + ([written(minutes[user] // 6 / 10 + (minutes[user] % 6 >= 3) / 10, 1)] if timed else [])
            counted[tuple(row + [str(max(days.values()))])] += 1
        self.same("the load of managers", Counter(tuple(row[:-2] + row[-1:]) for row in rows[1:]), counted)

    def products(self, rows):
        names, events = dict(self.base.rows("SELECT id, name FROM product_view")), defaultdict(set)
        held = {row[0] for row in self.base.held(*self.year)}
        for event, product in self.base.rows("SELECT event_id, product_id FROM event_line_view"):
            if event in held:
                events[product].add(event)
        best = sorted((len(found) for found in events.values()), reverse=True)[:10]
        shown = [row for row in rows[1:-1] if row[0] != "Прочие"]
        self.same("the most demanded products", sorted((int(row[1].replace(" ", "")) for row in shown), reverse=True), best)
        counted = {names[product]: written(len(found)) for product, found in events.items()}
        for row in shown:
            self.same(f"events with {row[0]}", row[1], counted.get(row[0]))


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in SETS:
        sys.exit(__doc__)
    found = Recount(*sys.argv[1:]).run()
    print("\n".join(found) or "the page tells what is counted")
    sys.exit(1 if found else 0)
