#!/usr/bin/env bash
# A sales director's morning from a bare clone: installs what is missing, builds it in build/examples, and runs examples/morning with
# the arguments given; with none it makes its own trading house.
set -euo pipefail
here=$(pwd)
cd "$(dirname "$0")/.."
root=$(pwd)

# What the steps say goes to stderr, so that stdout is the morning alone: examples/run.sh --json > morning.json
{
  bash cmake/setup.sh
  cmake --preset examples
  cmake --build --preset examples
} </dev/null >&2

cd "$here" # --data and --map are the caller's paths
exec "$root/build/examples/examples/morning" "$@"
