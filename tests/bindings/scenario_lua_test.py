"""The scenario through the LuaJIT binding."""
from pathlib import Path

import compare

compare.check(["luajit", Path(__file__).with_name("scenario.lua")])
