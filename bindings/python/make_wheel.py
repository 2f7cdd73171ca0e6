"""make_wheel.py LIBRARY FOLDER: a wheel of the binding with the shared library inside; needs nothing but Python's standard library.

Its tag says where the library runs: of Linux the processor and the oldest glibc (PEP 600), if it needs nothing else (preset portable)."""
import base64
import hashlib
import re
import struct
import sys
import sysconfig
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROCESSORS = {3: "i686", 62: "x86_64", 183: "aarch64"}  # e_machine of ELF
WINDOWS = {0x14C: "win32", 0x8664: "win_amd64", 0xAA64: "win_arm64"}
GLIBC = re.compile(r"(libc|libm|libdl|libpthread|librt)\.so\.\d|ld-linux.*\.so\.\d")


class Elf:
    """What a shared library of Linux needs: `processor`, `needed` (libraries), `versions` (of their symbols). Little-endian."""

    def __init__(self, image):
        self.image, self.wide = image, image[4] == 2
        self.processor = self.unpack("H", 18)[0]
        at, = self.unpack("Q" if self.wide else "I", 32 if self.wide else 28)
        size, count = self.unpack("HH", 54 if self.wide else 42)
        parts = [self.part(at + i * size) for i in range(count)]
        self.loaded = [part for part in parts if part[0] == 1]
        dynamic = next(part for part in parts if part[0] == 2)
        word = 8 if self.wide else 4
        pairs = [self.unpack("QQ" if self.wide else "II", dynamic[1] + i * 2 * word) for i in range(dynamic[3] // (2 * word))]
        tags = dict(pairs)
        self.texts = self.place(tags[5])
        self.needed = [self.text(value) for tag, value in pairs if tag == 1]
        self.versions = self.needed_versions(tags)

    def unpack(self, form, at):
        return struct.unpack_from("<" + form, self.image, at)

    def part(self, at):
        """Kind, place in the file, address and size there of a program header."""
        if self.wide:
            kind, _, offset, address, _, size = self.unpack("IIQQQQ", at)
        else:
            kind, offset, address, _, size = self.unpack("IIIII", at)
        return kind, offset, address, size

    def place(self, address):
        return next(offset + address - first for _, offset, first, size in self.loaded if first <= address < first + size)

    def text(self, at):
        at += self.texts
        return self.image[at:self.image.index(b"\0", at)].decode()

    def needed_versions(self, tags):
        found, at = [], self.place(tags[0x6FFFFFFE]) if 0x6FFFFFFE in tags else 0
        for _ in range(tags.get(0x6FFFFFFF, 0)):
            _, count, _, first, following = self.unpack("HHIII", at)
            inner = at + first
            for _ in range(count):
                _, _, _, name, more = self.unpack("IHHII", inner)
                found.append(self.text(name))
                inner += more
            at += following
        return found


def oldest_glibc(elf):
    """(2, 34); None: it needs other libraries, too."""
    if not all(GLIBC.fullmatch(name) for name in elf.needed):
        return None
    return max(tuple(map(int, name[6:].split("."))) for name in elf.versions if re.fullmatch(r"GLIBC_[\d.]+", name))[:2]


def platform_of(image):
    if image.startswith(b"\x7fELF"):
        elf = Elf(image)
        oldest = oldest_glibc(elf)
        return f"{'manylinux_%d_%d' % oldest if oldest else 'linux'}_{PROCESSORS[elf.processor]}"
    if image.startswith(b"MZ"):
        return WINDOWS[struct.unpack_from("<H", image, struct.unpack_from("<I", image, 60)[0] + 4)[0]]
    return sysconfig.get_platform().replace("-", "_").replace(".", "_")


def metadata():
    """Those of pyproject.toml."""
    project = (HERE / "pyproject.toml").read_text(encoding="utf-8")
    told = {name: re.search(rf'^{name} = (?:\{{ text = )?"([^"]+)"', project, re.M).group(1)
            for name in ("name", "version", "description", "requires-python", "license")}
    return told["version"], (f"Metadata-Version: 2.1\nName: {told['name']}\nVersion: {told['version']}\nSummary: {told['description']}\n"
                             f"License: {told['license']}\nRequires-Python: {told['requires-python']}\n")


def main():
    library, folder = (Path(given).resolve() for given in sys.argv[1:3])
    image = library.read_bytes()
    version, told = metadata()
    tag = f"py3-none-{platform_of(image)}"
    name = {".dll": "crm.dll", ".dylib": "libcrm.dylib"}.get(library.suffix, "libcrm.so.0")
    files = {f"crm/{path.name}": path.read_bytes() for path in sorted((HERE / "crm").iterdir()) if path.suffix in (".py", ".pyi", ".typed")}
    files[f"crm/{name}"] = image
    info = f"crm-{version}.dist-info"
    files[f"{info}/METADATA"] = told.encode()
    files[f"{info}/WHEEL"] = f"Wheel-Version: 1.0\nGenerator: crm\nRoot-Is-Purelib: false\nTag: {tag}\n".encode()
    record = [f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(of).digest()).rstrip(b'=').decode()},{len(of)}" for path, of in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""]).encode()

    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / f"crm-{version}-{tag}.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, of in files.items():
            entry = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))  # the same of the same, whenever it is made
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            wheel.writestr(entry, of)
    print(folder / f"crm-{version}-{tag}.whl")


if __name__ == "__main__":
    main()
