"""The library for 32-bit Linux builds without warnings, exports the C ABI, and passes the tests of C, of base and, unless short, of the stores."""
import subprocess
import sys

import cross


def is_elf32(path):
    return path.read_bytes()[:5] == b"\x7fELF\x01"


def runs_32_bit():
    """Whether the compiler makes 32-bit programs at all: libraries for them are a package of their own."""
    empty = ["c++", "-m32", "-x", "c++", "-", "-o", "/dev/null"]
    return subprocess.run(empty, input="#include <string>\nint main() {}\n", text=True, capture_output=True).returncode == 0


cross.need("c++", "g++")
if not runs_32_bit():
    cross.skip("c++ -m32 makes no program: install the Debian package g++-multilib")
TESTS = ("capi", "base") if cross.SHORT else ("capi", "base", "conformance")
folder = cross.build("linux32", "crm_capi", *(f"crm_test_{test}" for test in TESTS), optimise="-O0" if cross.SHORT else "-O1")
library = folder / "capi/libcrm.so.0"
if not is_elf32(library):
    sys.exit(f"{library} is not for 32 bits")
print(cross.run(sys.executable, "-B", "tests/house/exported_symbols.py", "nm", str(library), str(cross.SYMBOLS)))
print(cross.run("ctest", "--test-dir", str(folder), "--output-on-failure", "--no-tests=error", "-j2", "-R", f"^({'|'.join(TESTS)})$"))
