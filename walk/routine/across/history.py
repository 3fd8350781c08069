"""History: the walks of one host school over time, with what came of each. It changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from walk.model import Closing, Focus, Step, Trend, Walk
from walk.reports.summary import FEWEST_FOR_A_TREND, may_show
from walk.routine.desk import Desk
from walk.routine.following.step_list import LEVELS
from walk.text import headline
from walk.trends import KINDS, Kind, Stated, fold, plain_name, same_focus

_Body = dict[str, Any]
NO_SCHOOL = "no host school named"
NO_FOCUS = "no focus written down"


@dataclass(frozen=True, slots=True)
class PastTrend:
    """An asset or a need, as it was stated. Counts are of classrooms."""

    id: str
    kind: Kind
    statement: str
    visits: int
    contrary: int
    decision: str

    def in_words(self, *, counts: bool) -> str:
        """“asset: Students point … (3 classrooms)”."""
        parts = [_rooms(self.visits)] if counts else []
        if counts and self.contrary:
            parts.append(f"the other way in {self.contrary}")
        parts += [f"decision: {self.decision}"] if self.decision else []
        told = f" ({', '.join(parts)})" if parts else ""
        return f"{self.kind}: {headline(self.statement) if told else self.statement}{told}"


@dataclass(frozen=True, slots=True)
class PastStep:
    """A next step, at its level. It names nobody."""

    id: str
    what: str
    level: str
    by_when: str
    """ISO date, or nothing."""
    status: str
    """As in walk.model.step.StepStatus."""
    learned: str
    studied: str
    """What its small test showed."""
    outcome: str


@dataclass(frozen=True, slots=True)
class PastWalk:
    """One walk and what came of it."""

    id: str
    date: str
    """ISO date; empty where it has none yet."""
    title: str
    school: str
    """As it was written."""
    focus: str
    """The statement."""
    state: str
    """open, closed or called off."""
    stage: str
    """The inquiry cycle that the walk names, and the stage of it; empty where it names none."""
    confirmed: bool
    """The host teachers have confirmed its focus."""
    visited: int
    """Classrooms that it was in at the least."""
    trends: tuple[PastTrend, ...] = ()
    steps: tuple[PastStep, ...] = ()

    @property
    def counts(self) -> bool:
        """Classrooms may be counted."""
        return may_show(self.visited).counts

    @property
    def open_steps(self) -> int:
        """How many of its next steps are open."""
        return sum(one.status == "open" for one in self.steps)

    def of_kind(self, kind: Kind) -> tuple[PastTrend, ...]:
        """Its assets, or its needs."""
        return tuple(one for one in self.trends if one.kind == kind)

    def came_of_it(self) -> str:
        """“2 assets · 1 need · 1 open step”; nothing for nothing."""
        counts: dict[str, int] = {kind: len(self.of_kind(kind)) for kind in KINDS}
        counts["open step"] = self.open_steps
        return " · ".join(f"{n} {what}{'' if n == 1 else 's'}" for what, n in counts.items() if n)


@dataclass(frozen=True, slots=True)
class Shelf:
    """All walks of this store, in order of date, each under one host school and one focus."""

    heads: tuple[PastWalk, ...]
    """The walks without what came of them."""
    school_of: dict[str, str]
    """The host school of each walk, by a plain name."""
    focus_of: dict[str, str]
    """What the focus of each walk is known by; empty where it has none."""
    trends: dict[str, list[tuple[str, _Body]]]
    steps: dict[str, list[tuple[str, _Body]]]
    """Of each walk, by its id: (record id, fields)."""

    def schools(self) -> list[tuple[str, str]]:
        """(plain name, name as it was written last) of each host school, by name."""
        named = {self.school_of[one.id]: one.school or NO_SCHOOL for one in self.heads}
        return sorted(named.items())

    def school_name(self, school: str) -> str:
        """A host school as it was written last; empty where none is named."""
        return dict(self.schools()).get(school, "").replace(NO_SCHOOL, "")

    def foci(self, school: str | None = None) -> list[tuple[str, str]]:
        """(what it is known by, its latest statement) of each focus at a host school, by words."""
        named = {
            self.focus_of[one.id]: one.focus or NO_FOCUS
            for one in self.heads
            if school is None or self.school_of[one.id] == school
        }
        return sorted(named.items(), key=lambda one: (fold(one[1]), one[0]))

    def focus_words(self, focus: str, school: str) -> str:
        """The latest statement of a focus at a host school; another one's words stay there."""
        return dict(self.foci(school)).get(focus, "")

    def focus_named(self, words: str, school: str | None = None) -> list[tuple[str, str]]:
        """(what it is known by, a statement) of each focus that may be meant by these words.

        A statement that is these very words is meant alone.
        """
        wanted = fold(words)
        here = [one for one in self.heads if school in (None, self.school_of[one.id])]
        said = {self.focus_of[one.id]: one.focus for one in here if wanted in fold(one.focus)}
        exact = {self.focus_of[one.id]: one.focus for one in here if fold(one.focus) == wanted}
        found = (exact or said) if wanted else {}
        return sorted(found.items(), key=lambda one: (fold(one[1]), one[0]))

    def of(self, school: str | None = None, focus: str | None = None) -> tuple[PastWalk, ...]:
        """The walks of one host school and of one focus, or of every one; the newest last."""
        return tuple(
            self.full(one)
            for one in self.heads
            if (school is None or self.school_of[one.id] == school)
            and (focus is None or self.focus_of[one.id] == focus)
        )

    def full(self, head: PastWalk) -> PastWalk:
        """A walk with what came of it."""
        trends = self.trends.get(head.id, [])
        known = max([head.visited, *(_rooms_known(one) for _, one in trends)])
        return replace(
            head,
            visited=known,
            trends=() if head.state == "called off" else tuple(_trends(trends)),
            steps=tuple(sorted((_step(*one) for one in self.steps.get(head.id, [])), key=_order)),
        )

    def stated(self, walks: Iterable[PastWalk]) -> Iterator[Stated]:
        """Their assets and needs, to be looked at across walks."""
        for walk in walks:
            for one in walk.trends:
                yield Stated(one.id, walk.id, self.school_of[walk.id], one.statement, one.kind)


