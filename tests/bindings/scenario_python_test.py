"""The scenario through the Python binding."""
import sys
from pathlib import Path

import compare

compare.check([sys.executable, "-B", Path(__file__).with_name("scenario.py")])
