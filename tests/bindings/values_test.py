"""Values on their way in and out, in the languages whose numbers have more room than those of C."""
import sys
from pathlib import Path

import tools

HERE = Path(__file__).parent
for language, command in (("Python", [sys.executable, "-B", HERE / "values.py"]), ("TypeScript", [tools.node(), HERE / "values.mjs"]),
                          ("Lua", ["luajit", HERE / "values.lua"])):
    if not tools.has(language):
        continue
    told = tools.run(command)
    if told.strip() != "fine":
        raise SystemExit(f"{command[-1].name}: {told}")
    print(command[-1].name, "fine")
tools.end()
