"""crm.dll at work: under a 32-bit wine in a small Debian of its own, a Free Pascal program goes through the scenario by the classes of the binding, and
another (tests/windows/house.pas) with all floating-point exceptions unmasked, a Cyrillic path, callbacks and a kill works on a base that Linux made
and opens again. The machine below build/windows is made once, which takes minutes; Free Pascal's run-time library for Windows is compiled there."""
import importlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import cross

ROOT = cross.SOURCE / "build/windows/root"
WORK = ROOT / "work"
READY = ROOT / "ready"
# Wine wants /proc and /dev; what is mounted goes with the command.
INSIDE = ("unshare", "--mount", "sh", "-c", 'mount -t proc proc "$0/proc" && mount --bind /dev "$0/dev" && exec chroot "$0" "$@"', str(ROOT))
SOURCES = "/usr/share/fpcsrc/3.2.2"
UNITS = "/opt/win32"  # of the run-time library
PARTS = ["rtl-objpas/src/inc", "rtl-objpas/src/win", "fcl-base/src", "fcl-json/src"]
FOLDER = "Клиенты и события"
FROM_LINUX, FROM_WINDOWS = "ООО «Берёза»", "АО «Щёлковская мануфактура»"

RUN_TIME = f"""set -e
mkdir -p {UNITS}
cd {SOURCES}/rtl/win32
compile() {{ ppc386 -n -Twin32 -O1 -v0e -Sg -FU{UNITS} -Fi../inc -Fi../i386 -Fi../win -Fi../win/wininc -Fi../objpas -Fi../objpas/sysutils \
  -Fi../objpas/classes -Fu../inc -Fu../i386 -Fu../objpas -Fu../win -Fu{UNITS} "$@"; }}
compile -Us system.pp
compile sysinitpas.pp
compile buildrtl.pp
cd {SOURCES}/packages
for unit in fcl-json/src/jsonparser.pp rtl-objpas/src/inc/dateutils.pp; do
  ppc386 -n -Twin32 -O1 -v0e -FU{UNITS} -Fu{UNITS} {" ".join(f"-Fu{part} -Fi{part}" for part in PARTS)} $unit
done
"""


def inside(*command, answer=0, **more):
    """The output of a command in that Debian; the test ends with all that it said if it answers otherwise."""
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive", "WINEDEBUG": "-all",
                   "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe=", **{k: v for k, v in os.environ.items() if k.endswith("_proxy")}}
    done = subprocess.run([*INSIDE, *command], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", **more)
    if done.returncode != answer:
        sys.exit(f"{done.stdout[-4000:]}\n{' '.join(command)}: answered {done.returncode}")
    return done.stdout


def make():
    cross.make_debian(ROOT, "--arch=i386")
    for name in ("/etc/resolv.conf", "/etc/hosts"):
        shutil.copy2(name, ROOT / name[1:])
    inside("apt-get", "-q", "update")
    inside("apt-get", "-q", "install", "-y", "--no-install-recommends", "wine", "wine32", "fp-compiler", "fpc-source")
    inside("sh", "-c", RUN_TIME)
    inside("sh", "-c", "wineboot --init && wineserver --wait")
    READY.touch()


def compile_pascal(source, mode):
    shutil.copy2(source, WORK)
    parts = [word for part in PARTS for word in (f"-Fu{SOURCES}/packages/{part}", f"-Fi{SOURCES}/packages/{part}")]
    inside("sh", "-c", f'cd /work && exec "$@"', "sh", "ppc386", "-n", "-Twin32", f"-M{mode}", "-O2", "-v0e", f"-Fu{UNITS}", *parts, "-Fupascal",
           "-Fipascal", "-FUmade", source.name)


def wine(*command, answer=0):
    """The lines of a program of Windows; it ends before its server does, which keeps what it wrote."""
    return inside("sh", "-c", 'cd /work && wine "$@"', "sh", *command, answer=answer, timeout=1200).splitlines()


def scenario():
    os.environ.setdefault("CRM_LIBRARY", "none")  # nothing of this machine's is loaded
    sys.path.insert(0, str(cross.SOURCE / "tests/bindings"))
    compare = importlib.import_module("compare")
    shutil.copy2(compare.SCENARIO, WORK)
    for mode in ("delphi", "objfpc"):
        compile_pascal(cross.SOURCE / "tests/bindings/scenario.pas", mode)
        (WORK / "scenario.crm").unlink(missing_ok=True)
        lines = [line for line in wine("scenario.exe", "scenario.json", "scenario.crm") if line.startswith("{")]
        yield from (f"{mode}: {text}" for text in compare.differences(lines))
        print(f"{len(lines)} steps of the scenario under wine, mode {mode}")


def on_linux(library, base, script):
    """A script of the binding for Python, with `db` open."""
    program = f"import crm, datetime, json\nwith crm.open({str(base)!r}) as db:\n" + "".join(f"    {line}\n" for line in script.splitlines())
    environment = {**os.environ, "PYTHONPATH": str(cross.SOURCE / "bindings/python"), "CRM_LIBRARY": str(library)}
    done = subprocess.run([sys.executable, "-B", "-c", program], env=environment, capture_output=True, encoding="utf-8")
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return done.stdout.strip()


def house(library):
    compile_pascal(cross.SOURCE / "tests/windows/house.pas", "delphi")
    folder = WORK / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    base = folder / "base.crm"
    on_linux(library, base, f"organisation = crm.Organisation.load(db, 1)\norganisation.zone = 'Europe/Moscow'\norganisation.save()\n"
                            f"crm.Company(db, name={FROM_LINUX!r}).save()\n"
                            "crm.User(db, last_name='Главная', hired=datetime.date(2010, 1, 11), administrator=True).save()")
    for command, answer in (("make", 0), ("kill", 7), ("check", 0)):
        print(f"house {command}:", *wine("house.exe", "base.crm", command, answer=answer))
    told = on_linux(library, base, "print(json.dumps([row.name for row in db.select({'entity': 'company', 'columns': ['name']})]))")
    if json.loads(told) != [FROM_LINUX, FROM_WINDOWS]:
        yield f"Linux sees {told} after Windows"
    sound = subprocess.run([sys.executable, "-c", "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('PRAGMA integrity_check').fetchone()[0])",
                            str(base)], capture_output=True, text=True).stdout.strip()
    if sound != "ok":
        yield f"the base is damaged: {sound}"


for why, condition in (("only root may make a machine", os.geteuid() == 0), ("there is no debootstrap (cmake/setup.sh tests)", shutil.which("debootstrap"))):
    if not condition:
        cross.skip(why)
if not READY.exists():
    make()
dll = cross.build("win32", "crm_capi") / "capi/crm.dll"
cross.run("cmake", "--preset", "library", "-B", str(cross.BUILD / "library"))
cross.run("cmake", "--build", str(cross.BUILD / "library"), "--target", "crm_capi")
shutil.rmtree(WORK, ignore_errors=True)
(WORK / "made").mkdir(parents=True)
shutil.copytree(cross.SOURCE / "bindings/pascal", WORK / "pascal")
shutil.copy2(dll, WORK)
sys.exit("\n".join([*scenario(), *house(cross.BUILD / "library/capi/libcrm.so")]) or 0)
