"""import_clients.py DATABASE FILE.csv: client cards from a table of another program.

Columns by name, in any order, only Наименование is a must: Код, Наименование, ИНН, КПП, Телефон, E-mail, Город, Улица, Дом,
Менеджер (his login). UTF-8 or Windows-1251; commas, semicolons or tabs. A client is known again by Код, so the same file may come
twice. A line with an error changes nothing and is told; a card that is too poor to be active stays a draft and says what it lacks."""
import csv
import sys

import crm

SYSTEM, KIND = "csv", "client"


def lines(path):
    """The lines as dictionaries, numbered as an editor numbers them."""
    data = open(path, "rb").read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1251")
    dialect = csv.Sniffer().sniff(text.split("\n", 1)[0], ",;\t")
    reader = csv.DictReader(text.splitlines(), dialect=dialect)
    if "Наименование" not in (reader.fieldnames or []):
        raise SystemExit(f"{path}: no column Наименование in {reader.fieldnames}")
    for row in reader:
        yield reader.line_num, {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}


def parts(db, company, entity, field, **values):
    """A row of the company (a phone, a legal entity, ...) unless it has the same one already."""
    owner = {"owner_kind": "company", "owner_id": company.id} if entity is crm.ContactPoint else {"company_id": company.id}
    rows = db.query({"entity": entity._name, "columns": [field],
                     "where": {"all": [{"field": name, "value": value} for name, value in owner.items()]}})
    if values[field] and values[field] not in [row[0] for row in rows]:
        entity(db, **owner, **values).save()


def import_line(db, row):
    """One client with all that the line says; its id, and whether it is new."""
    known, id = db.external_find(SYSTEM, KIND, row["Код"]) if row.get("Код") else (None, 0)
    company = crm.Company.load(db, id) if known else crm.Company(db)
    company.name = row["Наименование"]
    company.save()
    if row.get("Код") and not known:
        db.external_link(SYSTEM, KIND, row["Код"], crm.Company, company.id)
    parts(db, company, crm.ContactPoint, "value", kind=crm.ContactKind.PHONE, value=row.get("Телефон"))
    parts(db, company, crm.ContactPoint, "value", kind=crm.ContactKind.EMAIL, value=row.get("E-mail"))
    parts(db, company, crm.LegalEntity, "inn", name=company.name, inn=row.get("ИНН"), kpp=row.get("КПП") or None)
    parts(db, company, crm.Address, "settlement", settlement=row.get("Город"), street=row.get("Улица") or None, house=row.get("Дом") or None)
    if row.get("Менеджер"):
        users = db.query({"entity": "user", "columns": ["id"], "where": {"field": "login", "value": row["Менеджер"]}})
        if not users:
            raise LookupError(f"no user has the login {row['Менеджер']!r}")
        current = db.query({"entity": "assignment", "columns": ["user_id"], "where": {"all": [
            {"field": "company_id", "value": company.id}, {"field": "role", "value": "main"}, {"field": "to_date", "op": "is_null"}]}})
        if [row.user_id for row in current] != [users[0].id]:
            db.assign(company.id, users[0].id, crm.AssignmentRole.MAIN, reason="import")
    return company.id, not known


def main(database, path):
    count = dict.fromkeys(("new", "known", "draft", "refused"), 0)
    with crm.open(database, create_file=False) as db:
        for number, row in lines(path):
            try:
                with db.transaction():
                    id, new = import_line(db, row)
            except (crm.Error, LookupError) as error:
                count["refused"] += 1
                print(f"line {number}: {row['Наименование'] or '(no name)'}: {error}")
                continue
            count["new" if new else "known"] += 1
            if crm.Company.load(db, id).status != crm.CompanyStatus.DRAFT:
                continue
            try:
                db.company_activate(id)
            except crm.Incomplete as error:
                count["draft"] += 1
                print(f"line {number}: {row['Наименование']} stays a draft: {error}")
    print(f"{count['new']} new, {count['known']} known before, {count['draft']} of them drafts; {count['refused']} lines refused")
    return 1 if count["refused"] else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    try:
        sys.exit(main(*sys.argv[1:]))
    except (crm.Error, csv.Error, FileNotFoundError) as error:
        sys.exit(str(error))
