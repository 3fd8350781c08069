"""What every record has: an id, a walk, and fields that an older walk can carry unread."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cache
from threading import RLock
from typing import Annotated, Any, ClassVar, Self, cast, get_type_hints

import msgspec
from msgspec import Meta

UtcMs = Annotated[int, Meta(ge=0, le=253_339_228_800_000)]
"""A moment, UTC milliseconds since 1970: at most the start of 9998, so that the minutes that are
added to it, and any zone, still end on a calendar."""
Minutes = Annotated[int, Meta(ge=0, le=100_000)]
"""How long something takes."""
ZoneMin = Annotated[int, Meta(gt=-1440, lt=1440)]
"""Local time minus UTC, in minutes."""
RecordId = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
"""The id of a record that has to be one, as it is acted on."""


DEEPEST = 100
"""Levels of lists and objects in what a newer walk added: each screen can go down as far, however
deep it is in its own calls."""

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_HALF = r"\\u[dD][89abAB]\w\w\\u[dD][c-fC-F]\w\w|(\\u[dD][89a-fA-F]\w\w)|\\."
"""What is escaped: a whole sign of two halves; one half by itself, the group; anything else."""


def read_json(text: str) -> Any:
    """What a body says, for itself; ValueError or RecursionError where it is no JSON.

    Half a sign, as a program leaves it that counts in UTF-16 and cut a text, reads as U+FFFD.
    """
    try:
        return msgspec.json.decode(text)
    except ValueError:
        whole = re.sub(_HALF, lambda said: r"\ufffd" if said[1] else said[0], text)
        if whole == text:
            raise
    return msgspec.json.decode(whole)


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Fields with checked values, frozen: a record, or something of several fields inside one.

    Fields that this version does not know (from a newer walk) are kept and written back by an
    edit, so nothing that a colleague's laptop recorded is dropped here.
    """

    parts: ClassVar[Mapping[str, type[Part]]] = {}
    """The fields that hold parts of their own: one, one or None, or a tuple of them."""

    newer: str = ""
    """The fields of a newer walk as a JSON object; empty when there are none."""

    def __post_init__(self) -> None:
        """Check every value; ValueError where one is not right."""
        # Text that UTF-8 cannot say is refused here, before somebody relies on its being saved.
        msgspec.json.encode(self)
        checker, remade = _checks(type(self))
        told = msgspec.structs.asdict(self)
        try:
            checked = msgspec.convert(told, checker)
        except ValueError:
            # As other programs write it, and an older walk read it: 5.0 or "5" for 5, 1 for true.
            checked = msgspec.convert(told, checker, strict=False)
            remade = _field_names(type(self))
        for name in remade:
            msgspec.structs.force_setattr(self, name, getattr(checked, name))

    @classmethod
    def field_names(cls) -> tuple[str, ...]:
        """The names of the fields that this version knows, in their order."""
        return _field_names(cls)

    @classmethod
    def default(cls, name: str) -> Any:
        """What a field holds where nothing is said; msgspec.NODEFAULT where it has to be said."""
        return _defaults(cls)[name]

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Made of values as JSON holds them; ValueError where a value is not right or is missing.

        A name that is no field belongs to a newer walk, and is kept.
        """
        names = _defaults(cls).keys()
        known, strange = dict(values), {}
        if not known.keys() <= names:
            strange = {name: known.pop(name) for name in values if name not in names}
        for name, part in cls.parts.items():
            if name in known:
                known[name] = _inside(part, known[name])
        try:
            return cls(**known, newer=_newer(strange) if strange else "")
        except TypeError as missing:
            raise ValueError(f"{cls.__name__}: {missing}") from None

    def as_dict(self) -> dict[str, Any]:
        """All fields, a newer walk's too, those inside parts as dicts of their own."""
        return self._with_parts(shallow(self), Part.as_dict)

    def said(self) -> dict[str, Any]:
        """The same without what is as by default."""
        usual = self.__struct_defaults__
        fields = zip(self.__struct_fields__, msgspec.structs.astuple(self), usual, strict=True)
        told = {name: value for name, value, default in fields if value != default}
        told.pop("newer", None)
        return self._with_parts(told, Part.said)

    def _with_parts(
        self, told: dict[str, Any], tell: Callable[[Part], dict[str, Any]]
    ) -> dict[str, Any]:
        """The fields, with dicts in the place of parts, and those of a newer walk."""
        for name in self.parts:
            held = told.get(name)
            if isinstance(held, tuple):
                told[name] = tuple(tell(one) for one in held)
            elif held is not None:
                told[name] = tell(held)
        return {**told, **self.newer_fields()} if self.newer else told

    def newer_fields(self) -> dict[str, Any]:
        """The fields of a newer walk."""
        return cast(dict[str, Any], json.loads(self.newer)) if self.newer else {}

    def changed(self, **fields: Any) -> Self:
        """A checked copy with other values; ValueError for a field that does not exist."""
        unknown = fields.keys() - set(_field_names(type(self)))
        if unknown:
            raise ValueError(f"{type(self).__name__} has no field {', '.join(sorted(unknown))}")
        return type(self).from_dict({**self.newer_fields(), **shallow(self), **fields})


