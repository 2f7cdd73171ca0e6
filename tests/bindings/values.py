"""A value that has no room in C is refused and never cut; instants are shown in the zone of the organisation, which may be an offset."""
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
assert event.amount == Decimal("10.5") and event.contact_id is None
for work in (lambda: event.get_int("nothing"), lambda: event.set_text("nothing", "x")):
    try:
        work()
    except AttributeError as error:
        assert str(error) == "Event has no field nothing", error
        continue
    raise AssertionError("an unknown field answered")
print("fine")
