"""The scenario through the Object Pascal binding, compiled in both modes of Free Pascal."""
import os
import subprocess
from pathlib import Path

import compare

here = Path(__file__).parent
library = Path(os.environ["CRM_LIBRARY"]).parent
for mode in ("delphi", "objfpc"):
    out = Path(os.environ["CRM_BUILD"]) / "pascal" / mode
    out.mkdir(parents=True, exist_ok=True)
    compiled = subprocess.run(["fpc", f"-M{mode}", "-vew", f"-Fu{here.parents[1]}/bindings/pascal", f"-Fl{library}", f"-FU{out}", f"-FE{out}",
                               str(here / "scenario.pas")], capture_output=True, encoding="utf-8")
    if compiled.returncode:
        raise SystemExit(compiled.stdout + compiled.stderr)
    compare.check([str(out / "scenario")], {**os.environ, "LD_LIBRARY_PATH": str(library)})
