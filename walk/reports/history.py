"""Walks of one host school over time: what each stated, what came of its steps, what recurs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from walk.reports.bidi import within
from walk.reports.blocks import Block, Page, Points, Quote, Say, Section, Table
from walk.reports.district import RecursFact, recurring_points
from walk.reports.letter import NO_DATE, long_date, sentence
from walk.reports.summary import UNCONFIRMED, counted
from walk.text import headline

CAUTION = (
    "Each walk was a few short looks into a few classrooms, so this says nothing about any one "
    "teacher. What one walk shows and another does not is no change by itself: other rooms, other "
    "lessons, another day."
)
COUNTS = (
    "Counts are of classrooms. A walk that was in fewer than three tells none, as they could point "
    "to one classroom."
)


@dataclass(frozen=True)
class PastStepFact:
    """A next step as it stands today."""

    what: str
    level: str
    by_when: str
    """ISO date, or nothing."""
    standing: str
    """How it stands, in words."""
    learned: str


@dataclass(frozen=True)
class PastTrendFact:
    """An asset or a need. Counts are 0 where the walk is too small to tell them."""

    statement: str
    visits: int = 0
    contrary_visits: int = 0
    decision: str = ""


@dataclass(frozen=True)
class PastWalkFact:
    """One walk. Texts are as people wrote them, with visit codes masked."""

    walk: str
    date: str
    title: str
    focus: str
    state: str
    stage: str
    assets: tuple[PastTrendFact, ...]
    needs: tuple[PastTrendFact, ...]
    steps: tuple[PastStepFact, ...]
    confirmed: bool = True
    """The host teachers have confirmed the focus."""


@dataclass(frozen=True)
class HistoryFacts:
    """The walks of one host school, the newest last."""

    host_school: str
    focus: str
    """The one focus that is shown; empty where all are."""
    walks: tuple[PastWalkFact, ...]
    recurs: tuple[RecursFact, ...]
    walks_at_least: int
    """Walks below which nothing is said to recur."""
    earlier: int = 0
    """How many earlier walks are left off."""


def history(facts: HistoryFacts) -> Page:
    """Compose the page; it is as long as there are walks."""
    return Page("Walks over time", facts.host_school, tuple(_sections(facts)))


def _sections(facts: HistoryFacts) -> Iterator[Section]:
    yield Section("", (Say(CAUTION), Say(COUNTS)))
    if facts.focus:
        yield Section("The focus", (Quote(facts.focus),))
    if not facts.walks:
        yield Section("Walks", (Say("There is no walk here yet."),))
    if facts.earlier:
        left = (
            f"{facts.earlier} earlier {'walk is' if facts.earlier == 1 else 'walks are'} left off"
        )
        newest = (
            "The newest walk" if len(facts.walks) == 1 else f"The newest {len(facts.walks)} walks"
        )
        yield Section("Walks", (Say(f"{newest}; {left}."),))
    for walk in facts.walks:
        heading = ": ".join(
            one for one in (long_date(walk.date) or NO_DATE, headline(walk.title)) if one
        )
        yield Section(heading, tuple(_walk(walk, one_focus=bool(facts.focus))))
    yield Section("What recurs within this host school", tuple(_recurs(facts)))


def _walk(walk: PastWalkFact, *, one_focus: bool) -> Iterator[Block]:
    stage = f" It was part of an inquiry cycle, {sentence(walk.stage)}" if walk.stage else ""
    state = {"open": "This walk is open.", "closed": "This walk is closed."}
    yield Say(f"{state.get(walk.state, 'This walk was called off.')}{stage}")
    if walk.focus and walk.focus != walk.title and not one_focus:
        yield Quote(walk.focus)
    if not walk.confirmed:
        yield Say(UNCONFIRMED)
    for name, found in (("Assets", walk.assets), ("Needs", walk.needs)):
        if found:
            yield Say(f"{name}:")
            yield Points(tuple(map(trend_line, found)))
    if not (walk.assets or walk.needs) and walk.state != "called off":
        yield Say("No trends were stated.")
    if walk.steps:
        yield Say("Next steps:")
        yield _steps(walk.steps)


def trend_line(trend: PastTrendFact) -> str:
    """A trend with its counts, as far as they may be told, and the team's decision."""
    parts = [f"evidence in {counted(trend.visits, 'classroom')}"] if trend.visits else []
    if trend.contrary_visits:
        parts.append(f"the other way in {counted(trend.contrary_visits, 'classroom')}")
    if trend.decision:
        parts.append(f"the team's decision: {trend.decision} this practice")
    if not parts:
        return trend.statement
    return f"{within(headline(trend.statement))} ({', '.join(parts)})"


def _steps(steps: tuple[PastStepFact, ...]) -> Table:
    rows = tuple(
        (one.what, one.level, long_date(one.by_when) or NO_DATE, one.standing, one.learned)
        for one in steps
    )
    return Table(
        "Next steps of this walk",
        ("Next step", "Level", "By when", "How it stands", "What was learned"),
        rows,
        said=tuple(_step_said(*one) for one in rows),
    )


def _step_said(what: str, level: str, by_when: str, standing: str, learned: str) -> str:
    due = by_when if by_when == NO_DATE else f"by {by_when}"
    return f"{level}, {due}: {what} ({standing}){f'. Learned: {learned}' if learned else ''}"


def _recurs(facts: HistoryFacts) -> Iterator[Block]:
    yield Say(
        f"Here stands what was stated on at least {facts.walks_at_least} walks of this host "
        "school, in the order of its words. It speaks for no other school."
    )
    for kind, name in (("asset", "Assets"), ("need", "Needs")):
        found = [one for one in facts.recurs if one.kind == kind]
        if found:
            yield Say(f"{name}:")
            yield recurring_points(found)
    if not facts.recurs:
        yield Say("Nothing so far.")
