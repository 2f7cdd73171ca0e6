"""The scenario through the binding for Node.js."""
from pathlib import Path

import compare
import tools

tools.need("TypeScript")
compare.check([tools.node(), Path(__file__).with_name("scenario.mjs")])
