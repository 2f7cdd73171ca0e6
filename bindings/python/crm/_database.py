"""An open CRM."""
import os
from contextlib import contextmanager
from ctypes import byref, c_void_p, sizeof

from . import _generated as generated
from . import _raw as raw
from . import _runtime as rt
from ._host import Callbacks
from ._store import Store


class Database(rt.Handle, generated.Methods):
    """An open CRM; see crm.open. The thread that opens it uses it (thread_take): another one gets crm.Misuse."""

    __slots__ = ()

    def query(self, json):
        """The rows of a query (its language is described in the README of the project), named tuples with values of Python's types:
        row.company_name is the column "company.name". `page.after` is for "after" of the next page."""
        return rt.page(self, json["entity"], super().query(json))

    def select(self, json, page=1000):
        """All rows of a query, read by pages of that size as they are wanted."""
        wanted = dict(json)
        left = wanted.pop("limit", 0) or None
        while left is None or left > 0:
            rows = self.query({**wanted, "limit": page if left is None else min(page, left)})
            yield from rows
            if rows.after is None:
                return
            wanted["after"] = rows.after
            wanted.pop("offset", None)
            left = None if left is None else left - len(rows)

    def prepare(self, json):
        """A query to be run many times, with parameters {"param": 1}."""
        return rt.Query(self, json)

    def host_set(self, *, clock=None, deliver=None, geocode=None, file_exists=None, authorise=None, products=None, documents=None, receipts=None):
        """What the host supplies from now on, instead of what was set before. Each is a function and optional; what it raises is told as
        crm.Host with its text, and nothing is half done. It must not use the database.

        clock() gives a datetime. deliver(notice) shows or sends a notice, a dictionary with its "text". geocode(query) gives {"latitude",
        "longitude", "precision"} or None. file_exists(uri) gives a bool. authorise({"user_id", "entity", "id", "done"}) gives None
        (so does a function without return) or True, or why not, or False. products(position), documents(position) and receipts(position) give {"records": [...], "next": position, "more": bool}; see
        feed_read and crm_host in crm.h."""
        host = Callbacks(self._handle(), {
            "clock": clock and (lambda _: rt.to_micros(clock())), "deliver": deliver and (lambda notice: (deliver(notice), None)[1]),
            "geocode": geocode, "file_exists": file_exists, "authorise": authorise, "products": products, "documents": documents,
            "receipts": receipts})
        self._check(raw.crm_host_set(self._handle(), byref(host.struct)))
        self._host = host

    @contextmanager
    def transaction(self):
        """Everything inside is one change; an exception undoes it."""
        self.begin()
        try:
            yield
        except BaseException:
            self.rollback()
            raise
        self.commit()

    def close(self):
        """Rolls back an open unit of work. What needs it raises crm.Misuse from then on; what a record holds can still be read."""
        pointer, self._pointer = getattr(self, "_pointer", None), None
        if pointer:
            raw.crm_close(pointer)

    __del__ = close

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __repr__(self):
        return "<crm.Database>" if self._pointer else "<crm.Database, closed>"


def open(source, *, durability=generated.Durability.FULL,
         busy_timeout_ms=5000, read_only=False, create_file=True,
         language=generated.Language.ENGLISH, actor=0, max_nesting=0, max_text_bytes=0, max_search_bytes=0, max_conditions=0, max_columns=0,
         max_values=0, max_answer_rows=0, max_answer_bytes=0, max_resident_bytes=0, zone=None, currency=None):
    """Opens a CRM: a file (made if there is none), ":memory:", "memory:" (no database at all) or a crm.Store of your own. Limits (max_...) are
    those of crm_options in crm.h; 0 is the default. A base that is made gets the zone ("Asia/Novosibirsk"; None: Europe/Moscow) and the
    currency ("KZT"; None: RUB); one that is there keeps its own.

    with crm.open("clients.db") as db: ...
    """
    limits = (max_nesting, max_text_bytes, max_search_bytes, max_conditions, max_columns, max_values, max_answer_rows, max_answer_bytes,
              max_resident_bytes)
    options = raw.crm_options(sizeof(raw.crm_options), durability, rt.int32(busy_timeout_ms), read_only, create_file, language,
                              rt.int64(actor), *map(rt.int64, limits), rt.utf8_or_none(zone), rt.utf8_or_none(currency))
    db = Database()
    db._pointer, db._zone, db._kept, db._host = c_void_p(), None, source, None
    if isinstance(source, Store):
        status = raw.crm_open_store(byref(source.struct), byref(options), byref(db._pointer))
    else:
        status = raw.crm_open(rt.utf8(os.fspath(source)), byref(options), byref(db._pointer))
    try:
        db._check(status)
    except rt.Error:
        db.close()
        raise
    return db
