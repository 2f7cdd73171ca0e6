#!/usr/bin/env python3
"""Writes tests/fuzz/corpus: what tests and the scenario ask, a file each, in a folder for each function of the C ABI."""
import hashlib
import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests/fuzz/corpus"
MARKS = {"$", "date", "instant", "choice", "flag", "record", "records", "version"}  # what the scenario writes for other than JSON
MOST = 24  # of a function: the shortest ones with different members

# What no test asks in one piece.
BEYOND = {
    "crm_pivot_json": [
        {"from": "2025-01-01", "to": "2027-01-01", "rows": ["manager", "state"], "columns": ["priority", "verification"], "counted": "all",
         "figures": ["events", "companies", "minutes"]},
        {"from": "2025-01-01", "to": "2027-01-01", "rows": ["type", "outcome"], "columns": ["quarter"], "figures": ["amount", "quantity"], "top": 3,
         "cumulative": True},
        {"from": "2025-01-01", "to": "2027-01-01", "rows": ["sphere", "company"], "columns": ["department"],
         "figures": ["receipts", "shipments", "new_companies"], "where": {"field": "company.status", "value": "active"}},
        {"from": "2025-01-01", "to": "2027-01-01", "rows": [{"classifier": 1}], "columns": ["week"], "counted": "accepted", "figures": ["events"]},
        {"from": "2025-01-01", "to": "2027-01-01", "rows": ["manager"], "columns": ["product"], "figures": ["events", "companies"]}],
    "crm_pivot_csv": [{"from": "2025-01-01", "to": "2027-01-01", "rows": ["manager", "day"], "columns": ["year"], "figures": ["events", "amount"]}],
    "crm_chart_svg": [{"title": "t", "chart": kind, "width": 600, "pivot": {"from": "2025-01-01", "to": "2027-01-01", "rows": ["manager"],
                       "columns": ["month"], "figures": ["events"]}} for kind in ("bar", "grouped_bar", "stacked_bar", "line", "donut", "heat_map")],
    "crm_report_html": [
        {"title": "t", "subtitle": "s", "from": "2025-01-01", "to": "2027-01-01", "as_of": "2026-03-02", "sections": [
            {"heading": "h", "note": "n", "table": True, "pivot": {"from": "2025-01-01", "to": "2027-01-01", "rows": ["state"], "figures": ["events"]}},
            {"load": {"from": "2026-03-01", "to": "2026-03-20", "user_id": 1}}, {"funnel": {"funnel": "sales", "by": "manager"}}]},
        {"title": "t", "sections": [{"plan_fact": {"from": "2025-01-01", "to": "2027-01-01", "by": ["user"]}},
                                    {"receipts": {"by": ["company"], "period": "quarter"}, "chart": "line"}]},
        {"title": "t", "sections": [{"whitespace": {"base": "all_products"}}, {"demand": {"by": "companies"}}, {"note": "n"},
                                    {"calendar": {"view": "month", "day": "2026-03-02"}}]}],
    "crm_calendar_json": [{"view": "month", "day": "2026-03-02"}, {"view": "day", "day": "2026-03-02", "company_id": 1, "zone": "+03:00", "limit": 5},
                          {"view": "week", "day": "2026-03-02", "department_id": 1, "theme_id": 1}],
    "crm_audit_json": [{"limit": 1000}, {"actor": 1, "from": "2026-01-01T00:00:00Z", "to": "2027-01-01T00:00:00Z", "before": 50, "limit": 10},
                       {"entity": "event", "id": 1}],
    "crm_funnel_json": [{"funnel": "sales", "by": "manager", "with_ids": True}, {"funnel": "sales", "by": "classifier", "classifier_id": 1}],
    "crm_plan_fact_json": [{"from": "2025-01-01", "to": "2027-01-01", "by": ["department", "user", "product", "type"],
                            "measures": ["events", "amount", "quantity", "receipts", "shipments", "new_companies"]}],
    "crm_receipts_json": [{"by": ["company", "product"], "from": "2025-01-01", "to": "2027-01-01", "kind": "shipment", "period": "month"}],
    "crm_whitespace_json": [{"base": "company_matrix", "with_totals": True, "limit": 100}, {"base": "all_products", "statuses": ["ordered"]}],
    "crm_underserved_json": [{"base": "spheres", "product_id": 1, "limit": 10}],
    "crm_query_json": [
        {"entity": "event", "columns": ["id", "state", "company.name", "executor.supervisor.last_name"], "order": ["-start_at"], "limit": 10,
         "where": {"all": [{"field": "state", "in": ["planned", "held"]}, {"not": {"field": "priority", "value": "low"}}]}},
        {"entity": "company", "columns": ["name"], "where": {"any": [{"text": "об"}, {"field": "score", "from": 1, "to": 90}]}}],
    "crm_query_new": [{"entity": "company", "columns": ["id", "name"], "where": {"field": "score", "from": {"param": 1}, "to": {"param": 2}}},
                      {"entity": "event", "where": {"field": "purpose", "value": {"param": 3}}}],
    "crm_characteristic_set_json": [[1], ["a"], [True], [None], ["2026-03-02"]],
    "crm_save_json": [[{"entity": "company", "name": "n", "ref": "c"}, {"entity": "employee", "last_name": "e", "company_id": {"$ref": "c"}}],
                      [{"entity": "event", "type_id": 1, "company_id": 1, "executor_id": 1, "setter_id": 1, "start_at": "2026-03-02T10:00:00+07:00",
                        "lines": [{"product_id": 1, "quantity": "1.5"}]}]],
}
TEXTS = {
    "crm_date_parse": ["2026-03-02", "9999-12-31", "1400-01-01", "2024-02-29"],
    "crm_instant_parse": ["2026-03-02T09:00:00+07:00", "2026-03-02T02:00:00.123456Z", "1400-01-01T00:00:00+14:00"],
    "crm_contacts_json": ["+7 (383) 212-34-56 доб. 12", "ООО Вектор", "a@b.ru"],
    "crm_address_split_json": ["630099, Новосибирская обл, г. Новосибирск, ул. Ленина, д. 5к2, оф. 7", "пр-кт Мира 1/2 стр 3"],
}


