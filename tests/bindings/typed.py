"""Checked by mypy, not run: what a Python programmer may rely on."""
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any, Dict, Optional

import crm


def place(query: str) -> Optional[Dict[str, Any]]:
    return {"latitude": 55.03, "longitude": 82.92} if query else None


with crm.open("memory:", language=crm.Language.RUSSIAN) as db:
    company = crm.Company(db, name="ООО Вектор", status=crm.CompanyStatus.ACTIVE)
    company.save()
    comment: Optional[str] = company.comment
    event = crm.Event(db, start_at=datetime.now(timezone.utc), executor_id=1, currency="RUB", amount=Decimal("1500.50"))
    start: Optional[datetime] = event.start_at
    db.event_plan(event)
    version: int = db.event_act(event.id, event.version, crm.EventAction.HOLD, result="показали")
    loaded: crm.Company = crm.Company.load(db, 5)
    try:
        loaded.erase()
    except crm.Refused as error:
        print(error.code, error.violations[0].rule, version, comment, start)
    company.status = "closed"  # type: ignore[assignment]
    company.nonsense = 1  # type: ignore[attr-defined]
    company.score = 100  # type: ignore[misc]
    matrix = db.matrix(company.id)
    db.host_set(geocode=place, clock=lambda: datetime.now(timezone.utc), authorise=lambda change: "no" if change["done"] == "erase" else None)
    found: bool = db.address_geocode(1)
    db.host_set(clock=place)  # type: ignore[arg-type]
    db.event_act("5", 0, 4)  # type: ignore[arg-type]
