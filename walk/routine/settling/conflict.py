"""A conflict: a record and the wordings that laptops give it, field by field where they differ."""

from __future__ import annotations

from dataclasses import dataclass

from walk.errors import Refused
from walk.model import Record
from walk.routine.settling.conflict_words import FIELD_BY_FIELD, LINKED, TEXTS
from walk.storage.store import Wording


@dataclass(frozen=True, slots=True)
class Side:
    """One of the wordings of a record; several laptops may say the same."""

    number: int
    """From 1; the first is the one that is displayed meanwhile."""
    wording: Wording
    who: str
    """The label of whose words they are; empty for nobody's."""
    where: str
    """Whose laptop, in words."""
    when: str
    """By that laptop's clock, in words."""
    hidden: bool = False
    """Another walker's words on a shared laptop, which they have not shared."""

    @property
    def record(self) -> Record | None:
        """The record as this wording says it; None where it is withdrawn or cannot be read."""
        return self.wording.record

    @property
    def by(self) -> str:
        """Who, where and when, on one line."""
        return " · ".join(part for part in (self.who, self.where, self.when) if part)

    @property
    def said(self) -> str:
        """The same, and whether it was withdrawn there."""
        return f"withdrawn · {self.by}" if self.wording.withdrawn else self.by


@dataclass(frozen=True, slots=True)
class Row:
    """A field in which wordings differ, as each of them says it."""

    field: str
    name: str
    values: tuple[str, ...]
    """In the order of the sides; what a withdrawn one says is that."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A record that is told differently."""

    record: str
    """Its id."""
    kind: str
    what: str
    """What it is, in words."""
    sides: tuple[Side, ...]
    rows: tuple[Row, ...]
    stop: str = ""
    """Why it cannot be settled here, in words; empty where it can."""

    @property
    def withdrawn(self) -> bool:
        """One side took it back while the other changed it."""
        return any(side.wording.withdrawn for side in self.sides)

    @property
    def keeps_all(self) -> bool:
        """Every wording can stand: each as a note, or of a measure the values of all together."""
        readable = [side for side in self.sides if side.record is not None]
        values_alone = self.kind == "measure" and {row.field for row in self.rows} == {"values"}
        return (self.kind == "note" or values_alone) and len(readable) > 1 and not self.stop

    @property
    def texts(self) -> tuple[str, ...]:
        """The differing fields that can be worded anew."""
        if self.stop or self.base is None:
            return ()
        differ = {row.field for row in self.rows}
        wanted = TEXTS.get(self.kind, ())
        return tuple(one for one in wanted if one in differ) or wanted[: int(self.withdrawn)]

    @property
    def choosable(self) -> tuple[Row, ...]:
        """The rows that can be chosen one by one; what goes with another one is left out."""
        linked = LINKED.get(self.kind, {})
        differ = {row.field for row in self.rows}
        follow = {one for first, ones in linked.items() if first in differ for one in ones[1:]}
        return tuple(row for row in self.rows if row.field not in follow)

    @property
    def by_field(self) -> bool:
        """Its fields may be taken from different wordings."""
        several = len(self.choosable) > 1 and not self.withdrawn and not self.stop
        return several and self.kind in FIELD_BY_FIELD

    @property
    def base(self) -> Record | None:
        """The first wording that says something."""
        return next((side.record for side in self.sides if side.record is not None), None)

    def side(self, number: int) -> Side:
        """A wording by its number; Refused for one that is not there."""
        for one in self.sides:
            if one.number == number:
                return one
        raise Refused(f"There is no wording {number}.", f"Choose 1 to {len(self.sides)}.")
