"""What is the same for every entity: the library, errors, handles, fields, rows."""
import json
import os
import sys
import zoneinfo
from collections import namedtuple
from ctypes import CDLL, byref, c_char_p, c_void_p
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from . import _raw as raw

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_MICROSECOND = timedelta(microseconds=1)
_MILLION = Decimal(1000000)


# --- the library

def _library():
    """CRM_LIBRARY, else the one beside this file (of a wheel), else the system's."""
    name = "crm.dll" if os.name == "nt" else "libcrm.dylib" if sys.platform == "darwin" else "libcrm.so.0"
    beside = Path(__file__).with_name(name)
    file = os.environ.get("CRM_LIBRARY") or (str(beside) if beside.exists() else name)
    try:
        return CDLL(file)
    except OSError as problem:
        raise ImportError(f"cannot load the library of crm, {file} ({problem}); let CRM_LIBRARY name the file; in a clone, cmake --preset library "
                          f"&& cmake --build --preset library makes build/library/capi/{name}", name="crm", path=file) from None


raw.bind(_library())


# --- errors

class Violation(NamedTuple):
    """A broken rule: its permanent id, where, what was given, and the sentence for people."""

    rule: str
    entity: str
    field: str
    record: int
    value: str
    detail: str
    text: str


class Error(Exception):
    """What the library refuses; a class per code is derived from it (crm.Refused, crm.Conflict, ...)."""

    code = "error"
    status = 0

    def __init__(self, message, violations=()):
        super().__init__(message)
        self.violations = violations

    @property
    def field(self):
        """The field of the first broken rule, "" if there is none."""
        return self.violations[0].field if self.violations else ""


def said_by(error):
    """The text of an exception of the host's, whatever becomes of asking it."""
    try:
        return (str(error) or type(error).__name__).encode(errors="replace")
    except BaseException:  # in C an exception that goes on is lost
        return type(error).__name__.encode()


def error_class(status):
    from . import _generated
    return next((c for c in Error.__subclasses__() if c.status == status), _generated.Internal)


def refusal(status, rule, value, detail):
    """An error of the binding itself, in the form of the library's."""
    text = f"{rule}: {detail}"
    return error_class(status)(text, (Violation(rule, "", "", 0, value[:60], detail, text),))


def _error_of(db, status):
    answer = c_char_p()
    told = {}
    if raw.crm_error_json(db, byref(answer)) == 0:
        told = json.loads(answer.value or b"{}")
    made = error_class(status)
    if told.get("code") != made.code:  # the handle is closed or of another thread: it has no error of this call
        return made((raw.crm_error_message(db) or b"").decode() or made.code)
    violations = tuple(Violation(**v) for v in told["violations"])
    return made("; ".join(v.text for v in violations) or told["message"], violations)


# --- values on their way in and out

def int64(number):
    """A whole number as it is, if it has room: ctypes would cut it."""
    if -2**63 <= number < 2**63:
        return number
    raise refusal(raw.CRM_INVALID_ARGUMENT, "field.range", str(number), "a whole number of 64 bits is wanted")


def int32(number):
    if -2**31 <= number < 2**31:
        return number
    raise refusal(raw.CRM_INVALID_ARGUMENT, "field.range", str(number), "a whole number of 32 bits is wanted")


def utf8(text):
    if not isinstance(text, str):
        raise TypeError(f"a text is wanted, not {type(text).__name__}")
    if "\0" in text:
        raise refusal(raw.CRM_INVALID_ARGUMENT, "field.nul", text, f"a zero byte at {text.index(chr(0))}: remove it")
    return text.encode()


def utf8_or_none(text):
    return None if text is None else utf8(text)


def to_days(day):
    return raw.CRM_NONE if day is None else day.toordinal() - _EPOCH_DAY


def from_days(days):
    return date.fromordinal(days + _EPOCH_DAY)


def to_micros(at):
    if at is None:
        return raw.CRM_NONE
    if at.tzinfo is None:
        raise ValueError(f"{at} has no zone: give a datetime with tzinfo")
    return (at - _EPOCH) // _MICROSECOND