def functions():
    return {line.split()[0] for line in (ROOT / "capi/symbols.txt").read_text().splitlines()}


def plain(value):
    """References to what the scenario made are numbers of rows."""
    if isinstance(value, dict):
        for mark in ("$", "$ref", "version", "record"):
            if set(value) == {mark}:
                return 1
        if set(value) == {"date"} or set(value) == {"instant"}:
            return next(iter(value.values()))
        return {name: plain(one) for name, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list) else value


def of_the_scenario(names):
    for step in json.loads((ROOT / "tests/bindings/scenario.json").read_text()):
        if step.get("do") == "query":
            yield "crm_query_json", json.dumps(plain(step.get("query", step.get("json", {}))), ensure_ascii=False)
        if step.get("do") == "host":
            for part in step["parts"].values():
                if isinstance(part.get("answer"), (dict, list)):
                    yield "crm_host_answer", json.dumps(plain(part["answer"]), ensure_ascii=False)
        if step.get("do") != "call":
            continue
        for suffix in ("_json", "", "_svg", "_html", "_csv"):
            name = "crm_" + step["method"] + suffix
            if name not in names:
                continue
            for one in step["args"]:
                if isinstance(one, list) or isinstance(one, dict) and len(one) != 1 or isinstance(one, dict) and not set(one) & MARKS:
                    yield name, json.dumps(plain(one), ensure_ascii=False)
                elif isinstance(one, str):
                    yield name, one
            break


def of_the_tests(names):
    """db_json(db, R"(...)") in C++ is what crm_db_json is asked."""
    for path in sorted(ROOT.glob("tests/*/*.cpp")):
        text = path.read_text()
        for function, said in re.findall(r"\b([a-z_]+)\([\w.>()-]+, R\"\((.*?)\)\"\)", text, re.S):
            for name in ("crm_" + function, {"set_plans_json": "crm_plans_set_json", "post_json": "crm_document_post_json"}.get(function)):
                if name in names:
                    yield name, said


def members(text):
    return tuple(sorted(set(re.findall(r'"\w+"', text)))) or (text,)


def wanted():
    names = functions()
    found = {}
    beyond = [(name, json.dumps(one, ensure_ascii=False)) for name, all in BEYOND.items() for one in all]
    texts = [(name, one) for name, all in TEXTS.items() for one in all]
    for name, text in [*of_the_scenario(names), *of_the_tests(names), *beyond, *texts]:
        known = found.setdefault(name, {})
        key = members(text)
        if key not in known or len(text) < len(known[key]):
            known[key] = text
    files = {}
    for name, texts in found.items():
        for text in sorted(texts.values(), key=lambda one: (len(one), one))[:MOST]:
            files[f"{name}/{hashlib.sha1(text.encode()).hexdigest()[:12]}"] = text
    return files


def main():
    files = wanted()
    there = {str(path.relative_to(CORPUS)): path.read_text() for path in CORPUS.glob("crm_*/*")} if CORPUS.exists() else {}
    for name in there.keys() - files.keys():
        (CORPUS / name).unlink()
    for name, text in files.items():
        (CORPUS / name).parent.mkdir(parents=True, exist_ok=True)
        (CORPUS / name).write_text(text)
    print(len(files), "files")


main()
