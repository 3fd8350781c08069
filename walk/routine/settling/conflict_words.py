"""Conflicts in words: what record it is, which of its fields differ, and how each reads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from walk import protocol
from walk.clock import Moment, day_words
from walk.model import (
    MODE_WORDS,
    Checklist,
    Form,
    HallTalk,
    Measure,
    Note,
    Part,
    Placing,
    Record,
    Step,
    StopLog,
    Theme,
    Trend,
    Visit,
    Walker,
)
from walk.model.theme import odd_id
from walk.routine.desk import Desk
from walk.routine.following.step_test import value_line
from walk.routine.planning import prepare
from walk.text import one_line, team_called

SHORT = 48
"""Cells of a person's words that stand in the name of a record."""

KINDS: dict[str, str] = {
    "walk": "What the walk says of itself",
    "rules": "The rules of the walk",
    "focus": "The focus",
    "look_for": "A look-for",
    "walker": "A walker on the roster",
    "visit": "A visit of the plan",
    "meeting": "The focus meeting",
    "agreements": "Readiness and agreements",
    "rotation": "The rotation",
    "stop_log": "The board's log",
    "checklist": "A checklist",
    "form": "A form",
    "note": "A note",
    "hall_talk": "A hall talk",
    "debriefing": "The minutes and steps of the debrief",
    "said": "A line typed in the debrief",
    "theme": "A theme's name or place",
    "placing": "A note's place in a theme",
    "teacher_note": "A teacher note",
    "trend": "A trend",
    "recurring": "What a trend is the same as",
    "step": "A next step",
    "measure": "A step's measure",
    "waiver": "Something the plan does without",
    "closing": "How the walk ends",
    "no_person": "Words that mean no person",
    "erase": "A request to erase a note",
    "purge": "A request to purge the walk",
}
"""What a record is, by its kind, in the order in which they are gone through."""

_WORDS: dict[str, dict[str, str]] = {
    "walk": {
        "title": "Title",
        "zone": "Time zone",
        "keep_until": "Kept until",
        "cycle": "Inquiry cycle",
        "cycle_stage": "Stage of the cycle",
    },
    "note": {
        "note_kind": "Kind",
        "text": "Words",
        "at_s": "Minute",
        "position_s": "Place on the recording",
        "speech": "Quoted speech",
    },
    "form": {
        "part": "Lesson part",
        "structure": "Activity",
        "nothing_seen": "Nothing seen",
        "left_after_s": "Left after",
        "earlier_s": "Entered earlier by",
    },
    "debriefing": {
        "total": "Minutes in all",
        "minutes": "Minutes of steps",
        "entered": "Steps",
        "hosts": "Host teachers",
        "agreed_otherwise": "Agreed to all of it",
    },
    "said": {"step": "At the step", "text": "Words"},
    "theme": {"place": "Order"},
    "placing": {"contrary": "As"},
    "trend": {"polarity": "Asset or need", "counts": "Rests on", "examples": "Examples"},
    "step": {
        "what": "What",
        "by_when": "By when",
        "design": "With the host teachers",
        "support_type": "Kind of support",
        "evidence": "Evidence to look for",
        "learned": "What was learned",
        "test_change": "Small test",
        "study_on": "Study on",
        "studied": "What the test showed",
        "outcome": "Adopt, adapt or abandon",
    },
    "recurring": {"same_as": "Same as", "words": "Told as"},
    "measure": {"what": "What is counted"},
    "waiver": {"why": "Reason", "on": "Said on"},
    "closing": {"how": "How", "wonderings_for_staff": "Wonderings for the staff"},
    "walker": {"max_stops": "Stops at most", "same_as": "Same person as"},
    "visit": {"code": "Code", "place": "Order", "windows": "Open"},
}
"""Names of fields that are not plain words already."""

_UNTOLD: dict[str, frozenset[str]] = {
    "note": frozenset({"visit", "form", "hall", "mark", "from_paper"}),
    "form": frozenset({"visit", "walker", "zone", "finished_after_min", "target_minutes"}),
    "hall_talk": frozenset({"visit", "team"}),
    "placing": frozenset({"theme", "note"}),
    "trend": frozenset({"theme"}),
    "recurring": frozenset({"trend"}),
    "measure": frozenset({"step"}),
    "waiver": frozenset({"missing"}),
    "checklist": frozenset({"visit", "walker"}),
    "rotation": frozenset({"basis", "sequence"}),
}
"""Fields that say nothing by themselves; they go with the others."""

