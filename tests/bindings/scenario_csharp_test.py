"""The scenario through the binding for .NET, compiled and run by mono."""
import os
import subprocess
from pathlib import Path

import compare

here = Path(__file__).parent
out = Path(os.environ["CRM_BUILD"]) / "csharp"
out.mkdir(exist_ok=True)
mcs = ["mcs", "-nologo", "-unsafe", "-warnaserror", "-r:System.Runtime.Serialization", "-r:System.Xml", "-r:System.Xml.Linq"]
sources = sorted(str(p) for p in (here.parents[1] / "bindings/csharp").glob("*.cs"))
subprocess.run([*mcs, "-target:library", f"-out:{out}/Crm.dll", *sources], check=True)
subprocess.run([*mcs, f"-r:{out}/Crm.dll", f"-out:{out}/scenario.exe", str(here / "scenario.cs")], check=True)
compare.check(["mono", str(out / "scenario.exe")], {**os.environ, "LD_LIBRARY_PATH": str(Path(os.environ["CRM_LIBRARY"]).parent)})
