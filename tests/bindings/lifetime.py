"""Handles left to the collector, closed in any order, used by two threads: an exception at most."""
import gc
import sys
import threading

import crm

db = crm.open(sys.argv[1])
record = crm.Company(db, name="Вектор").save()
query = db.prepare({"entity": "company"})
db.close()
for use in (record.save, query.run, db.now):
    try:
        use()
    except crm.Misuse:
        continue
    raise AssertionError(f"{use} of a closed database answered")
record.close()
record.close()
del query, record
gc.collect()

db = crm.open(sys.argv[1])
seen = {"ok": 0, "misuse": 0}
stop = threading.Event()


def work():
    while not stop.is_set():
        try:
            crm.Company(db, name="из другого потока")  # left to the collector of this thread
            db.query({"entity": "company"})
            seen["ok"] += 1
        except crm.Misuse:
            seen["misuse"] += 1


threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for _ in range(100):
    stop.wait(0.05)
    if seen["ok"] > 50 and seen["misuse"] > 5:
        break
stop.set()
for thread in threads:
    thread.join()
assert seen["ok"] > 0 and seen["misuse"] > 0, seen
assert [row.name for row in db.query({"entity": "company", "columns": ["name"]})] == ["Вектор"]
print("fine")
