"""Counts of the generated trading house, from its raw CSV (count_raw.py)."""
import datetime
import re

from raw_set import Set, answer, minor, moment, sums


def checked(digits, weights):
    return sum(int(d) * w for d, w in zip(digits, weights)) % 11 % 10


def inn_is_right(inn):
    first, second, firm = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (2, 4, 10, 3, 5, 9, 4, 6, 8)
    if re.fullmatch(r"\d{10}", inn):
        return checked(inn, firm) == int(inn[9])
    return bool(re.fullmatch(r"\d{12}", inn)) and checked(inn, first) == int(inn[10]) and checked(inn, second) == int(inn[11])


def ogrn_is_right(ogrn):
    if re.fullmatch(r"\d{13}", ogrn):
        return int(ogrn[:12]) % 11 % 10 == int(ogrn[12])
    return bool(re.fullmatch(r"\d{15}", ogrn)) and int(ogrn[:14]) % 13 % 10 == int(ogrn[14])


def key_is_right(prefix, account):
    digits = prefix + account
    return len(account) == 20 and sum(int(d) * (7, 1, 3)[i % 3] for i, d in enumerate(digits)) % 10 == 0


def house_legal(raw, clients):
    legal, accounts, taken = set(), 0, set()
    for line, row in raw.rows("legal.csv"):
        person = row["Вид"] == "предприниматель"
        wrong = None
        if row["Клиент"] not in clients:
            wrong = "company"
        elif row["ИНН"] and (len(row["ИНН"]) != (12 if person else 10) or not inn_is_right(row["ИНН"])):
            wrong = "inn"
        elif row["КПП"] and (person or not re.fullmatch(r"\d{4}[0-9A-Z]{2}\d{3}", row["КПП"])):
            wrong = "kpp"
        elif row["ОГРН"] and (len(row["ОГРН"]) != (15 if person else 13) or not ogrn_is_right(row["ОГРН"])):
            wrong = "ogrn"
        elif row["ИНН"] and (row["ИНН"], row["КПП"]) in taken:
            wrong = "inn"
        if wrong:
            raw.tell("legal.csv", line, wrong)
            continue
        legal.add(row["Код"])
        taken.add((row["ИНН"], row["КПП"]))
    for line, row in raw.rows("accounts.csv"):
        if row["Юрлицо"] not in legal:
            raw.tell("accounts.csv", line, "legal")
        elif not key_is_right(row["БИК"][6:], row["Счёт"]):
            raw.tell("accounts.csv", line, "account")
        elif not key_is_right("0" + row["БИК"][4:6], row["Корсчёт"]):
            raw.tell("accounts.csv", line, "correspondent")
        else:
            accounts += 1
    return len(legal), accounts


def house_contacts(raw, clients):
    contacts = {}
    for line, row in raw.rows("contacts.csv"):
        if row["Клиент"] not in clients:
            raw.tell("contacts.csv", line, "company")
        elif not row["Фамилия"]:
            raw.tell("contacts.csv", line, "last_name")
        elif row["Почта"] and not re.fullmatch(r"[^@\s]+@[^@\s]+", row["Почта"]):
            raw.tell("contacts.csv", line, "email")
        else:
            contacts[row["Код"]] = row["Клиент"]
    return contacts


def house_events(raw, clients, contacts, staff):
    kinds = {"Звонок": "call", "Встреча": "meeting", "Презентация": "presentation", "Коммерческое предложение": "offer",
             "Продажа": "sale"}
    states = {"планируется": "planned", "просрочено": "planned", "перенесено": "rescheduled", "отложено": "postponed",
              "состоялось": "held", "отменено": "cancelled"}
    events, numbers = [], set()
    for line, row in raw.rows("events.csv"):
        start, end = (moment(row[name], "%d.%m.%Y %H:%M") for name in ("Начало", "Окончание"))
        wrong = ("type" if row["Вид"] not in kinds else "company" if row["Клиент"] not in clients else
                 "contact" if row["Контакт"] and contacts.get(row["Контакт"]) != row["Клиент"] else
                 "executor" if row["Исполнитель"] not in staff else "setter" if row["Постановщик"] not in staff else
                 "state" if row["Состояние"] not in states else "start" if not start else
                 "end" if not end or end < start else None)
        if wrong:
            raw.leave_event_out("events.csv", line, wrong)
            continue
        numbers.add(row["Номер"])
        events.append((kinds[row["Вид"]], states[row["Состояние"]]))
    return events, numbers


def house(folder):
    raw = Set(folder, ";")
    today = datetime.datetime(2026, 3, 2)
    clients = {}
    for line, row in raw.rows("clients.csv"):
        if row["Код"] in clients:
            raw.tell("clients.csv", line, "id")
        else:
            clients[row["Код"]] = row["Состояние"]
    staff = {row["Табельный номер"]: moment(row["Уволен"], "%d.%m.%Y") for _, row in raw.rows("staff.csv")}
    products = {row["Артикул"] for _, row in raw.rows("products.csv")}
    assignments = [row for _, row in raw.rows("assignments.csv")]
    managed = {row["Клиент"] for row in assignments
               if moment(row["С"], "%d.%m.%Y") <= today and not (row["По"] and moment(row["По"], "%d.%m.%Y") <= today)
               and not (staff[row["Сотрудник"]] and staff[row["Сотрудник"]] <= today)}
    legal, accounts = house_legal(raw, clients)
    contacts = house_contacts(raw, clients)
    events, numbers = house_events(raw, clients, contacts, staff)
    lines, payments = [], []
    for line, row in raw.rows("lines.csv"):
        wrong = "event" if row["Событие"] not in numbers else "product" if row["Товар"] not in products else None
        if wrong:
            raw.tell("lines.csv", line, wrong)
        else:
            lines.append(("RUB", minor(row["Цена"]) * int(row["Количество"])))
    for line, row in raw.rows("payments.csv"):
        wrong = ("company" if row["Клиент"] not in clients else "date" if not moment(row["Дата"], "%d.%m.%Y") else
                 "amount" if minor(row["Сумма"]) is None else None)
        if wrong:
            raw.tell("payments.csv", line, wrong)
        else:
            payments.append(("RUB", minor(row["Сумма"])))
    payments += [("RUB", minor(row["Сумма"])) for _, row in raw.rows("shipments.csv")]
    active = {code for code, state in clients.items() if state == "действующий"}
    return answer("house", raw, events, clients=len(active), clients_draft=len(clients) - len(active),
                  clients_without_manager=len(active - managed), contacts=len(contacts), staff=len(staff),
                  products=len(products), product_lines=len(list(raw.rows("product_lines.csv"))),
                  spheres=len(list(raw.rows("spheres.csv"))), legal_entities=legal, bank_accounts=accounts,
                  assignments=len(assignments), lines={"count": len(lines), "sums": sums(lines)},
                  payments={"count": len(payments), "sums": sums(payments)})