TEXTS: dict[str, tuple[str, ...]] = {
    "note": ("text",),
    "hall_talk": ("seen_differently", "look_next"),
    "said": ("text",),
    "theme": ("name",),
    "trend": ("statement", "lens_remarks", "to_know"),
    "step": (
        *("what", "owner", "support", "evidence", "learned"),
        *("test_change", "prediction", "studied"),
    ),
    "recurring": ("words",),
    "measure": ("what", "unit"),
    "waiver": ("why",),
    "closing": ("reason", "next_look", "contact"),
    "walk": ("title", "host_school"),
    "walker": ("label", "lens"),
    "visit": ("inquiry",),
    "meeting": ("agreed", "not_visited"),
    "agreements": ("local_agreement", "whom_to_tell"),
}
"""Fields that can be worded anew. A focus and its look-fors are not: the host teachers confirmed
one wording, and changing it is Prepare's affair."""

LINKED: dict[str, dict[str, tuple[str, ...]]] = {
    "note": {"text": ("text", "mark", "speech", "tally")},
    "form": {
        "entered_at": ("entered_at", "zone", "left_after_s", "earlier_s", "target_minutes"),
        "finished_at": ("finished_at", "finished_after_min"),
    },
}
"""Fields that are chosen together, under the first one's name."""

FIELD_BY_FIELD = frozenset(
    {"walk", "rules", "walker", "visit", "meeting", "agreements", "form", "note", "hall_talk"}
    | {"step", "theme", "measure"}
)
"""Kinds whose fields may be taken from different wordings."""


class Names:
    """Looks up, once, how the things that a record refers to are called."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """Visit codes by id."""
        return {one.id: one.code for one in prepare.visits(self.desk)}

    @cached_property
    def look_fors(self) -> Mapping[str, str]:
        """Look-for names by id."""
        return {one.id: one.name for one in prepare.look_fors(self.desk)}

    def label(self, walker: str) -> str:
        """A walker's label, or nothing."""
        found = self.desk.store.get(Walker, walker) if len(walker) == 32 else None
        return one_line(found.label, SHORT) if found else ""

    def theme(self, theme: str) -> str:
        """A theme's name in quotes."""
        found = self.desk.store.get(Theme, theme)
        name = one_line(found.name, SHORT) if found else ""
        return f"“{name}”" if name else "a theme without a name"

    def step(self, step: str) -> str:
        """A step's words in quotes."""
        found = self.desk.store.get(Step, step)
        return f"“{one_line(found.what, SHORT)}”" if found else "a step that is not here"

    def words(self, note: str) -> str:
        """A note's words, whole; or what stands for those that are not here."""
        found = self.desk.store.get(Note, note) if len(note) == 32 else None
        return found.words if found else "a note that is not here"

    def local(self, wall_ms: int, zone: int | None = None) -> str:
        """A moment as "Tue 14 Oct 09:31"; without a zone by the clock of the host school."""
        local = self.desk.local(wall_ms)
        if zone is not None:
            local = Moment(wall_ms, zone, 0, "").local
        return f"{day_words(local.date())} {local:%H:%M}"


# What it is


def what(names: Names, record: Record) -> str:
    """What a record is: "A noticing of V3 by Ana", "The walk's date", "A trend"."""
    said = KINDS.get(record.kind, f"A {record.kind.replace('_', ' ')}")
    if isinstance(record, Visit):
        return f"Visit {one_line(record.code, 12)} of the plan"
    if isinstance(record, Form):
        whose = names.label(record.walker)
        return f"{whose}'s form for {_at(names, record.visit)}" if whose else said
    if isinstance(record, HallTalk):
        return f"The hall talk about {_at(names, record.visit)}"
    if isinstance(record, Checklist):
        return f"A checklist for {_at(names, record.visit)}"
    if isinstance(record, StopLog):
        return (
            f"The board's log of {team_called(one_line(record.team, 12), 'team')}"
            if record.team
            else said
        )
    if isinstance(record, Placing):
        note = one_line(names.words(record.note), SHORT)
        if record.theme == odd_id(record.walk):
            return f"Whether “{note}” is set aside as odd"
        return f"Whether “{note}” stands in {names.theme(record.theme)}"
    if isinstance(record, Trend):
        return f"The trend of {names.theme(record.theme)}"
    if isinstance(record, Measure):
        return f"The measure of {names.step(record.step)}"
    named = {"said": "text", "look_for": "name", "walker": "label", "theme": "name", "step": "what"}
    named |= {"waiver": "why", "recurring": "words"}
    words = one_line(str(getattr(record, named.get(record.kind, ""), "")), SHORT)
    return f"{said}: “{words}”" if words else said


def what_note(names: Names, note: Note, author: str) -> str:
    """The same for a note, which its author stands beside in the journal."""
    kind, code = note.note_kind, _at(names, note.visit)
    if note.hall:
        return f"A {kind} of the hall talk about {code}"
    whose = names.label(author)
    return f"A {kind} of {code} by {whose}" if whose else f"A {kind} of {code}"


