"""Values that only a later release knows, and ones that no calendar has: Python shows their numbers."""
import os
import sqlite3
import sys
import tempfile

import tools

sys.path.insert(0, str(tools.ROOT / "bindings/python"))
import crm  # noqa: E402


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "house.db")
        with crm.open(path) as db:
            crm.Company(db, name="Вектор").save()
        raw = sqlite3.connect(path)
        raw.execute("UPDATE company SET status = 77, activated_on = 9223372036854775807, created_at = -9223372036854775808,"
                    " name = CAST(x'41ff' AS TEXT)")
        raw.commit()
        raw.close()
        with crm.open(path) as db:
            company = crm.Company.load(db, 1)
            assert (company.status, company.status.code) == (77, "77"), company.status
            assert company.status != crm.CompanyStatus.ACTIVE
            assert (company.activated_on, company.created_at) == (2**63 - 1, -2**63)
            assert company.name == "A\ufffd"
            row = list(db.query({"entity": "company", "columns": ["status", "activated_on", "created_at", "name"]}))[0]
            assert tuple(row) == (77, 2**63 - 1, -2**63, "A\ufffd"), row


main()
