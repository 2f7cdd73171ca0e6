"""choices.py CMAKE GENERATOR CXX WORK: what a build does without is somebody's choice, never what a machine happens to lack."""
import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
CMAKE, GENERATOR, CXX, WORK = sys.argv[1:]
NO_PHONES = "-DCRM_PHONES_INCLUDE:PATH="  # a machine without them


def configured(*definitions, **env):
    """Whether the library could be configured, and what was said."""
    done = subprocess.run([CMAKE, "--fresh", "-G", GENERATOR, "-S", SOURCE, "-B", WORK, f"-DCMAKE_CXX_COMPILER={CXX}", "-DCRM_BUILD_TESTS=OFF",
                           "-DCRM_BUILD_EXAMPLES=OFF", *definitions], env={**os.environ, **env}, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode == 0, " ".join(done.stdout.split())


def expect(wanted, said, *definitions, **env):
    fine, told = configured(*definitions, **env)
    if fine != wanted or said not in told:
        sys.exit(f"{definitions} {env}: configured {fine}, wanted {wanted} with '{said}':\n{told}")


expect(False, "-DCRM_WITH_PHONES=OFF does without", NO_PHONES)
expect(True, "CRM_WITH_PHONES=OFF", NO_PHONES, CRM_WITH_PHONES="OFF")
print("without phones only where somebody says so")
