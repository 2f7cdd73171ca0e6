"""The README tells the truth: its programs are those that the tests run, its links lead to files, its table is whole, its pictures are there and small."""
import re
import sys
from pathlib import Path

root = Path(__file__).resolve().parents[2]
readme = (root / "README.md").read_text(encoding="utf-8")
wrong = []

for language, source in (("cpp", "tests/house/host_cpp/main.cpp"), ("c", "tests/house/host_c/main.c")):
    block = re.search(r"```%s\n(.*?)```" % language, readme, re.S).group(1)
    if block != (root / source).read_text(encoding="utf-8"):
        wrong.append(f"the {language} program is not {source}")

first = (root / "bindings/python/README.md").read_text(encoding="utf-8")
program = re.compile(r"```python\n(.*?)```", re.S)
if program.search(readme).group(1) != program.search(first).group(1):
    wrong.append("the Python program is not that of bindings/python/README.md, which the tests run")

for link in re.findall(r"\]\(([^)#]+)\)", readme):
    if not (root / link).exists():
        wrong.append(f"a link leads nowhere: {link}")

pictures = [root / link for link in re.findall(r"!\[[^]]+\]\(([^)#]+)\)", readme)]
if not pictures:
    wrong.append("no picture is shown")
for picture in pictures:
    if not picture.is_file() or not 0 < picture.stat().st_size < 150_000:
        wrong.append(f"a picture is not there, is empty or is too large: {picture.relative_to(root)}")

rows = re.findall(r"^\| ([CEMPX]\d+) \|(.*)\|(.*)\|(.*)\|$", readme, re.M)
wanted = [f"{group}{n}" for group, last in (("C", 13), ("E", 13), ("M", 14), ("P", 4), ("X", 13)) for n in range(1, last + 1)]
if [row[0] for row in rows] != wanted:
    wrong.append(f"the feature table has rows {[row[0] for row in rows]}")
for row in rows:
    done = ["](" in cell for cell in row[2:]]
    if done not in ([True, True], [False, False]) or (not done[0] and "not yet" not in row[2]):
        wrong.append(f"row {row[0]}: a header and a test, or not yet in both")

print("\n".join(wrong) or f"{len(rows)} rows, all links lead to files")
sys.exit(1 if wrong else 0)