def read(desk: Desk) -> Shelf:
    """All walks here with their trends and next steps. Quick also for many walks."""
    foci = {walk: body for walk, _, body in desk.store.bodies(Focus)}
    closings = {walk: body for walk, _, body in desk.store.bodies(Closing)}
    walks = [
        _head(id_, body, foci.get(id_, {}), closings.get(id_))
        for id_, _, body in desk.store.bodies(Walk)
    ]
    walks.sort(key=lambda one: (one.date or "9999", one.id))
    plain = {one.id: plain_school(one.school) for one in walks}
    names = set(plain.values()) - {""}
    if len(names) <= 1:  # while one name is known, a walk that names none was held there
        plain = dict.fromkeys(plain, next(iter(names), ""))
    template = {id_: _text(foci.get(id_, {}), "template") for id_ in plain}
    focus = same_focus((one.id, template[one.id], one.focus) for one in walks)
    return Shelf(tuple(walks), plain, focus, _by_walk(desk, Trend), _by_walk(desk, Step))


def usual_school(desk: Desk, shelf: Shelf) -> str:
    """The host school of the walk on the desk, else that of the latest walk, by a plain name."""
    found = shelf.school_of.get(desk.walk_id)
    if found is None and shelf.heads:
        found = shelf.school_of[shelf.heads[-1].id]
    return found or ""


def plain_school(name: str) -> str:
    """The name of a host school, however it is spelled."""
    return plain_name(name)


# From bodies


def _by_walk(desk: Desk, noun: type[Trend] | type[Step]) -> dict[str, list[tuple[str, _Body]]]:
    found: dict[str, list[tuple[str, _Body]]] = {}
    for walk, id_, body in desk.store.bodies(noun):
        found.setdefault(walk, []).append((id_, body))
    return found


def _text(body: _Body, name: str, usual: str = "") -> str:
    return str(body.get(name, usual))


def _count(body: _Body, name: str) -> int:
    """A number as we write it; a stranger's pack may say it in words that a record still reads."""
    found = body.get(name, 0)
    return int(found) if isinstance(found, int | float) else 0


def _head(id_: str, body: _Body, focus: _Body, closing: _Body | None) -> PastWalk:
    cycle, stage = " ".join(_text(body, "cycle").split()), _text(body, "cycle_stage")
    return PastWalk(
        id=id_,
        date=_text(body, "date"),
        title=_text(body, "title"),
        school=" ".join(_text(body, "host_school").split()),
        focus=_text(focus, "statement"),
        state="open" if closing is None else _text(closing, "how", "closed"),
        stage=f"{cycle}: {stage}" if cycle and stage else cycle,
        confirmed=bool(focus.get("confirmation")),
        visited=_count(closing or {}, "visits"),
    )


def _rooms_known(body: _Body) -> int:
    """How many classrooms a walk was in at the least, by the counts of one of its trends."""
    counts = body.get("counts", {})
    found = max(_count(counts, "visits"), _count(counts, "contrary_visits"))
    return found + _count(counts, "none_visits")


def _trends(bodies: Iterable[tuple[str, _Body]]) -> Iterator[PastTrend]:
    """Assets, then needs; what is parked or not decided is no trend to be told later."""
    for kind in KINDS:
        for id_, body in bodies:
            counts = body.get("counts", {})
            visits = _count(counts, "visits")
            statement = _text(body, "statement")
            # What is parked has no polarity; a stranger's pack may say anything.
            stands = statement and not body.get("parked") and visits >= FEWEST_FOR_A_TREND
            if stands and body.get("polarity") == kind:
                contrary = _count(counts, "contrary_visits")
                decision = _text(body, "decision")
                yield PastTrend(id_, kind, statement, visits, contrary, decision)


def _step(id_: str, body: _Body) -> PastStep:
    return PastStep(
        id=id_,
        what=_text(body, "what"),
        level=_text(body, "level", "school leader"),
        by_when=_text(body, "by_when"),
        status=_text(body, "status", "open"),
        learned=_text(body, "learned"),
        studied=_text(body, "studied"),
        outcome=_text(body, "outcome"),
    )


def _order(step: PastStep) -> tuple[bool, str, int, str]:
    """Open steps first, then by date, then from the classroom up."""
    place = next((n for n, one in enumerate(LEVELS) if one == step.level), len(LEVELS))
    return step.status != "open", step.by_when or "9999", place, step.id


def _rooms(count: int) -> str:
    return f"{count} classroom{'' if count == 1 else 's'}"
