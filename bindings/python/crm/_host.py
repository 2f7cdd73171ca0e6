"""What the host supplies: Python functions as callbacks of the library."""
from ctypes import sizeof

from . import _raw as raw
from . import _runtime as rt


class Callbacks:
    """The table for crm_host_set. The database keeps it as long as the library may call."""

    def __init__(self, pointer, parts):
        self.struct = raw.crm_host(sizeof(raw.crm_host))
        self._calls = []
        for name, work in parts.items():
            if work is not None:
                call = raw.crm_host_call(_asking(pointer, work))
                self._calls.append(call)
                setattr(self.struct, name, call)


def _asking(pointer, work):
    def call(_, question):
        try:
            told, status = rt.to_json(work(rt.from_json(question))), raw.CRM_OK
        except BaseException as error:  # in C an exception that goes on is lost
            told, status = rt.said_by(error), raw.CRM_HOST
        raw.crm_host_answer(pointer, told)
        return status
    return call
