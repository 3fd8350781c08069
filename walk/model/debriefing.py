"""The debrief as it is held: which step, since when, with how many minutes, and what was said."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from walk.model.ids import derived
from walk.model.record import Minutes, Record, UtcMs

Hosts = Literal["", "absent", "present"]
SaidIn = Literal["predict", "describe"]
LATEST_MS = 253_339_228_800_000
"""No later moment (UTC milliseconds) can be written down."""


class StepEntry(BaseModel):
    """The moment at which a step of the debrief was entered."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    step: str
    """One of the steps of `walk.protocol`; empty where the clock was stopped."""
    at: UtcMs
    """UTC milliseconds."""


class StepMinutes(BaseModel):
    """Minutes that the team set for one step."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    step: str
    minutes: Minutes


class Debriefing(Record):
    """One a walk. It holds times and minutes, no words of anybody."""

    kind: ClassVar[str] = "debriefing"

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


class Said(Record):
    """A line that was typed for the team in the debrief: expected beforehand, or described.

    Whoever typed it, it is the team's: no author is shown. It is raw, like a note, and goes with
    the notes at a purge.
    """

    kind: ClassVar[str] = "said"

    step: SaidIn = "describe"
    text: str = Field(max_length=20_000)


def debriefing_id(walk: str) -> str:
    """A walk is debriefed once."""
    return derived("debriefing", walk)
