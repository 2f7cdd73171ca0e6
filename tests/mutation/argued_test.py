#!/usr/bin/env python3
"""What is argued, of mutants (argued.txt) and of branches (tests/rules/unreached.txt), still stands in the sources."""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "rules")]
import coverage
import mutate

gone = [*mutate.gone(), *coverage.gone()]
for entry in gone:
    print("gone: " + " | ".join(entry))
sys.exit(1 if gone else 0)
