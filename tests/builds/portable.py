"""The library of the preset portable needs the C library alone, of a glibc as old as it says, and exports the C ABI. Unless short, the wheel and the
npm package are made of it, and the first programs of their pages run in a minimal Debian 12 that has the language and nothing else: no zones, no
SQLite, no packages. It is made by debootstrap once and kept below the build folder; what is tried in it goes to a folder of its own."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import cross

sys.path.insert(0, str(cross.SOURCE / "bindings/python"))
import make_wheel  # noqa: E402

OLDEST_GLIBC = (2, 35)  # of 2022: Debian 12, Ubuntu 22.04; the unwinder of GCC 12 asks for it
NEEDED = r"lib[cm][.]so[.]6|ld-linux-.*"
MINIMAL = cross.BUILD / "minimal"
ALONE = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private"]
ZONES = {"python": "with crm.open('new.db', zone='Asia/Novosibirsk') as db: print(crm.Organisation.load(db, 1).zone, db.today() is not None)",
         "js": "import { Organisation } from 'crm';\nconst made = open('new.db', { zone: 'Asia/Novosibirsk' });\n"
               "console.log(Organisation.load(made, 1n).zone, made.today() !== null);"}


def expect(condition, text):
    if not condition:
        sys.exit(f"not so: {text}")


def built():
    """As it is shipped: most of it is what the preset release has compiled, and stands in the compiler's cache."""
    cross.need("npm", "npm")
    cross.run("cmake/sqlite_source.sh", "build/sqlite")
    folder = cross.BUILD / "portable"
    cross.run("cmake", "--preset", "portable", "-B", str(folder))
    print(cross.run("cmake", "--build", str(folder), "--target", "crm_capi").splitlines()[-1])
    return folder / "capi/libcrm.so.0"


def looked_at(library):
    elf = make_wheel.Elf(library.read_bytes())
    oldest = make_wheel.oldest_glibc(elf)
    expect(all(re.fullmatch(NEEDED, name) for name in elf.needed), f"it needs the C library alone, not {elf.needed}")
    expect(oldest <= OLDEST_GLIBC, f"glibc {OLDEST_GLIBC} is enough, not {oldest}")
    said = cross.run("readelf", "-d", "-V", str(library))  # another reader than ours
    expect(sorted(re.findall(r"\(NEEDED\).*\[(.*)\]", said)) == sorted(elf.needed), f"readelf finds {elf.needed}")
    expect(max(tuple(map(int, found.split("."))) for found in re.findall(r"GLIBC_([\d.]+)", said))[:2] == oldest, f"readelf finds {oldest}")
    print(f"needs {', '.join(elf.needed)}, glibc {'.'.join(map(str, oldest))}; {library.stat().st_size // 1024} KB")
    print(cross.run(sys.executable, "-B", "tests/house/exported_symbols.py", "nm", str(library), str(cross.SYMBOLS)))


def make_minimal():
    """A minimal Debian with Python, without the files of zones; the one of the last time if it is whole."""
    if (MINIMAL / "made").exists():
        return
    for why, lacks in (("only root may make a machine", os.geteuid() != 0), ("there is no debootstrap (cmake/setup.sh tests)", not shutil.which("debootstrap")),
                       ("namespaces may not be made here", subprocess.run([*ALONE, "true"], capture_output=True).returncode)):
        if lacks:
            cross.skip(why)
    cross.make_debian(MINIMAL, "--include=python3", alone=ALONE)
    shutil.rmtree(MINIMAL / "usr/share/zoneinfo")
    (MINIMAL / "made").touch()


def inside(folder, *command, **env):
    """What the command prints in the minimal machine, where the folder stands as /try."""
    script = f"mount -t proc proc '{MINIMAL}/proc' && mount --rbind /dev '{MINIMAL}/dev' && mount --bind '{folder}' '{MINIMAL}/try'"
    (MINIMAL / "try").mkdir(exist_ok=True)
    given = {"PATH": "/usr/bin:/bin", "HOME": "/try", "LC_ALL": "C.UTF-8", **env}
    return cross.run(*ALONE, "sh", "-ec", f'{script} && exec chroot "$@"', "sh", str(MINIMAL), "env", "-i", *(f"{n}={v}" for n, v in given.items()),
                     "sh", "-c", 'cd /try && exec "$@"', "sh", *command)


def first_program(language, page):
    """The first program of the page with a new base of a zone, and what both print."""
    text = (cross.SOURCE / f"bindings/{page}/README.md").read_text(encoding="utf-8")
    blocks = {name: re.search(rf"^```{name}\n(.*?)^```$", text, re.M | re.S).group(1) for name in (language, "text")}
    zone = "Asia/Novosibirsk " + ("True" if language == "python" else "true")
    return f"{blocks[language]}\n{ZONES[language]}\n", f"{blocks['text']}{zone}\n"


def by_wheel(library, folder):
    wheel = Path(cross.run(sys.executable, "-B", "bindings/python/make_wheel.py", str(library), str(folder)).strip())
    expect(re.fullmatch(r"crm-[\d.]+-py3-none-manylinux_2_\d+_\w+[.]whl", wheel.name), f"{wheel.name} says that it runs on any Linux with its glibc")
    program, wanted = first_program("python", "python")
    (folder / "first.py").write_text(program, encoding="utf-8")
    inside(folder, "python3", "-m", "zipfile", "-e", wheel.name, "wheel")
    told = inside(folder, "python3", "first.py", PYTHONPATH="/try/wheel")
    expect(told == wanted, f"Python prints\n{wanted}\nand not\n{told}")
    print(f"{wheel.name}: as its page promises, in a minimal Debian")


def by_package(library, folder):
    node = cross.SOURCE / "build/node/node"
    if not node.exists():
        print("skipped: the npm package: there is no Node.js (cmake/setup.sh tests)")
        return
    package = cross.run(str(node), "bindings/typescript/make_package.mjs", str(library), str(folder)).split()[-1]
    program, wanted = first_program("js", "typescript")
    (folder / "first.mjs").write_text(program, encoding="utf-8")
    cross.run("npm", "install", "--offline", "--cache", str(cross.SOURCE / "build/node/cache"), "--loglevel", "error", "--no-audit", "--no-fund",
              "--prefix", str(folder), str(folder / package))
    shutil.copy(node.resolve(), folder / "node")
    told = inside(folder, "./node", "first.mjs")
    expect(told == wanted, f"Node.js prints\n{wanted}\nand not\n{told}")
    print(f"{package}: as its page promises, in a minimal Debian")


made = built()
looked_at(made)
if not cross.SHORT:
    make_minimal()
    for language in (by_wheel, by_package):
        with tempfile.TemporaryDirectory(prefix="try-", dir=cross.BUILD) as place:
            language(made, Path(place))
