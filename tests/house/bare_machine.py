"""README's first command on a bare machine: what is installed here cannot fool it. A minimal Debian 12 is made by debootstrap below the build
folder, what git knows of this tree is copied there to the same place, and examples/run.sh runs as root, while another program holds the lock of
the package lists. Its counts are those of the program built here. It borrows the compiler cache: below the same path the same is compiled.
Mounts are made in a namespace of their own, so that nothing stays mounted however this ends."""
import fcntl
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ["CRM_BUILD"])
BARE = BUILD / "bare_machine"
SKIPPED = 77  # as tests/CMakeLists.txt has it
ALONE = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private"]


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def expect(condition, text):
    if not condition:
        sys.exit(f"not so: {text}")


def answers(*command):
    return subprocess.run(command, capture_output=True).returncode == 0


def mirror():
    """The address of Debian 12 that apt uses here; none where this is another system: debootstrap knows one."""
    told = subprocess.run(["apt-get", "indextargets", "--format", "$(REPO_URI)", "Origin: Debian", "Codename: bookworm"],
                          capture_output=True, text=True).stdout.split()
    return told[:1]


def make():
    shutil.rmtree(BARE, ignore_errors=True)
    made = subprocess.run([*ALONE, "debootstrap", "--variant=minbase", "bookworm", BARE, *mirror()], text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if made.returncode:
        skip(f"debootstrap could not make a Debian here:\n{made.stdout[-2000:]}")
    known = subprocess.run(["git", "-c", "safe.directory=*", "-C", SOURCE, "ls-files", "-z"], check=True, capture_output=True, text=True).stdout
    for name in filter(None, known.split("\0")):
        if (SOURCE / name).exists():  # what is about to be removed is still known
            place = BARE / SOURCE.relative_to("/") / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(SOURCE / name, place)


def inside(*command):
    """The command as it is run in the bare machine, by root, with nothing of this machine's environment but how to reach the network."""
    (BARE / "ccache").mkdir(exist_ok=True)
    told = subprocess.run(["ccache", "-k", "cache_dir"], capture_output=True, text=True) if shutil.which("ccache") else None
    mounts = f"mount -t proc proc '{BARE}/proc' && mount --rbind /dev '{BARE}/dev'"
    if told and told.returncode == 0 and Path(told.stdout.strip()).is_dir():
        mounts += f" && mount --bind '{told.stdout.strip()}' '{BARE}/ccache'"
    env = {"HOME": "/root", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "CCACHE_DIR": "/ccache", "CRM_BARE_MACHINE": "1",
           **{name: value for name, value in os.environ.items() if name.lower().endswith("_proxy") or name == "CCACHE_DISABLE"}}
    return [*ALONE, "sh", "-ec", f'{mounts} && exec chroot "$@"', "sh", BARE, "env", "-i", *(f"{n}={v}" for n, v in env.items()),
            "sh", "-c", f'cd "{SOURCE}" && exec "$@"', "sh", *command]


def without_root():
    """What somebody who may install nothing is told."""
    told = subprocess.run(inside("setpriv", "--reuid", "65534", "--clear-groups", "cmake/setup.sh"), capture_output=True, text=True)
    expect(told.returncode == 1, f"without root and sudo setup.sh fails, not {told.returncode}: {told.stderr}")
    expect(re.search(r"as root: apt-get install --no-install-recommends g\+\+ cmake .*libboost1.81-dev", told.stderr), f"it says what to install: {told.stderr}")


def first_command():
    """What it prints. The lock is let go when it has been waited for."""
    command = re.search(r"^## Two commands\n.*?```sh\n(\S+)", (SOURCE / "README.md").read_text(encoding="utf-8"), re.M | re.S).group(1)
    with open(BARE / "var/lib/apt/lists/lock", "a") as lock, tempfile.TemporaryFile("w+") as printed:
        fcntl.lockf(lock, fcntl.LOCK_EX)
        running = subprocess.Popen(inside(command, "--json"), stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.PIPE, text=True)
        said = []
        for line in running.stderr:
            said.append(line)
            if line.startswith("setup: waiting"):
                fcntl.lockf(lock, fcntl.LOCK_UN)
        expect(running.wait() == 0, f"{command} works on a bare machine; its last words:\n{''.join(said[-60:])}")
        expect("setup: waiting for another program that installs packages\n" in said, "setup.sh waits for the lock")
        printed.seek(0)
        return printed.read()


for why, condition in (("this is the bare machine", "CRM_BARE_MACHINE" not in os.environ), ("only root may make a machine", os.geteuid() == 0),
                       ("there is no debootstrap (cmake/setup.sh tests)", shutil.which("debootstrap")),
                       ("namespaces may not be made here", answers(*ALONE, "true")),
                       ("this is no clone of git", answers("git", "-c", "safe.directory=*", "-C", SOURCE, "rev-parse"))):
    if not condition:
        skip(why)
make()
without_root()
there = first_command()
with tempfile.TemporaryDirectory() as folder:
    here = subprocess.run([BUILD / "examples/morning", "--json"], cwd=folder, check=True, capture_output=True, text=True).stdout
expect(there == here, f"the counts of the bare machine are those of this one:\n{there}\n{here}")
shutil.rmtree(BARE)
print("a bare Debian 12 shows the morning, with the counts of this machine")
