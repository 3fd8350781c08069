"""The debrief as it is held: which step, since when, with how many minutes, and what was said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from walk.model.ids import derived
from walk.model.record import Minutes, Part, Record, UtcMs

Hosts = Literal["", "absent", "present"]
SaidIn = Literal["predict", "describe"]
LATEST_MS = 253_339_228_800_000
"""No later moment (UTC milliseconds) can be written down."""


class StepEntry(Part, frozen=True, kw_only=True):
    """The moment at which a step of the debrief was entered."""

    step: str
    """One of the steps of `walk.protocol`; empty where the clock was stopped."""
    at: UtcMs
    """UTC milliseconds."""


class StepMinutes(Part, frozen=True, kw_only=True):
    """Minutes that the team set for one step."""

    step: str
    minutes: Minutes


class Debriefing(Record, frozen=True, kw_only=True):
    """One a walk. It holds times and minutes, no words of anybody."""

    kind: ClassVar[str] = "debriefing"
    parts: ClassVar[Mapping[str, type[Part]]] = {"minutes": StepMinutes, "entered": StepEntry}

    total: Minutes = 0
    """Minutes of the whole, as the team set them; 0: as the rules of the walk say."""
    minutes: tuple[StepMinutes, ...] = ()
    """Steps whose minutes the team set one by one."""
    entered: tuple[StepEntry, ...] = ()
    """Every going on and back, the oldest first."""
    hosts: Hosts = ""
    """Whether host teachers are at the table; empty while nobody said."""
    agreed_otherwise: bool = False
    """The host teachers agreed to be there from the start, and not only from the trends on."""


class Said(Record, frozen=True, kw_only=True):
    """A line that was typed for the team in the debrief: expected beforehand, or described.

    Whoever typed it, it is the team's: no author is shown. It is raw, like a note, and goes with
    the notes at a purge.
    """

    kind: ClassVar[str] = "said"

    step: SaidIn = "describe"
    text: Annotated[str, Meta(max_length=20_000)]


def debriefing_id(walk: str) -> str:
    """A walk is debriefed once."""
    return derived("debriefing", walk)
