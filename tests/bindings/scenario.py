"""scenario.py FILE DATABASE: every step of the scenario through the Python binding; prints an answer a line (JSON)."""
import json
import sys
from datetime import date, datetime, timezone
from decimal import Decimal
from enum import Enum

import crm

dbs, records, asked = {}, {}, []


def class_of(entity):
    return getattr(crm, "".join(part.title() for part in entity.split("_")))


def given(value):
    """An argument as a Python programmer writes it."""
    if isinstance(value, list):
        return [given(v) for v in value]
    if not isinstance(value, dict):
        return value
    if "$" in value:
        return records[value["$"]].id
    if "record" in value:
        return records[value["record"]]
    if list(value) == ["records"]:
        return [records[name] for name in value["records"]]
    if "version" in value:
        return records[value["version"]].version
    if "instant" in value:
        return datetime.fromisoformat(value["instant"].replace("Z", "+00:00"))
    if list(value) == ["date"]:
        return date.fromisoformat(value["date"])
    if "entity" in value and len(value) == 1:
        return class_of(value["entity"])
    if "flag" in value:
        return value["flag"]
    if "choice" in value:
        return class_of(value["choice"][0])[value["choice"][1].upper()]
    return {k: given(v) for k, v in value.items()}


def typed(field, value):
    """A JSON value as the property wants it."""
    value = given(value)
    if isinstance(value, str):
        kind = type(field).__name__
        if kind == "Day":
            return date.fromisoformat(value)
        if kind == "Instant":
            return datetime.fromisoformat(value)
        if kind in ("Money", "Decimals"):
            return Decimal(value)
        if kind == "Choice":
            return field.values[value.upper()]
    return value


def told(value):
    """What a property or a method gave, as JSON: the same in every language."""
    if isinstance(value, crm.Enumeration):
        return value.code
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, (list, tuple)):
        return [told(v) for v in value]
    if isinstance(value, dict):
        return {k: told(v) for k, v in value.items()}
    return value


def call(db, step):
    args = [given(a) for a in step["args"]]
    if step["method"] == "event_act":
        return db.event_act(*args[:3], **args[3])
    return getattr(db, step["method"])(*args)


def at(step, answer):
    for part in step.get("at", []):
        answer = answer[part]
    return answer


def part_of_host(name, part):
    """A function that answers what the step says, or raises it."""
    said = given(part.get("answer"))

    def ask(*question):
        if name != "clock":  # who knows how often
            asked.append([name, *question])
        if "fails" in part:
            raise RuntimeError(part["fails"])
        return said
    return ask


def told_of_host():
    told = list(asked)
    asked.clear()
    return told


def run(step):
    do, db, record = step["do"], dbs.get(step.get("on", "first")), records.get(step.get("record"))
    if do == "open":
        dbs[step["as"]] = crm.open(step.get("path", sys.argv[2]), zone=step.get("zone"), currency=step.get("currency"), **step.get("limits", {}))
    elif do == "call":
        return at(step, call(db, step))
    elif do == "host":
        db.host_set(**{name: part_of_host(name, part) for name, part in step["parts"].items()})
    elif do == "asked":
        return at(step, told_of_host())
    elif do == "new":
        cls = class_of(step["entity"])
        fields = {name: typed(cls.fields()[name], value) for name, value in step["fields"].items()}
        records[step["as"]] = cls(db, **fields)
    elif do == "load":
        records[step["as"]] = class_of(step["entity"]).load(db, given(step["id"]))
    elif do == "set":
        for name, value in step["fields"].items():
            setattr(record, name, typed(record.fields()[name], value))
    elif do == "set_text":
        record.set_text(step["field"], step["text"])
    elif do == "set_int":
        record.set_int(step["field"], step["number"])
    elif do == "get":
        return {name: getattr(record, name) for name in step["fields"]}
    elif do == "query":
        page = db.query(given(step["query"]))
        return {"rows": page, "next": page.after}
    elif do == "select":
        return list(db.select(given(step["query"]), page=2))
    elif do == "close":
        (record or db).close()
    else:
        getattr(record, do)()


def answer(step):
    try:
        return {"answer": told(run(step))}
    except crm.Error as error:
        violations = [{"rule": v.rule, "entity": v.entity, "field": v.field} for v in error.violations]
        return {"error": {"code": error.code, "text": str(error), "violations": violations}}


with open(sys.argv[1], encoding="utf-8") as file:
    steps = json.load(file)
dbs["first"] = crm.open(sys.argv[2])
for step in steps:
    print(json.dumps(answer(step) if "do" in step else {}, ensure_ascii=False))
