"""A storage of the host's own, written in Python."""
from ctypes import c_char_p, c_void_p, cast, sizeof, string_at
from typing import NamedTuple

from . import _raw as raw
from . import _runtime as rt


class Column(NamedTuple):
    """A column of a table: its name, permanent number and type of values (int, float, str or bytes)."""

    name: str
    number: int
    type: type


class Store:
    """Derive from it and give it to crm.open. A row is a list of values by the columns of its table; the key is its id. What a method
    raises is told by the library as crm.Host with its text (crm.Busy as such), and nothing is half done."""

    #: what is committed outlives the handle
    durable = False
    #: several handles and processes at once; each reading session has a snapshot
    shared = False
    name = "a store in Python"

    def table(self, number, name, columns):
        """Told of every table when the store is opened; new releases add columns at the end."""

    def begin(self, writing):
        """A unit of work begins."""
        raise NotImplementedError

    def end(self, keep):
        """It ends: kept, or undone."""
        raise NotImplementedError

    def get(self, table, id):
        """The row of that id, None if there is none."""
        raise NotImplementedError

    def rows(self, table, column, low, high, after, limit):
        """At most `limit` rows with an id above `after`, ascending. Wanted are those whose value in the column of that place (from 1; 0:
        any) is between low and high (None: open); more may be given."""
        raise NotImplementedError

    def put(self, table, id, row):
        """Adds the row or replaces it."""
        raise NotImplementedError

    def erase(self, table, id):
        """Takes the row away."""
        raise NotImplementedError

    #: A store that can go back within a unit of work by itself (a savepoint) has all three as methods of a number from 1 up: mark(number);
    #: undo_to(number), what was done since is undone; release(number), the mark is given up. Both end the greater ones too.
    #: Without them the library undoes a failed call row by row.
    mark = undo_to = release = None

    def __init__(self):
        self._widths = {}
        self._message = b""
        self._lent = []  # texts that the library borrows until the next callback
        self.struct = self._callbacks()

    def _callbacks(self):
        """The table of callbacks, for crm_open_store."""
        calls = {
            "begin": lambda user, writing: self._run(self.begin, bool(writing)),
            "end": lambda user, keep: self._run(self.end, bool(keep)),
            "get": lambda user, table, id, cells, found: self._run(self._get, table, id, cells, found),
            "rows": lambda user, *given: self._run(self._rows, *given),
            "put": lambda user, table, id, cells: self._run(self._put, table, id, cells),
            "erase": lambda user, table, id: self._run(self.erase, table, id),
            "table": lambda user, *given: self._run(self._table, *given),
            "message": lambda user: cast(c_char_p(self._message), c_void_p).value,
        }
        for name in ("mark", "undo_to", "release"):
            if method := getattr(self, name):
                calls[name] = lambda user, number, method=method: self._run(method, number)
        struct = raw.crm_store(sizeof(raw.crm_store), self.durable * raw.CRM_STORE_DURABLE + self.shared * raw.CRM_STORE_SHARED)
        struct.name = self.name.encode()
        types = dict(raw.crm_store._fields_)
        self._calls = {name: types[name](call) for name, call in calls.items()}
        for name, call in self._calls.items():
            setattr(struct, name, call)
        return struct

    def _run(self, work, *given):
        try:
            work(*given)
            return raw.CRM_OK
        except rt.Error as error:
            self._message = rt.said_by(error)
            return error.status or raw.CRM_HOST
        except BaseException as error:  # what ctypes would swallow, and answer CRM_OK
            self._message = type(error).__name__.encode() + b": " + rt.said_by(error)
            return raw.CRM_HOST

    def _table(self, table, name, columns, count):
        kinds = {raw.CRM_INTEGER: int, raw.CRM_REAL: float, raw.CRM_TEXT: str, raw.CRM_BYTES: bytes}
        self._widths[table] = count
        self.table(table, name.decode(), [Column(columns[i].name.decode(), columns[i].number, kinds[columns[i].kind])
                                          for i in range(count)])

    def _get(self, table, id, cells, found):
        self._lent.clear()
        row = self.get(table, id)
        found[0] = row is not None
        if row is not None:
            self._fill(cells, 0, row, self._widths[table])

    def _rows(self, table, column, low, high, after, limit, ids, cells, count):
        self._lent.clear()
        width = self._widths[table]
        rows = self.rows(table, column, _value(low[0]) if low else None, _value(high[0]) if high else None, after, limit)
        for i, (id, row) in enumerate(rows):
            ids[i] = id
            self._fill(cells, i * width, row, width)
        count[0] = len(rows)

    def _put(self, table, id, cells):
        self.put(table, id, [_value(cells[i]) for i in range(self._widths[table])])

    def _fill(self, cells, at, row, width):
        for i in range(width):
            value = row[i] if i < len(row) else None
            cell = cells[at + i]
            if value is None:
                cell.kind = raw.CRM_NULL
            elif isinstance(value, int):
                cell.kind, cell.value.integer = raw.CRM_INTEGER, value
            elif isinstance(value, float):
                cell.kind, cell.value.real = raw.CRM_REAL, value
            else:
                text = isinstance(value, str)
                data = value.encode() if text else bytes(value)
                held = c_char_p(data)
                self._lent.append(held)
                cell.kind, cell.size = (raw.CRM_TEXT if text else raw.CRM_BYTES), len(data)
                cell.value.text = cast(held, c_void_p).value


def _value(cell):
    if cell.kind == raw.CRM_INTEGER:
        return cell.value.integer
    if cell.kind == raw.CRM_REAL:
        return cell.value.real
    if cell.kind == raw.CRM_NULL:
        return None
    data = string_at(cell.value.text, cell.size)
    return data.decode() if cell.kind == raw.CRM_TEXT else data
