from ctypes import c_void_p
from datetime import tzinfo
from enum import IntEnum
from typing import Any, Dict, List, NamedTuple, Optional, Tuple, Type, TypeVar

_R = TypeVar("_R", bound="Record")

class Violation(NamedTuple):
    rule: str
    entity: str
    field: str
    record: int
    value: str
    detail: str
    text: str

class Error(Exception):
    code: str
    status: int
    violations: Tuple[Violation, ...]
    @property
    def field(self) -> str: ...

class Enumeration(IntEnum):
    @property
    def code(self) -> str: ...

class Field:
    no: int
    name: str

class Record:
    @classmethod
    def load(cls: Type[_R], db: Any, id: int) -> _R: ...
    @classmethod
    def fields(cls) -> Dict[str, Field]: ...
    @property
    def id(self) -> int: ...
    @property
    def version(self) -> int: ...
    def save(self: _R) -> _R: ...
    def erase(self) -> None: ...
    def set_text(self, field: str, text: str) -> None: ...
    def set_int(self, field: str, number: int) -> None: ...
    def get_int(self, field: str) -> int: ...
    def to_dict(self) -> Dict[str, Any]: ...
    def close(self) -> None: ...

class Page(List[Any]):
    after: Optional[List[Any]]

class Query:
    def run(self, *parameters: Any) -> Page: ...
    def close(self) -> None: ...

class Handle:
    @property
    def zone(self) -> tzinfo: ...
    @zone.setter
    def zone(self, zone: Optional[tzinfo]) -> None: ...
    def _handle(self) -> c_void_p: ...
