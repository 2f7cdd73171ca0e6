"""The scenario through the Object Pascal binding, compiled in both modes of Free Pascal."""
from pathlib import Path

import compare
import tools

tools.need("Pascal")
for mode in ("delphi", "objfpc"):
    compare.check([tools.compile_pascal(Path(__file__).with_name("scenario.pas"), mode)])
