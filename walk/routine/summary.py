"""Summary: what the staff summary says of a walk, read from the store and handed to the reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from walk.model import Closing, Form, Note, Record, Step, Theme, Trend, closing_id
from walk.reports.summary import (
    ConfirmationFact,
    LookForFact,
    StepFact,
    TrendFact,
    WalkFacts,
)
from walk.routine import purged
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.planning import prepare
from walk.routine.purged import Kept, Purged
from walk.routine.visiting import door
from walk.routine.writing import hidden_counts
from walk.storage.store import Held

if TYPE_CHECKING:
    from walk.reports.blocks import Page

FORMATS = ("text", "json", "md", "html")
"""What a summary can be written as, as text."""
UNBROKEN = 100_000
"""Cells of a line that no paragraph fills."""

LEFT_OUT = "(left out for now)"
"""Stands for words of a step or a closing in which something looks like a name."""

_PRINTED = frozenset(
    {
        *("text", "statement", "to_know"),
        *("what", "owner", "support", "evidence"),
        *("reason", "next_look"),
    }
)
"""The fields of people's words that a summary prints."""


def facts(desk: Desk) -> WalkFacts:
    """Everything a staff summary is made from. Counts are of classrooms.

    Words in which something looks like a name are left out, until that is cleared or reworded.
    """
    out = _Out(left_out(desk))
    plan = prepare.plan(desk, with_visits=False)
    walk = desk.walk_id
    closing = steps.closing(desk)
    gone = purged.of(desk)
    found = counted(desk, gone, closing)
    trends = _trends(desk, out)
    return WalkFacts(
        walk_id=walk,
        title=plan.walk.title,
        host_school=plan.walk.host_school,
        date=plan.walk.date,
        called_off=closing is not None and closing.how == "called off",
        closed=closing is not None and closing.how == "closed",
        closing_reason=out.said(closing, "reason") if closing else "",
        keep_until=plan.walk.keep_until,
        focus=plan.focus.statement,
        inquiries=plan.focus.inquiries,
        set_by=plan.focus.set_by,
        confirmation=ConfirmationFact(
            plan.focus.confirmation.how,
            plan.focus.confirmation.on,
            plan.focus.confirmation.how_many,
        )
        if plan.focus.confirmation
        else None,
        changes_after_confirmation=tuple(
            f"Changed on {one.on}; before, it read: {one.before}" for one in plan.focus.changes
        ),
        professional_learning=plan.focus.professional_learning,
        no_learning_reason=plan.focus.no_learning_reason,
        look_fors=_look_fors(plan, found),
        visits=max(found.visits, closing.visits if closing else 0),
        stops_minutes=found.minutes,
        modes=found.modes,
        grade_bands=found.grade_bands,
        subject_bands=found.subject_bands,
        noticings=found.noticings,
        wonderings=found.wonderings,
        trends=trends,
        open_wonderings=_chosen(desk, steps.for_staff(desk), out),
        steps=_steps(desk, out),
        typing_in_room=plan.rules.type_in_room,
        who_sees_raw=plan.rules.who_sees_raw,
        next_look=out.said(closing, "next_look") if closing else "",
        contact=closing.contact if closing else "",
        lead=lead_label(plan),
        missing_walkers=tuple(missing_walkers(desk)),
        unshared_notes=sum(count for *_, count in hidden_counts(desk)),
        codes=tuple(desk.store.codes(walk)),
        purged=gone.words if gone else "",
    )


def lead_label(plan: prepare.PlanView) -> str:
    """The label of the lead, to ask where no contact is named; "me" would tell readers nothing."""
    found = next((one.label for one in plan.walkers if "lead" in one.roles), "")
    return "" if found == prepare.ME else found


def counted(desk: Desk, gone: Purged | None, closing: Closing | None) -> Kept:
    """What a walk comes to, in counts; those that were kept, once its raw notes are gone."""
    if gone and gone.kept:
        return gone.kept
    if gone and closing:  # what the closing says is all that is known
        return Kept(closing.visits, closing.noticings, closing.wonderings)
    forms = _forms(desk)
    mine = desk.mine()
    tied = desk.store.tied(desk.walk_id, mine)
    seen = desk.store.seen(desk.walk_id, mine, {one.visit for one in forms})
    return Kept(
        visits=seen.visits,
        noticings=sum(one.noticings for one in tied),
        wonderings=sum(one.wonderings for one in tied),
        look_fors={one.look_for: (one.noticings, one.wonderings, one.visits) for one in tied},
        minutes=tuple(
            round(one.left_after_s / 60) for one in forms if one.left_after_s is not None
        ),
        modes=tuple(sorted(seen.modes.items())),
        grade_bands=tuple(sorted(seen.grade_bands)),
        subject_bands=tuple(sorted(seen.subject_bands)),
    )


def _forms(desk: Desk) -> list[Form]:
    """One form a person and visit, without what other walkers of this laptop have not shared."""
    found: dict[tuple[str, str], Form] = {}
    mine = desk.mine()
    for held in desk.store.all(Form, desk.walk_id, pool=True):
        form = held.record
        if held.shared or not mine or form.walker in mine:
            found.setdefault((form.visit, desk.person(form.walker)), form)
    return list(found.values())


