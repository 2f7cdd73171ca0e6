"""The types that the bindings promise: tsc on the declarations with a program that uses them, mypy on the stub, help() of a class, and a
wheel that is made by the standard library and works where it is installed; one version."""
import ast
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import tools

HERE = Path(__file__).parent
DEBIAN_PYTHON = "/usr/bin/python3"  # whose pip and mypy cmake/setup.sh installs


def typescript():
    modules = tools.ROOT / "bindings/typescript/node_modules"
    tools.run([tools.node(), modules / "typescript/bin/tsc", "--noEmit", "--strict", "--target", "es2022", "--module", "nodenext",
               "--lib", "es2022,esnext.disposable,dom", HERE / "types.ts"])


def python_stub():
    tools.run(["mypy", "--strict", "--no-incremental", "--cache-dir", os.devnull, HERE / "typed.py"],
              env={**tools.ENV, "MYPYPATH": str(tools.ROOT / "bindings/python")})


def python_version():
    """No syntax that Python 3.9 has not."""
    for source in sorted((tools.ROOT / "bindings/python").rglob("*.py*")):
        if source.suffix in (".py", ".pyi"):
            ast.parse(source.read_text(encoding="utf-8"), str(source), feature_version=(3, 9))


def python_help():
    told = tools.run([sys.executable, "-B", "-c", "import crm; help(crm.Event)"])
    for line in ("class Event(", "Event (Событие).", "start_at", "datetime: Start (Начало). Changes by actions.", "int: Company (Клиент). Id of company.", "save(self)"):
        if line not in told:
            raise SystemExit(f"help(crm.Event) does not say {line!r}:\n{told[:2000]}")


def wheel():
    with tempfile.TemporaryDirectory() as folder:
        tools.run([DEBIAN_PYTHON, "-I", "-S", tools.ROOT / "bindings/python/make_wheel.py", tools.LIBRARY, folder])  # no package is found
        made, = Path(folder).glob("*.whl")
        names = zipfile.ZipFile(made).namelist()
        for name in ("crm/__init__.py", "crm/_generated.pyi", "crm/py.typed", "crm/libcrm.so.0"):
            if name not in names:
                raise SystemExit(f"{made.name} has no {name}")
        tools.run([DEBIAN_PYTHON, "-m", "venv", "--without-pip", folder + "/there"])
        tools.run([DEBIAN_PYTHON, "-m", "pip", "--python", folder + "/there/bin/python", "install", "--no-index", made])
        alone = {k: v for k, v in os.environ.items() if not k.startswith(("CRM_", "PYTHON", "LD_"))}
        print(subprocess.run([folder + "/there/bin/python", "-c", "import crm; print(crm.open('memory:').today())"], env=alone, check=True,
                             capture_output=True, encoding="utf-8").stdout.strip(), "by the wheel", made.name)


def one_version():
    """The packages have the version of the project."""
    project = re.search(r"^project\(crm VERSION (\S+)", (tools.ROOT / "CMakeLists.txt").read_text(encoding="utf-8"), re.M).group(1)
    for package, place in (("python/pyproject.toml", 'version = "{}"'), ("typescript/package.json", '"version": "{}"'),
                           ("csharp/Crm.csproj", "<Version>{}</Version>")):
        if place.format(project) not in (tools.ROOT / "bindings" / package).read_text(encoding="utf-8"):
            raise SystemExit(f"bindings/{package} is not of version {project}")


if tools.has("TypeScript"):
    typescript()
one_version()
python_version()
python_stub()
python_help()
wheel()
tools.end()
