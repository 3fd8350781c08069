"""Across walks: the page of one host school and the district page, through the door of names.

What stays out because something in it looks like a name is known by walk, so that it can be cleared
there. Visit codes are masked by each walk's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from walk.debrief import code_mask
from walk.errors import WalkError
from walk.model import Recurring, Step, Trend, recurring_id
from walk.reports.district import DistrictFacts, RecursFact
from walk.reports.history import (
    HistoryFacts,
    PastStepFact,
    PastTrendFact,
    PastWalkFact,
    trend_line,
)
from walk.routine import exports
from walk.routine.across.history import NO_SCHOOL, PastStep, PastTrend, PastWalk, Shelf
from walk.routine.across.recurring import all_groups
from walk.routine.desk import Desk
from walk.routine.following.step_list import elsewhere
from walk.routine.following.steps_told import OUTCOMES, STATUSES
from walk.routine.summary import LEFT_OUT
from walk.routine.visiting import door
from walk.text import one_line
from walk.trends import SCHOOLS_AT_LEAST, WALKS_AT_LEAST, Recurs, fold, recurring

if TYPE_CHECKING:
    from walk.reports.blocks import Page
    from walk.storage.store import Held

Which = Literal["history", "district"]
PAGE_FORMS = ("html", "docx", "md", "text")
STEMS: dict[Which, str] = {"history": "walks-over-time", "district": "what-recurs"}
"""How a file of each page is called, without its ending."""
_ENDINGS = frozenset(exports.ENDINGS[one] for one in PAGE_FORMS)
_PRINTED = frozenset({"statement", "what", "learned", "studied", "words"})
"""The fields of trends, next steps and marks that these pages print."""


@dataclass(frozen=True, slots=True)
class View:
    """Which walks are looked at."""

    shelf: Shelf
    school: str = ""
    """By its plain name; the district page looks at all."""
    focus: str | None = None
    """What it is known by; None for every focus."""
    newest: int = 0
    """How many walks the page of a host school holds, the newest; 0 for all of them."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words that a page leaves out, as something in them looks like a name."""

    walk: PastWalk
    finds: tuple[door.AtDoor, ...]


# The door


class _Doors:
    """What each walk lets through; each record is looked at once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._masks: dict[str, Callable[[str], str]] = {}
        self._seen: set[str] = set()
        self._stays: set[tuple[str, str]] = set()
        self._found: dict[str, list[door.AtDoor]] = {}

    def look(self, held: Iterable[Held[Any] | None]) -> None:
        """Look at records of any walks."""
        by_walk: dict[str, list[Held[Any]]] = {}
        for one in held:
            if one is not None and one.record.id not in self._seen:
                self._seen.add(one.record.id)
                by_walk.setdefault(one.record.walk, []).append(one)
        for walk, some in by_walk.items():
            finds = door.open_finds(elsewhere(self._desk, walk), some, _PRINTED)
            self._found.setdefault(walk, []).extend(finds)
            self._stays.update((one.record.id, one.field) for one in finds if one.waits)

    def stays(self, record: str, field: str) -> bool:
        """True where these words, which were looked at, stay out."""
        return (record, field) in self._stays

    def mask(self, walk: str) -> Callable[[str], str]:
        """What takes a walk's visit codes out of a text."""
        if walk not in self._masks:
            self._masks[walk] = code_mask(self._desk.store.codes(walk))
        return self._masks[walk]

    def left_out(self, shelf: Shelf) -> list[LeftOut]:
        """What stays out, walk by walk, the newest first; maybes come with it."""
        return [
            LeftOut(one, tuple(finds))
            for one in reversed(shelf.heads)
            if (finds := self._found.get(one.id)) and any(each.waits for each in finds)
        ]


# One host school


def history(desk: Desk, view: View) -> tuple[HistoryFacts, list[LeftOut]]:
    """The walks of one host school over time; what looks like a name is left out."""
    doors = _Doors(desk)
    shelf = view.shelf
    every = shelf.of(view.school, view.focus)
    walks = tuple(_walk_fact(desk, doors, one) for one in every[-view.newest :])
    found = recurring(all_groups(desk, shelf, view.school, view.focus), one_school=True)
    facts = HistoryFacts(
        host_school=shelf.school_name(view.school),
        focus=_focus_kept(doors, view, every),
        walks=walks,
        earlier=len(every) - len(walks),
        recurs=_recur_facts(desk, doors, found),
        walks_at_least=WALKS_AT_LEAST,
    )
    return facts, doors.left_out(shelf)


def _focus_kept(doors: _Doors, view: View, walks: Iterable[PastWalk]) -> str:
    """The one focus that is looked at, without the codes of any of its walks."""
    if view.focus is None:
        return ""
    words = view.shelf.focus_words(view.focus, view.school)
    for walk in walks:
        words = doors.mask(walk.id)(words)
    return words


