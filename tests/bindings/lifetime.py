"""Handles left to the collector, closed in any order, used by two threads: an exception at most."""
import gc
import sys
import threading
from datetime import datetime, timezone

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
company = crm.Company.load(db, 1)
told = []


def other_thread():
    for work in (db.now, company.save, lambda: company.name, lambda: crm.Company(db, name="x"), lambda: db.query({"entity": "company"})):
        try:
            told.append(work())
        except crm.Misuse as error:
            told.append(error.code)
    db.thread_take()
    told.append(company.name)


for _ in range(1000):
    crm.Company(db, name="брошенная")  # left to the collector
thread = threading.Thread(target=other_thread)
thread.start()
thread.join()
assert told == ["misuse"] * 5 + ["Вектор"], told
try:
    db.now()
    raise AssertionError("a handle that another thread took")
except crm.Misuse as error:
    assert "another thread" in str(error), error
db.thread_take()
assert [row.name for row in db.query({"entity": "company", "columns": ["name"]})] == ["Вектор"]
db.close()

# A call that takes long ends when another thread asks for it, in a unit of work with the unit.
db = crm.open(":memory:")
crm.Company(db, name="Вектор").save()
stop = threading.Event()


def impatient():
    while not stop.is_set():
        db.interrupt()


with db.transaction():
    crm.Company(db, name="Гамма").save()
db.begin()
thread = threading.Thread(target=impatient)
thread.start()
try:
    while True:
        db.query({"entity": "company"})
except crm.Interrupted as error:
    assert error.violations[0].rule == "call.interrupted", error
finally:
    stop.set()
    thread.join()
try:
    db.query({"entity": "company"})
    raise AssertionError("a unit of work that was interrupted goes on")
except crm.Storage as error:
    assert error.violations[0].rule == "store.unit_lost", error
db.rollback()
assert len(db.query({"entity": "company"})) == 2
db.close()

# The functions of a host live as long as the library may call them; what they do wrong is told.
db = crm.open("memory:")
for second in range(3000):
    db.host_set(clock=lambda second=second: datetime.fromtimestamp(second, timezone.utc))
gc.collect()
assert all(db.now().timestamp() == 2999 for _ in range(1000))


class Silent(Exception):
    def __str__(self):
        raise ValueError("no text")


def silent():
    raise Silent


for wrong, said in ((silent, "Silent"), (db.today, "must not call back"), (lambda: None, "not an instant"), (lambda: 1 / 0, "division by zero"), (lambda: sys.exit("bye"), "bye")):
    db.host_set(clock=wrong)
    try:
        db.now()
        raise AssertionError(f"{said}: not told")
    except crm.Host as error:
        assert said in str(error), error
db.host_set(clock=db.close)
try:
    db.now()
    raise AssertionError("closed inside of a call")
except crm.Error:
    pass
del db
gc.collect()
print("fine")
