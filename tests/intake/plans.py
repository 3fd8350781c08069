"""Plans for tests: any plan that a file can say."""

from __future__ import annotations

import datetime as dt
from random import Random

from hypothesis import strategies as st

from walk.intake.plan import (
    ABOUT,
    CYCLE_STAGES,
    MODES,
    READY_KEYS,
    Plan,
    PlanAgreements,
    PlanBell,
    PlanFocus,
    PlanLookFor,
    PlanMeeting,
    PlanQuiet,
    PlanReadiness,
    PlanRules,
    PlanTimes,
    PlanVisit,
    PlanWalk,
    PlanWalker,
)

SIGNS = "abVé\"'\\#[]{}=,.\u202e\N{PILE OF POO} -\u00a0"
words = st.text(SIGNS, max_size=8).map(str.strip)
some = words.filter(bool)
passages = st.text(SIGNS + "\n\t", max_size=10).map(str.strip)
days = st.dates(dt.date(2026, 1, 1), dt.date(2026, 3, 1))
moments = st.times().map(lambda one: one.replace(microsecond=0, fold=0)) | st.sampled_from(
    [dt.time(8, 50), dt.time(9, 40), dt.time(10)]
)
lists = st.lists(some, max_size=3).map(tuple)


@st.composite
def spans(draw: st.DrawFn) -> tuple[dt.time, dt.time]:
    """A span of time that does not end before it starts, nor at once."""
    return tuple(sorted(draw(st.lists(moments, min_size=2, max_size=2, unique=True))))  # type: ignore[return-value]


def maybe(of: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Something, or None."""
    return st.none() | of


def listed(of: st.SearchStrategy[object], key: str) -> st.SearchStrategy[tuple[object, ...]]:
    """Up to four, no two of which share their key."""
    many = st.lists(of, max_size=3, unique_by=lambda one: getattr(one, key).casefold())
    return many.map(tuple)


@st.composite
def focuses(draw: st.DrawFn) -> PlanFocus:
    """A focus; how it was confirmed only where it was."""
    on = draw(maybe(days))
    return PlanFocus(
        template=draw(words),
        statement=draw(words),
        inquiry=draw(lists),
        set_by=draw(words),
        teachers=draw(maybe(st.integers(1, 9))),  # type: ignore[arg-type]
        confirmed_on=on,  # type: ignore[arg-type]
        confirmed_how=draw(words) if on else "",
        confirmed_how_many=draw(maybe(st.integers(0, 9))) if on else None,  # type: ignore[arg-type]
        professional_learning=draw(passages),
        no_learning_reason=draw(maybe(passages)),  # type: ignore[arg-type]
    )


walks = st.builds(
    PlanWalk,
    id=words,
    host_school=words,
    date=maybe(days),
    zone=st.sampled_from(["", "America/Chicago", "Europe/Berlin"]),
    title=words,
    keep_until=maybe(days),
    notice_given=words | days.map(str),
    talk_spot=maybe(words),
    mode=st.sampled_from(["", *MODES]),
    cycle=maybe(words),
    cycle_stage=maybe(st.sampled_from(["", *CYCLE_STAGES])),
)
meetings = st.builds(
    PlanMeeting,
    date=maybe(days),
    groups=maybe(lists),
    agreed=maybe(passages),
    may_ask=maybe(lists),
    not_visited=maybe(passages),
)
agreements = st.builds(
    PlanAgreements,
    local_agreement=maybe(passages),
    notice_days=maybe(st.integers(0, 365)),
    whom_to_tell=maybe(passages),
    individual_notes=maybe(st.booleans()),
    who_sees_raw=maybe(some),
    type_in_room=maybe(st.booleans()),
)
readiness = st.builds(
    PlanReadiness, st.sampled_from(READY_KEYS), st.booleans(), passages, words, maybe(days)
)
quiet = st.tuples(days, days, words).map(
    lambda one: PlanQuiet(min(one[0], one[1]), max(one[0], one[1]), one[2])
)
look_fors = st.builds(PlanLookFor, some, words, st.sampled_from(ABOUT))
minutes = st.integers(1, 600)
times = st.builds(
    PlanTimes,
    maybe(moments),
    *(minutes | st.just(usual) for usual in (15, 12, 3, 4, 2, 45)),
    st.integers(0, 3),
)
visits = st.builds(
    PlanVisit,
    code=some,
    mode=st.sampled_from(MODES),
    windows=st.lists(spans(), max_size=3).map(tuple),
    grade_band=words,
    subject_band=words,
    inquiry=maybe(words),
    received_on=maybe(days),
)
walkers = st.builds(PlanWalker, some, lists, words, words, st.integers(0, 3))
rules = st.builds(PlanRules, st.integers(0, 3), lists, st.integers(0, 3), maybe(st.booleans()))
plans = st.builds(
    Plan,
    walk=walks,
    focus=focuses(),
    meeting=meetings,
    agreements=agreements,
    readiness=listed(readiness, "key"),
    quiet=st.lists(quiet, max_size=3).map(tuple),
    look_fors=listed(look_fors, "name"),
    times=times,
    bells=st.lists(spans().map(lambda one: PlanBell(*one)), max_size=3).map(tuple),
    visits=listed(visits, "code"),
    walkers=listed(walkers, "label"),
    rules=rules,
)


def next_plan(plan: Plan, other: Plan, chance: Random) -> Plan:
    """The plan after some changes: parts of another one, and its own entries in another order."""
    changed = {}
    for name, was in vars(plan).items():
        now = getattr(other, name)
        kind = chance.choice(["same", "same", "other", "mixed"])
        changed[name] = now if kind == "other" else was
        if kind == "mixed" and isinstance(was, tuple):
            held: dict[object, object] = {}
            for one in chance.sample([*was, *now], len(was) + len(now)):
                held.setdefault(_unique(one), one)
            changed[name] = tuple(held.values())[: chance.randint(0, 5)]
    return Plan(**changed)


def _unique(one: object) -> object:
    for key in ("code", "label", "name", "key"):
        if hasattr(one, key):
            return str(getattr(one, key)).casefold()
    return one
