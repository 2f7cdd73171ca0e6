"""The main job on real input: counts equal those made from the raw files, the week's those made the slow obvious way, a second run changes
nothing, a run that is killed in the middle and begun again ends the same, wrong rows are told with file and line, the report has its
parts, the calendar is a page that needs nothing else."""
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

build = Path(os.environ["CRM_BUILD"])
instrumented = "CRM_INSTRUMENTED" in os.environ
root = Path(__file__).resolve().parents[2]
shared = Path(os.environ.get("CRM_SHARED_DATA", root.parent / "shared" / "data"))
morning = build / "examples" / "morning"
counter = Path(__file__).with_name("count_raw.py")
week_counter = Path(__file__).with_name("count_week.py")
report_counter = Path(__file__).with_name("count_report.py")
failures = []


def run(*arguments, folder):
    return subprocess.run([morning, *map(str, arguments)], cwd=folder, capture_output=True, text=True, timeout=300)


def check(what, fine):
    print(("ok      " if fine else "FAILED  ") + what)
    if not fine:
        failures.append(what)


def agrees(*arguments):
    done = subprocess.run([sys.executable, "-B", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        print(done.stdout[:2000], done.stderr[:2000])
    return done.returncode == 0


def compared(name, data, printed, folder):
    """What was printed with what stands in the raw files; the week, with the base in the morning before it."""
    file = Path(folder) / f"{name}.json"
    file.write_text(printed, encoding="utf-8")
    check(f"the counts of {name} are those of the raw files", agrees(counter, name, data, "--compare", file))
    check(f"the week of {name} is as counted the slow way", agrees(week_counter, name, data, Path(folder) / f"{name}.crm", "--compare", file))


def rows(base, query):
    with closing(sqlite3.connect(f"file:{base}?mode=ro", uri=True)) as db:  # an open base is not copied
        return db.execute(query).fetchall()


EFFECTS = "SELECT document, rule, event_id, made, undone, old_state, new_state, new_start FROM document_effect_view ORDER BY id"


def check_calendar(name, folder):
    page = (Path(folder) / "calendar.html").read_text(encoding="utf-8")
    fetches = re.search(r"<(script|link|img|iframe|object|embed)\b|\bsrc=|@import|url\(", page)
    addresses = set(re.findall(r"https?://[^\s\"'<]+", page))
    check(f"the calendar of {name} needs nothing else", not fetches and addresses <= {"http://www.w3.org/2000/svg"})
    month = {"house": "2026-03", "classicmodels": "2005-06", "maven_crm": "2017-12"}[name]
    busy = rows(Path(folder) / f"{name}.crm", f"""SELECT u.last_name, count(*) FROM event_view e JOIN user_view u ON u.id = e.executor_id
        WHERE substr(e.start_at, 1, 7) <= '{month}' AND substr(e.end_at, 1, 7) >= '{month}' AND u.dismissed IS NULL GROUP BY u.id ORDER BY 2 DESC""")
    title = re.search(r"<title>(.*?)</title>", page)[1]
    check(f"the calendar of {name} is of its busiest user: {title}", any(last in title for last, count in busy if count == busy[0][1]))


def check_report(name, folder):
    page = (Path(folder) / "report.html").read_text(encoding="utf-8")
    fetches = re.search(r"<(script|link|img|iframe|object|embed)\b|\bsrc=|@import|url\(", page)
    check(f"the report of {name} needs nothing else", not fetches and set(re.findall(r"https?://[^\s\"'<]+", page)) <= {"http://www.w3.org/2000/svg"})
    # The sum of the first table, in roubles or whatever the base is in: what SQL counts over the same twelve months.
    span = {"house": ("2025-04-01", "2026-04-01"), "classicmodels": ("2004-07-01", "2005-07-01"), "maven_crm": ("2017-01-01", "2018-01-01")}[name]
    sums = rows(Path(folder) / f"{name}.crm", f"""SELECT sum(amount), currency FROM receipt_view
        WHERE kind = 'receipt' AND date >= '{span[0]}' AND date < '{span[1]}' AND amount IS NOT NULL GROUP BY currency ORDER BY currency""")
    if sums:
        shown = f"{sums[0][0]:,.2f}".replace(",", "\u202f").replace(".", ",")
        check(f"the report of {name} tells the receipts of the year, {shown}", shown in page)
    check(f"the report of {name} is as counted the slow way", agrees(report_counter, name, Path(folder) / f"{name}.crm", Path(folder) / "report.html"))


def kill_in_the_week(base, folder):
    """Ends a run when the week has begun to be written; whether it was still running."""
    journal = Path(folder) / f"{base}.week-wal"
    running = subprocess.Popen([morning, "--db", base, "--json"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while running.poll() is None and not (journal.exists() and journal.stat().st_size > 200_000):
        time.sleep(0.001)
    running.kill()
    return running.wait() == -9


with tempfile.TemporaryDirectory() as folder:
    first = run("--db", "house.crm", "--json", folder=folder)
    check("the made-up house loads", first.returncode == 0)
    compared("house", Path(folder) / "house.crm.house", first.stdout, folder)
    check_calendar("house", folder)
    check_report("house", folder)
    check("the base stays as it was in the morning", rows(Path(folder) / "house.crm", "SELECT count(*) FROM host_document") == [(0,)])
    effects = rows(Path(folder) / "house.crm.week", EFFECTS)
    again = run("--db", "house.crm", "--json", folder=folder)
    check("a second run changes nothing", again.stdout == first.stdout)
    for place in json.loads(first.stdout)["told"]:
        file, line, field = place.split(":")
        check(f"the wrong row {file}:{line} is told", f"{file}:{line}: {field}" in first.stderr)

    if instrumented:
        print("skipped: killed runs, the printed report and the other data sets are tested where the sanitizers do not slow them")
        sys.exit(1 if failures else 0)

    for delay in (0.1, 0.4):
        killed = subprocess.Popen([morning, "--db", f"killed{delay}.crm", "--json"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        killed.kill()
        killed.wait()
        ended = run("--db", f"killed{delay}.crm", "--json", folder=folder)
        check(f"killed after {delay} s and begun again it ends the same", ended.stdout == first.stdout)

    check("a run is killed in the middle of the week", kill_in_the_week("house.crm", folder))
    check("and begun again it ends the same", run("--db", "house.crm", "--json", folder=folder).stdout == first.stdout)

    report = run("--db", "house.crm", folder=folder)
    check("the report is printed", report.returncode == 0)
    for part in ("Полнота карточек клиентов", "События на сегодня", "Просроченные события", "Уволены", "Клиенты без менеджера",
                 "Карточка клиента", "Поиск контактов", "Продуктовая матрица клиента", "Документы учётной системы", "Неделя вперёд",
                 "Уведомления за неделю", "Эскалации", "Ждут проверки"):
        check(f"the report has «{part}»", f"== {part}" in report.stdout)
    check("a dry run, which the report shows, changes nothing", rows(Path(folder) / "house.crm.week", EFFECTS) == effects != [])

    for name in ("classicmodels", "maven_crm"):
        if not (shared / name).is_dir():
            print(f"skipped: {name} is not in {shared}")
            continue
        done = run("--db", f"{name}.crm", "--data", shared / name, "--map", root / "examples" / "morning" / f"{name}.map", "--json", folder=folder)
        check(f"{name} loads", done.returncode == 0)
        compared(name, shared / name, done.stdout, folder)
        check_calendar(name, folder)
        check_report(name, folder)

    check("a folder that is not there is told", run("--data", "nowhere", "--map", root / "examples/morning/house.map", folder=folder).returncode == 1)
    check("a folder for pages that is not there is told", run("--db", "house.crm", "--out", "nowhere", folder=folder).returncode == 1)
    check("an unknown option is told", run("--frobnicate", folder=folder).returncode == 2)

sys.exit(1 if failures else 0)
