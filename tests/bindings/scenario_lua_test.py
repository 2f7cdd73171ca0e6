"""The scenario through the LuaJIT binding."""
import os
from pathlib import Path

import compare

here = Path(__file__).parent
compare.check(["luajit", str(here / "scenario.lua"), str(here.parents[1])], os.environ)
