"""costs.py DB DATA: what a call, a row, a list and a month cost through the Python binding."""
import ctypes
import json
import sys
import time

import crm
from crm import _raw as raw

CALLS, LISTS = 100_000, 10
LIST = {"entity": "event", "columns": ["id", "start_at", "end_at", "type_id", "stored_state", "priority", "sequence", "due_at", "purpose",
                                       "result", "company.name", "executor.last_name"], "order": ["id"], "limit": 1000}
MONTH = {"entity": "event", "columns": ["id", "start_at", "end_at", "type_id", "stored_state", "priority", "purpose", "company.name"],
         "where": {"all": [{"field": "executor_id", "value": {"param": 1}}, {"field": "start_at", "op": "ge", "value": {"param": 2}},
                           {"field": "start_at", "op": "lt", "value": {"param": 3}}]}, "order": ["start_at"]}


def cost(task, count, work):
    best = 1e300
    for _ in range(2):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    print(json.dumps({"language": "Python", "task": task, "us": round(best * 1e6 / count, 5)}))


def calls():
    handle, status = company._handle(), raw.CRM_COMPANY_STATUS
    for _ in range(CALLS):
        raw.crm_record_int(handle, status)


def opened():
    cursor = ctypes.c_void_p()
    raw.crm_query_run(rows._handle(), ctypes.byref(cursor))
    return cursor


def getters():
    cursor, more = opened(), ctypes.c_int32()
    while raw.crm_cursor_next(cursor, ctypes.byref(more)) == 0 and more.value:
        for i in range(12):
            raw.crm_cursor_text(cursor, i, None) if i >= 8 else raw.crm_cursor_int(cursor, i)
    raw.crm_cursor_close(cursor)


def cells():
    cursor, count = opened(), ctypes.c_int32()
    room = (raw.crm_cell * (256 * 12))()
    while raw.crm_cursor_cells(cursor, 256, room, ctypes.byref(count)) == 0 and count.value:
        for i in range(count.value * 12):
            cell = room[i]
            ctypes.string_at(cell.value.text, cell.size) if cell.kind == raw.CRM_TEXT else cell.value.integer
    raw.crm_cursor_close(cursor)


def as_json():
    answer = ctypes.c_char_p()
    raw.crm_query_rows_json(rows._handle(), ctypes.byref(answer))
    json.loads(answer.value)


with crm.open(sys.argv[1]) as db:
    company, rows, month = crm.Company(db), db.prepare(LIST), db.prepare(MONTH)
    with open(sys.argv[2] + "/p_cal.csv", encoding="utf-8") as file:
        months = [[int(n) for n in line.split("|")] for line in file]
    cost("call", CALLS, calls)
    cost("getters", 1000, getters)
    cost("cells", 1000, cells)
    cost("json", 1000, as_json)
    cost("list", LISTS, lambda: [rows.run() for _ in range(LISTS)])
    cost("month", len(months), lambda: [month.run(user, start * 1_000_000, end * 1_000_000) for user, start, end in months])
