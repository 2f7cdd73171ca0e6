"""report.py OURS THEIRS FOLDER jobs: five rounds in turn, then a line a job: medians, the median of the paired ratios, and
whether both gave the same answers (operations and checksums)."""
import json
import statistics
import subprocess
import sys

ours, theirs, folder, wanted = sys.argv[1:]
wanted = wanted.split(",")
ROUNDS = 5
# Reports race against what is folded in C++, not against SQL; a job and "1": the first answer of a handle; "5r": beside resident reports.
FOLDED = {"5r": "5", "6a": "6ac", "6b": "6bc", "6a1": "6ac", "6b1": "6bc", "7": "7c", "10": "10c", "101": "10c"}
# Reads come before saves: the opponent takes its new events back, ours cannot (nothing is erased).
by_c = [job + ":c" for job in wanted if job in ("3", "4", "5")]
reads = [job for job in wanted if job[0] not in "12" or job.startswith("10")]
saves = [job for job in wanted if job[0] == "2"]
ours_jobs = ["1"] + reads + by_c + saves
theirs_jobs = ["1", "1fts"] + list(dict.fromkeys(FOLDED.get(job, job) for job in reads)) + saves


def run(program, name, jobs):
    done = subprocess.run([program, f"{folder}/{name}.db", f"{folder}/data", ",".join(jobs)], check=True, capture_output=True, text=True)
    return {line["job"]: line for line in map(json.loads, done.stdout.splitlines())}


rounds = []
for number in range(ROUNDS):
    print(f"round {number + 1} of {ROUNDS}", file=sys.stderr, flush=True)
    pair = {}
    for name, program, jobs in [("ours", ours, ours_jobs), ("theirs", theirs, theirs_jobs)][:: 1 if number % 2 else -1]:
        pair[name] = run(program, name, jobs)
    # Our load makes the trigram index as well.
    pair["theirs"]["1"]["ms"] += pair["theirs"]["1fts"]["ms"]
    rounds.append(pair)

differ = False
for job in wanted + by_c:
    mine = [pair["ours"][job] for pair in rounds]
    other = [pair["theirs"][FOLDED.get(job, job.removesuffix(":c"))] for pair in rounds]
    equal = all((a["n"], a["chk"]) == (b["n"], b["chk"]) for a, b in zip(mine, other))
    differ = differ or not equal
    print("job %s ours %.2f theirs %.2f ratio %.2f answers %s" % (
        job, statistics.median(a["ms"] for a in mine), statistics.median(b["ms"] for b in other),
        statistics.median(a["ms"] / b["ms"] for a, b in zip(mine, other)), "equal" if equal else "DIFFER"))
sys.exit(1 if differ else 0)
