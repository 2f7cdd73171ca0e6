#!/usr/bin/env bash
# sqlite_source.sh DIR: puts the SQLite amalgamation (sqlite3.c and sqlite3.h) into DIR, unless it is there.
# It comes from the npm package better-sqlite3, which carries it; nothing of the package is installed or run.
set -euo pipefail

package=better-sqlite3@12.11.1
inside=package/deps/sqlite3

[ $# -eq 1 ] || { echo "usage: $0 DIR" >&2; exit 2; }
dir=$1
[ -f "$dir/sqlite3.c" ] && [ -f "$dir/sqlite3.h" ] && exit 0

mkdir -p "$dir"
work=$(mktemp -d "$dir/fetch.XXXXXX") # in DIR, so that the files are moved there at once
trap 'rm -rf "$work"' EXIT
npm pack "$package" --loglevel error --ignore-scripts --pack-destination "$work" >/dev/null
tar -xzf "$work"/*.tgz -C "$work" "$inside/sqlite3.c" "$inside/sqlite3.h"
mv "$work/$inside/sqlite3.h" "$work/$inside/sqlite3.c" "$dir"
