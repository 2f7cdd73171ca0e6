#!/usr/bin/env bash
# campaign.sh [PART [ARGUMENT...]] | short: what is too slow for every change. Without arguments every part; `short` is what tests/run.sh takes of each.
#   builds   the library for other systems (linux32 with tests, win32, win64), and every file, and every public header, compiled by itself
#            short: linux32 with fewer tests, not optimised, and win32
#   portable the library that needs the C library alone; the wheel and the npm package made of it, in a minimal Debian (as root)
#            not in `short` yet: `campaign.sh portable short` looks at what the library needs
#   release  all tests of the optimised build, which play more rounds of random input than the others
#            short: in tests/run.sh, with the doctest programs named there
#   faults   every function of the C ABI, with each of its store calls, allocations and operations of the disk failing once, and all after it
#            short: some of them, among the tests of the optimised build. CRM_FAULTS=20 plays 20 places of each kind, CRM_SEED=2 others, CRM_CALL=name one function
#   fuzz     [TARGET|all [SECONDS|RUNSx]] libFuzzer over what is given from outside (tests/fuzz/run.sh); a minute of each target
#            not in `short` yet
#   kill     [N] processes that write are killed N times (1000) at any instant, and the base is judged (tests/kill)
#            short: 50 times, among the tests of the optimised build
#   years    [SEED...] years of a house from a seed (1 to 5), three of them each; --days N, --memory, --only STEPS as the program takes them.
#            What breaks is told with the steps that it needs
#            short: a month of ten seeds
#   branches whether tests/rules takes every branch of the rules, as gcov counts them
#   mutants  the sources of the rules changed in one place after another: a test must notice (tests/mutation)
#            short: whether what is argued to be no change still stands in the sources, among the tests
#   plans    every text that the tests of services put to SQLite, explained on bases with and without figures (tests/stores/plans.py)
#   windows  crm.dll under a 32-bit wine, in a small Debian that is made below build/windows the first time (root)
set -euo pipefail
cd "$(dirname "$0")/.."
exec </dev/null

step() { printf '\n== %s (%d min %02d s) %s\n' "$(date +%H:%M:%S)" $((SECONDS / 60)) $((SECONDS % 60)) "$*"; }

# release TARGET...: of the optimised build
release() {
  cmake --preset release
  cmake --build --preset release --target "$@"
}

part_builds() {
  step "builds: linux32"
  python3 -B tests/builds/linux32.py "$@"
  step "builds: windows"
  python3 -B tests/builds/windows.py "$@"
  [ $# -eq 0 ] || return 0
  step "builds: each file and each public header by itself"
  cmake --preset release -B build/campaign/files -DCMAKE_UNITY_BUILD=OFF "-DCMAKE_CXX_FLAGS_RELEASE=-O0 -DNDEBUG"
  cmake --build build/campaign/files --target crm_capi crm_cpp crm_headers_alone
}

part_portable() {
  step "portable"
  python3 -B tests/builds/portable.py "$@"
}

part_release() {
  step "release"
  release all
  ctest --preset release
}

part_faults() {
  local source
  for source in store disk memory; do
    step "faults: $source"
    release "crm_test_faults_$source"
    CRM_FAULTS="${CRM_FAULTS:-all}" build/release/tests/"faults_${source}_test"
  done
}

part_fuzz() {
  step "fuzz $*"
  [ $# -gt 0 ] || set -- all
  bash tests/fuzz/run.sh "$@"
}

part_kill() {
  step "kill: ${1:-1000} times"
  release crm_capi
  CRM_LIBRARY=build/release/capi/libcrm.so python3 -B tests/kill/kill_test.py "${1:-1000}"
}

part_years() {
  step "years $*"
  release crm_years
  [ $# -gt 0 ] || set -- 1 2 3 4 5
  build/release/tests/years_of_a_house "$@"
}

part_branches() {
  step "branches"
  python3 -B tests/rules/coverage.py
}

part_mutants() {
  step "mutants $*"
  python3 -B tests/mutation/mutate.py "$@"
}

part_plans() {
  step "plans"
  cmake --preset dev
  cmake --build --preset dev --target crm_test_services
  ctest --preset dev -R '^services$'
  CRM_BUILD=$PWD/build/dev CRM_SHAPES=$PWD/build/dev/tests/shapes python3 -B tests/stores/plans.py
}

part_windows() {
  step "windows: crm.dll at work"
  python3 -B tests/builds/windows_run.py
}

parts=(builds portable release faults fuzz kill years branches mutants plans windows)
if [ $# -eq 0 ]; then
  for part in "${parts[@]}"; do "part_$part"; done
elif [ "$1" = short ]; then
  part_builds short
  part_years --days 31 1 2 3 4 5 6 7 8 9 10
elif [[ " ${parts[*]} " == *" $1 "* ]]; then
  "part_$1" "${@:2}"
else
  echo "campaign.sh: no part '$1': ${parts[*]}" >&2
  exit 2
fi
