"""crm: the CRM of a trade ERP in one file.

    import crm

    with crm.open("clients.db") as db:
        company = crm.Company(db, name="ООО Вектор", status=crm.CompanyStatus.ACTIVE).save()
        for hit in db.contacts("вект", 10):
            print(hit)
"""
from ._database import Database as Database, open as open
from ._generated import *  # noqa: F401,F403: every entity, enumeration and error
from ._runtime import (Enumeration as Enumeration, Error as Error, Field as Field, Page as Page, Query as Query,
                       Record as Record, Violation as Violation)
from ._store import Column as Column, Store as Store
