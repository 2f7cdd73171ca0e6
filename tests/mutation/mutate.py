#!/usr/bin/env python3
"""mutate.py [LAYER...]: changes the sources of a layer in one place after another and asks whether a test notices.
A layer is compiled once with all its mutants inside (sites.py); a run of its test program has one of them in force, and plays the test
cases that reach it, quickest first, until one fails, crashes or takes too long. A mutant that all of them let pass fails, unless argued.txt
says why it is none: file | the line as it stands | what -> what it becomes | why. An entry there that is killed, or whose line is gone, fails, too.
Tables, constants and templates' arguments are not changed: the compiler evaluates them."""
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILD = ROOT / "build" / "mutation"
ARGUED = HERE / "argued.txt"
# What is mutated, and the program whose cases are to notice.
LAYERS = {"rules": (["src/rules/*.cpp"], "rules")}


def run(command, **more):
    return subprocess.run([str(part) for part in command], cwd=ROOT, **more)


def at_once():
    return concurrent.futures.ThreadPoolExecutor(max_workers=int(os.environ.get("CRM_JOBS", "2")))


def argued_entries():
    found = {}
    for line in ARGUED.read_text().splitlines() if ARGUED.exists() else []:
        if line and not line.startswith("#"):
            file, text, change, reason = (part.strip() for part in line.split(" | "))
            found[file, text, change] = reason
    return found


def gone():
    """Entries whose line is not in the source."""
    return [key for key in argued_entries() if key[1] not in (line.strip() for line in (ROOT / key[0]).read_text().splitlines())]


