#!/usr/bin/env python3
"""Whether tests/rules takes every branch of src/rules: configures and builds the preset `coverage`, runs its rules_test and reads what gcov
counted. The rules are compiled without exceptions there, so that a branch is one of theirs and not the unwinding of a call.
A branch that cannot be taken is argued in unreached.txt, a line each: file | the line as it stands | why. An entry that is taken after all,
or whose line is not there any more, fails, too."""
import collections
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "coverage"
ARGUED = pathlib.Path(__file__).with_name("unreached.txt")


def run(*command, **more):
    return subprocess.run([str(part) for part in command], check=True, cwd=ROOT, **more)


def build():
    run("cmake", "--preset", "coverage", "-DCRM_TESTS=rules", "-DCRM_BUILD_EXAMPLES=OFF", stdout=subprocess.DEVNULL)
    run("cmake", "--build", "--preset", "coverage", "--target", "crm_test_rules")
    for counts in BUILD.rglob("*.gcda"):
        counts.unlink()
    run(BUILD / "tests" / "rules_test", "--minimal")


def branches():
    """{(file, line): [times each way was taken]}, of all programs that have the line."""
    found = collections.defaultdict(list)
    for counts in sorted(BUILD.rglob("*.gcda")):  # what stands in a header is counted where it was compiled, tests too
        # Relative paths in the notes are those of the build folder.
        told = run("gcov", "--json-format", "--stdout", "--branch-probabilities", counts, capture_output=True).stdout
        for file in (file for one in told.splitlines() for file in json.loads(one)["files"]):
            path = pathlib.Path(os.path.normpath(BUILD / file["file"]))
            if not path.is_relative_to(ROOT):
                continue
            name = str(path.relative_to(ROOT))
            if not name.startswith(("src/rules/", "include/crm/rules/")):
                continue
            of_file = collections.defaultdict(list)  # copies of a template stand one after another
            for line in file["lines"]:
                ways = [way["count"] for way in line["branches"] if not way["throw"]]
                of_file[line["line_number"], line.get("function_name", "")].append(ways or [line["count"]])
            for (number, _), copies in of_file.items():
                for ways in copies:
                    found[name, number].append(ways)
    return found


def argued_entries():
    argued = {}
    for entry in ARGUED.read_text().splitlines() if ARGUED.exists() else []:
        if entry and not entry.startswith("#"):
            name, text, reason = (part.strip() for part in entry.split(" | "))
            argued[name, text] = reason
    return argued


def gone():
    """Entries whose line is not in the source."""
    return [key for key in argued_entries() if key[1] not in (line.strip() for line in (ROOT / key[0]).read_text().splitlines())]


def main():
    if "--built" not in sys.argv[1:]:
        build()
    argued = argued_entries()
    taken = total = 0
    missing = []
    for (name, number), copies in sorted(branches().items()):
        # Copies, of a template or of a header, add up where they have the same ways.
        by_width = [[sum(column) for column in zip(*(ways for ways in copies if len(ways) == width))] for width in {len(ways) for ways in copies}]
        ways = max(by_width, key=lambda ways: (all(ways), len(ways)))
        text = (ROOT / name).read_text().splitlines()[number - 1].strip()
        if text.endswith("= default;") or text.startswith("static const "):  # of the compiler: comparisons, guards
            continue
        if len(ways) > 1:
            total += len(ways)
            taken += sum(1 for way in ways if way)
        if not all(ways):
            missing.append((name, number, ways))
    used = set()
    failed = False
    for name, number, ways in missing:
        text = (ROOT / name).read_text().splitlines()[number - 1].strip()
        if (name, text) in argued:
            used.add((name, text))
            continue
        print(f"{name}:{number}: not taken {[i for i, way in enumerate(ways) if not way]} of {len(ways)}: {text}")
        failed = True
    for name, text in argued.keys() - used:
        print(f"unreached.txt: taken after all, or gone: {name} | {text}")
        failed = True
    print(f"branches of the rules: {taken} of {total} taken, {len(used)} lines argued")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
