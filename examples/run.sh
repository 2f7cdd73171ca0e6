#!/usr/bin/env bash
# A sales director's morning from a bare clone: installs what is missing, builds, and runs examples/morning with the
# arguments given; with none it makes its own trading house.
set -euo pipefail
here=$(pwd)
cd "$(dirname "$0")/.."
root=$(pwd)

# What the steps say goes to stderr, so that stdout is the morning alone: examples/run.sh --json > morning.json
{
  bash cmake/setup.sh
  cmake --preset release
  cmake --build --preset release --target morning
} </dev/null >&2

program=$root/build/release/examples/morning
[ ! -d "$program" ] || program=$program/morning # its own folder when examples/morning is a CMake folder of its own
cd "$here"                                      # --data and --map are the caller's paths
exec "$program" "$@"