def _at(names: Names, visit: str) -> str:
    return names.codes.get(visit, "a visit that is not here")


# Which fields differ, and how they read


def fields(record: Record) -> list[str]:
    """The fields of a record that say something, those of a newer walk too, in their order."""
    untold = _UNTOLD.get(record.kind, frozenset())
    known = [one for one in type(record).field_names() if one not in ("id", "walk", *untold)]
    # What is meant comes before when it was.
    known.sort(key=lambda one: one not in TEXTS.get(record.kind, ()))
    return [*known, *sorted(record.newer_fields())]


def field_words(kind: str, field: str) -> str:
    """What a field is called."""
    usual = one_line(field.replace("_", " ").capitalize(), SHORT)  # a stranger's, perhaps
    return _WORDS.get(kind, {}).get(field, usual)


def value_words(names: Names, record: Record, field: str) -> str:
    """How a field reads; several lines where it holds several things."""
    if field not in type(record).field_names():
        return plain_words(record.newer_fields().get(field))
    value: Any = getattr(record, field)
    kind = record.kind
    if field in ("at_s", "left_after_s", "earlier_s") and isinstance(value, int):
        return f"{value // 60} min"
    if field == "position_s" and isinstance(value, int):
        return f"{value // 60}:{value % 60:02}"
    if field.endswith("_at") and isinstance(value, int):
        return names.local(value, int(getattr(record, "zone", 0)) or None)
    if (kind, field) in (("rotation", "starts"), ("rotation", "ends")):
        return names.local(int(value))
    if (kind, field) == ("debriefing", "entered"):
        return "\n".join(f"{names.local(one.at)}: {_step(one.step)}" for one in value)
    if (kind, field) == ("debriefing", "minutes"):
        return "\n".join(f"{_step(one.step)}: {one.minutes} min" for one in value) or "as usual"
    if (kind, field) == ("said", "step"):
        return _step(str(value))
    if (kind, field) == ("stop_log", "changes"):
        return "\n".join(
            f"{names.local(one.at, one.zone)}: {one.do} {one.visit}".rstrip() for one in value
        )
    if isinstance(record, Measure) and field == "values":
        return "\n".join(value_line(one, record.unit, day=True) for one in value) or "none"
    if (kind, field) == ("walker", "laptops"):
        return ", ".join(f"laptop {one[:4]}" for one in value) or "none"
    if field == "look_for":
        return names.look_fors.get(str(value), "none")
    if (kind, field) == ("recurring", "same_as"):
        other = names.desk.store.get(Trend, str(value))
        return one_line(other.statement, SHORT) if other else "a trend that is not here"
    if field in ("typed_by", "walker", "same_as"):
        return names.label(str(value)) or "nobody"
    if field in ("examples", "wonderings_for_staff") and isinstance(value, tuple):
        return "\n".join(names.words(str(one)) for one in value) or "none"
    if field == "rests_on":
        return _basis(names, str(value))
    if field == "mode":
        return MODE_WORDS.get(str(value), str(value))
    if (kind, field) == ("placing", "contrary"):
        return "contrary evidence" if value else "supporting evidence"
    if (kind, field) == ("note", "tally") and value is not None:
        return f"{value.count} of {value.of} {value.unit}".rstrip()
    if (kind, field) == ("rotation", "stops") and isinstance(value, tuple):
        return "\n".join(
            f"{team_called(one.team, 'team')}: {one.visit}, slot {one.slot}" for one in value
        )
    return plain_words(value)


def plain_words(value: Any) -> str:
    """Any value in words."""
    if value is None or value == "" or value == ():
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Part):
        held = value.said()
        said = (f"{name.replace('_', ' ')} {plain_words(one)}" for name, one in held.items())
        return ", ".join(said) or "none"
    if isinstance(value, tuple | list):
        return "\n".join(
            "–".join(map(str, one)) if isinstance(one, tuple | list) else plain_words(one)
            for one in value
        )
    if isinstance(value, dict):
        return ", ".join(f"{name} {plain_words(one)}" for name, one in value.items())
    return str(value)


def _step(id: str) -> str:
    """A step of the debrief; an empty one stands for a clock that was stopped."""
    if id not in protocol.IDS:
        return "a step of a newer walk" if id else "clock stopped"
    return protocol.step(id).title


def _basis(names: Names, rests_on: str) -> str:
    if len(rests_on) != 32:
        return rests_on or "none"
    trend = names.desk.store.get(Trend, rests_on)
    return trend.statement if trend else names.words(rests_on)
