"""What the staff summary is made from, and what a small walk may print of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal

from walk.model.step import ABOVE_TEACHER
from walk.model.visit import MODE_WORDS, code_mask

FEWEST_FOR_BANDS = 5
"""Classrooms below which grade and subject could point to one teacher."""
FEWEST_FOR_COUNTS = 3
"""Classrooms below which counts and examples could point to one teacher."""
FEWEST_FOR_A_TREND = 2
"""Classrooms that a trend rests on at the least."""
MOST_EXAMPLES = 3
"""Examples printed with one trend."""

UNCONFIRMED = "The focus is not yet confirmed by the host teachers."
"""Said by every report until they have confirmed it."""

NOT_SEEN: dict[str, str] = {
    "in_person": "the rest of the lesson",
    "virtual_live": "other breakout rooms and students whose cameras were off (virtual live)",
    "recorded": "the chat, the small groups, and what came before and after (recorded)",
    "viewed_remotely": "students outside the camera's view (viewed remotely)",
}
"""What walkers cannot see, by mode."""


@dataclass(frozen=True)
class ConfirmationFact:
    """How the host teachers confirmed the focus."""

    how: str
    """Such as "in our team meeting"."""
    when: str
    """ISO date."""
    how_many: int | None = None
    """Teachers who confirmed; None when nobody counted."""


@dataclass(frozen=True)
class LookForFact:
    """What was written beside one look-for over the whole walk; never printed in the letter."""

    name: str
    noticings: int
    wonderings: int
    visits: int
    """Classrooms in which a note was tied to it."""


@dataclass(frozen=True)
class TrendFact:
    """A trend as the team stated it. Counts are classrooms, never stops."""

    statement: str
    polarity: Literal["asset", "need"]
    visits: int
    """Classrooms with evidence for it."""
    contrary_visits: int = 0
    """Classrooms with evidence against it."""
    noticings: int = 0
    examples: tuple[str, ...] = ()
    """Noticings that were chosen one by one for the staff."""
    parked: bool = False
    """Kept aside; counted in the JSON form and named nowhere."""
    none_visits: int | None = 0
    """Classrooms visited with neither."""
    decision: Literal["", "keep", "strengthen", "reconsider"] = ""
    """What the team means to do about the practice."""
    to_know: str = ""
    """What the team would need to see or ask to know more."""


@dataclass(frozen=True)
class StepFact:
    """A next step."""

    what: str
    level: str
    """As in walk.model.step.Level."""
    owner: str
    """A label such as "principal"; may be empty."""
    by_when: str
    """ISO date; may be empty."""
    design: Literal["", "proposed", "agreed"] = ""
    """Proposed to the host teachers, agreed with them, or not theirs."""
    status: str = "open"
    """As in walk.model.step.StepStatus."""
    support: str = ""
    basis: str = ""
    """What it rests on: the statement of a trend, the text of a wondering, or "inquiry"."""
    support_type: str = ""
    """As in walk.model.step.SupportType."""
    horizon: str = ""
    """As in walk.model.step.Horizon."""
    evidence: str = ""
    """What will be looked for, to know that it helps."""


@dataclass(frozen=True)
class WalkFacts:
    """All that a staff summary can say of one walk. Text is as people wrote it, not yet safe."""

    walk_id: str
    title: str
    host_school: str
    date: str
    """ISO date."""
    called_off: bool
    closed: bool
    closing_reason: str
    """Why it was called off, or closed without a step that it needs; may be empty."""
    keep_until: str
    """ISO date on which raw notes are to be cleared; may be empty."""
    focus: str
    inquiries: tuple[str, ...]
    set_by: str
    confirmation: ConfirmationFact | None
    changes_after_confirmation: tuple[str, ...]
    """A sentence for each change."""
    professional_learning: str
    no_learning_reason: str
    look_fors: tuple[LookForFact, ...]
    visits: int
    """Classrooms visited: codes with at least one form or note."""
    stops_minutes: tuple[int, ...]
    """Minutes seen, one number a form; forms of one stop repeat, so they are never added up."""
    modes: tuple[tuple[str, int], ...]
    """Mode, as in walk.model.visit.Mode, and how many classrooms were seen in it."""
    grade_bands: tuple[str, ...]
    subject_bands: tuple[str, ...]
    noticings: int
    wonderings: int
    trends: tuple[TrendFact, ...]
    open_wonderings: tuple[str, ...]
    """Wonderings that were chosen for the staff."""
    steps: tuple[StepFact, ...]
    typing_in_room: bool
    who_sees_raw: str
    next_look: str
    """ISO date or words; may be empty."""
    contact: str
    lead: str
    """Label of the lead, printed only when no contact is named."""
    missing_walkers: tuple[str, ...]
    """Labels of walkers whose notes have not come in; only their number is printed."""
    unshared_notes: int
    codes: tuple[str, ...] = ()
    """The walk's visit codes, so that they can be kept out of every text."""
    purged: str = ""
    """That the raw notes were purged, and when; empty while they are here."""


@dataclass(frozen=True)
class Shown:
    """What a walk of this size may print, and why it leaves out the rest."""

    bands: bool
    """Grade and subject bands."""
    counts: bool
    """Counts beside trends, and the chart."""
    examples: bool
    why: str
    """A sentence for the staff; empty when nothing is left out."""