class Record(Part, frozen=True, kw_only=True):
    """A stored thing; its JSON text is the body of a revision."""

    kind: ClassVar[str]
    """The noun, as the journal names it."""
    schema_version: ClassVar[int] = 1
    """Raised when an older walk could misread the fields."""
    parent_fields: ClassVar[tuple[str, ...]] = ()
    """The fields that say what this belongs to (a note's form), for quick look-up; the first
    that is filled counts."""

    id: str
    """32 hex digits."""
    walk: str
    """The walk's id, 32 hex digits."""

    def body(self) -> str:
        """The fields as JSON text; id and walk stand in the revision's envelope.

        Defaults are left out, so a default may never change: a new meaning needs a new field.
        """
        fields = self.said()
        del fields["id"], fields["walk"]
        return _json(fields)

    @classmethod
    def from_body(cls, record: bytes, walk: bytes, body: str) -> Self:
        """The record that a body says; ValueError when it cannot be read."""
        fields = read_json(body)
        if not isinstance(fields, dict):
            raise ValueError("a body is a JSON object")
        return cls.from_dict({**fields, "id": record.hex(), "walk": walk.hex()})


def shallow(part: Part) -> dict[str, Any]:
    """The fields that this version knows, parts as they are."""
    fields = msgspec.structs.asdict(part)
    del fields["newer"]
    return fields


@cache
def _field_names(kind: type[Part]) -> tuple[str, ...]:
    return tuple(_defaults(kind))


@cache
def _defaults(kind: type[Part]) -> dict[str, Any]:
    """What each field holds where nothing is said, in the order of the fields."""
    every = zip(kind.__struct_fields__, kind.__struct_defaults__, strict=True)
    return {name: value for name, value in every if name != "newer"}


_FIRST_LOOK = RLock()


@cache
def _checks(kind: type[Part]) -> tuple[type[msgspec.Struct], tuple[str, ...]]:
    """A twin of the class, which msgspec fills and checks, and the fields to take from it.

    Making a value of the class itself checks nothing: msgspec trusts the code that does so.
    """
    hints = get_type_hints(kind, include_extras=True)
    names = _field_names(kind)
    twin = msgspec.defstruct(kind.__name__, [(name, hints[name]) for name in names])
    # The first look at a class is taken by one thread alone: where two take it at once, what one
    # has half made ends the program in msgspec's machine code.
    with _FIRST_LOOK, suppress(ValueError):
        msgspec.convert({}, twin)
    other = (tuple, float)  # given as a list or an int, too
    return twin, tuple(n for n in names if getattr(hints[n], "__origin__", hints[n]) in other)


def _newer(strange: dict[str, Any]) -> str:
    """Fields of a newer walk as they are kept; ValueError where they are nested too deeply."""
    level: list[Any] = [strange]
    for _ in range(DEEPEST):
        level = [inside for one in level for inside in _held_in(one)]
        if not level:
            return _json(strange)
    raise ValueError("it is nested too deeply")


def _held_in(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list | tuple) else ()


def _inside(part: type[Part], value: Any) -> Any:
    """Parts made of what JSON holds; anything else as it is, for the check to refuse."""
    if isinstance(value, dict):
        return part.from_dict(value)
    if isinstance(value, list | tuple):
        return tuple(part.from_dict(one) if isinstance(one, dict) else one for one in value)
    return value
