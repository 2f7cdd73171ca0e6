"""Where the library is not: every language says in one sentence which file it looked for, that CRM_LIBRARY names another, and how it is built;
and bindings/env.sh is sourced in every POSIX shell that is here, from where a person would."""
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import tools

NOWHERE = "/nowhere/libcrm.so.0"
SOURCES = {
    "typescript": "import { open } from 'crm';\nopen('memory:');\n",
    "csharp": "static class Missing { static void Main() { new Crm.Database(\"memory:\"); } }\n",
    "pascal": "program missing;\n{$MODE DELPHI}\nuses SysUtils, Crm;\nbegin\n  try\n    TCrmDatabase.Create('memory:');\n"
              "  except\n    on Problem: Exception do WriteLn(StdErr, Problem.Message);\n  end;\n  Halt(1);\nend.\n",
}


def source(folder, language, name):
    path = Path(folder, name)
    path.write_text(SOURCES[language], encoding="utf-8")
    return path


def typescript(folder):
    modules = Path(folder, "node_modules")
    modules.mkdir()
    (modules / "crm").symlink_to(tools.ROOT / "bindings/typescript")
    return [tools.node(), source(folder, "typescript", "missing.mjs")]


COMMANDS = {
    "Python": lambda folder: [sys.executable, "-B", "-c", "import crm"],
    "TypeScript": typescript,
    "Lua": lambda folder: ["luajit", "-e", "require 'crm'"],
    "C#": lambda folder: ["mono", tools.compile_csharp(source(folder, "csharp", "missing.cs"))],
    "Pascal": lambda folder: [tools.compile_pascal(source(folder, "pascal", "missing.pas"))],
}


def check_sentence(language):
    """One line has all of it. mono looks for the library by the paths of the system, which env.sh sets."""
    looked_for = "libcrm.so" if language == "C#" else NOWHERE
    with tempfile.TemporaryDirectory() as folder:
        command = [str(word) for word in COMMANDS[language](folder)]
        told = subprocess.run(command, capture_output=True, encoding="utf-8", env={**tools.ENV, "CRM_LIBRARY": NOWHERE, "LD_LIBRARY_PATH": "/nowhere"})
    parts = ("cannot load the library of crm", looked_for, "CRM_LIBRARY", "cmake --preset library")
    sentences = [line for line in told.stderr.splitlines() if all(part in line for part in parts)]
    if not told.returncode or not sentences:
        raise SystemExit(f"{language}, exit {told.returncode}: {told.stdout}{told.stderr}")
    print(language, "says:", sentences[0])


SHELLS = [[found, *rest] for name, *rest in (["sh"], ["dash"], ["bash"], ["busybox", "sh"], ["zsh"], ["ksh"]) if (found := shutil.which(name))]
TELL = '; printf "%s\\n" "$CRM_LIBRARY" "$PYTHONPATH" "$LUA_PATH"'


def sourced(shell, folder, command, **more):
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), **more}
    return subprocess.run([*shell, "-euc", command + TELL], cwd=folder, capture_output=True, encoding="utf-8", env=env)


def check_shell(shell, clone, elsewhere):
    """From the clone, from elsewhere by CRM; and where nothing tells where the file is, that is said."""
    library = clone / "build/examples/capi/libcrm.so"
    wanted = f"{library}\n{clone}/bindings/python\n{clone}/bindings/lua/?.lua;{clone}/bindings/lua/?/init.lua;;\n"
    for folder, command, more in ((clone, ". bindings/env.sh", {}), (elsewhere, '. "$CRM/bindings/env.sh"', {"CRM": str(clone)})):
        told = sourced(shell, folder, command, **more)
        if told.returncode or told.stdout != wanted or told.stderr:
            raise SystemExit(f"{shell}, {command}: {told}, wanted {wanted}")
    told = sourced(shell, elsewhere, f'. "{clone}/bindings/env.sh"')
    if told.stdout != wanted and "set CRM to the folder of the clone" not in told.stderr:
        raise SystemExit(f"{shell} from elsewhere: {told}")
    told = sourced(shell, clone, ". bindings/env.sh", CRM_LIBRARY=NOWHERE)
    if told.returncode or f"no library {NOWHERE}: " not in told.stderr:
        raise SystemExit(f"{shell}, no library: {told}")
    print(" ".join(shell), "sources bindings/env.sh")


for language in COMMANDS:
    if tools.has(language):
        check_sentence(language)
with tempfile.TemporaryDirectory() as folder:
    clone = Path(folder).resolve() / "a clone"
    (clone / "bindings").mkdir(parents=True)
    shutil.copy(tools.ROOT / "bindings/env.sh", clone / "bindings")
    (clone / "build/examples/capi").mkdir(parents=True)
    (clone / "build/examples/capi/libcrm.so").touch()
    for shell in SHELLS:
        check_shell(shell, clone, folder)
tools.end()
