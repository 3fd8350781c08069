"""The pages of a plan from the desk: what they gather, and what a calendar remembers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from icalendar import Calendar, Event

from tests.desks import begin_small, desk_at, the_visit
from tests.hostile import fill, hostile
from walk.clock import FixedClock
from walk.commands.plan import PAGES
from walk.errors import Refused
from walk.intake.plan import Place, Places, read_places, read_plan
from walk.model import Rotation
from walk.reports.pages import FORMATS, Page, render
from walk.routine.desk import Desk
from walk.routine.papers import notice
from walk.routine.planning import focus_change, places, prepare, ready, roster, rotation
from walk.routine.planning.plan_file import take_plan
from walk.routine.visiting import door
from walk.text import safe

EXAMPLES = Path(__file__).parents[2] / "docs"
PLAN = """
[walk]
host_school = "Lincoln"
date = 2026-12-01
zone = "America/Chicago"
title = "Press for evidence"
keep_until = 2027-01-31
notice_given = 2026-11-28
talk_spot = "the alcove"
[focus]
statement = "Reasons and sources"
inquiry = ["In what ways am I pressing for evidence?"]
set_by = "the grade 6 team"
confirmed_on = 2026-11-10
professional_learning = "three sessions this autumn"
[[look_for]]
name = "Press"
text = "With what words is more asked for?"
[meeting]
date = 2026-11-05
groups = ["the grade 6 team"]
agreed = "Discussion after reading."
may_ask = ["How do you know?"]
not_visited = "the test"
[agreements]
local_agreement = "section 4"
notice_days = 7
whom_to_tell = "the union representative"
individual_notes = true
who_sees_raw = "the walkers alone"
type_in_room = false
[[readiness]]
key = "oriented"
reason = "one team joins on Monday"
[[readiness]]
key = "effort"
done = true
[times]
start = 08:50:00
[[visit]]
code = "V1"
[[visit]]
code = "V2"
mode = "virtual_live"
inquiry = "In what ways am I waiting?"
[[visit]]
code = "V3"
mode = "recorded"
[[walker]]
label = "Ottilie"
roles = ["lead", "timekeeper"]
team = "A"
[[walker]]
label = "Casimir"
roles = ["timekeeper"]
team = "B"
"""
EARLY = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """The plan as a file."""
    path = tmp_path / "plan.toml"
    path.write_text(PLAN, "utf-8")
    return path


@pytest.fixture
def desk(tmp_path: Path, plan: Path) -> Iterator[Desk]:
    """A desk with the walk of the plan."""
    with desk_at(tmp_path / "own.walkdb", FixedClock(EARLY)) as own:
        take_plan(own, plan)
        yield own


def said(pages: tuple[Page, ...]) -> str:
    return " ".join(render(pages, "text").split())


def events(desk: Desk, made: Rotation, **how: object) -> dict[str, Event]:
    """The events of a calendar that is written now, by the beginning of their summary."""
    written = notice.calendar_of(desk, made, **how)  # type: ignore[arg-type]
    found = Calendar.from_ical(written).events
    return {str(one["summary"]).split(" · ")[0]: one for one in found}


def numbers(found: dict[str, Event]) -> set[int]:
    return {one.sequence for one in found.values()}


# Gathering


def test_the_notice_is_gathered_from_the_whole_plan(desk: Desk) -> None:
    text = said(notice.page_of(desk, "notice"))
    for part in (
        "Lincoln, 1 December 2026",
        "Walkers come to 3 classrooms",
        "Orientation begins at 08:50.",
        "2 walkers come in 2 teams. Roles among them: timekeeper and lead.",
        "As written by the grade 6 team:",
        "In what ways am I waiting?",
        "Confirmed by the host teachers on 10 November 2026",
        "Press: With what words is more asked for?",
        "How do you know?",
        "What is not visited: the test.",
        "Walkers do not type in the room",
        "the walkers alone",
        "31 January 2027",
        "only where that teacher asks",
        "Held under: section 4.",
        "Notice given: 28 November 2026. Notice agreed: 7 days.",
        "3 days of notice; 7 were agreed",
        "and have seen the blank form and the agreement: one team joins on Monday.",
        "Nobody has said yet how this stands: The beginnings",
        "tell the union representative.",
    ):
        assert part in text
    assert "Walkers come with an effort-based stance" not in text  # it is so
    for label in ("Ottilie", "Casimir"):
        assert label not in text


def test_what_changes_in_the_plan_changes_on_the_page(desk: Desk) -> None:
    prepare.withdraw_visit(desk, the_visit(desk, "V2"))
    focus_change.change_focus(desk, statement="Sources")
    ready.agree(desk, type_in_room=True)
    text = said(notice.page_of(desk, "notice"))
    assert "Walkers come to 2 classrooms" in text
    assert "In what ways am I waiting?" not in text
    assert "not yet confirmed by the host teachers" in text
    assert "before, it read: Reasons and sources" in text
    assert "Walkers may type a few words" in text


def test_a_small_walk_has_every_page(tmp_path: Path) -> None:
    with desk_at(tmp_path / "small.walkdb") as small:
        begin_small(small)
        text = said(notice.page_of(small, "notice"))
        assert "1 walker comes in 1 team; others may join." in text
        assert text.count("The beginnings of a learning community") == 1  # asked, not “not yet so”
        assert "Not yet so" not in text
        ready.record_meeting(small, agreed="Ask me about it")
        assert notice.likely_names(small, notice.facts(small)) == ()  # its one label is "me"
        assert "not yet confirmed by the host teachers" in text
        assert "What will happen" in said(notice.page_of(small, "overview"))
        assert "No stops are planned" in said(notice.page_of(small, "slips"))


def test_pages_rest_on_the_rotation_that_was_made(desk: Desk) -> None:
    rotation.make(desk)
    text = said(notice.page_of(desk, "notice", schedule=True))
    assert "the first classrooms are entered at 09:05" in text
    assert "V3: recorded" in text
    first, second = notice.page_of(desk, "slips")
    assert (first.title, second.title) == ("Team A", "Team B")
    slip = said((second,))
    assert "virtual live: entry rights; display name; microphone and camera off" in slip
    assert "Talk spot: the alcove." in slip
    assert "plan as of 20 November 2026, 09:00" in slip
    assert "Stops begin at 09:05." in said(notice.page_of(desk, "overview"))


def test_a_team_without_a_stop_is_refused(desk: Desk) -> None:
    rotation.make(desk)
    with pytest.raises(Refused, match="No team Z"):
        notice.page_of(desk, "slips", team="Z")
    assert len(notice.page_of(desk, "slips", team="B")) == 1


# Places


def test_slips_say_where_only_with_the_places_of_this_laptop(desk: Desk) -> None:
    rotation.make(desk)
    with pytest.raises(Refused, match="No places"):
        notice.page_of(desk, "slips", where=True)
    places.write(desk, Places((Place("v1", "Room 12"), Place("V2", ""))))
    text = said(notice.page_of(desk, "slips", where=True))
    assert "Room 12" in text
    assert "This paper names rooms." in text
    for what in PAGES:
        assert "Room 12" not in said(notice.page_of(desk, what, schedule=True))


def test_the_calendar_says_where_only_when_asked(desk: Desk) -> None:
    made = rotation.make(desk)
    places.write(desk, Places((Place("V1", "Room 12"),)))
    assert all("location" not in one for one in events(desk, made).values())
    found = events(desk, made, where=True)
    assert {str(one.get("location", "")) for one in found.values()} == {"", "Room 12"}


# Names and other texts


def test_a_store_full_of_hostile_texts_prints_every_page(desk: Desk) -> None:
    fill(desk)
    made = rotation.make(desk)
    ready.agree(desk, whom_to_tell=hostile(1), local_agreement=hostile(2), talk_spot=hostile(3))
    ready.record_meeting(desk, agreed=hostile(4), may_ask=(hostile(5),), not_visited=hostile(6))
    assert isinstance(notice.likely_names(desk, notice.facts(desk)), tuple)
    for what in PAGES:
        for form in FORMATS:
            text = render(notice.page_of(desk, what, schedule=True), form)
            assert safe(text) == text
            assert "<script" not in text or form == "text"
    assert b"\x1b" not in notice.calendar_of(desk, made)


def test_likely_names_are_told_and_can_be_cleared(desk: Desk) -> None:
    assert notice.likely_names(desk, notice.facts(desk)) == ()
    ready.record_meeting(desk, agreed="Ms Ortiz opens her room; ask ortiz@school.org")
    ready.agree(desk, whom_to_tell="Mr Bell")
    found = notice.likely_names(desk, notice.facts(desk))
    assert {"Ms Ortiz", "ortiz@school.org", "Mr Bell"} <= set(found)
    assert "Ms Ortiz" in said(notice.page_of(desk, "notice"))  # it stops nothing
    door.no_person(desk, "Ms Ortiz", "Mr Bell")
    assert notice.likely_names(desk, notice.facts(desk)) == ("ortiz@school.org",)


def test_a_label_of_a_walker_in_the_plans_words_is_told(desk: Desk) -> None:
    ready.record_meeting(desk, agreed="We follow Casimir into the rooms")
    assert "Casimir" in notice.likely_names(desk, notice.facts(desk))


# A plan file


def test_a_plan_file_gives_the_rotation_of_its_walk_without_a_store(desk: Desk, plan: Path) -> None:
    read = read_plan(plan)
    made = notice.drawn(read, None, desk.now())
    found = notice.facts_of_plan(read, made, desk.today())
    assert found.walk_id == desk.walk_id
    assert found.rotation is not None
    kept = notice.facts(desk, rotation.make(desk)).rotation
    assert kept is not None
    assert (found.rotation.stops, found.rotation.ends) == (kept.stops, kept.ends)
    assert "A:\N{NO-BREAK SPACE}V" in notice.rotation_text(found, "text")


def test_walkers_never_enter_their_own_room(desk: Desk, plan: Path) -> None:
    own = Places((Place("V1", "Room 12", ("Ottilie",)), Place("V2", "Lab", ("Casimir",))))
    made = notice.drawn(read_plan(plan), own, desk.now())
    assert {(one.team, one.visit) for one in made.stops} == {("A", "V2"), ("B", "V1")}


def test_the_shipped_examples_see_every_visit_and_keep_an_own_room(desk: Desk) -> None:
    plan, own = (read_plan(EXAMPLES / "plan-example.toml"), EXAMPLES / "places-example.toml")
    known = read_places(own)
    owners = {one.code: set(one.own_room_of) for one in known.places if one.own_room_of}
    teams = {code: {w.team for w in plan.walkers if w.label in at} for code, at in owners.items()}
    freely, made = (notice.drawn(plan, rooms, desk.now()) for rooms in (None, known))
    entered = {(one.team, one.visit) for one in made.stops}
    kept_out = {(team, code) for code, found in teams.items() for team in found}
    assert kept_out
    assert kept_out <= {(one.team, one.visit) for one in freely.stops}
    assert not kept_out & entered
    assert not made.dropped
    assert {code for _, code in entered} | set(made.recorded) == {v.code for v in plan.visits}


def test_no_page_says_whose_room_it_is(desk: Desk, plan: Path) -> None:
    own = Places((Place("V1", "", ("Ottilie", "Casimir")),))
    made = notice.drawn(read_plan(plan), own, desk.now())
    assert any("may not enter V1" in one for one in notice.problems(made))
    found = notice.facts_of_plan(read_plan(plan), made, desk.today())
    assert "may not enter" not in notice.rotation_text(found, "text")


def test_the_notice_tells_who_is_on_no_team(desk: Desk) -> None:
    roster.add(desk, "Zoe")
    found = notice.facts(desk)
    assert found.on_no_team == 1
    text = render(notice.page_of(desk, "notice"), "text")
    assert f"{found.walkers} walkers come: {found.walkers - 1} in 2 teams, 1 on no team" in (
        " ".join(text.split())
    )


def test_what_is_not_visited_is_a_problem_in_words(desk: Desk, plan: Path) -> None:
    own = Places((Place("V1", "", ("Ottilie", "Casimir")),))
    made = notice.drawn(read_plan(plan), own, desk.now())
    assert "V1 is not visited: own room" in notice.problems(made)


# What a calendar remembers


def test_a_rotation_made_anew_raises_the_number_and_cancels_what_is_gone(desk: Desk) -> None:
    first = rotation.make(desk)
    before = events(desk, first)
    assert numbers(before) == {first.sequence}
    prepare.withdraw_visit(desk, the_visit(desk, "V2"))
    desk.clock.advance(minutes=5)  # type: ignore[attr-defined]
    second = rotation.make(desk)
    after = events(desk, second)
    gone = {name for name in before if name.startswith("V2")}
    assert gone
    assert {f"Cancelled: {name}" for name in gone} <= after.keys()
    assert not gone & after.keys()
    for name in gone:
        assert before[name]["uid"] == after[f"Cancelled: {name}"]["uid"]
    assert before["V1, team A"]["uid"] == after["V1, team A"]["uid"]
    assert numbers(after) == {second.sequence}
    assert second.sequence > first.sequence


def test_an_undone_rotation_is_the_later_one_to_a_calendar(desk: Desk) -> None:
    first = rotation.make(desk)
    events(desk, first)
    roster.add(desk, "Ana")
    desk.clock.advance(minutes=5)  # type: ignore[attr-defined]
    second = rotation.make(desk, slots=1)
    assert numbers(events(desk, second)) == {second.sequence}
    desk.undo(prepare.STAGE)
    back = rotation.current(desk)
    assert back == first
    again = events(desk, back)
    assert min(numbers(again)) > second.sequence
    assert not any(name.startswith("Cancelled") for name in again)
    assert numbers(events(desk, back)) == numbers(again)  # the same once more changes nothing


def test_one_teams_calendar_cancels_only_what_it_was_given(desk: Desk) -> None:
    first = rotation.make(desk)
    given = events(desk, first, team="A")
    assert not any("team B" in name for name in given)
    prepare.withdraw_visit(desk, the_visit(desk, "V2"))
    after = events(desk, rotation.make(desk))
    cancelled = {name for name in after if name.startswith("Cancelled")}
    assert cancelled == {f"Cancelled: {name}" for name in given if name.startswith("V2")}


def test_a_walk_without_a_rotation_shows_what_it_would_be(desk: Desk) -> None:
    drawn = notice.made_or_drawn(desk)
    assert rotation.current(desk) is None
    assert events(desk, drawn)
    kept = rotation.make(desk)
    assert notice.made_or_drawn(desk) == kept
    assert min(numbers(events(desk, kept))) >= 1