def _walk_fact(desk: Desk, doors: _Doors, walk: PastWalk) -> PastWalkFact:
    doors.look([*desk.store.all(Trend, walk.id), *desk.store.all(Step, walk.id)])
    mask = doors.mask(walk.id)
    shown = [one for one in walk.trends if not doors.stays(one.id, "statement")]
    return PastWalkFact(
        walk=walk.id,
        date=walk.date,
        title=mask(walk.title),
        focus=mask(walk.focus),
        state=walk.state,
        stage=mask(walk.stage),
        assets=tuple(_trend_fact(walk, one, mask) for one in shown if one.kind == "asset"),
        needs=tuple(_trend_fact(walk, one, mask) for one in shown if one.kind == "need"),
        steps=tuple(_step_fact(one, doors, mask) for one in walk.steps),
        confirmed=walk.confirmed,
    )


def _trend_fact(walk: PastWalk, one: PastTrend, mask: Callable[[str], str]) -> PastTrendFact:
    said = mask(one.statement)
    if not walk.counts:
        return PastTrendFact(said, decision=one.decision)
    return PastTrendFact(said, one.visits, one.contrary, one.decision)


def _step_fact(one: PastStep, doors: _Doors, mask: Callable[[str], str]) -> PastStepFact:
    def said(field: str, words: str) -> str:
        return LEFT_OUT if doors.stays(one.id, field) else mask(words)

    # What a closed test showed is kept with what was learned, so it is not said twice.
    learned = said("learned", one.learned) or said("studied", one.studied)
    outcome = OUTCOMES.get(one.outcome, "")
    standing = ", ".join(part for part in (STATUSES.get(one.status, ""), outcome) if part)
    return PastStepFact(said("what", one.what), one.level, one.by_when, standing, learned)


# What recurs


def _recur_facts(desk: Desk, doors: _Doors, found: Iterable[Recurs]) -> tuple[RecursFact, ...]:
    """What recurs and has words that may be printed."""
    every = [(one, _spoken(one)) for one in found if fold(one.words)]
    said = [spoken for _, some in every for spoken in some]
    doors.look(_held(desk, record, field) for record, field in said)
    facts = []
    for one, spoken in every:
        if not any(doors.stays(*each) for each in spoken):
            words = one.words
            for walk in sorted({member.walk for member in one.group.members}):
                words = doors.mask(walk)(words)
            facts.append(RecursFact(one.kind, words, one.walks))
    return tuple(facts)


def _spoken(one: Recurs) -> list[tuple[str, str]]:
    """(record id, field) of every trend and mark that says the words to be told."""
    plain = fold(one.words)
    trends = [each.id for each in one.group.members if fold(each.statement) == plain]
    marks = [each.trend for each in one.group.marks if fold(each.words) == plain]
    said = [(each, "statement") for each in trends]
    return said + [(recurring_id(each), "words") for each in marks]


def _held(desk: Desk, record: str, field: str) -> Held[Any] | None:
    return desk.store.held(Trend if field == "statement" else Recurring, record)


def district(desk: Desk, view: View) -> tuple[DistrictFacts, list[LeftOut]]:
    """What recurs over all host schools; nothing below the bar is in it."""
    doors = _Doors(desk)
    found = recurring(all_groups(desk, view.shelf, None, view.focus))
    one_focus = view.focus is not None
    unconfirmed = {one.id for one in view.shelf.heads if not one.confirmed}
    behind = [member for one in found for member in one.group.members if one.words]
    facts = DistrictFacts(
        recurs=_recur_facts(desk, doors, found),
        walks_at_least=WALKS_AT_LEAST,
        schools_at_least=SCHOOLS_AT_LEAST,
        confirmed=not any(member.walk in unconfirmed for member in behind),
        one_focus=one_focus,
        focus=_shared_focus(doors, view) if one_focus else "",
    )
    return facts, doors.left_out(view.shelf)


def _shared_focus(doors: _Doors, view: View) -> str:
    """The words of a focus that several host schools have in common; of one alone they tell it."""
    schools: dict[str, set[str]] = {}
    words: dict[str, str] = {}
    for walk in view.shelf.of(None, view.focus):
        plain = fold(walk.focus)
        schools.setdefault(plain, set()).add(view.shelf.school_of[walk.id])
        said = doors.mask(walk.id)(walk.focus)
        words[plain] = min(said, words.get(plain, said))
    shared = [one for one, found in schools.items() if len(found - {""}) >= SCHOOLS_AT_LEAST]
    return words[min(shared)] if shared else ""


def waits_for_words(desk: Desk, view: View) -> bool:
    """True where something recurs for which nobody has written words that fit all of it."""
    found = recurring(all_groups(desk, view.shelf, None, view.focus))
    return any(not one.words for one in found)


# Pages


