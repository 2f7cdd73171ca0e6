"""The whole conformance suite over a store written in Python, and a CRM that works over it."""
import ctypes
import os
import sys
from pathlib import Path

import tools

sys.path[:0] = [str(tools.ROOT / "bindings/python"), str(Path(__file__).parent)]
import crm  # noqa: E402
from crm import _raw as raw  # noqa: E402
from dict_store import Data, DictStore  # noqa: E402

MAKE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(raw.crm_store))
stores, data = [], [None]


def make(_, again, out):
    if not again:
        data[0] = Data()
    stores.append(DictStore(data[0]))
    ctypes.memmove(out, ctypes.byref(stores[-1].struct), ctypes.sizeof(raw.crm_store))
    return 0


suite = ctypes.CDLL(str(Path(os.environ["CRM_BUILD"]) / "tests/libcrm_conformance.so"))
if suite.crm_conformance(MAKE(make), None, 2):
    raise SystemExit(1)


class Full(DictStore):
    """Has no room for companies."""

    def put(self, table, id, row):
        if table == crm.Company._entity:
            raise OSError("the disk is full")
        super().put(table, id, row)


with crm.open(DictStore(Data())) as db:
    company = crm.Company(db, name="ООО Вектор", comment="без базы").save()
    assert [hit["company"] for hit in db.contacts("вект", 5)] == ["ООО Вектор"]
    assert [row.name for row in db.query({"entity": "company", "columns": ["name"]})] == ["ООО Вектор"]
with crm.open(Full(Data())) as db:
    try:
        crm.Company(db, name="ООО Вектор").save()
        raise SystemExit("a failing store was not told")
    except crm.Host as error:
        assert "OSError: the disk is full" in str(error), error
    assert not db.query({"entity": "company"})


class Mute(DictStore):
    """Raises what is not told as it should be."""

    def __init__(self, data, error):
        super().__init__(data)
        self.error = error

    def put(self, table, id, row):
        if table == crm.Company._entity:
            raise self.error
        super().put(table, id, row)


class Silent(Exception):
    def __str__(self):
        raise ValueError("no text")


for error, said in ((Silent(), "Silent"), (OSError("half a pair: \ud800"), "half a pair"), (crm.Error("of no code"), "of no code")):
    with crm.open(Mute(Data(), error)) as db:
        try:
            crm.Company(db, name="ООО Вектор").save()
            raise SystemExit(f"{said}: a failing store was not told")
        except crm.Host as told:
            assert said in str(told), told
        assert not db.query({"entity": "company"})


class Interrupted(DictStore):
    """Somebody presses ^C inside of it."""

    def put(self, table, id, row):
        if table == crm.Company._entity:
            raise KeyboardInterrupt
        super().put(table, id, row)


with crm.open(Interrupted(Data())) as db:
    try:
        crm.Company(db, name="ООО Вектор").save()
        raise SystemExit("a store that was interrupted says that it has put")
    except crm.Host as error:
        assert "KeyboardInterrupt" in str(error), error
    assert not db.query({"entity": "company"})
print("a store in Python keeps the contract")
