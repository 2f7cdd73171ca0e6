"""A value that has no room in C is refused and never cut; instants are shown in the zone of the organisation, which may be an offset."""
import os
import sqlite3
import tempfile
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import crm

db = crm.open("memory:")
house = crm.Organisation.load(db, 1)
house.zone = "+07:00"
house.save()
assert db.now().utcoffset() == timedelta(hours=7), db.now()
db.clock_set(datetime(2026, 3, 2, 20, tzinfo=timezone.utc))
assert db.now().isoformat() == "2026-03-03T03:00:00+07:00", db.now()

kind = crm.EventType(db, code="call", name_ru="звонок", no_company=True).save()
user = crm.User(db, last_name="Иванов").save()
event = crm.Event(db, type_id=kind, executor_id=user, setter_id=user, start_at=db.now(), currency="RUB", amount=Decimal("10.50"))
db.event_plan(event)
by_id = db.prepare({"entity": "event", "columns": ["id"], "where": {"field": "id", "value": {"param": 1}}})
for work in (lambda: crm.Event.load(db, 2**64 + 1), lambda: crm.Company(db, name="x").set_int("source", -2**63 - 1), lambda: by_id.run(2**64 + 1),
             lambda: db.completeness(2**64 + 1), lambda: db.contacts("x", 2**32 + 1), lambda: crm.open("memory:", actor=2**64),
             lambda: setattr(event, "amount", 10**30), lambda: setattr(event, "amount", "десять"), lambda: setattr(event, "contact_id", 2**64 + 1),
             lambda: db.event_act(event.id, 0, crm.EventAction.HOLD, outcome=2**64 + 1)):
    try:
        print("answered:", work())
    except crm.InvalidArgument:
        continue
    raise AssertionError("a number was cut")
by_contact = db.prepare({"entity": "event", "columns": ["id"], "where": {"field": "contact_id", "value": {"param": 1}}})
assert [row.id for row in by_contact.run(None)] == [event.id] and not by_contact.run(1)
assert event.amount == Decimal("10.5") and event.contact_id is None
for work in (lambda: event.get_int("nothing"), lambda: event.set_text("nothing", "x")):
    try:
        work()
    except AttributeError as error:
        assert str(error) == "Event has no field nothing", error
        continue
    raise AssertionError("an unknown field answered")

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "clients.db")
    for zone in ("Ocean/Atlantis", "..", "Europe", "+zz:00"):  # written by a newer library, or by hand: nobody fails to read it
        crm.open(path, currency="KZT").close()
        with sqlite3.connect(path) as raw:
            raw.execute("UPDATE organisation SET zone = ?", (zone,))
        raw.close()
        with crm.open(path, zone="Asia/Almaty") as there:
            assert there.now().utcoffset() == timedelta(0), zone
            assert there.today() == there.now().date(), zone
            assert (crm.Organisation.load(there, 1).zone, crm.Organisation.load(there, 1).currency) == (zone, "KZT")
print("fine")
