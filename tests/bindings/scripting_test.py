"""The scripts of examples/scripting, each over a generated trading house; what they say is counted again by plain SQL on the file."""
import os
import re
import sqlite3
import subprocess
import tempfile
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import tools

SCRIPTS = tools.ROOT / "examples/scripting"
DAY = date(2026, 3, 16)
MORNING = int(datetime(2026, 3, 16, 9, tzinfo=timezone(timedelta(hours=7))).timestamp() * 1_000_000)  # in Novosibirsk, as the house is
OPEN = "removed = 0 and state in (0, 1, 2)"


def days(day):
    return (day - date(1970, 1, 1)).days


def ask(base, sql, *values):
    with sqlite3.connect(base) as db:
        return db.execute(sql, values).fetchall()


def run(status, *command):
    done = subprocess.run([str(c) for c in command], capture_output=True, encoding="utf-8", env=tools.ENV)
    if done.returncode != status:
        raise SystemExit(f"{command}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout + done.stderr


def same(what, told, counted):
    if told != counted:
        raise SystemExit(f"{what}: the script says {told}, the file says {counted}")


def import_clients(base):
    with sqlite3.connect(base) as db:
        db.execute("update organisation set gate = 1")
    command = ["python3", "-B", SCRIPTS / "import_clients.py", base, SCRIPTS / "clients.csv"]
    before, = ask(base, "select count(*), max(id) from company")
    told = run(1, *command)
    for part in ("line 4: ООО \"Опечатка\": ИНН '7707083894'", "line 5: (no name)", "line 6: АО \"Безымянный менеджер\": no user",
                 "line 7: Кафе «Тихое» stays a draft", "3 new, 0 known before, 2 of them drafts; 3 lines refused"):
        if part not in told:
            raise SystemExit(f"import_clients does not say {part!r}:\n{told}")
    made = """select c.name, c.status, l.inn, a.settlement, u.login,
              (select count(*) from contact_point p where p.owner_id = c.id and p.owner_kind = 6) from company c
              left join legal_entity l on l.company_id = c.id left join address a on a.company_id = c.id
              left join assignment m on m.company_id = c.id left join user u on u.id = m.user_id where c.id > ? order by c.id"""
    wanted = [("ООО \"Ромашка\"", 1, "7707083893", "Москва", "burmistrova0013", 2),
              ("ИП Лаптев С. С.", 0, None, "Новосибирск", "rogova0015", 2), ("Кафе «Тихое»", 0, None, "Барнаул", "safronov0018", 0)]
    same("import_clients", wanted, ask(base, made, before[1]))
    if "0 new, 3 known before" not in run(1, *command):
        raise SystemExit("import_clients does not know its clients again")
    same("import_clients, the second time", wanted, ask(base, made, before[1]))


def overdue(base):
    told = run(0, "luajit", SCRIPTS / "overdue.lua", base, DAY)
    late = f"{OPEN} and (case when state = 2 then postponed_until < ? else end_at < ? end)"
    managers = ask(base, f"""select u.last_name, count(*) from event e join user u on u.id = e.executor_id
                             where {late} group by u.id order by 2 desc, 1""", days(DAY), MORNING)
    lines = [(name, int(n)) for name, n in re.findall(r"^(\S+) \(supervisor .*\): (\d+)$", told, re.M)]
    same("overdue", sorted(lines), sorted(managers))
    same("overdue in all", int(told.split()[0]), sum(n for _, n in managers))
    if "luajit" in run(1, "luajit", SCRIPTS / "overdue.lua", base + ".none"):
        raise SystemExit("overdue.lua ends in a trace of the stack")


def completeness(base):
    told = run(0, tools.node(), SCRIPTS / "completeness.mjs", base, 3)
    (clients, mean), = ask(base, "select count(*), round(avg(score), 1) from company where status = 1")
    same("completeness", told.split(" on average")[0], f"{clients} active clients, {mean} of 100")
    (poor,), = ask(base, """select count(*) from company c where status = 1 and not exists (select 1 from legal_entity l
                            join bank_account b on b.legal_entity_id = l.id where l.company_id = c.id)""")
    same("completeness, bank accounts", int(re.search(r"(\d+) +\d+ %  fill in: a bank account", told).group(1)), poor)


def reassign(base):
    program = tools.compile_csharp(SCRIPTS / "Reassign.cs")
    of = "select count(*) from assignment a join user u on u.id = a.user_id where u.login = ? and a.to_date is null"
    (leaving,), = ask(base, of, "ershov0014")
    (coming,), = ask(base, of, "rogova0015")
    told = run(0, "mono", program, base, "ershov0014", "rogova0015")
    same("reassign", int(re.search(r"(\d+) clients", told).group(1)), leaving)
    same("reassign that only shows", [(leaving,)], ask(base, of, "ershov0014"))
    if "nothing was changed" not in run(1, "mono", program, base, "ershov0014", "makarov0006", "уволен"):
        raise SystemExit("a dismissed manager gets clients")
    same("reassign refused", [(leaving,)], ask(base, of, "ershov0014"))
    moved = int(re.search(r"(\d+) open events", told).group(1))
    events = f"select count(*) from event e join user u on u.id = e.executor_id where u.login = 'rogova0015' and {OPEN}"
    (before,), = ask(base, events)
    run(0, "mono", program, base, "ershov0014", "rogova0015", "болезнь")
    same("reassign done", [(0,), (coming + leaving,)], ask(base, of, "ershov0014") + ask(base, of, "rogova0015"))
    same("reassign done, events", [(before + moved,)], ask(base, events))


def matrix_check(base):
    told = run(0, tools.compile_pascal(SCRIPTS / "matrixcheck.pas"), base)
    offered = f"select company_id, product_id from event where {OPEN} and product_id is not null and company_id is not null"
    today = days(date.today())
    cells = set(ask(base, """  -- a cell covers the spheres below it
        with recursive under(low, high) as (select id, id from sphere union select u.low, s.parent_id from under u
                                            join sphere s on s.id = u.high where s.parent_id is not null)
        select distinct s.company_id, o.product_id from company_sphere s
        join under os on os.low = s.sphere_id join organisation_cell o on o.sphere_id = os.high
        join under us on us.low = s.sphere_id join user_cell c on c.sphere_id = us.high and c.product_id = o.product_id
        join assignment a on a.user_id = c.user_id and a.company_id = s.company_id and a.from_date <= ? and (a.to_date is null or a.to_date > ?)
        join user u on u.id = a.user_id and (u.dismissed is null or u.dismissed > ?)""", today, today, today))
    rows = ask(base, offered)
    outside = sum(row not in cells for row in rows)
    same("matrixcheck", told.splitlines()[-1].split(" open")[0], f"{outside} of {len(rows)}")


with tempfile.TemporaryDirectory() as folder:
    base = folder + "/house.db"
    run(0, Path(os.environ["CRM_BUILD"]) / "examples/morning", "--db", base, "--now", DAY, "--out", folder)
    for language, work in (("Lua", overdue), ("TypeScript", completeness), ("Pascal", matrix_check), ("Python", import_clients), ("C#", reassign)):
        if tools.has(language):
            work(base)
            print(work.__name__, "as SQL counts it")
tools.end()
