"""hosts.py installed|embedded: hosts outside the tree build against the library and run.

installed: C++ and C by find_package, from a prefix that was moved after the installation; and as README installs and links.
embedded:  add_subdirectory, which prints nothing and brings no tests, no examples and no install rules along; by a host that compiles
           everything for the thread sanitizer, and then runs the C tests, threads among them.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def run(*command, **more):
    command = [str(word) for word in command]
    print("$", *command, flush=True)
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)
    print(done.stdout, flush=True)
    if done.returncode:
        sys.exit(f"'{command[0]}' answered {done.returncode}")
    return done.stdout


def expect(condition, text):
    if not condition:
        sys.exit(f"not so: {text}")


class Hosts:
    def __init__(self, options, work):
        self.options, self.work = options, work

    def configure(self, source, build, *definitions):
        return run(self.options.cmake, "-S", source, "-B", build, "-G", self.options.generator,
                   f"-DCMAKE_C_COMPILER={self.options.cc}", f"-DCMAKE_CXX_COMPILER={self.options.cxx}", *definitions)

    def build_and_run(self, build, *programs):
        run(self.options.cmake, "--build", build)
        for program in programs:
            self.run_host(build / program)

    def run_host(self, program):
        folder = tempfile.mkdtemp(dir=self.work)  # where it leaves its database
        expect(run(program, cwd=folder) != "", f"{program} says something")

    def installed(self):
        first, prefix = self.work / "first", self.work / "moved"
        run(self.options.cmake, "--install", self.options.build, "--prefix", first)
        first.rename(prefix)

        for host, language in (("host_cpp", "CXX"), ("host_c", "C")):
            build = self.work / host
            self.configure(HERE / host, build, f"-DCMAKE_PREFIX_PATH={prefix}",
                           f"-DCMAKE_{language}_FLAGS={self.options.flags}")
            self.build_and_run(build, "host")

        self.as_readme_says()

    def as_readme_says(self):
        """The commands of "Install and link" after those that build: the library is built already."""
        readme = (HERE.parents[1] / "README.md").read_text(encoding="utf-8")
        built, *commands = re.search(r"^## Install and link\n\n```sh\n(.*?)```", readme, re.M | re.S).group(1).splitlines()
        expect(built.endswith("cmake --build --preset library"), f"README builds first, not '{built}'")
        folder, prefix = self.work / "readme", self.work / "opt"
        folder.mkdir()
        for name in ("host_c/main.c", "host_cpp/main.cpp"):
            shutil.copy(HERE / name, folder)
        script = [f'cc() {{ "{self.options.cc}" {self.options.flags} "$@"; }}', f'c++() {{ "{self.options.cxx}" {self.options.flags} "$@"; }}']
        for command in commands:
            script.append(command.replace("build/library", self.options.build).replace("/opt/crm", str(prefix)))
            if "-o host" in command:
                script.append("./host; rm -f host *.db*")
        expect(run("bash", "-euc", "\n".join(script), cwd=folder).count("Вектор") >= 2, "both hosts find their client")

    def embedded(self):
        # Not optimised and several files at a time: the library is compiled once more, and its speed is not what is tested. Since it is,
        # it is compiled with what no other build has.
        threads = "-fsanitize=thread -fno-omit-frame-pointer -g1"
        build = self.work / "host_embedded"
        said = self.configure(HERE / "host_embedded", build, f"-DCRM_SOURCE={self.options.source}",
                              "-DCMAKE_BUILD_TYPE=None", "-DCMAKE_UNITY_BUILD=ON", "-DCMAKE_UNITY_BUILD_BATCH_SIZE=24", "-DCRM_WERROR=ON",
                              *(f"-DCMAKE_{language}_FLAGS={threads}" for language in ("C", "CXX")),
                              f"-DCRM_WITH_PHONES={self.options.with_phones}")
        said = said.split("-- embedding\n")[1].split("-- embedded\n")[0]
        expect(said == "", f"configuring inside a host is silent, not '{said}'")

        targets = run(self.options.cmake, "--build", build, "--target", "help")
        for name in ("crm_test", "crm_gen", "crm_bench", "crm_headers", "morning"):
            expect(name not in targets, f"a host gets no target '{name}'")
        expect("Total Tests: 0" in run(Path(self.options.cmake).with_name("ctest"), "--test-dir", build, "-N"), "a host gets no tests")
        self.build_and_run(build, "host", "host_by_c", "c_tests")
        run(self.options.cmake, "--install", build, "--prefix", self.work / "prefix")
        expect(not (self.work / "prefix").exists(), "a host installs nothing of ours")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("way", choices=["installed", "embedded"])
    for name in ("cmake", "generator", "source", "build", "cc", "cxx", "flags", "with-phones"):
        parser.add_argument(f"--{name}", required=True)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="crm-hosts-") as folder:
        getattr(Hosts(arguments, Path(folder)), arguments.way)()
