#!/usr/bin/env bash
# Builds and tests everything from a bare clone: presets dev (ASan, UBSan) and release, or those named as arguments; and, of what is too
# slow for every change, the short form (campaign.sh). CONTRIBUTING.md says what is built here, how often and why.
set -euo pipefail
cd "$(dirname "$0")/.."
exec </dev/null

step() { printf '\n== %s (%d min %02d s) %s\n' "$(date +%H:%M:%S)" $((SECONDS / 60)) $((SECONDS % 60)) "$*"; }

step "packages"
bash cmake/setup.sh tests

[ $# -gt 0 ] || set -- dev release short
for preset in "$@"; do
  if [ "$preset" = short ]; then
    step "the short form of the campaign"
    bash tests/campaign.sh short
    continue
  fi
  step "$preset: configure"
  # Debuggers want more than lines; nobody debugs here, and a sixth of the time to compile goes there. Doctest programs are for dev: of the
  # optimised ones there is that whose random rounds count most, and those of faults; the others are in campaign.sh.
  [ "$preset" = release ] && only=("-DCRM_TESTS=conformance;faults;unknown") || only=(-DCMAKE_CXX_FLAGS_DEBUG=-g1)
  cmake --preset "$preset" "${only[@]}"
  step "$preset: build"
  cmake --build --preset "$preset"
  step "$preset: test"
  ctest --preset "$preset"
done
step "done"
