"""The scenario through the binding for Node.js."""
import os
from pathlib import Path

import compare

compare.check(["node", str(Path(__file__).with_name("scenario.mjs"))], os.environ)
