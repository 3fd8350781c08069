"""The printed pages of a plan: what each says, what none says, and that no text acts in them."""

from __future__ import annotations

import re
from dataclasses import replace

from tests.reports.plan_forms import every_form, notices, of, rotations, scheduled, told
from tests.reports.plan_sample import EMPTY, ROTATION, USUAL, stop
from tests.reports.sample import words
from walk.model.rotation import NOT_VISITED
from walk.reports.pages import plain
from walk.reports.plan_facts import WHY, Minutes, place_and_date, why_words
from walk.reports.rotation_page import rotation_page
from walk.reports.slips import NAMES_ROOMS, slips
from walk.reports.teacher_notice import notice
from walk.reports.what_happens import overview
from walk.rotation import problem

# The notice to host teachers


@every_form
def test_the_notice_says_what_teachers_have_to_know(form: str) -> None:
    said = told([notice(USUAL)], form)
    for part in (
        "Lincoln, 1 December 2026",
        "Walkers come to 6 classrooms on 1 December 2026.",
        "Orientation begins at 08:50, the first classrooms are entered at 09:05",
        "the debrief ends at 11:16",
        "6 walkers come in 2 teams.",
        "Roles among them: lead, facilitator, timekeeper, recorder, coach and host teacher.",
        "As written by the grade 6 team:",
        "In what ways am I pressing students for evidence and fuller explanation?",
        "In what ways am I asking for a source?",
        "Confirmed by the host teachers on 10 November 2026 (in the team meeting, 4 teachers).",
        "Linked professional learning: Three sessions",
        "They are not ticked and not counted:",
        "Point, read, measure: What do students point to, read aloud or measure?",
        "A team stays 12 minutes in a classroom, and 2 teams in all come to each.",
        "What visitors may ask students: What are you working on? How do you know?",
        "What is not visited: the reading test on Tuesday.",
        "Walkers may type a few words in the room",
        "Who may see raw notes: the walkers of this walk and the teacher of that visit.",
        "Raw notes are kept until 31 January 2027",
        "A note to one teacher is written only where that teacher asks for it.",
        "Held under: the district agreement on peer visits of 2024, section 4.",
        "It cannot promise any legal status.",
        "Notice given: 24 November 2026. Notice agreed: 7 days.",
        "The host teachers are oriented: one team joins on Monday.",
        "You may take your visit back or ask for another time, also on the day. No reason",
        "If a wording here is not what was agreed, tell the union representative.",
        "Part of the lesson",
        "one of opening, middle, closing, whole and unknown",
        "Activity structure",
        "Nothing seen on this inquiry",
        "There is no score, rating or level",
    ):
        assert part in said
    assert "please note: the walk on 2026-12-01 is within quiet days" in said.lower()


def test_every_rule_that_keeps_a_visit_out_is_told_in_words() -> None:
    rules = (problem.WINDOWS, problem.BELLS, problem.SLOTS, problem.TEAM_CAP, problem.OWN_ROOM)
    assert set(rules) == WHY.keys()
    both = why_words(f"{problem.WINDOWS} and {problem.BELLS}")
    assert both == "no slot lies within its times and a bell stands in the way"
    assert why_words(NOT_VISITED) == NOT_VISITED


def test_the_notice_leaves_the_schedule_out_unless_asked() -> None:
    assert not re.search(r"\bV[1-6]\b", of(notices))
    said = of(scheduled)
    assert "V1: 09:05–09:17, 09:47–09:59" in said
    assert "V5: recorded" in said
    assert "V6: no slot lies within its times" in said
    unplanned = of(scheduled, replace(USUAL, rotation=None))
    assert "The times of each visit are not planned yet." in unplanned


def test_an_empty_plan_has_a_notice_that_hides_nothing() -> None:
    said = of(notices, EMPTY)
    for part in (
        "The time is not set yet.",
        "Who comes is not settled yet.",
        "No focus has been written down yet.",
        "The focus is not yet confirmed by the host teachers.",
        "PLEASE NOTE: No professional learning was named for this focus. No reason was written.",
        "Visitors ask students nothing.",
        "No date has been set for clearing the raw notes.",
        "No note to one teacher is written.",
        "No local agreement was recorded.",
        "No date of this notice is recorded.",
        "tell the lead of the walk.",
    ):
        assert part in words(said)


def test_the_notice_says_paper_reasons_and_what_nobody_has_answered() -> None:
    facts = replace(
        USUAL,
        type_in_room=False,
        professional_learning="",
        no_learning_reason="a new team",
        not_said=("The students have been told",),
        changes_after_confirmation=("Changed on 2026-11-20; before, it read: Talk in pairs",),
        not_ready=(replace(USUAL.not_ready[0], reason=""),),
        rotation=replace(ROTATION, stops=ROTATION.stops[:1]),
        walkers=1,
        teams=1,
    )
    said = of(notices, facts)
    assert "Walkers do not type in the room" in said
    assert "No professional learning was named for this focus. Reason given: a new team." in said
    assert "Nobody has said yet how this stands: The students have been told." in said
    assert "before, it read: Talk in pairs" in said
    assert "The host teachers are oriented: no reason was written." in said
    assert "and 1 team in all comes to each" in said
    assert "1 walker comes in 1 team." in said


