#!/usr/bin/env bash
# Builds and tests everything from a bare clone: presets dev (ASan, UBSan) and release, or those named as arguments.
set -euo pipefail
cd "$(dirname "$0")/.."
exec </dev/null

step() { printf '\n== %s (%d min %02d s) %s\n' "$(date +%H:%M:%S)" $((SECONDS / 60)) $((SECONDS % 60)) "$*"; }

step "packages"
bash cmake/setup.sh

[ $# -gt 0 ] || set -- dev release
for preset in "$@"; do
  step "$preset: configure"
  cmake --preset "$preset"
  step "$preset: build"
  cmake --build --preset "$preset"
  step "$preset: test"
  ctest --preset "$preset"
done