def _plain(value):
    """What json does not know."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(f"{value} has no zone: give a datetime with tzinfo")
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} has no form in JSON")


class _Encoder(json.JSONEncoder):
    """Enumerations by their codes, dates and decimals as texts."""

    def default(self, value):
        return _plain(value)


def _coded(value):
    if isinstance(value, Enumeration):
        return value.code
    if isinstance(value, dict):
        return {k: _coded(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_coded(v) for v in value]
    return value


def to_json(value):
    return json.dumps(_coded(value), ensure_ascii=False, cls=_Encoder).encode()


def from_json(text):
    return json.loads(text or b"null")


def entity_no(entity):
    if isinstance(entity, str):
        return raw.crm_entity_no(utf8(entity))
    return entity if isinstance(entity, int) else entity._entity


def entity_name(number):
    found = _classes().get(number)
    return found._name if found else None


@lru_cache(maxsize=None)
def _classes():
    classes = {}
    for cls in Record.__subclasses__():
        classes[cls._entity] = classes[cls._name] = cls
    return classes


def handles(records):
    return (c_void_p * len(records))(*[r._handle() for r in records])


def minor_digits(currency):
    """Digits after the point of a currency (ISO 4217)."""
    from . import _generated
    return _generated.ODD_CURRENCIES.get(currency or "", 2)


class Enumeration(IntEnum):
    """The number is what is stored; `code` is what JSON has."""

    @property
    def code(self):
        return self.name.lower()

    @classmethod
    def _missing_(cls, value):
        """A number that only a later release knows: its name is its digits."""
        if not isinstance(value, int):
            return None
        member = int.__new__(cls, value)
        member._name_, member._value_ = str(value), value
        return member


# --- fields

class Field:
    """A field of a record, as a property of its class."""

    def __init__(self, no, name, doc):
        self.no, self.name, self.__doc__ = no, name, doc

    def __get__(self, record, owner=None):
        if record is None:
            return self
        handle = record._handle()
        null = raw.crm_record_is_null(handle, self.no)
        if null < 0:
            record._check(raw.CRM_MISUSE)
        return None if null else self.read(record, handle)

    def __set__(self, record, value):
        handle = record._handle()
        if value is None:
            record._check(raw.crm_record_set_null(handle, self.no))
        else:
            self.write(record, handle, value)

    def read(self, record, handle):
        return raw.crm_record_int(handle, self.no)

    def write(self, record, handle, value):
        if not isinstance(value, int):
            return self._write_text(record, handle, str(value))
        record._check(raw.crm_record_set_int(handle, self.no, int64(value)))

    def _write_text(self, record, handle, text):
        """The library reads it as the field wants it, or says what it wants."""
        data = text.encode()
        record._check(raw.crm_record_set_text(handle, self.no, data, len(data)))

    def of_json(self, db, value):
        """A value of a row of a query."""
        return value

    #: whether of_json does something
    converts = False


class Text(Field):
    def read(self, record, handle):
        return (raw.crm_record_text(handle, self.no, None) or b"").decode()

    def write(self, record, handle, value):
        if not isinstance(value, str):
            raise TypeError(f"{self.name}: a text is wanted, not {type(value).__name__}")
        self._write_text(record, handle, value)


class Integer(Field):
    """A whole number."""

class Reference(Field):
    """The id of another record."""

    def __init__(self, no, name, doc, refers=""):
        super().__init__(no, name, doc)
        self.refers = refers

    def write(self, record, handle, value):
        super().write(record, handle, value.id if isinstance(value, Record) else value)


class Boolean(Field):
    def read(self, record, handle):
        return raw.crm_record_int(handle, self.no) != 0


class Real(Field):
    def read(self, record, handle):
        return raw.crm_record_real(handle, self.no)

    def write(self, record, handle, value):
        record._check(raw.crm_record_set_real(handle, self.no, value))


def _decimal(name, value):
    try:
        number = Decimal(value)
        if number.is_finite():
            return number
    except InvalidOperation:
        pass
    raise refusal(raw.CRM_INVALID_ARGUMENT, "json.kind", str(value), f"{name}: a decimal number is wanted")


class Decimals(Field):
    """A decimal number of up to six digits after the point."""

    converts = True

    def read(self, record, handle):
        return Decimal(raw.crm_record_int(handle, self.no)) / _MILLION

    def write(self, record, handle, value):
        self._write_text(record, handle, format(_decimal(self.name, value), "f"))

    def of_json(self, db, value):
        return Decimal(value)


class Money(Field):
    """An amount in units of the currency (roubles), exact to its minor unit; the currency is a field of its own, to be set first."""

    def __init__(self, no, name, doc, currency_no):
        super().__init__(no, name, doc)
        self.currency_no = currency_no

    def _digits(self, handle):
        return minor_digits((raw.crm_record_text(handle, self.currency_no, None) or b"").decode())

    def read(self, record, handle):
        return Decimal(raw.crm_record_int(handle, self.no)).scaleb(-self._digits(handle))

    def write(self, record, handle, value):
        minor = _decimal(self.name, value).scaleb(self._digits(handle))
        if minor != minor.to_integral_value():
            raise refusal(raw.CRM_INVALID_ARGUMENT, "field.range", str(value), f"{self.name}: more digits than the currency has")
        record._check(raw.crm_record_set_int(handle, self.no, int64(int(minor))))


class Day(Field):
    """A date; one that no calendar has is its number, here and in rows."""

    converts = True

    def read(self, record, handle):
        days = raw.crm_record_int(handle, self.no)
        try:
            return from_days(days)
        except (ValueError, OverflowError):
            return days

    def write(self, record, handle, value):
        if not isinstance(value, date) or isinstance(value, datetime):
            raise TypeError(f"{self.name}: a date is wanted, not {type(value).__name__}")
        record._check(raw.crm_record_set_int(handle, self.no, to_days(value)))

    def of_json(self, db, value):
        return date.fromisoformat(value) if str(value)[4:5] == "-" else int(value)


class Instant(Field):
    """A moment, as a datetime in the zone of the database; one that no calendar has is its number."""

    converts = True

    def read(self, record, handle):
        micros = raw.crm_record_int(handle, self.no)
        try:
            return record._db._from_micros(micros)
        except (ValueError, OverflowError):
            return micros

    def write(self, record, handle, value):
        if not isinstance(value, datetime):
            raise TypeError(f"{self.name}: a datetime with a zone is wanted, not {type(value).__name__}")
        record._check(raw.crm_record_set_int(handle, self.no, to_micros(value)))

    def of_json(self, db, value):
        return datetime.fromisoformat(value[:-1] + "+00:00").astimezone(db.zone) if str(value)[-1:] == "Z" else int(value)


class Choice(Field):
    converts = True

    def __init__(self, no, name, doc, values):
        super().__init__(no, name, doc)
        self.values = values

    def read(self, record, handle):
        return self.values(raw.crm_record_int(handle, self.no))

    def of_json(self, db, value):
        return self.values[value.upper()] if isinstance(value, str) else self.values(value)


class Entity(Field):
    """The name of an entity."""

    def read(self, record, handle):
        return entity_name(raw.crm_record_int(handle, self.no))

    def write(self, record, handle, value):
        if isinstance(value, type):
            value = value._name
        super().write(record, handle, value)


# --- records

class Record:
    """One record of a database, stored or not yet: crm.Company(db, name=...) is new, crm.Company.load(db, id) a stored one."""

    __slots__ = ("_db", "_pointer")
    _entity = 0
    _name = ""

    def __init__(self, db, **values):
        """A new record with these values; save() stores it."""
        self._db = db
        self._pointer = c_void_p()
        db._check(raw.crm_record_new(db._handle(), self._entity, byref(self._pointer)))
        for name, value in values.items():
            self._number(name)
            setattr(self, name, value)

    @classmethod
    def load(cls, db, id):
        """The stored record; crm.NotFound if there is none."""
        record = cls.__new__(cls)
        record._db = db
        record._pointer = c_void_p()
        db._check(raw.crm_record_load(db._handle(), cls._entity, int64(id), byref(record._pointer)))
        return record

    @classmethod
    def fields(cls):
        """The fields of the entity by name."""
        return {name: field for name, field in vars(cls).items() if isinstance(field, Field)}

    @property
    def id(self):
        """0 if not stored."""
        return self._sure(raw.crm_record_id(self._handle()))

    @property
    def version(self):
        """As loaded or saved last."""
        return self._sure(raw.crm_record_version(self._handle()))

    def save(self):
        """Inserts or updates; crm.Conflict if somebody changed it since it was loaded. The record then shows what is stored."""
        self._check(raw.crm_record_save(self._handle()))
        return self

    def erase(self):
        """Erases a row that hangs on others; others are archived, ended or removed: crm.Refused."""
        self._check(raw.crm_record_erase(self._handle()))

    def set_text(self, field, text):
        """Sets a field by the text that people write: dates as 2026-03-02, codes of enumerations, decimals."""
        data = text.encode()
        self._check(raw.crm_record_set_text(self._handle(), self._number(field), data, len(data)))

    def set_int(self, field, number):
        """Sets a field as it is stored: days, microseconds, minor units, millionths."""
        self._check(raw.crm_record_set_int(self._handle(), self._number(field), int64(number)))

    def get_int(self, field):
        """A field as it is stored, 0 if it has no value."""
        return self._sure(raw.crm_record_int(self._handle(), self._number(field)))

    def _number(self, field):
        found = getattr(type(self), field, None)
        if not isinstance(found, Field):
            raise AttributeError(f"{type(self).__name__} has no field {field}")
        return found.no

    def to_dict(self):
        """The record as JSON has it."""
        answer = c_char_p()
        self._check(raw.crm_record_json(self._handle(), byref(answer)))
        return from_json(answer.value)

    def close(self):
        """Frees the record; what is stored stays. Later use is crm.Misuse."""
        pointer, self._pointer = getattr(self, "_pointer", None), None
        if pointer:
            raw.crm_record_close(pointer)

    __del__ = close

    def __repr__(self):
        if self._pointer is None:
            return f"<{self._name}, closed>"
        return f"<{self._name} {self.id}>"

    def _handle(self):
        if self._pointer is None:
            raise refusal(raw.CRM_MISUSE, "handle.closed", "", "the record is closed")
        return self._pointer

    def _sure(self, number):
        """The number, unless it is 0 because the record cannot be used."""
        if number == 0 and raw.crm_record_is_null(self._handle(), raw.CRM_RECORD_ID) < 0:
            self._check(raw.CRM_MISUSE)
        return number

    def _check(self, status):
        if status:
            self._db._check(status)


# --- queries

def _field_of(entity, path):
    """The field that "company.name" of an event leads to; None for id and version."""
    cls = _classes().get(entity)
    *steps, last = path.split(".")
    for step in steps:
        cls = _classes().get(getattr(getattr(cls, step + "_id", None), "refers", ""))
    field = getattr(cls, "state" if last == "stored_state" else last, None)
    return field if isinstance(field, Field) else None


@lru_cache(maxsize=256)
def _shape(entity, columns):
    """The class of rows, and the columns whose values are converted."""
    row = namedtuple("Row", [c.replace(".", "_") for c in columns], rename=True)
    fields = [(i, _field_of(entity, c)) for i, c in enumerate(columns)]
    return row, [(i, f) for i, f in fields if f and f.converts]


class Page(list):
    """Rows of a query; `after` continues where they end, None if that was all."""

    after = None


def page(db, entity, answer):
    row, converted = _shape(entity, tuple(answer["columns"]))
    rows = answer["rows"]
    for i, field in converted:
        of_json = field.of_json
        for values in rows:
            if values[i] is not None:
                values[i] = of_json(db, values[i])
    page = Page(map(row._make, rows))
    page.after = answer.get("next")
    return page


class Query:
    """A prepared query with parameters, {"param": 1}: `for row in query.run(user)`."""

    __slots__ = ("_db", "_pointer", "_entity")

    def __init__(self, db, query):
        self._db = db
        self._pointer = c_void_p()
        self._entity = query["entity"]
        db._check(raw.crm_query_new(db._handle(), to_json(query), byref(self._pointer)))

    def run(self, *parameters):
        """The rows, with values of Python's types; see Database.query."""
        for index, value in enumerate(parameters, 1):
            self._bind(index, value)
        answer = c_char_p()
        self._db._check(raw.crm_query_rows_json(self._handle(), byref(answer)))
        return page(self._db, self._entity, from_json(answer.value))

    def _bind(self, index, value):
        check, handle = self._db._check, self._handle()
        if value is None:
            check(raw.crm_query_bind_null(handle, index))
        elif isinstance(value, datetime):
            check(raw.crm_query_bind_int(handle, index, to_micros(value)))
        elif isinstance(value, date):
            check(raw.crm_query_bind_int(handle, index, to_days(value)))
        elif isinstance(value, int):
            check(raw.crm_query_bind_int(handle, index, int64(value)))
        elif isinstance(value, float):
            check(raw.crm_query_bind_real(handle, index, value))
        else:
            data = str(value).encode()
            check(raw.crm_query_bind_text(handle, index, data, len(data)))

    def close(self):
        pointer, self._pointer = getattr(self, "_pointer", None), None
        if pointer:
            raw.crm_query_close(pointer)

    __del__ = close

    def _handle(self):
        if self._pointer is None:
            raise refusal(raw.CRM_MISUSE, "handle.closed", "", "the query is closed")
        return self._pointer


