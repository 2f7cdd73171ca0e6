#!/bin/sh
# The race against hand-written SQLite: tests/bench/run.sh [events] [jobs]. Five rounds in turn; a line a job:
#   job <id> ours <ms> theirs <ms> ratio <x> answers equal|DIFFER
# and then what time costs (notices, ticks, reminders, 8m), what 300 characteristics on a card cost, and what reports cost.
#        tests/bench/run.sh scale [events ...]: what reports cost over 100 thousand, a million and ten million made-up events (12 GB of disk).
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
scale=
if [ "${1:-}" = scale ]; then
  shift
  [ $# -gt 0 ] || set -- 100000 1000000 10000000
  for n; do scale=$scale${scale:+,}scale:$n; done
  set --
fi
events=${1:-100000}
jobs=${2:-1,3,4,5,5r,6a,6b,6a1,6b1,7,10,101,8c,9t,2n,2g,2d}
"$root/cmake/setup.sh" >&2
(cd "$root" && cmake --preset bench >/dev/null && cmake --build --preset bench >&2)
folder=$root/build/bench/$events
mkdir -p "$folder"
[ -f "$folder/data/p_search.csv" ] || { echo "generating $events events" >&2; python3 "$root/tests/bench/gen.py" "$folder/data" "$events"; }
export CRM_BENCH_SQL=$root/tests/bench
ours=$root/build/bench/tests/bench/crm_bench
theirs=$root/build/bench/tests/bench/crm_bench_opponent
[ -z "$scale" ] || exec "$ours" "$folder/ours.db" "$folder/data" "$scale"
python3 "$root/tests/bench/report.py" "$ours" "$theirs" "$folder" "$jobs"
"$ours" "$folder/ours.db" "$folder/data" time,characteristics,analytics
