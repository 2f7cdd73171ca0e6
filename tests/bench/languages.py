"""languages.py BUILD FOLDER: what crm costs in each language, over the base that tests/bench/run.sh made: nanoseconds a call,
microseconds a row of 12 columns by getters, cells and JSON, a list of 1,000 events, a month of the calendar, and the ratio of these two to
C++. Three rounds in turn; the best of each."""
import json
import os
import subprocess
import sys
from pathlib import Path

build, folder = (Path(p).resolve() for p in sys.argv[1:3])
os.environ.setdefault("CRM_BUILD", str(build))
os.environ.setdefault("CRM_LIBRARY", str(build / "capi/libcrm.so"))
here = Path(__file__).parent / "languages"
sys.path.insert(0, str(here.parents[1] / "bindings"))
import tools  # noqa: E402: needs the environment above

DATA = [folder / "ours.db", folder / "data"]
PROGRAMS = [
    [build / "tests/bench/crm_bench", *DATA, "costs"],
    [tools.compile_pascal(here / "costs.pas"), *DATA],
    ["luajit", here / "costs.lua", *DATA],
    ["mono", tools.compile_csharp(here / "costs.cs"), *DATA],
    [tools.node(), here / "costs.mjs", *DATA],
    [sys.executable, here / "costs.py", *DATA],
]
best = {}
for _ in range(3):
    for program in PROGRAMS:
        for line in map(json.loads, tools.run(program).splitlines()):
            key = line["language"], line["task"]
            best[key] = min(best.get(key, 1e300), line["us"])

print(f"{'':12}{'ns a call':>10}{'us a row: getters':>20}{'cells':>8}{'JSON':>8}{'list, us':>10}{'ratio':>7}{'month, us':>11}{'ratio':>7}")
for language in dict.fromkeys(language for language, _ in best):
    def cell(task, scale=1.0, digits=2):
        value = best.get((language, task))
        return "-" if value is None else f"{value * scale:.{digits}f}"

    def ratio(task):
        return f"{best[language, task] / best['C++', task]:.2f}"

    print(f"{language:12}{cell('call', 1000, 1):>10}{cell('getters'):>20}{cell('cells'):>8}{cell('json'):>8}"
          f"{cell('list', 1, 0):>10}{ratio('list'):>7}{cell('month', 1, 1):>11}{ratio('month'):>7}")
