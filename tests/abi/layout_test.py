"""crm.h as libclang reads it for 64-bit and 32-bit Linux and 32-bit Windows is what the tables say: names, types, numbers,
and offsets without padding."""
import json
import os
import subprocess
import sys
from pathlib import Path

try:
    from clang import cindex
except ImportError:  # Debian's package is for Debian's Python
    sys.path.append("/usr/lib/python3/dist-packages")
    from clang import cindex

ROOT = Path(__file__).parents[2]
HEADER = ROOT / "include/crm/crm.h"
TARGETS = {"x86_64-linux-gnu": 8, "i386-linux-gnu": 4, "i686-w64-windows-gnu": 4}  # bytes of a pointer


def parse(target):
    options = cindex.TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD
    unit = cindex.Index.create().parse(str(HEADER), ["-xc", "-std=c99", f"--target={target}", "-ffreestanding"], options=options)
    problems = [str(d) for d in unit.diagnostics]
    if problems:
        raise SystemExit("\n".join(problems))
    return [c for c in unit.cursor.get_children() if c.location.file and c.location.file.name == str(HEADER)]


def plain(spelling):
    return spelling.replace(" ", "")


def signature(type_, arguments):
    return [plain(type_.spelling), [[plain(a.type.spelling), a.spelling] for a in arguments]]


def wanted_signature(entry):
    return [plain(entry[0]), [[plain(t), n] for t, n in entry[1]]]


def size_of(type_name, pointer):
    if type_name.endswith("*") or type_name in table["callbacks"]:
        return pointer
    return {"int32_t": 4, "int64_t": 8, "crm_value": 8}[type_name]


def members(cursor):
    return [[plain(f.type.spelling), f.spelling, cursor.type.get_offset(f.spelling) // 8]
            for f in cursor.get_children() if f.kind == cindex.CursorKind.FIELD_DECL]


def wanted_members(fields, pointer):
    offset, found = 0, []
    for type_name, name in fields:
        found.append([plain(type_name), name, offset])
        offset += size_of(type_name, pointer)
    return found, offset


def callback(cursor):
    function = cursor.underlying_typedef_type.get_pointee()
    return [plain(function.get_result().spelling), [plain(t.spelling) for t in function.argument_types()]]


def differences(table, target, pointer):
    kinds = cindex.CursorKind
    cursors = parse(target)
    found = {c.spelling: signature(c.result_type, c.get_arguments()) for c in cursors if c.kind == kinds.FUNCTION_DECL}
    wanted = {name: wanted_signature(entry) for name, entry in table["functions"].items()}
    for name in sorted(found.keys() | wanted.keys()):
        if found.get(name) != wanted.get(name):
            yield f"{name}: crm.h has {found.get(name)}, the table {wanted.get(name)}"
    structs = {c.spelling: c for c in cursors if c.kind == kinds.STRUCT_DECL and c.is_definition()}
    if structs.keys() != table["structs"].keys():
        yield f"structs: crm.h has {sorted(structs)}, the table {sorted(table['structs'])}"
    for name, fields in table["structs"].items():
        layout, size = wanted_members(fields, pointer)
        if members(structs[name]) != layout or structs[name].type.get_size() != size:
            yield f"{name}: crm.h has {members(structs[name])}, {structs[name].type.get_size()} bytes, the table {layout}, {size} bytes"
    typedefs = {c.spelling: callback(c) for c in cursors if c.kind == kinds.TYPEDEF_DECL and c.spelling in table["callbacks"]}
    for name, (result, params) in table["callbacks"].items():
        if typedefs.get(name) != [plain(result), [plain(t) for t, _ in params]]:
            yield f"{name}: crm.h has {typedefs.get(name)}, the table {result}, {params}"
    macros = {}
    for cursor in cursors:
        if cursor.kind == kinds.MACRO_DEFINITION:
            tokens = [t.spelling for t in cursor.get_tokens()][1:]
            macros[cursor.spelling] = tokens[0] if tokens else None
    for name, number in table["numbers"].items():
        if macros.get(name) != str(number):
            yield f"{name}: crm.h has {macros.get(name)}, the table {number}"
    others = {"CRM_CRM_H", "CRM_CALL", "CRM_API", "CRM_NONE", "CRM_RECORD_ID", "CRM_RECORD_VERSION"}
    unknown = macros.keys() - table["numbers"].keys() - others
    if unknown:
        yield f"crm.h defines {sorted(unknown)}, which no table has"


generator = Path(os.environ["CRM_BUILD"]) / "bindings/gen/crm_gen"
table = json.loads(subprocess.run([generator, "table"], check=True, capture_output=True).stdout)
wrong = [f"{target}: {d}" for target, pointer in TARGETS.items() for d in differences(table, target, pointer)]
if wrong:
    raise SystemExit("\n".join(wrong))
print(f"{len(table['functions'])} functions, {len(table['structs'])} structs, {len(table['numbers'])} numbers on {len(TARGETS)} targets")
