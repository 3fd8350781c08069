"""A usual plan for the tests of its pages, and one in which every text is the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from walk.reports.plan_facts import (
    Minutes,
    PlanFacts,
    ReadyFact,
    RotationFacts,
    StopFact,
    VisitFact,
)
from walk.reports.summary import ConfirmationFact

CHICAGO = timezone(timedelta(hours=-6))


def at(hour: int, minute: int) -> datetime:
    """A time of the day of the walk."""
    return datetime(2026, 12, 1, hour, minute, tzinfo=CHICAGO)


def stop(team: str, code: str, slot: int) -> StopFact:
    """A stop of twelve minutes, in slots of twenty-one."""
    enter = at(9, 5) + timedelta(minutes=21 * (slot - 1))
    ends = (enter + timedelta(minutes=so_far) for so_far in (12, 15, 19))
    return StopFact(team, code, slot, enter, *ends)


ROTATION = RotationFacts(
    made=at(7, 0) - timedelta(days=5),
    sequence=3,
    starts=at(8, 50),
    ends=at(11, 16),
    minutes=Minutes(),
    stops=tuple(
        stop(team, f"V{(slot + ahead) % 4 + 1}", slot + 1)
        for slot in range(4)
        for team, ahead in (("A", 0), ("B", 2))
    ),
    recorded=("V5",),
    dropped=(("V6", "windows"),),
    warnings=("team B has no timekeeper",),
)

USUAL = PlanFacts(
    walk_id="ab" * 16,
    title="Press for evidence, December",
    host_school="Lincoln",
    date="2026-12-01",
    start="08:50",
    walkers=6,
    teams=2,
    roles=("lead", "facilitator", "timekeeper", "recorder", "coach", "host teacher"),
    visits=(
        VisitFact("V1", "in_person"),
        VisitFact("V2", "in_person"),
        VisitFact("V3", "virtual_live"),
        VisitFact("V4", "in_person", "In what ways am I asking for a source?"),
        VisitFact("V5", "recorded"),
        VisitFact("V6", "in_person"),
    ),
    rotation=ROTATION,
    focus="Reasons and sources in discussion.",
    inquiries=("In what ways am I pressing students for evidence and fuller explanation?",),
    set_by="the grade 6 team",
    confirmation=ConfirmationFact("in the team meeting", "2026-11-10", 4),
    professional_learning="Three sessions on questions that ask for a source, this autumn",
    look_fors=(
        ("Teacher asks for more", "With what words does the teacher ask a student to say more?"),
        ("Point, read, measure", "What do students point to, read aloud or measure?"),
        ("Answer after a press", "How does an answer change once more has been asked for?"),
        ("Sources within reach", "Which texts or objects lie within reach while a claim is made?"),
    ),
    meeting_date="2026-11-05",
    met=("the grade 6 team", "a building administrator"),
    agreed="We look at discussion after independent reading, and at written work once it is done.",
    may_ask=("What are you working on?", "How do you know?"),
    not_visited="the reading test on Tuesday",
    who_sees_raw="the walkers of this walk and the teacher of that visit",
    keep_until="2027-01-31",
    individual_notes=True,
    notice_given="2026-11-24",
    notice_days=7,
    local_agreement="the district agreement on peer visits of 2024, section 4",
    whom_to_tell="the union representative",
    not_ready=(
        ReadyFact("The host teachers are oriented", "one team joins on Monday"),
        ReadyFact("The students have been told that visitors may come", "told the day before"),
    ),
    warnings=("The walk on 2026-12-01 is within quiet days (state test)",),
    talk_spot="the alcove by the library stairs",
    checklists=(
        ("in_person", ("place to stand", "quiet device", "lid angle")),
        ("virtual_live", ("entry rights", "display name", "microphone and camera off")),
        ("recorded", ("segment received", "permission")),
    ),
)

EMPTY = PlanFacts()


def planted(text: str) -> PlanFacts:
    """A plan in which every free text is `text`, and everything is printed."""
    made = replace(
        ROTATION,
        stops=(replace(ROTATION.stops[0], team=text, code=text),),
        recorded=(text,),
        dropped=((text, text),),
        warnings=(text,),
    )
    return replace(
        USUAL,
        title=text,
        host_school=text,
        date=text,
        roles=(text,),
        visits=(VisitFact(text, "in_person", text), *USUAL.visits),
        rotation=made,
        focus=text,
        inquiries=(text,),
        set_by=text,
        confirmation=ConfirmationFact(text, text, None),
        changes_after_confirmation=(text,),
        professional_learning=text,
        look_fors=((text, text),),
        meeting_date=text,
        met=(text,),
        agreed=text,
        may_ask=(text,),
        not_visited=text,
        who_sees_raw=text,
        keep_until=text,
        notice_given=text,
        local_agreement=text,
        whom_to_tell=text,
        not_ready=(ReadyFact(text, text),),
        not_said=(text,),
        warnings=(text,),
        talk_spot=text,
        checklists=(("in_person", (text,)),),
    )


def crowd(teams: int = 40, visits: int = 200, slots: int = 10) -> PlanFacts:
    """A plan of many teams and visits, and of long names."""
    stops = tuple(
        stop(f"Team of the {place} wing", f"V{(5 * place + slot) % visits + 1}", slot + 1)
        for slot in range(slots)
        for place in range(teams)
    )
    found = tuple(VisitFact(f"V{number + 1}", "in_person") for number in range(visits))
    return replace(USUAL, visits=found, rotation=replace(ROTATION, stops=stops, recorded=()))