# --- the database

class Handle:
    """An open database: its pointer, its zone, its errors."""

    __slots__ = ("_pointer", "_zone", "_kept", "_host")

    def _handle(self):
        if self._pointer is None:
            raise refusal(raw.CRM_MISUSE, "handle.closed", "", "the database is closed")
        return self._pointer

    def _check(self, status):
        if status:
            raise _error_of(self._handle(), status)

    def _from_micros(self, micros):
        return (_EPOCH + timedelta(microseconds=micros)).astimezone(self.zone)

    @property
    def zone(self):
        """The zone in which instants are shown: the organisation's; set it to have another."""
        if self._zone is None:
            self._zone = self._zone_of_organisation()
        return self._zone

    @zone.setter
    def zone(self, zone):
        self._zone = zone

    def _zone_of_organisation(self):
        answer = c_char_p()
        self._check(raw.crm_query_json(self._handle(), b'{"entity": "organisation", "columns": ["zone"]}', byref(answer)))
        rows = from_json(answer.value)["rows"]
        return _zone(rows[0][0]) if rows and rows[0][0] else timezone.utc


def _zone(name):
    """An offset, "+07:00", or a zone by its name; UTC for what this machine does not know."""
    try:
        return datetime.strptime(name, "%z").tzinfo if name[0] in "+-" else zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return timezone.utc
