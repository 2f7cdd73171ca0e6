"""crm.dll for 32-bit and, unless short, 64-bit Windows builds without warnings, exports the C ABI, needs DLLs of Windows alone, tells its version
and carries no symbols; crm.def and an import library are beside it."""
import re
import sys

import cross

OF_WINDOWS = {"kernel32.dll", "msvcrt.dll", "advapi32.dll"}
FORMATS = {"win32": "pei-i386", "win64": "pei-x86-64"}


def check(preset, processor):
    triple = f"{processor}-w64-mingw32"
    for compiler in ("gcc", "g++"):
        cross.need(f"{triple}-{compiler}-posix", f"g++-mingw-w64-{processor.replace('_', '-')}-posix")
    dll = cross.build(preset, "crm_capi") / "capi/crm.dll"
    said = cross.run(f"{triple}-objdump", "-p", str(dll))
    table = said.split("[Ordinal/Name Pointer] Table")[1].split("\n\n")[0]
    exported = set(re.findall(r"^\s*\[.*\]\s.*?(\S+)$", table, re.MULTILINE))
    imported = set(re.findall(r"DLL Name: (\S+)", said))
    in_def = {line.split()[0] for line in (dll.parent / "crm.def").read_text().splitlines()[1:] if line.split()}
    in_archive = set(re.findall(r" T _?(crm_\w+)$", cross.run(f"{triple}-nm", str(dll.parent / "libcrm.dll.a")), re.MULTILINE))
    symbols = re.search(r"no symbols", cross.run(f"{triple}-objdump", "-t", str(dll)))
    version = re.search(r"project\(crm VERSION ([\d.]+)", (cross.SOURCE / "CMakeLists.txt").read_text()).group(1)
    told = "ProductVersion\0".encode("utf-16-le") + version.encode("utf-16-le")
    print(f"{preset}: {len(exported)} functions exported; needs {', '.join(sorted(imported))}")
    return [text for text, wrong in (
        ("the format is not " + FORMATS[preset], not re.search(rf"file format {FORMATS[preset]}$", said, re.MULTILINE)),
        (f"exported but not listed: {sorted(exported - cross.symbols())}", exported - cross.symbols()),
        (f"listed but not exported: {sorted(cross.symbols() - exported)}", cross.symbols() - exported),
        (f"crm.def differs: {sorted(in_def ^ exported)}", in_def != exported),
        (f"the import library differs: {sorted(in_archive ^ exported)}", in_archive != exported),
        ("it carries symbols", not symbols),
        (f"its resource does not tell version {version}", told not in dll.read_bytes()),
        (f"not of Windows: {sorted(imported)}", {name.lower() for name in imported} - OF_WINDOWS),
    ) if wrong]


wrong = [f"{preset}: {text}" for preset, processor in (("win32", "i686"), ("win64", "x86_64"))[:1 if cross.SHORT else 2]
         for text in check(preset, processor)]
sys.exit("\n".join(wrong) or 0)
