"""The first program of each language's README does what the README says it prints, run by the commands that stand there."""
import os
import re
import tempfile
from pathlib import Path

import tools

FILES = {"python": "first.py", "lua": "first.lua", "typescript": "first.mjs", "csharp": "First.cs", "pascal": "First.pas"}


def block(readme, language):
    found = re.findall(r"^```%s\n(.*?)^```$" % language, readme, re.M | re.S)
    if len(found) != 1:
        raise SystemExit(f"{len(found)} blocks of {language} in the README")
    return found[0]


for language, file in FILES.items():
    readme = (tools.ROOT / "bindings" / language / "README.md").read_text(encoding="utf-8")
    code = {"python": "python", "lua": "lua", "typescript": "js", "csharp": "cs", "pascal": "pascal"}[language]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, file).write_text(block(readme, code), encoding="utf-8")
        Path(folder, "package.json").write_text("{}", encoding="utf-8")
        commands = block(readme, "sh").replace("npm install", "npm install --offline --silent --no-audit --no-fund")
        env = {"CRM": str(tools.ROOT), "CRM_LIBRARY": str(tools.LIBRARY), "PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C.UTF-8"}
        told = tools.run(["bash", "-euc", commands], cwd=folder, env=env)
    wanted = block(readme, "text")
    if not told.endswith(wanted):
        raise SystemExit(f"bindings/{language}/README.md promises\n{wanted}\nand gives\n{told}")
    print(language, "as promised")