class Layer:
    def __init__(self, name):
        self.name = name
        patterns, self.program = LAYERS[name]
        self.files = sorted(str(p.relative_to(ROOT)) for pattern in patterns for p in ROOT.glob(pattern))
        self.folder = BUILD / "mutants" / name
        self.binary = self.folder / f"{self.program}_test"
        self.mutants = {}

    def build(self):
        target = f"crm_test_{self.program}"
        run(["cmake", "-B", BUILD, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O0 -g1", "-DCRM_WERROR=ON", "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON",
             "-DCRM_BUILD_EXAMPLES=OFF"], check=True, stdout=subprocess.DEVNULL)
        run(["cmake", "--build", BUILD, "--target", target, "--parallel", "2"], check=True, stdout=subprocess.DEVNULL)
        commands = {entry["file"]: entry["command"] for entry in json.loads((BUILD / "compile_commands.json").read_text())}
        self.folder.mkdir(parents=True, exist_ok=True)
        import sites  # libclang is needed here alone
        sources = []
        for file in self.files:
            first = sources[-1].next if sources else 1
            sources.append(sites.Source(ROOT, file, ["-std=c++20", "-Iinclude", "-Isrc", f"-I{ROOT}/include", f"-I{ROOT}/src"], first))
        with at_once() as pool:
            objects = list(pool.map(lambda source: self.compile(source, shlex.split(commands[str(ROOT / source.name)])), sources))
        main = self.folder / "mutant.o"
        run(["g++", "-std=c++20", "-O1", "-c", HERE / "mutant.cc", "-o", main], check=True)
        self.link([*objects, main])

    def compile(self, source, command):
        """A mutant that the compiler does not take is none."""
        dropped = set()
        copy = self.folder / (source.name.replace("/", "_"))
        compiled = copy.with_suffix(".o")
        command = command[:command.index("-o")] + ["-w", "-O0", "-g0", "-D_GLIBCXX_ASSERTIONS", f"-I{HERE}", f"-I{(ROOT / source.name).parent}", "-c", str(copy), "-o", str(compiled)]
        command = [*([ccache] if (ccache := shutil.which("ccache")) else []), *command]
        while True:
            copy.write_text(source.rendered(dropped))
            told = run(command, capture_output=True, text=True).stderr
            places = re.findall(re.escape(str(copy)) + r":(\d+):(\d+):(?: error|   required from)", told)
            if " error: " not in told:
                break
            before = len(dropped)
            dropped |= set().union(*(source.to_blame(int(line), int(column)) for line, column in places))
            if len(dropped) == before:
                raise SystemExit(f"mutate: {source.name} does not compile:\n{told[:2000]}")
        for mutant in source.mutants:
            if mutant.number not in dropped:
                self.mutants[mutant.number] = mutant
        print(f"{source.name}: {len(source.mutants) - len(dropped)} mutants, {len(dropped)} that do not compile", flush=True)
        return compiled

    def link(self, objects):
        told = run(["ninja", "-C", BUILD, "-t", "commands", "-s", f"tests/{self.binary.name}"], capture_output=True, text=True, check=True).stdout
        command = shlex.split(told.strip().splitlines()[-1].removeprefix(": && ").removesuffix(" && :"))
        command = [part for part in command if not part.endswith("ccache")]
        at = command.index("-o")
        # First: what is inline is theirs, with its assertions.
        subprocess.run(command[:1] + [str(o) for o in objects] + command[1:at] + ["-o", str(self.binary)] + command[at + 2:], cwd=BUILD, check=True)

    def play(self, cases, seconds, **environment):
        names = ",".join(case.replace("\\", "?").replace(",", "?") for case in cases)
        with tempfile.TemporaryDirectory(dir=self.folder) as own:
            try:
                return subprocess.run([self.binary, f"-tc={names}", "--abort-after=1", "--minimal"], env={**os.environ, **environment}, cwd=own,
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=seconds).returncode
            except subprocess.TimeoutExpired:
                return -1

    def reach(self):
        """{mutant: [(seconds, case)]}, quickest first."""
        told = subprocess.run([self.binary, "--list-test-cases", "--no-colors"], capture_output=True, text=True, check=True).stdout
        cases = [line for line in told.splitlines() if line and not line.startswith(("[doctest]", "====="))]
        reached = collections.defaultdict(list)
        for case in cases:
            with tempfile.NamedTemporaryFile() as told:
                began = time.monotonic()
                if self.play([case], 600, CRM_REACHED=told.name) != 0:
                    raise SystemExit(f"mutate: without a mutant fails: {case}")
                took = time.monotonic() - began
                for number in pathlib.Path(told.name).read_text().split():
                    reached[int(number)].append((took, case))
        return {number: sorted(found) for number, found in reached.items()}

    def survives(self, cases):
        def one(number):
            found = cases.get(number, [])
            for start in range(0, len(found), 8):  # most fall to the first
                part = found[start:start + 8]
                if self.play([case for _, case in part], 5 + 10 * sum(took for took, _ in part), CRM_MUTANT=str(number)) != 0:
                    return number, False
            return number, True
        return one


def judge(layer, argued):
    """Whether the tests notice all mutants of the layer but the argued ones, and none of those."""
    layer.build()
    cases = layer.reach()
    alive, lived, left = set(), 0, 0
    with at_once() as pool:
        for number, survived in pool.map(layer.survives(cases), sorted(layer.mutants)):
            mutant = layer.mutants[number]
            if not survived:
                continue
            alive.add(mutant.key)
            lived += 1
            if mutant.key not in argued:
                left += 1
                unreached = "" if cases.get(number) else "  (not reached)"
                print(f"{mutant.file}:{mutant.line}: survives: {' | '.join(mutant.key)}{unreached}", flush=True)
    killed = [key for key in argued if key[0] in layer.files and key not in alive]
    for key in killed:
        print("argued.txt: killed, or none any more: " + " | ".join(key))
    print(f"{layer.name}: {len(layer.mutants)} mutants, {len(layer.mutants) - lived} killed, {lived - left} argued, {left} survive", flush=True)
    return not left and not killed


def main(names):
    argued = argued_entries()
    for key in gone():
        print("argued.txt: gone: " + " | ".join(key))
    good = [judge(Layer(name), argued) for name in names or LAYERS]
    return 0 if all(good) and not gone() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
