"""The summary as JSON, in the fixed shape that other programs rely on.

It covers the whole walk in numbers, whatever its size: no example, band, code or walker is in it.
"""

from __future__ import annotations

import json
from typing import TypedDict

from walk.reports.summary import (
    UNCONFIRMED,
    WalkFacts,
    caution,
    parked_count,
    printed_basis,
    printed_trends,
    without_codes,
)


class LookForForm(TypedDict):
    """One look-for over the whole walk."""

    name: str
    noticings: int
    wonderings: int
    visits: int


class TrendForm(TypedDict):
    """One trend; `kind` is asset or need."""

    statement: str
    kind: str
    visits: int
    contrary_visits: int
    noticings: int
    none_visits: int | None
    decision: str
    to_know: str


class StepForm(TypedDict):
    """One next step; `by_when` is an ISO date or empty."""

    what: str
    level: str
    owner: str
    by_when: str
    design: str
    status: str
    support: str
    basis: str
    support_type: str
    horizon: str
    evidence: str


class SummaryForm(TypedDict):
    """The whole summary. Visits are classrooms; the order of keys is fixed."""

    walk: str
    visits: int
    notes: int
    noticings: int
    wonderings: int
    look_fors: list[LookForForm]
    trends: list[TrendForm]
    parked: int
    steps: list[StepForm]
    caution: str


def summary_form(facts: WalkFacts) -> SummaryForm:
    """Return the summary as plain dicts, lists, texts and integers."""
    facts = without_codes(facts)
    return {
        "walk": facts.walk_id,
        "visits": facts.visits,
        "notes": facts.noticings + facts.wonderings,
        "noticings": facts.noticings,
        "wonderings": facts.wonderings,
        "look_fors": _look_fors(facts),
        "trends": _trends(facts),
        "parked": parked_count(facts),
        "steps": _steps(facts),
        "caution": _caution(facts),
    }


def summary_json(facts: WalkFacts) -> str:
    """Return the summary as JSON text, one newline at its end.

    Only ASCII is written, as JSON alone would let some control characters reach a terminal.
    """
    return json.dumps(summary_form(facts), indent=2) + "\n"


def _caution(facts: WalkFacts) -> str:
    if facts.confirmation is None:
        return f"{caution(facts)} {UNCONFIRMED}"
    return caution(facts)


def _look_fors(facts: WalkFacts) -> list[LookForForm]:
    return [
        {
            "name": one.name,
            "noticings": one.noticings,
            "wonderings": one.wonderings,
            "visits": one.visits,
        }
        for one in facts.look_fors
    ]


def _trends(facts: WalkFacts) -> list[TrendForm]:
    return [
        {
            "statement": trend.statement,
            "kind": trend.polarity,
            "visits": trend.visits,
            "contrary_visits": trend.contrary_visits,
            "noticings": trend.noticings,
            "none_visits": trend.none_visits,
            "decision": trend.decision,
            "to_know": trend.to_know,
        }
        for trend in printed_trends(facts)
    ]


def _steps(facts: WalkFacts) -> list[StepForm]:
    return [
        {
            "what": step.what,
            "level": step.level,
            "owner": step.owner,
            "by_when": step.by_when,
            "design": step.design,
            "status": step.status,
            "support": step.support,
            "basis": printed_basis(step, facts),
            "support_type": step.support_type,
            "horizon": step.horizon,
            "evidence": step.evidence,
        }
        for step in facts.steps
    ]
