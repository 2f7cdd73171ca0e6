"""The scenario through the Python binding."""
import os
import sys
from pathlib import Path

import compare

root = Path(__file__).parents[2]
compare.check([sys.executable, "-B", str(Path(__file__).with_name("scenario.py"))],
              {**os.environ, "PYTHONPATH": str(root / "bindings/python")})
