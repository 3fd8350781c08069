"""A measure: one practical thing that is counted or timed for a step, with its values by date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

from msgspec import Meta

from walk.model.ids import derived
from walk.model.record import Part, Record

MOST = 1_000_000_000_000
"""A value is at most so far from 0."""


class MeasureValue(Part, frozen=True, kw_only=True):
    """What was counted or timed on one day; of the work, never of one teacher."""

    on: str
    """ISO date."""
    value: Annotated[float, Meta(ge=-MOST, le=MOST)]
    """In the measure's unit."""
    remark: str = ""
    """A few words on one line."""


class Measure(Record, frozen=True, kw_only=True):
    """One a step."""

    kind: ClassVar[str] = "measure"
    parent_fields: ClassVar[tuple[str, ...]] = ("step",)
    parts: ClassVar[Mapping[str, type[Part]]] = {"values": MeasureValue}

    step: str
    """The id of the step it is for."""
    what: str = ""
    """What is counted or timed, such as "second questions planned"."""
    unit: str = ""
    """Such as "of 10 lessons" or "minutes"."""
    values: tuple[MeasureValue, ...] = ()
    """By date, the earliest first."""

    @property
    def remarks(self) -> str:
        """All remarks, a line a value; what a reader of words looks through."""
        return "\n".join(one.remark for one in self.values)

    def with_remarks(self, remarks: str) -> Self:
        """The measure with other remarks, a line a value; ValueError where the lines do not fit."""
        pairs = zip(self.values, remarks.split("\n"), strict=True)
        return self.changed(
            values=[{**value.as_dict(), "remark": remark} for value, remark in pairs]
        )


def measure_id(step: str) -> str:
    """A step has one measure, whoever names it first."""
    return derived("measure", step)