# What will happen


@every_form
def test_the_overview_tells_the_day_in_order(form: str) -> None:
    said = told([overview(USUAL)], form)
    parts = (
        "5 November 2026",
        "Focus meeting (the grade 6 team and a building administrator)",
        "24 November 2026",
        "Notice to the host teachers",
        "Stops begin at 09:05, 09:26, 09:47 and 10:08. Everything ends at 11:16.",
        "Orientation",
        "Visit: a team",
        "Silent write",
        "Hall talk",
        "Move to",
        "Recorded segments (V5)",
        "Debrief of all",
        "Staff summary",
        "A note to one teacher",
        "Next steps",
        "31 January 2027",
        "Open steps come first",
    )
    # Markdown is read twice over, rendered and as it stands.
    places = [said.find(words(part)) for part in parts]
    assert -1 not in places
    assert form == "text" or places == sorted(places)


def test_the_overview_prints_minutes_and_times() -> None:
    lines = plain([overview(replace(USUAL, minutes=Minutes(5, 11, 4, 6, 3, 40)))]).splitlines()
    held = [line for line in lines if re.search(r"  \d+$", line)]
    assert [int(line.split()[-1]) for line in held] == [5, 11, 4, 6, 3, 40]
    assert held[0].startswith("08:50–09:05")
    assert held[-1].startswith("10:31–11:16")
    unplanned = plain([overview(replace(USUAL, rotation=None, individual_notes=False))])
    assert "from 08:50" in unplanned
    assert "11:16" not in unplanned
    assert "A note to one teacher" not in unplanned


# Slips


@every_form
def test_a_slip_says_where_its_team_is_when(form: str) -> None:
    first, second = (told([page], form) for page in slips(USUAL))
    assert first.startswith("Team A")
    for part in (
        "Lincoln, 1 December 2026",
        "V1",
        "09:05–09:17",
        "09:20",
        "09:24",
        "V2 at 09:26",
        "debrief at 10:31",
    ):
        assert part in first
    for part in (
        "virtual live: entry rights; display name; microphone and camera off",
        "recorded: segment received; permission",
        "You may ask students: What are you working on? How do you know?",
        "Talk spot: the alcove by the library stairs.",
        "V4 has its own: In what ways am I asking for a source?",
        "Recorded, watched without a slot: V5.",
        "none to less than 10 minutes",
        "The silent write is cut last.",
        "plan as of 26 November 2026, 07:00",
    ):
        assert part in first
    assert "Team B" in second
    assert "Team B" not in first


def test_a_slip_names_rooms_only_when_asked_and_warns() -> None:
    (page,) = slips(USUAL, team="B", places={"V1": "Room 12"})
    said = told([page], "html")
    assert NAMES_ROOMS in said
    assert "Room 12" in said
    assert "ask the lead" in said  # V2 to V4 are not named
    assert words(NAMES_ROOMS) not in of(slips)


def test_a_late_visit_is_never_asked_to_be_longer_than_planned() -> None:
    short = replace(USUAL, minutes=Minutes(visit=8, hall=1))
    assert "none to less than 8 minutes" in of(slips, short)
    assert "no less than 1 minute." in of(slips, short)


# The rotation


def test_the_rotation_is_a_row_a_slot() -> None:
    lines = plain([rotation_page(USUAL)]).replace("\N{NO-BREAK SPACE}", " ").splitlines()
    assert "1     09:05–09:17  09:20        09:24       A: V1 · B: V3" in lines
    assert "4     10:08–10:20  10:23        10:27       A: V4 · B: V2" in lines
    said = of(rotations)
    for part in (
        "2 teams · 4 slots",
        "V1: 2 · V2: 2",
        "- V6: no slot lies within its times",
        "- team B has no time",
    ):
        assert part in said
    alone = plain([rotation_page(USUAL, team="B")])
    assert "1     09:05–09:17  09:20        09:24       V3" in alone.splitlines()


def test_teams_that_keep_other_times_in_a_slot_get_their_own_row() -> None:
    later = replace(stop("B", "V2", 1), leave=stop("B", "V2", 1).write_until)
    made = replace(ROTATION, stops=(stop("A", "V1", 1), later))
    said = plain([rotation_page(replace(USUAL, rotation=made))])
    assert "09:05–09:17" in said
    assert "09:05–09:20" in said


def test_codes_are_counted_in_the_order_of_people() -> None:
    made = replace(ROTATION, stops=tuple(stop("A", code, 1) for code in ("V10", "V2", "V1")))
    assert "V1: 1 · V2: 1 · V10: 1" in of(rotations, replace(USUAL, rotation=made))


def test_a_right_to_left_school_keeps_the_date_as_it_is() -> None:
    """What closes the school's direction stands before our comma."""
    shown = place_and_date(replace(USUAL, host_school="مدرسة"))
    assert shown.startswith("مدرسة\u200e, ")
