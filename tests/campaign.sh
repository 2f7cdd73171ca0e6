#!/usr/bin/env bash
# campaign.sh [PART...] | short: what is too slow for every change. Without arguments all of it; `short` is what tests/run.sh takes of each part.
#   builds   the library for other systems (linux32 with tests, win32, win64), and every file, and every public header, compiled by itself
#            short: linux32 with fewer tests, not optimised, and win32
#   release  all tests of the optimised build, which play more rounds of random input than the others
#            short: in tests/run.sh, with the doctest programs named there
#   years    [SEED...] years of a house from a seed (1 to 5), three of them each; --days N, --memory, --only STEPS as the program takes them.
#            What breaks is told with the steps that it needs
#            short: a month of ten seeds
set -euo pipefail
cd "$(dirname "$0")/.."
exec </dev/null

step() { printf '\n== %s (%d min %02d s) %s\n' "$(date +%H:%M:%S)" $((SECONDS / 60)) $((SECONDS % 60)) "$*"; }

builds() {
  step "builds: linux32"
  python3 -B tests/builds/linux32.py "$@"
  step "builds: windows"
  python3 -B tests/builds/windows.py "$@"
  [ $# -eq 0 ] || return 0
  step "builds: each file and each public header by itself"
  cmake --preset release -B build/campaign/files -DCMAKE_UNITY_BUILD=OFF "-DCMAKE_CXX_FLAGS_RELEASE=-O0 -DNDEBUG"
  cmake --build build/campaign/files --target crm_capi crm_cpp crm_headers_alone
}

release() {
  step "release"
  cmake --preset release
  cmake --build --preset release
  ctest --preset release
}

years() {
  step "years $*"
  cmake --preset release
  cmake --build --preset release --target crm_years
  [ $# -gt 0 ] || set -- 1 2 3 4 5
  build/release/tests/years_of_a_house "$@"
}

if [ "${1:-}" = years ]; then
  years "${@:2}"
  exit
fi
if [ "${1:-}" = short ]; then
  builds short
  years --days 31 1 2 3 4 5 6 7 8 9 10
  exit
fi
[ $# -gt 0 ] || set -- builds release years
for part; do
  case $part in
    builds | release | years) "$part" ;;
    *) echo "campaign.sh: no part '$part': builds, release, years" >&2; exit 2 ;;
  esac
done
