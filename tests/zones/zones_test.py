"""Every zone of cmake/tzdata.zi by Python's zoneinfo, which reads what zic makes of it, and by the library, whose table is made of it.

At all jumps until 2100 and beside them, at instants of 1850..2100 and of the years 2101..9000, each as an instant and as a wall clock time.
"""
import datetime
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import zoneinfo

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "cmake"))
import zones  # noqa: E402

CLOCKS = pathlib.Path(os.environ["CRM_BUILD"]) / "tests/clocks"
SEED = 1884
EPOCH = datetime.datetime(1970, 1, 1)
UTC = datetime.timezone.utc


def seconds(year, month=1):
    return int((datetime.datetime(year, month, 1) - EPOCH).total_seconds())


def offset_at(zone, second):
    local = (EPOCH + datetime.timedelta(seconds=second)).replace(tzinfo=zone)
    return int(zone.fromutc(local).utcoffset().total_seconds())


def jumps_between(zone, low, high):
    """Of one that jumps once at most: when."""
    before = offset_at(zone, low)
    if offset_at(zone, high) == before:
        return []
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if offset_at(zone, middle) == before else (low, middle)
    return [high]


def all_jumps(zone, path):
    """Those that zic has written (until 2037), and those of the rule, found in the months after them."""
    jumps = [at for at, _ in zones.history(path)[1] if at >= seconds(1800)]
    months = [seconds(year, month) for year in range(2037, 2101) for month in range(1, 13)]
    for low, high in zip(months, months[1:]):
        jumps += jumps_between(zone, low, high)
    return sorted(set(jumps))


def instant_of(zone, wall, jumps):
    """The earlier of two readings, the moment of the jump if the clock skips it."""
    naive = (EPOCH + datetime.timedelta(seconds=wall)).replace(tzinfo=zone)
    first, second = (wall - int(naive.replace(fold=fold).utcoffset().total_seconds()) for fold in (0, 1))
    return first if first <= second else next(at for at in jumps if second < at <= first)


def questions(zone, path, dice):
    jumps = all_jumps(zone, path)
    asked = [dice.randrange(seconds(1850), seconds(2100)) for _ in range(100)]
    for at in jumps:
        walls = [at + offset_at(zone, at - 1), at + offset_at(zone, at)]
        asked += [moment + beside for moment in [at, *walls] for beside in (-1, 0, 1)]
        asked.append(sum(walls) // 2)
    asked = [at for at in asked if at < seconds(2100)]
    answers = [f"{offset_at(zone, at)}:{instant_of(zone, at, jumps)}" for at in asked]
    later = [dice.randrange(seconds(2101), seconds(9000)) for _ in range(50)]
    for at in later:  # too far to list all jumps: only those that the clock shows once
        local = (EPOCH + datetime.timedelta(seconds=at)).replace(tzinfo=zone)
        first, second = (at - int(local.replace(fold=fold).utcoffset().total_seconds()) for fold in (0, 1))
        if first == second:
            asked.append(at)
            answers.append(f"{offset_at(zone, at)}:{first}")
    return asked, answers


def compare(files, names, sources):
    """Asks each of the sources (the table, a folder of files) what zoneinfo says of these files; how many instants."""
    dice = random.Random(SEED)
    zoneinfo.reset_tzpath(to=[sources[-1]])
    zoneinfo.ZoneInfo.clear_cache()
    asked, wanted = [], []
    for name in names:
        instants, answers = questions(zoneinfo.ZoneInfo(name), files[name], dice)
        asked.append(" ".join([name, *map(str, instants)]))
        wanted.append(answers)
    for source in sources:
        told = subprocess.run([CLOCKS, source], input="\n".join(asked) + "\n", text=True, stdout=subprocess.PIPE, check=True).stdout.splitlines()
        for question, answers, line in zip(asked, wanted, told, strict=True):
            for second, answer, got in zip(question.split()[1:], answers, line.split(), strict=True):
                if answer != got:
                    sys.exit(f"{question.split()[0]} at {second} by {source or 'the table'}: {got}, zoneinfo says {answer} (offset:instant)")
    return sum(map(len, wanted))


def main():
    if zones.TABLE.read_text() != zones.table():
        sys.exit("src/base/zone_table.hpp is not what is made of cmake/tzdata.zi: run cmake/zones.py write")
    with tempfile.TemporaryDirectory() as fat, tempfile.TemporaryDirectory() as slim:
        files = zones.compiled(fat)
        instants = compare(files, sorted(files), ["", fat])
        small = zones.compiled(slim, "slim")
        compare(small, sorted(small)[::10], [slim])
    print(f"{len(files)} zones, {instants} instants, by the table and by files of zic: as zoneinfo says (seed {SEED})")


if __name__ == "__main__":
    main()
