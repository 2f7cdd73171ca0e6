#!/usr/bin/env bash
# Builds and tests everything from a bare clone: presets dev (ASan, UBSan), tsan (the threads of the C ABI) and release, or those
# named as arguments.
set -euo pipefail
cd "$(dirname "$0")/.."
exec </dev/null

step() { printf '\n== %s (%d min %02d s) %s\n' "$(date +%H:%M:%S)" $((SECONDS / 60)) $((SECONDS % 60)) "$*"; }

step "packages"
bash cmake/setup.sh tests

[ $# -gt 0 ] || set -- dev tsan release
for preset in "$@"; do
  step "$preset: configure"
  # Debuggers want more than lines; nobody debugs here, and a sixth of the time to compile goes there.
  cmake --preset "$preset" -DCMAKE_CXX_FLAGS_DEBUG=-g1
  step "$preset: build"
  [ "$preset" = tsan ] && targets=(--target crm_test_capi) || targets=()
  cmake --build --preset "$preset" "${targets[@]}"
  step "$preset: test"
  ctest --preset "$preset"
done
