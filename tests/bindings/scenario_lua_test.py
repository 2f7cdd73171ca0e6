"""The scenario through the LuaJIT binding."""
from pathlib import Path

import compare
import tools

tools.need("Lua")
compare.check(["luajit", Path(__file__).with_name("scenario.lua")])
