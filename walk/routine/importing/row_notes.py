"""Rows of a table as notes, quickly: the text of a note's body is put together without the model.

What a row may hold is checked by intake already, and a test holds these bodies against the model's.
For a quarter of a million rows the model would take longer than all the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from hashlib import sha256
from json.encoder import encode_basestring
from typing import NamedTuple

from walk.intake.rows import Kept, NoteRow
from walk.model import Note, form_id
from walk.routine.importing.table_names import Ids
from walk.storage.fresh import Fresh


class _Visit(NamedTuple):
    said: str
    id: bytes
    tail: str
    """The body after the words."""


class _Walker(NamedTuple):
    said: str
    id: bytes


class _LookFor(NamedTuple):
    said: str
    id: bytes
    field: str
    """What the body says of it, or nothing."""


class _Form(NamedTuple):
    id: bytes
    field: str


KIND, SCHEMA = Note.kind, Note.schema_version

VERSION = [bytes([sign & 0x0F | 0x80]) for sign in range(256)]
VARIANT = [bytes([sign & 0x3F | 0x80]) for sign in range(256)]
"""What `derived` makes of two bytes of an id."""

_KINDS = {
    "noticing": ("8:noticing", "", False),
    "wondering": ("9:wondering", '"note_kind":"wondering",', True),
}
"""How a kind is said in an id, what the body says of it, and whether it is a wondering."""


def fresh_notes(walk: str, rows: Iterable[NoteRow], ids: Ids) -> Iterator[Fresh]:
    """The notes that rows say, in their order; every name in them stands in `ids`.

    Quickest where the rows of one walker in one visit follow each other.
    """
    parts = _Parts(walk, ids)
    look_for_of, time_of = Kept(parts.look_for), Kept(_time)
    made = partial(tuple.__new__, Fresh)  # in half of the time that the class takes
    begin = f"6:import{len(walk)}:{walk}"
    last_visit = last_walker = None
    for _line, visit, at_s, kind, look_for, text, walker, occurrence in rows:
        if visit != last_visit or walker != last_walker:
            visit_said, visit_id, tail = parts.visit(visit)
            walker_said, author = parts.walker(walker)
            form, form_field = parts.form(visit, walker)
            begin_said = f"{begin}{visit_said}"
            last_visit, last_walker = visit, walker
        look_for_said, look_for_id, look_for_field = look_for_of[look_for]
        at_said, at_field = time_of[at_s]
        kind_said, kind_field, wondering = _KINDS[kind]
        # The id is `derived("import", walk, …)` over the fields of the row.
        said = (
            f"{begin_said}{at_said}{kind_said}{look_for_said}{len(text)}:{text}"
            f"{walker_said}{_said(str(occurrence)) if occurrence else '1:0'}"
        )
        of = sha256(said.encode()).digest()
        record = of[:6] + VERSION[of[6]] + of[7:8] + VARIANT[of[8]] + of[9:16]
        words = encode_basestring(text)
        body = f'{{{at_field}{form_field}{look_for_field}{kind_field}"text":{words}{tail}'
        note = (author, record, body, form, visit_id, look_for_id, wondering, KIND, SCHEMA)
        yield made(note)


def _said(part: str) -> str:
    return f"{len(part)}:{part}"


def _time(at_s: int | None) -> tuple[str, str]:
    return _said(str(at_s)), "" if at_s is None else f'"at_s":{at_s},'


class _Parts:
    """What the names of a table come to in ids and bodies."""

    def __init__(self, walk: str, ids: Ids) -> None:
        self._walk = walk
        self._ids = ids

    def visit(self, code: str) -> _Visit:
        id_ = self._ids.visits[code]
        return _Visit(_said(code), bytes.fromhex(id_), f',"visit":"{id_}"}}')

    def walker(self, label: str) -> _Walker:
        return _Walker(_said(label), bytes.fromhex(self._ids.walkers.get(label, "")))

    def look_for(self, name: str) -> _LookFor:
        id_ = self._ids.look_fors.get(name, "")
        return _LookFor(_said(name), bytes.fromhex(id_), f'"look_for":"{id_}",' if id_ else "")

    def form(self, code: str, label: str) -> _Form:
        walker = self._ids.walkers.get(label, "")
        if not walker:
            return _Form(b"", "")
        id_ = form_id(self._walk, self._ids.visits[code], walker)
        return _Form(bytes.fromhex(id_), f'"form":"{id_}",')