def page(desk: Desk, which: Which, view: View) -> tuple[Page, list[LeftOut]]:
    """One of the two pages, and what it leaves out."""
    if which == "district":
        from walk.reports.district import district as district_page

        found, left = district(desk, view)
        return district_page(found), left
    from walk.reports.history import history as history_page

    facts, left = history(desk, view)
    return history_page(facts), left


def preview(made: Page, width: int) -> str:
    """A page as plain text, at most `width` cells wide, to be read on the screen."""
    from walk.reports import pages

    return pages.render([made], "text", width)


def data(made: Page, form: str) -> bytes:
    """A page as the bytes of a file. MissingExtra where no Word document can be made here."""
    from walk.reports import pages

    return pages.written([made], form)


def write(desk: Desk, made: Page, path: Path, form: str = "", *, replace: bool = False) -> Path:
    """Write a page to a file; the form follows its ending where none is given. The absolute path.

    ForeignFile where something else lies there, unless `replace`.
    """
    wanted = form or exports.form_of_path(path, PAGE_FORMS)
    ending = path.suffix.lower()
    other_form = ending in exports.ENDINGS.values() and ending not in _ENDINGS
    if wanted not in PAGE_FORMS or (other_form and not form):
        raise WalkError(
            f"“{path.name}” does not say a form that this page has.",
            "End it in .html, .docx, .md or .txt.",
        )
    return exports.write(desk, path, data(made, wanted), replace=replace)


def told(left: Iterable[LeftOut]) -> str:
    """“2 lines are left out: “Ms Ortiz” looks like a name”; nothing where nothing is."""
    stays = {(one.record.id, one.field): one for each in left for one in each.finds if one.waits}
    return door.told(stays.values(), out=True)


# For the command line


def history_lines(facts: HistoryFacts, *, name_school: bool) -> list[str]:
    """A line a walk, as `walk` commands name it, and below it what came of it."""
    lines = [f"Host school: {facts.host_school or NO_SCHOOL}"] if name_school else []
    lines += [f"Focus: {facts.focus}"] if facts.focus else []
    lines += [f"{facts.earlier} earlier left off: --last N shows more"] if facts.earlier else []
    lines = [one_line(one) for one in lines]
    for one in facts.walks:
        # The end of an id differs between walks made in one minute.
        after = " · ".join(part for part in (one.state, one_line(one.stage)) if part)
        title = one_line(one.title, 44)
        lines.append(f"{one.walk[-8:]}  {one_line(one.date) or 'no date'}  {title}  {after}")
        for kind, found in (("asset", one.assets), ("need", one.needs)):
            lines += [f"    {kind}: {one_line(trend_line(each))}" for each in found]
        for each in one.steps:
            when = f", by {each.by_when}" if each.by_when else ""
            said = f"{each.level}: {each.what} ({each.standing}{when})"
            lines.append(f"    step, {one_line(said)}")
            lines += [f"        learned: {one_line(each.learned)}"] if each.learned else []
    return lines if facts.walks else [*lines, "There is no walk here yet."]


def history_json(facts: HistoryFacts) -> dict[str, Any]:
    """The walks of one host school; counts only where they may be told."""
    return {
        "host_school": facts.host_school,
        "focus": facts.focus,
        "walks": [_walk_json(one) for one in facts.walks],
        "earlier_walks_left_off": facts.earlier,
        "recurring": _recurs_json(facts.recurs),
        "walks_at_least": facts.walks_at_least,
    }


def _walk_json(one: PastWalkFact) -> dict[str, Any]:
    def trend(kind: str, each: PastTrendFact) -> dict[str, Any]:
        counts = {"visits": each.visits, "contrary_visits": each.contrary_visits}
        more = {"decision": each.decision} if each.decision else {}
        return {
            "statement": each.statement,
            "kind": kind,
            **(counts if each.visits else {}),
            **more,
        }

    return {
        "walk": one.walk,
        "date": one.date,
        "title": one.title,
        "focus": one.focus,
        "state": one.state,
        "stage": one.stage,
        "confirmed": one.confirmed,
        "trends": [
            *(trend("asset", each) for each in one.assets),
            *(trend("need", each) for each in one.needs),
        ],
        "steps": [
            {
                "what": each.what,
                "level": each.level,
                "by_when": each.by_when,
                "standing": each.standing,
                "learned": each.learned,
            }
            for each in one.steps
        ],
    }


def district_json(facts: DistrictFacts) -> dict[str, Any]:
    """What recurs over all host schools."""
    return {
        "focus": facts.focus,
        "recurring": _recurs_json(facts.recurs),
        "walks_at_least": facts.walks_at_least,
        "schools_at_least": facts.schools_at_least,
    }


def _recurs_json(found: Iterable[RecursFact]) -> list[dict[str, Any]]:
    return [{"statement": one.words, "kind": one.kind, "walks": one.walks} for one in found]
