"""Handles in every language: left to the collector, closed in any order, used after that or by two threads; and a Free Pascal host with
all floating-point exceptions unmasked."""
import sys
import tempfile
from pathlib import Path

import tools

HERE = Path(__file__).parent
PROGRAMS = {
    "Python": lambda: [sys.executable, "-B", HERE / "lifetime.py"],
    "TypeScript": lambda: [tools.node(), "--expose-gc", HERE / "lifetime.mjs"],
    "Lua": lambda: ["luajit", HERE / "lifetime.lua"],
    "C#": lambda: ["mono", tools.compile_csharp(HERE / "lifetime.cs")],
    "Pascal": lambda: [tools.compile_pascal(HERE / "lifetime.pas", "delphi", "-gh")],  # -gh: what is freed is overwritten
}
for language, command in PROGRAMS.items():
    if not tools.has(language):
        continue
    with tempfile.TemporaryDirectory() as folder:
        told = tools.run([*command(), folder + "/lifetime.db"])
    if told.strip() != "fine":
        raise SystemExit(f"{language}: {told}")
    print(language, "fine")
tools.end()
