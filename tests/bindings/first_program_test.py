"""The first program of each language's README does what the README says it prints, run by the commands that stand there, from a clone in
which nobody has installed anything."""
import os
import re
import shutil
import tempfile
from pathlib import Path

import tools

FILES = {"python": "first.py", "lua": "first.lua", "typescript": "first.mjs", "csharp": "First.cs", "pascal": "First.pas"}


def block(readme, language):
    found = re.findall(r"^```%s\n(.*?)^```$" % language, readme, re.M | re.S)
    if len(found) != 1:
        raise SystemExit(f"{len(found)} blocks of {language} in the README")
    return found[0]


def clean_clone(place):
    """The bindings as they are in a clone, with the programs that cmake/setup.sh brings."""
    shutil.copytree(tools.ROOT / "bindings", place / "bindings", ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    (place / "build").mkdir()
    (place / "build/node").symlink_to(tools.ROOT / "build/node")
    (place / "build/release").symlink_to(os.environ["CRM_BUILD"])
    return place


NAMES = {"python": "Python", "lua": "Lua", "typescript": "TypeScript", "csharp": "C#", "pascal": "Pascal"}
for language, file in FILES.items():
    if not tools.has(NAMES[language]):
        continue
    readme = (tools.ROOT / "bindings" / language / "README.md").read_text(encoding="utf-8")
    code = {"python": "python", "lua": "lua", "typescript": "js", "csharp": "cs", "pascal": "pascal"}[language]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, file).write_text(block(readme, code), encoding="utf-8")
        Path(folder, "package.json").write_text("{}", encoding="utf-8")
        fetched = f"--offline --cache '{tools.ROOT}/build/node/cache' --loglevel error --no-audit --no-fund"
        commands = block(readme, "sh").replace("npm install", "npm install " + fetched)
        env = {"CRM": str(clean_clone(Path(folder, "clone"))), "CRM_LIBRARY": str(tools.LIBRARY), "PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C.UTF-8"}
        told = tools.run(["bash", "-euc", commands], cwd=folder, env=env)
    wanted = block(readme, "text")
    if not told.endswith(wanted):
        raise SystemExit(f"bindings/{language}/README.md promises\n{wanted}\nand gives\n{told}")
    print(language, "as promised")
tools.end()
