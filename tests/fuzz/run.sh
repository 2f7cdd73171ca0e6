#!/usr/bin/env bash
# run.sh [TARGET|all [SECONDS|RUNSx]] | short: libFuzzer with ASan and UBSan over what is given from outside; without a target their names. What
# was found grows in build/fuzz/corpus/TARGET; an input that fails lies in build/fuzz/found. `short`: every input that is committed once, then
# four targets of the day for ten seconds each.
set -euo pipefail
cd "$(dirname "$0")/../.."

step() { printf '\n== %s %s\n' "$(date +%H:%M:%S)" "$*"; }

fuzz_build() {
  cmake --preset fuzz
  cmake --build --preset fuzz
}

# fuzz_target NAME ARGUMENT...: with libFuzzer's arguments, on what is committed for it and what was found before.
fuzz_target() {
  local name=$1 committed=(tests/fuzz/corpus/"$1")
  shift
  mkdir -p "build/fuzz/corpus/$name" build/fuzz/found
  local program=build/fuzz/tests/fuzz/crm_fuzz
  [[ $name == crm_* || $name == host_* || $name == record || $name == any_call ]] || program+=_parsers
  [ -d "${committed[0]}" ] || committed=()
  local log=build/fuzz/found/$name.log status=0
  CRM_FUZZ_TARGET=$name ASAN_OPTIONS=detect_leaks=0 "$program" -print_final_stats=1 -timeout=20 -rss_limit_mb=3000 -max_len=4096 \
    -artifact_prefix="build/fuzz/found/$name-" "$@" "build/fuzz/corpus/$name" "${committed[@]}" >"$log" 2>&1 || status=$?
  grep -aE "ERROR|must|stat::number_of_executed_units|Done" "$log" || true
  return $status
}

fuzz() {
  fuzz_build
  local targets target amount=${2:-60}
  mapfile -t targets < <(build/fuzz/tests/fuzz/crm_fuzz_parsers; build/fuzz/tests/fuzz/crm_fuzz)
  case ${1:-} in
    "") printf '%s\n' "${targets[@]}"; return ;;
    short)
      step "fuzz: what is committed"
      for target in "${targets[@]}"; do
        [ ! -d "tests/fuzz/corpus/$target" ] || fuzz_target "$target" -runs=0
      done
      local day=$(($(date +%s) / 86400)) i
      for i in 0 1 2 3; do
        target=${targets[$(((day * 4 + i) % ${#targets[@]}))]}
        step "fuzz: $target"
        fuzz_target "$target" -max_total_time=10
      done
      return ;;
    all) ;;
    *) targets=("$1") ;;
  esac
  for target in "${targets[@]}"; do
    step "fuzz: $target"
    case $amount in
      *x) fuzz_target "$target" -runs="${amount%x}" ;;
      *) fuzz_target "$target" -max_total_time="$amount" ;;
    esac
  done
}

fuzz "$@"
