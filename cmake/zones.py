#!/usr/bin/env python3
"""zones.py write: makes src/base/zone_table.hpp from cmake/tzdata.zi, by zic.

A newer database: put its tzdata.zi (it is in Debian's package tzdata, its first line names the version) in place of ours, and write.
"""
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE / "tzdata.zi"
TABLE = HERE.parent / "src/base/zone_table.hpp"

HEAD = '''/// The IANA time zone database, as cmake/zones.py made it of cmake/tzdata.zi: written anew, never edited.
#pragma once

#include <string_view>

namespace crm::zone_table {{

inline constexpr std::string_view kVersion = "{version}";

struct Entry {{
  std::string_view name;
  /// "=" and the zone of which this is another name; or "offsets;jumps;rule": offsets in seconds east of UTC, the first holds before
  /// all jumps; a jump is the letter of its offset ('a' is the first) and the seconds since the jump before (at first since 1970), in
  /// base 36; the rule goes on after the last jump (POSIX TZ).
  std::string_view history;
}};

inline constexpr Entry kZones[] = {{  // by name
'''
TAIL = '''};

}  // namespace crm::zone_table
'''


def compiled(folder, form="fat"):
    """zic's slim files of Debian 12 lack the jumps of Gaza after 2072."""
    zic = shutil.which("zic", path=os.environ["PATH"] + ":/usr/sbin")  # of the package libc-bin
    subprocess.run([zic, "-b", form, "-d", folder, SOURCE], check=True)
    return {str(path.relative_to(folder)): path for path in pathlib.Path(folder).rglob("*") if path.is_file()}


def history(path):
    """Offset before all jumps, [(instant, offset)] of those that move the clock, rule: of the 64-bit block (RFC 8536)."""
    file = path.read_bytes()
    counts = struct.Struct(">4s c 15x 6l")
    _, _, utc, std, leaps, times, types, letters = counts.unpack_from(file)
    at = counts.size + times * 5 + types * 6 + letters + leaps * 8 + std + utc
    magic, version, utc, std, leaps, times, types, letters = counts.unpack_from(file, at)
    assert magic == b"TZif" and version >= b"2" and leaps == 0, path
    at += counts.size
    instants = struct.unpack_from(f">{times}q", file, at)
    kinds = file[at + times * 8:at + times * 9]
    at += times * 9
    offsets = [struct.unpack_from(">l", file, at + 6 * i)[0] for i in range(types)]
    rule = file[at + types * 6 + letters + std + utc:].decode().strip("\n")

    jumps, last = [], offsets[0]
    for instant, kind in zip(instants, kinds):
        if offsets[kind] != last:
            jumps.append((instant, offsets[kind]))
        last = offsets[kind]
    return offsets[0], jumps, rule


def base36(number):
    digits = ""
    rest = abs(number)
    while rest or not digits:
        rest, digit = divmod(rest, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return "-" + digits if number < 0 else digits


def text_of(first, jumps, rule):
    offsets, told, before = [first], [], 0
    for instant, offset in jumps:
        if offset not in offsets:
            offsets.append(offset)
        told.append("abcdefghijklmnopqrstuvwxyz"[offsets.index(offset)] + base36(instant - before))
        before = instant
    return ";".join([" ".join(map(str, offsets)), " ".join(told), rule])


def version():
    words = SOURCE.open().readline().split()
    assert words[:2] == ["#", "version"], words
    return words[2]


def table():
    lines, known = [], {}
    with tempfile.TemporaryDirectory() as folder:
        files = compiled(folder)
        links = {line.split()[2] for line in SOURCE.open() if line.startswith("L ")}
        for name in sorted(files, key=lambda name: (name in links, name)):  # a zone before its other names
            text = text_of(*history(files[name]))
            lines.append(f'    {{"{name}", "{"=" + known[text] if name in links and text in known else text}"}},\n')
            known.setdefault(text, name)
    return HEAD.format(version=version()) + "".join(sorted(lines)) + TAIL


if __name__ == "__main__":
    if sys.argv[1:] != ["write"]:
        sys.exit(__doc__)
    TABLE.write_text(table())