def _look_fors(plan: prepare.PlanView, found: Kept) -> tuple[LookForFact, ...]:
    return tuple(
        LookForFact(
            # An imported name too long for a screen is kept whole in its text.
            one.text if one.imported and one.text else one.name,
            *found.look_fors.get(one.id, (0, 0, 0)),
        )
        for one in plan.look_fors
    )


def left_out(desk: Desk) -> list[door.AtDoor]:
    """What would be printed, but something in it looks like a name; maybes come behind."""
    store, walk = desk.store, desk.walk_id
    stated = [one for one in store.all(Trend, walk) if one.record.polarity]
    closing = store.held(Closing, closing_id(walk))
    chosen = [one for trend in stated for one in trend.record.examples]
    chosen += steps.for_staff(desk)
    notes = (store.held(Note, one) for one in dict.fromkeys(chosen))
    held: list[Held[Any]] = [*stated, *filter(None, notes), *store.all(Step, walk)]
    held += [closing] if closing else []
    found = door.open_finds(desk, held, _PRINTED)
    return sorted(found, key=lambda one: not one.waits)


def own_words(desk: Desk) -> list[Note]:
    """The chosen examples and wonderings in which somebody's own words stand."""
    stated = [one.record for one in desk.store.all(Trend, desk.walk_id)]
    chosen = [one for trend in stated if trend.polarity for one in trend.examples]
    chosen += steps.for_staff(desk)
    found = (desk.store.get(Note, one) for one in dict.fromkeys(chosen))
    return [one for one in found if one is not None and one.speech]


class _Out:
    """Which records, and which fields of them, are not printed."""

    def __init__(self, at_door: Iterable[door.AtDoor]) -> None:
        self._out = {(one.record.id, one.field) for one in at_door if one.waits}

    def is_out(self, record: str, field: str) -> bool:
        """True where this field may not be printed."""
        return (record, field) in self._out

    def said(self, record: Record, field: str) -> str:
        """The field's words, or that they are left out."""
        return LEFT_OUT if self.is_out(record.id, field) else str(getattr(record, field))


def _trends(desk: Desk, out: _Out) -> tuple[TrendFact, ...]:
    """The stated trends that are asset, need or parked; an undecided one is no trend to print."""
    found = []
    order = {one.record.id: one.record.place for one in desk.store.all(Theme, desk.walk_id)}
    held = [one.record for one in desk.store.all(Trend, desk.walk_id)]
    for trend in sorted(held, key=lambda one: (order.get(one.theme, 0), one.id)):
        if (not trend.polarity and not trend.parked) or out.is_out(trend.id, "statement"):
            continue
        found.append(
            TrendFact(
                statement=trend.statement,
                polarity=trend.polarity or "need",
                visits=trend.counts.visits,
                contrary_visits=trend.counts.contrary_visits,
                noticings=trend.counts.noticings,
                examples=_chosen(desk, trend.examples, out),
                parked=trend.parked,
                none_visits=trend.counts.none_visits,
                decision=trend.decision,
                to_know=out.said(trend, "to_know"),
            )
        )
    return tuple(found)


def _chosen(desk: Desk, ids: tuple[str, ...], out: _Out) -> tuple[str, ...]:
    notes = (desk.store.get(Note, one) for one in ids if not out.is_out(one, "text"))
    return tuple(note.words for note in notes if note is not None)


def _steps(desk: Desk, out: _Out) -> tuple[StepFact, ...]:
    found = []
    for step in steps.steps(desk):
        trend = desk.store.get(Trend, step.rests_on) if len(step.rests_on) == 32 else None
        note = desk.store.get(Note, step.rests_on) if len(step.rests_on) == 32 else None
        basis = trend.statement if trend else note.words if note else step.rests_on
        if basis == step.rests_on and basis != "inquiry":
            basis = ""  # what it rested on is gone, and an id says nothing
        found.append(
            StepFact(
                what=out.said(step, "what"),
                level=step.level,
                owner=out.said(step, "owner"),
                by_when=step.by_when,
                design=step.design,
                status=step.status,
                support=out.said(step, "support"),
                basis=basis,
                support_type=step.support_type,
                horizon=step.horizon,
                evidence=out.said(step, "evidence"),
            )
        )
    return tuple(found)


def missing_walkers(desk: Desk) -> list[str]:
    """The labels of walkers on the roster from whom nothing is here yet.

    After a purge nothing can be here, and nobody is missed.
    """
    if purged.of(desk):
        return []
    walkers = desk.walkers()
    found = desk.store.authors(desk.walk_id, [one.id for one in walkers])
    heard = {desk.person(one) for one in found}
    return [one.label for one in walkers if one.id not in heard]


# Writing it down


def page(found: WalkFacts) -> Page:
    """The staff summary as a page."""
    from walk.reports.letter import letter

    return letter(found)


def render(found: WalkFacts, form: str) -> str:
    """The summary in one of FORMATS, as text."""
    if form == "json":
        from walk.reports.jsonform import summary_json

        return summary_json(found)
    from walk.reports import pages

    return pages.render([page(found)], form)


def to_be_heard(found: WalkFacts) -> list[str]:
    """The summary for the ear: a paragraph a line, no bars, as words say their counts."""
    from walk.reports import pages
    from walk.reports.blocks import Chart

    whole = page(found)
    heard = [one for one in whole.sections if not all(isinstance(b, Chart) for b in one.blocks)]
    said = pages.render([replace(whole, sections=tuple(heard))], "text", width=UNBROKEN)
    return [line.strip().removeprefix("| ") for line in said.splitlines()]
