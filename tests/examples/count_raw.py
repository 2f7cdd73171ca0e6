#!/usr/bin/env python3
"""Counts of a set of raw CSV, made without the example's code and without its mapping files.

    count_raw.py house|classicmodels|maven_crm FOLDER [--compare FILE]

Prints JSON, or compares it with the JSON in FILE (what `morning --json` printed) and exits 1 when any key differs.
The keys are the contract for `morning --json`; it may print more of them.

  set                      "house", "classicmodels" or "maven_crm" (`system` of the mapping)
  clients                  clients that are not drafts
  clients_draft            draft clients: of the raw rows, and made for deals with no account
  clients_without_manager  active clients with nobody in service assigned to them on the set's own day (`now` of the mapping)
  contacts, staff          persons of clients; own employees, the dismissed as well
  products, product_lines  goods; the groups that they are in
  spheres, legal_entities, bank_accounts, assignments     records
  events                   {type code: {stored state: count}}: planned, rescheduled, postponed, held, cancelled; no zeros
  events_total             all of them
  events_left_out          {field that was missing or wrong: rows}
  lines                    {"count": n, "sums": {currency: sum in minor units}}: products of events; no amount adds nothing
  payments                 {"count": n, "sums": {currency: sum in minor units}}: and shipments
  told                     "file:line:field", by file, then line, of every row that was told and left out, each once; line is where the
                           record starts, the header is line 1; field as in the mapping, "" for a malformed row
"""
import glob
import json
import os
import sys

from count_house import house
from raw_set import Set, answer, minor, moment, sums


# --- classicmodels ----------------------------------------------------------------------------------------------------

def classicmodels(folder):
    raw = Set(folder)
    states = {"Shipped": "held", "Resolved": "held", "Disputed": "planned", "In Process": "planned",
              "On Hold": "postponed", "Cancelled": "cancelled"}
    customers = [row for _, row in raw.rows("customers.csv")]
    numbers = {row["customerNumber"] for row in customers}
    without = [row for row in customers if row["salesRepEmployeeNumber"] == "NULL"]
    with_rep = {row["customerNumber"] for row in customers} - {row["customerNumber"] for row in without}
    orders, events = set(), []
    for line, row in raw.rows("orders.csv"):
        last = row["requiredDate"] if row["shippedDate"] == "NULL" else row["shippedDate"]
        if row["customerNumber"] not in numbers:
            raw.leave_event_out("orders.csv", line, "company")
        elif row["customerNumber"] not in with_rep:
            raw.leave_event_out("orders.csv", line, "executor")
        elif row["status"] not in states:
            raw.leave_event_out("orders.csv", line, "state")
        elif not moment(row["orderDate"], "%Y-%m-%d"):
            raw.leave_event_out("orders.csv", line, "start")
        elif not moment(last, "%Y-%m-%d") or last < row["orderDate"]:
            raw.leave_event_out("orders.csv", line, "end")
        else:
            orders.add(row["orderNumber"])
            events.append(("order", states[row["status"]]))
    lines = []
    for line, row in raw.rows("order_details.csv"):
        if row["orderNumber"] not in orders:
            raw.tell("order_details.csv", line, "event")
        else:
            lines.append(("USD", minor(row["priceEach"]) * int(row["quantityOrdered"])))
    payments = [("USD", minor(row["amount"])) for _, row in raw.rows("payments.csv")]
    return answer("classicmodels", raw, events, clients=len(customers), clients_draft=0,
                  clients_without_manager=len(without), contacts=len(customers),
                  staff=len(list(raw.rows("employees.csv"))), products=len(list(raw.rows("products.csv"))),
                  product_lines=len(list(raw.rows("productlines.csv"))), spheres=0, legal_entities=0, bank_accounts=0,
                  assignments=len(with_rep), lines={"count": len(lines), "sums": sums(lines)},
                  payments={"count": len(payments), "sums": sums(payments)})


# --- maven_crm --------------------------------------------------------------------------------------------------------

def maven_crm(folder):
    raw = Set(folder)
    states = {"Won": "held", "Lost": "held", "Engaging": "planned", "Prospecting": "planned"}
    accounts = [row for _, row in raw.rows("accounts.csv")]
    names = {row["account"] for row in accounts}
    products = {row["product"]: row["series"] for _, row in raw.rows("products.csv")}
    teams = [row for _, row in raw.rows("sales_teams.csv")]
    staff = {row["sales_agent"] for row in teams} | {row["manager"] for row in teams}
    if os.path.exists(os.path.join(folder, "sales_pipeline.csv")):
        files = ["sales_pipeline.csv"]
    else:
        files = sorted(os.path.basename(path) for path in glob.glob(os.path.join(folder, "sales_pipeline_*.csv")))
    drafts, events, lines = 0, [], []
    for file in files:
        for line, row in raw.rows(file):
            day = row["close_date"] or row["engage_date"]
            product = {"GTXPro": "GTX Pro"}.get(row["product"], row["product"])
            if row["account"] and row["account"] not in names:
                raw.leave_event_out(file, line, "company")
            elif row["sales_agent"] not in staff:
                raw.leave_event_out(file, line, "executor")
            elif row["deal_stage"] not in states:
                raw.leave_event_out(file, line, "state")
            elif not moment(day, "%Y-%m-%d"):
                raw.leave_event_out(file, line, "start")
            else:
                drafts += not row["account"]
                events.append(("deal", states[row["deal_stage"]]))
                if product not in products:
                    raw.tell(file, line, "product")
                else:
                    lines.append(("USD", minor(row["close_value"]) if row["close_value"] else 0))
    return answer("maven_crm", raw, events, clients=len(accounts), clients_draft=drafts,
                  clients_without_manager=len(accounts), contacts=0, staff=len(staff), products=len(products),
                  product_lines=len(set(products.values())),
                  spheres=len({row["sector"].replace("technolgy", "technology") for row in accounts}), legal_entities=0,
                  bank_accounts=0, assignments=0, lines={"count": len(lines), "sums": sums(lines)},
                  payments={"count": 0, "sums": {}})


def main(arguments):
    sets = {"house": house, "classicmodels": classicmodels, "maven_crm": maven_crm}
    if len(arguments) not in (2, 4) or arguments[0] not in sets or arguments[2:3] not in ([], ["--compare"]):
        sys.exit(__doc__)
    counted = sets[arguments[0]](arguments[1])
    if len(arguments) == 2:
        print(json.dumps(counted, ensure_ascii=False, indent=1))
        return 0
    with open(arguments[3], encoding="utf-8") as file:
        printed = json.load(file)
    if isinstance(printed.get("told"), list): # whatever order they are told in
        printed["told"].sort(key=lambda told: (told.split(":")[0], int(told.split(":")[1])))
    different = [key for key in counted if printed.get(key) != counted[key]]
    for key in different:
        print(f"{key}: counted {json.dumps(counted[key], ensure_ascii=False)}, "
              f"printed {json.dumps(printed.get(key), ensure_ascii=False)}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
