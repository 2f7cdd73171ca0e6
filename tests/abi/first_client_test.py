"""The client of the first crm.h runs against today's library and gets the answers it got then."""
import os
import subprocess
import tempfile
from pathlib import Path

here = Path(__file__).parent / "first"
client = Path(os.environ["CRM_BUILD"]) / "tests/first_client"
with tempfile.TemporaryDirectory() as folder:
    done = subprocess.run([client, folder + "/first.db"], capture_output=True, encoding="utf-8")
expected = (here / "expected.txt").read_text(encoding="utf-8").splitlines()
given = done.stdout.splitlines()
wrong = [f"line {i}: {g!r} instead of {e!r}" for i, (g, e) in enumerate(zip(given, expected), 1) if g != e]
if wrong or len(given) != len(expected) or done.returncode:
    raise SystemExit("\n".join([*wrong, f"{len(given)} lines, {len(expected)} expected, exit {done.returncode}", done.stderr]))
print(f"{len(given)} lines as then")
