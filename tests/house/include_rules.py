"""include_rules.py ROOT: every #include under ROOT keeps to the table of layers; prints what does not, answers 1."""
import os
import re
import sys
from pathlib import Path, PurePosixPath

# layer: (the layers it may include, the libraries it may include in files that are not public)
TABLE = {
    "base": ((), ("boost", "date", "fmt", "phonenumbers")),
    "model": (("base",), ()),
    "rules": (("model", "base"), ("boost", "fmt")),
    "store": (("base",), ("fmt",)),
    "meta": (("model", "base", "store"), ("boost", "fmt")),
    "stores": (("store", "base"), ("fmt",)),
    "stores/memory": (("stores/rows", "store", "base"), ("fmt",)),
    "stores/host": (("stores/rows", "store", "base", "crm.h"), ("fmt",)),
    "stores/sqlite": (("store", "base"), ("fmt", "sqlite3.h", "fcntl.h", "unistd.h")),
    "services": (("rules", "store", "meta", "model", "base"), ("boost", "fmt")),
    "report": (("services", "rules", "store", "meta", "model", "base"), ("boost", "fmt")),
    "open": (("services", "stores", "store", "meta", "model", "base"), ()),
    "crm.h": ((), ()),
    "capi": (("crm.h", "open", "report", "services", "meta", "model", "base"), ("fmt",)),
    "bindings": (("crm.h", "capi", "meta", "model", "base"), ("fmt",)),
    # A rule is tested in isolation: its tests know no more than it does.
    "tests/rules": (("rules", "model", "base"), ("doctest",)),
}
# Rules and the model are pure: no clock, no input, no output, no chance.
IMPURE = {"cstdio", "ctime", "filesystem", "fstream", "iostream", "random", "thread"}
PURE_LAYERS = ("model", "rules")

FOLDERS = ("include/crm", "src", "capi", "bindings/gen", "tests/rules")
SEARCHED = ("include", "src", "")  # where an include is looked for, after its own folder
SOURCES = {".h", ".hpp", ".c", ".cpp"}
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', re.MULTILINE)


def layer_of(path):
    """The row of a file of the tree: stores/<name> for a store, else its folder or, at the top, its name."""
    parts = PurePosixPath(path).parts
    if parts[:2] == ("tests", "rules"):
        return "tests/rules"
    if parts[0] in ("capi", "bindings"):
        return parts[0]
    parts = parts[2:] if parts[0] == "include" else parts[1:]
    if parts[0] == "stores" and len(parts) > 1:
        return "stores/" + PurePosixPath(parts[1]).stem
    return parts[0] if len(parts) > 1 or parts[0] == "crm.h" else PurePosixPath(parts[0]).stem


def row_of(layer):
    return TABLE.get(layer) or TABLE.get(layer.split("/")[0])


def find(root, file, name):
    """The file of the tree that an include means, or None for a library's."""
    for folder in (os.path.dirname(file), *SEARCHED):
        path = os.path.normpath(os.path.join(folder, name))
        if (root / path).is_file():
            return path
    return None


def complaint(root, file, quote, name):
    layer = layer_of(file)
    if row_of(layer) is None:
        return f"layer '{layer}' has no row in the table"
    layers, libraries = row_of(layer)
    target = find(root, file, name)
    if target is not None:
        theirs = layer_of(target)
        if theirs == layer or theirs in layers or theirs.split("/")[0] in layers:
            if file.startswith("include/") and not target.startswith("include/"):
                return f"a public header includes '{name}', which is not public"
            return None
        return f"layer {layer} may not include '{name}' of layer {theirs}"
    if quote == '"' or name.startswith("crm/"):
        return f"'{name}' is not in the tree"
    if layer in PURE_LAYERS and name in IMPURE:
        return f"layer {layer} is pure and may not include <{name}>"
    library = name.split("/")[0]
    if library == name and not name.endswith(".h") or library in ("sys", "stdint.h", "unistd.h", "xmmintrin.h"):
        return None  # the standard library and the system
    if file.startswith("include/"):
        return f"a public header may not include <{name}>"
    return None if library in libraries else f"layer {layer} may not include <{name}>"


def check(root):
    """All complaints about the tree, and how many includes were read."""
    root, complaints, count = Path(root), [], 0
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in SOURCES:
                continue
            file = path.relative_to(root).as_posix()
            text = path.read_text(encoding="utf-8")
            for match in INCLUDE.finditer(text):
                count += 1
                found = complaint(root, file, *match.groups())
                if found:
                    line = text.count("\n", 0, match.start()) + 1
                    complaints.append(f"{file}:{line}: {found}")
    return complaints, count


if __name__ == "__main__":
    problems, includes = check(sys.argv[1])
    print(*problems, f"{includes} includes read, {len(problems)} against the table", sep="\n")
    sys.exit(bool(problems) or includes == 0)
