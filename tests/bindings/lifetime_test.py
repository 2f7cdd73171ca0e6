"""Handles in every language: left to the collector, closed in any order, used after that or by two threads; and a Free Pascal host with
all floating-point exceptions unmasked."""
import sys
import tempfile
from pathlib import Path

import tools

HERE = Path(__file__).parent
PROGRAMS = {  # -gh: what is freed is overwritten
    "Python": [sys.executable, "-B", HERE / "lifetime.py"],
    "TypeScript": [tools.node(), "--expose-gc", HERE / "lifetime.mjs"],
    "Lua": ["luajit", HERE / "lifetime.lua"],
    "C#": ["mono", tools.compile_csharp(HERE / "lifetime.cs")],
    "Pascal": [tools.compile_pascal(HERE / "lifetime.pas", "delphi", "-gh")],
}
for language, command in PROGRAMS.items():
    with tempfile.TemporaryDirectory() as folder:
        told = tools.run([*command, folder + "/lifetime.db"])
    if told.strip() != "fine":
        raise SystemExit(f"{language}: {told}")
    print(language, "fine")
