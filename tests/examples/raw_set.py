"""A folder of raw CSV: its rows with their lines, what is told of them, and the shape of the answer (count_raw.py)."""
import csv
import datetime
import os
import re
from collections import Counter, defaultdict


class Set:
    """The rows of a folder, and what is told of them."""

    def __init__(self, folder, delimiter=","):
        self.folder, self.delimiter = folder, delimiter
        self.told = set()
        self.left_out = Counter()

    def rows(self, name):
        """(line, row as a dict) of the well-formed records."""
        with open(os.path.join(self.folder, name), encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, delimiter=self.delimiter)
            header = next(reader)
            line = reader.line_num + 1
            for record in reader:
                if record and len(record) != len(header):
                    self.tell(name, line, "")
                elif record:
                    yield line, {key: value.strip() for key, value in zip(header, record)}
                line = reader.line_num + 1

    def tell(self, name, line, field):
        self.told.add((name, line, field))

    def leave_event_out(self, name, line, field):
        self.tell(name, line, field)
        self.left_out[field] += 1


def minor(text):
    match = re.fullmatch(r"(-?)(\d+)(?:[.,](\d\d?))?", text)
    if not match:
        return None
    value = int(match[2]) * 100 + int((match[3] or "0").ljust(2, "0"))
    return -value if match[1] else value


def moment(text, form):
    try:
        return datetime.datetime.strptime(text, form)
    except ValueError:
        return None


def sums(pairs):
    total = Counter()
    for currency, value in pairs:
        total[currency] += value
    return dict(total)


def answer(name, raw, events, **counts):
    by_type = defaultdict(Counter)
    for kind, state in events:
        by_type[kind][state] += 1
    return {
        "set": name,
        **counts,
        "events": {kind: dict(sorted(states.items())) for kind, states in sorted(by_type.items())},
        "events_total": len(events),
        "events_left_out": dict(sorted(raw.left_out.items())),
        "told": [f"{file}:{line}:{field}" for file, line, field in sorted(raw.told)],
    }
