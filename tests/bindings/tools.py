"""Where the interpreters and the library are."""
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIBRARY = Path(os.environ["CRM_LIBRARY"])
ENV = {**os.environ, "LD_LIBRARY_PATH": str(LIBRARY.parent), "PYTHONPATH": str(ROOT / "bindings/python"),
       "LUA_PATH": f"{ROOT}/bindings/lua/?.lua;{ROOT}/bindings/lua/?/init.lua;;"}
REFERENCES = ["-r:System.Runtime.Serialization", "-r:System.Xml", "-r:System.Xml.Linq"]


def folder(name):
    """A folder of the build for what a test makes."""
    made = Path(os.environ["CRM_BUILD"]) / "bindings" / name
    made.mkdir(parents=True, exist_ok=True)
    return made


def run(command, **more):
    """The output of a command; the test ends with all that it said if it fails."""
    done = subprocess.run([str(c) for c in command], capture_output=True, encoding="utf-8", **{"env": ENV, **more})
    if done.returncode:
        raise SystemExit(f"{command}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def node():
    """A Node.js of at least 20: that of cmake/setup.sh, else the one of the machine."""
    ours = ROOT / "build/node/node"
    return str(ours) if ours.exists() else shutil.which("node") or ""


PROGRAMS = {"Lua": ["luajit"], "Pascal": ["fpc"], "C#": ["mcs", "mono"], "TypeScript": []}
SKIPPED = 77  # as tests/CMakeLists.txt has it
left_out = []


def lacking(language):
    """What a language needs and this machine has not, or ''."""
    for program in PROGRAMS.get(language, []):
        if not shutil.which(program):
            return program
    if language == "Lua" and subprocess.run(["luajit", "-e", "require 'dkjson'"], capture_output=True).returncode:
        return "dkjson"
    if language == "TypeScript":
        if not node():
            return "node"
        if not (ROOT / "bindings/typescript/node_modules/koffi").is_dir():
            return "koffi"
    return ""


def has(language):
    """Whether a language can be tested here; if not, it says so, and the test is to end by `end`."""
    lacks = lacking(language)
    if lacks:
        print(f"skipped: {language}: there is no {lacks} (cmake/setup.sh tests)")
        left_out.append(language)
    return not lacks


def need(language):
    if not has(language):
        end()


def end():
    """The end of a test: skipped, if a language was left out."""
    sys.exit(SKIPPED if left_out else 0)


def compile_pascal(source, mode="delphi", *options):
    """The program of an Object Pascal source, with the units of the binding compiled in that mode."""
    out = folder(f"pascal-{mode}-{source.stem}")
    run(["fpc", f"-M{mode}", "-O2", "-vew", *options, f"-Fu{ROOT}/bindings/pascal", f"-FU{out}", f"-FE{out}", source])
    return out / source.stem


def compile_csharp(source):
    """The program of a C# source, beside the assembly of the binding."""
    out = folder(f"csharp-{source.stem}")
    mcs = ["mcs", "-nologo", "-optimize", "-unsafe", "-warnaserror", *REFERENCES]
    run([*mcs, "-target:library", f"-out:{out}/Crm.dll", *sorted((ROOT / "bindings/csharp").glob("*.cs"))])
    run([*mcs, f"-r:{out}/Crm.dll", f"-out:{out}/{source.stem}.exe", source])
    return out / f"{source.stem}.exe"
