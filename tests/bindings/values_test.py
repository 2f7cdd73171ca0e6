"""Values on their way in and out, in the languages whose numbers have more room than those of C."""
import sys
from pathlib import Path

import tools

HERE = Path(__file__).parent
for command in ([sys.executable, "-B", HERE / "values.py"], [tools.node(), HERE / "values.mjs"], ["luajit", HERE / "values.lua"]):
    told = tools.run(command)
    if told.strip() != "fine":
        raise SystemExit(f"{command[-1].name}: {told}")
    print(command[-1].name, "fine")
