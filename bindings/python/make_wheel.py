"""make_wheel.py LIBRARY FOLDER: a wheel of the binding with the shared library inside, for this platform; needs no network."""
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

library, folder = (Path(p).resolve() for p in sys.argv[1:3])
name = "crm.dll" if library.suffix == ".dll" else "libcrm.dylib" if library.suffix == ".dylib" else "libcrm.so.0"
platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
with tempfile.TemporaryDirectory() as copy:
    source = Path(copy) / "source"
    shutil.copytree(Path(__file__).parent, source, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(library, source / "crm" / name)
    (source / "setup.cfg").write_text(f"[bdist_wheel]\nplat_name = {platform}\npython_tag = py3\n", encoding="utf-8")
    subprocess.run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-index", "--no-deps", "--no-build-isolation",
                    "--wheel-dir", folder, source], check=True)
