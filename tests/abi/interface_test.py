"""The C ABI of the library against the reviewed one in crm.abi: a break fails, and so does an addition until somebody has looked at it
and written the new baseline by `interface_test.py write`. Needs the debug information of a Debug build."""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

BASELINE = Path(__file__).with_name("crm.abi")
CHANGED, BROKEN = 4, 8  # bits of the exit status of abidiff
WITH = ["--exported-interfaces-only", "--headers-dir", str(BASELINE.parents[2] / "include/crm"), "--drop-private-types", "--no-corpus-path",
        "--no-comp-dir-path", "--no-show-locs", "--no-elf-needed", "--type-id-style", "hash"]


def dump(to):
    subprocess.run(["abidw", *WITH, os.environ["CRM_LIBRARY"], "--out-file", str(to)], check=True)
    to.write_text(to.read_text(encoding="utf-8").replace(f"{BASELINE.parents[2]}/", ""), encoding="utf-8")  # the same from any clone


if sys.argv[1:] == ["write"]:
    dump(BASELINE)
    raise SystemExit
with tempfile.TemporaryDirectory() as folder:
    dump(Path(folder) / "now.abi")
    diff = subprocess.run(["abidiff", str(BASELINE), folder + "/now.abi"], capture_output=True, encoding="utf-8")
if diff.returncode & BROKEN:
    raise SystemExit("the ABI is broken: clients that are out there would fail\n" + diff.stdout)
if diff.returncode & CHANGED:
    raise SystemExit("the ABI is another one: see that it only grows, then write the baseline (the head of this file says how)\n" + diff.stdout)
if diff.returncode:
    raise SystemExit(diff.stdout + diff.stderr)
print("the ABI is that of", BASELINE.name)
