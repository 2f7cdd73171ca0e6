"""crm: the CRM of a trade ERP in one file.

    import crm

    with crm.open("clients.db") as db:
        company = crm.Company(db, name="ООО Вектор", status=crm.CompanyStatus.ACTIVE).save()
        for hit in db.contacts("вект", 10):
            print(hit)
"""
from ._database import Database, open
from ._generated import *  # noqa: F401,F403: every entity, enumeration and error
from ._runtime import Enumeration, Error, Field, Page, Query, Record, Violation
from ._store import Column, Store
