#!/bin/sh
# The race against hand-written SQLite: tests/bench/run.sh [events] [jobs]. Five rounds in turn; a line a job:
#   job <id> ours <ms> theirs <ms> ratio <x> answers equal|DIFFER
# and then what time costs (notices, ticks, reminders, 8m) and what 300 characteristics on a card cost.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
events=${1:-100000}
jobs=${2:-1,3,4,5,5r,6a,6b,6a1,6b1,10,101,8c,9t,2n,2g,2d}
"$root/cmake/setup.sh" >&2
cmake --preset release -S "$root" -B "$root/build/release" >/dev/null
cmake --build "$root/build/release" --target crm_bench crm_bench_opponent >&2
folder=$root/build/bench/$events
mkdir -p "$folder"
[ -f "$folder/data/p_search.csv" ] || { echo "generating $events events" >&2; python3 "$root/tests/bench/gen.py" "$folder/data" "$events"; }
export CRM_BENCH_SQL=$root/tests/bench
ours=$root/build/release/tests/bench/crm_bench
theirs=$root/build/release/tests/bench/crm_bench_opponent
python3 "$root/tests/bench/report.py" "$ours" "$theirs" "$folder" "$jobs"
"$ours" "$folder/ours.db" "$folder/data" time,characteristics,analytics
