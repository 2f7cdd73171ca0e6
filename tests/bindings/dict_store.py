"""A store in Python: dictionaries of rows by table, and the way back."""
from bisect import bisect_right, insort

import crm


class Data:
    """What outlives the handles."""

    def __init__(self):
        self.tables, self.ids = {}, {}


class DictStore(crm.Store):
    durable = True
    name = "dictionaries"

    def __init__(self, data):
        super().__init__()
        self.data, self.undo, self.marks = data, [], {}

    def table(self, number, name, columns):
        self.data.tables.setdefault(number, {})
        self.data.ids.setdefault(number, [])

    def begin(self, writing):
        self.undo.clear()

    def end(self, keep):
        if not keep:
            self._go_back(0)
        self.undo.clear()

    def mark(self, number):
        self.marks[number] = len(self.undo)

    def undo_to(self, number):
        self._go_back(self.marks[number])

    def release(self, number):
        del self.marks[number]

    def _go_back(self, length):
        while len(self.undo) > length:
            table, id, row = self.undo.pop()
            if row is None:
                self._take(table, id)
            else:
                self._keep(table, id, row)

    def get(self, table, id):
        return self.data.tables[table].get(id)

    def rows(self, table, column, low, high, after, limit):
        rows, ids = self.data.tables[table], self.data.ids[table]
        found = []
        for id in ids[bisect_right(ids, after):]:
            row = rows[id]
            value = row[column - 1] if 0 < column <= len(row) else None
            if column and type(low) in (int, str) and low == high and value != low:
                continue
            found.append((id, row))
            if len(found) == limit:
                break
        return found

    def put(self, table, id, row):
        self.undo.append((table, id, self.get(table, id)))
        self._keep(table, id, row)

    def erase(self, table, id):
        self.undo.append((table, id, self.get(table, id)))
        self._take(table, id)

    def _keep(self, table, id, row):
        if id not in self.data.tables[table]:
            insort(self.data.ids[table], id)
        self.data.tables[table][id] = row

    def _take(self, table, id):
        if self.data.tables[table].pop(id, None) is not None:
            self.data.ids[table].remove(id)
