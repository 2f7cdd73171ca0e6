"""The main job on real input: counts equal those made from the raw files, a second run changes nothing, a run that is killed in
the middle and begun again ends the same, wrong rows are told with file and line, the report has its parts."""
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

build = Path(os.environ["CRM_BUILD"])
root = Path(__file__).resolve().parents[2]
shared = Path(os.environ.get("CRM_SHARED_DATA", root.parent / "shared" / "data"))
morning = build / "examples" / "morning"
counter = Path(__file__).with_name("count_raw.py")
failures = []


def run(*arguments, folder):
    return subprocess.run([morning, *map(str, arguments)], cwd=folder, capture_output=True, text=True, timeout=300)


def check(what, fine):
    print(("ok      " if fine else "FAILED  ") + what)
    if not fine:
        failures.append(what)


def compared(name, data, printed, folder):
    file = Path(folder) / f"{name}.json"
    file.write_text(printed, encoding="utf-8")
    done = subprocess.run([sys.executable, "-B", counter, name, data, "--compare", file], capture_output=True, text=True)
    if done.returncode:
        print(done.stdout[:2000], done.stderr[:2000])
    return done.returncode == 0


with tempfile.TemporaryDirectory() as folder:
    first = run("--db", "house.crm", "--json", folder=folder)
    check("the made-up house loads", first.returncode == 0)
    check("its counts are those of the raw files", compared("house", Path(folder) / "house.crm.house", first.stdout, folder))
    again = run("--db", "house.crm", "--json", folder=folder)
    check("a second run changes nothing", again.stdout == first.stdout)
    for place in json.loads(first.stdout)["told"]:
        file, line, field = place.split(":")
        check(f"the wrong row {file}:{line} is told", f"{file}:{line}: {field}" in first.stderr)

    for delay in (0.1, 0.4):
        killed = subprocess.Popen([morning, "--db", f"killed{delay}.crm", "--json"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        killed.kill()
        killed.wait()
        ended = run("--db", f"killed{delay}.crm", "--json", folder=folder)
        check(f"killed after {delay} s and begun again it ends the same", ended.stdout == first.stdout)

    report = run("--db", "house.crm", folder=folder)
    check("the report is printed", report.returncode == 0)
    for part in ("Полнота карточек клиентов", "События на сегодня", "Просроченные события", "Уволены", "Клиенты без менеджера",
                 "Карточка клиента", "Поиск контактов", "Продуктовая матрица клиента"):
        check(f"the report has «{part}»", f"== {part}" in report.stdout)

    for name in ("classicmodels", "maven_crm"):
        if not (shared / name).is_dir():
            print(f"skipped: {name} is not in {shared}")
            continue
        done = run("--db", f"{name}.crm", "--data", shared / name, "--map", root / "examples" / "morning" / f"{name}.map", "--json", folder=folder)
        check(f"{name} loads", done.returncode == 0)
        check(f"the counts of {name} are those of the raw files", compared(name, shared / name, done.stdout, folder))

    check("a folder that is not there is told", run("--data", "nowhere", "--map", root / "examples/morning/house.map", folder=folder).returncode == 1)
    check("an unknown option is told", run("--frobnicate", folder=folder).returncode == 2)

sys.exit(1 if failures else 0)