def may_show(visits: int) -> Shown:
    """Decide what a walk of `visits` classrooms prints, so that none can be picked out."""
    if visits < FEWEST_FOR_COUNTS:
        why = (
            "Fewer than three classrooms were visited, so grades, subjects, counts and examples "
            "are left out: they could point to one classroom."
        )
        return Shown(bands=False, counts=False, examples=False, why=why)
    if visits < FEWEST_FOR_BANDS:
        why = (
            "Fewer than five classrooms were visited, so grades and subjects are left out: they "
            "could point to one classroom."
        )
        return Shown(bands=False, counts=True, examples=True, why=why)
    return Shown(bands=True, counts=True, examples=True, why="")


def is_parked(trend: TrendFact) -> bool:
    """Tell whether a trend stays aside: parked by the team, or resting on one classroom."""
    return trend.parked or trend.visits < FEWEST_FOR_A_TREND


def printed_trends(facts: WalkFacts) -> tuple[TrendFact, ...]:
    """Return the trends that may be printed, assets first; none for a walk that was called off."""
    if facts.called_off:
        return ()
    shown = [trend for trend in facts.trends if not is_parked(trend)]
    return tuple(sorted(shown, key=lambda trend: trend.polarity != "asset"))


def parked_count(facts: WalkFacts) -> int:
    """Return how many trends stay aside."""
    return sum(is_parked(trend) for trend in facts.trends)


def printed_basis(step: StepFact, facts: WalkFacts) -> str:
    """Return what a step rests on, or nothing when that is not meant for the staff.

    A parked trend, or a wondering that was not chosen, must not reach the letter by this way.
    """
    known = {"inquiry", *(trend.statement for trend in printed_trends(facts))}
    return step.basis if step.basis in known.union(facts.open_wonderings) else ""


def lacking_steps(steps: Sequence[StepFact]) -> tuple[str, ...]:
    """Name, in words, the steps that a closed walk should have and these do not hold."""
    kept = [step for step in steps if step.status != "dropped"]
    lacking = []
    if not any(step.level in ABOVE_TEACHER for step in kept):
        lacking.append("a next step owned above the teacher")
    if not any(step.design for step in kept):
        lacking.append("a next step designed with the host teachers")
    return tuple(lacking)


def counted(number: int, one: str, many: str = "") -> str:
    """Say a number with its noun: "1 classroom", "4 classrooms"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(parts: Sequence[str]) -> str:
    """Join words as one says them: "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _minutes(stops: Sequence[int]) -> str:
    """Say how long a look took, as a range: forms overlap, so no total would be true."""
    seen = [minutes for minutes in stops if minutes > 0]
    if not seen:
        return "minutes not written down"
    low, high = min(seen), max(seen)
    if low == high:
        return f"{counted(high, 'minute')} at a time"
    return f"{low} to {high} minutes at a time"


def caution(facts: WalkFacts) -> str:
    """Say how little was seen: classrooms, minutes, modes, and what could not be seen.

    Modes are named without counts, as one recorded visit among five would point to a teacher.
    """
    gone = f" {facts.purged[:1].upper()}{facts.purged[1:]}." if facts.purged else ""
    if facts.visits == 0 and gone:
        return f"How many classrooms were visited is not known here any more.{gone}"
    if facts.visits == 0:
        return "No classroom has been visited on this walk, so this says nothing about teaching."
    modes = [mode for mode, visits in facts.modes if visits > 0]
    ending = f"It says nothing about any one teacher.{gone}"
    return snapshot(facts.visits, facts.stops_minutes, modes, ending)


def snapshot(visits: int, minutes: Sequence[int], modes: Sequence[str], ending: str) -> str:
    """Say how little was seen of so many classrooms, and what could not be seen."""
    ways = listed([MODE_WORDS.get(mode, mode) for mode in modes]) or "mode not written down"
    unseen = [NOT_SEEN["in_person"]]
    unseen += [NOT_SEEN[mode] for mode in modes if mode in NOT_SEEN and mode != "in_person"]
    return (
        f"This is a snapshot: {counted(visits, 'classroom')}, {_minutes(minutes)}, {ways}. "
        f"What could not be seen: {'; '.join(unseen)}. {ending}"
    )


def without_codes(facts: WalkFacts) -> WalkFacts:
    """Put "[classroom]" wherever a text says one of this walk's visit codes, in any case.

    Walkers write codes where a name would stand, and a code is all it takes to find the room. The
    codes themselves are dropped.
    """
    kept = replace(facts, codes=())
    masked: WalkFacts = _masked(kept, code_mask(facts.codes))
    return replace(masked, walk_id=facts.walk_id, date=facts.date, keep_until=facts.keep_until)


_NOT_WORDS = frozenset(
    {
        *("polarity", "level", "design", "status", "by_when", "modes", "when"),
        *("decision", "support_type", "horizon", "kind", "chosen"),
    }
)
"""Fields whose value is one of a few words of ours, or a date."""


def _masked(value: Any, mask: Callable[[str], str]) -> Any:
    """The same value with every text in it masked, however deep it lies."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, tuple):
        return tuple(_masked(one, mask) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        words = [field.name for field in fields(value) if field.name not in _NOT_WORDS]
        return replace(value, **{name: _masked(getattr(value, name), mask) for name in words})
    return value
