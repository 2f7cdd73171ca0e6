"""Builds by the presets for other systems, in a folder of their own; `short` as an argument of the script: less of it."""
import shutil
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
BUILD = SOURCE / "build/campaign"
SHORT = sys.argv[1:] == ["short"]
SYMBOLS = SOURCE / "capi/symbols.txt"


def run(*command):
    print("$", *command, flush=True)
    done = subprocess.run(command, cwd=SOURCE, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        sys.exit(f"{done.stdout}\n'{command[0]}' answered {done.returncode}")
    return done.stdout


def skip(text):
    print(f"skipped: {text}")
    sys.exit(0)


def need(program, package):
    if not shutil.which(program):
        skip(f"there is no {program}: install the Debian package {package}")


def build(preset, *targets, optimise="-O1"):
    """These targets, hardly optimised, which takes half the time; gives the folder of the build. Not at all is slower for Windows, whose
    archives have ten times as much to carry then."""
    need("npm", "npm")
    run("cmake/sqlite_source.sh", "build/sqlite")
    folder = BUILD / preset
    run("cmake", "--preset", preset, "-B", str(folder), *(f"-DCMAKE_{language}_FLAGS_RELEASE={optimise} -DNDEBUG" for language in ("C", "CXX")))
    print(run("cmake", "--build", str(folder), "--target", *targets).splitlines()[-1])
    return folder


def make_debian(folder, *options, alone=("unshare", "--mount")):
    """A minimal Debian 12 by debootstrap, from where apt of this machine takes its own; where there is none, debootstrap knows one."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    mirror = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI)", "Origin: Debian", "Codename: bookworm"],
                            capture_output=True, text=True).stdout.split()[:1]
    made = subprocess.run([*alone, "debootstrap", "--variant=minbase", *options, "bookworm", folder, *mirror], text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if made.returncode:
        skip(f"debootstrap could not make a Debian here:\n{made.stdout[-2000:]}")


def symbols():
    """The names of capi/symbols.txt: "crm_open since 0.1"."""
    return {line.split()[0] for line in SYMBOLS.read_text(encoding="utf-8").splitlines() if line.strip()}
