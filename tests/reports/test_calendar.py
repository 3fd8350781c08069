"""The calendar file: by RFC 5545, and by what Outlook and Google ask of one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from icalendar import Calendar, Event

from tests.reports.plan_sample import EMPTY, ROTATION, USUAL, crowd, planted, stop
from tests.reports.test_summary_safety import TEXT
from walk.reports.calendar import GoneStop, calendar, stop_uid
from walk.reports.plan_facts import PlanFacts, RotationFacts
from walk.text import one_line

GONE = GoneStop("A", "V9", ROTATION.stops[0].enter, ROTATION.stops[0].leave)


def events(written: bytes) -> list[Event]:
    """The events that a calendar program finds."""
    return Calendar.from_ical(written).events


def by_summary(written: bytes) -> dict[str, Event]:
    return {str(one["summary"]).split(" · ")[0]: one for one in events(written)}


def with_rotation(rotation: RotationFacts) -> PlanFacts:
    return replace(USUAL, rotation=rotation)


def test_each_stop_orientation_and_debrief_is_an_event() -> None:
    found = by_summary(calendar(USUAL))
    assert len(found) == len(ROTATION.stops) + 2
    assert [*found][:1] + [*found][-1:] == ["Orientation", "Debrief"]
    one = found["V3, team A"]
    assert one.decoded("dtstart") == datetime(2026, 12, 1, 15, 47, tzinfo=UTC)
    assert one.decoded("dtend") == datetime(2026, 12, 1, 15, 59, tzinfo=UTC)
    assert str(one["description"]) == (
        "Slot 3, virtual live. Silent write until 10:02, hall talk until 10:06."
    )
    first = found["Orientation"]
    assert first.decoded("dtend") - first.decoded("dtstart") == timedelta(minutes=15)
    assert found["Debrief"].decoded("dtstart") == datetime(2026, 12, 1, 16, 31, tzinfo=UTC)
    assert found["Debrief"].decoded("dtend") == datetime(2026, 12, 1, 17, 16, tzinfo=UTC)


def test_one_team_has_its_own_stops_and_what_all_share() -> None:
    found = by_summary(calendar(USUAL, team="B", gone=(GONE, replace(GONE, team="B"))))
    assert list(found) == [
        "Orientation",
        *(f"{code}, team B" for code in ("V3", "V4", "V1", "V2")),
        "Cancelled: V9, team B",
        "Debrief",
    ]
    whole = {str(one["uid"]) for one in events(calendar(USUAL))}
    alone = {str(one["uid"]) for one in events(calendar(USUAL, team="B"))}
    assert alone < whole


# By the rules of the raw file


def check_raw(written: bytes) -> None:
    """What RFC 5545 asks of the bytes, and what the other programs are known to need."""
    assert written.endswith(b"\r\n")
    lines = written.split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 75
    unfolded = written.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "".join(unfolded))
    assert unfolded[0] == "BEGIN:VCALENDAR"
    assert unfolded[-2] == "END:VCALENDAR"
    assert unfolded.count("VERSION:2.0") == unfolded.count("METHOD:PUBLISH") == 1
    held = unfolded.count("BEGIN:VEVENT")
    for name in ("DTSTART", "DTEND", "DTSTAMP"):
        times = [line for line in unfolded if line.startswith(name)]
        assert len(times) == held
        assert all(re.fullmatch(name + r":\d{8}T\d{6}Z", line) for line in times)
    for name in ("UID", "SEQUENCE", "SUMMARY"):
        assert sum(line.startswith(f"{name}:") for line in unfolded) == held


@pytest.mark.parametrize("facts", [USUAL, crowd(20, 100, 6), planted("calm")])
def test_the_bytes_keep_the_rules(facts: PlanFacts) -> None:
    check_raw(calendar(facts, places={"V1": "Room 12"}, gone=(GONE,)))


def test_utc_is_right_on_both_sides_of_summer_time() -> None:
    """A rotation on the day the clocks change: each time by its own offset."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo("America/Chicago")
    before, after = (datetime(2026, 11, 1, hour, 30, tzinfo=zone) for hour in (0, 9))
    first = replace(stop("A", "V1", 1), enter=before, leave=before + timedelta(minutes=12))
    second = replace(stop("A", "V2", 2), enter=after, leave=after + timedelta(minutes=12))
    found = by_summary(calendar(with_rotation(replace(ROTATION, stops=(first, second)))))
    assert found["V1, team A"].decoded("dtstart") == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert found["V2, team A"].decoded("dtstart") == datetime(2026, 11, 1, 15, 30, tzinfo=UTC)


def test_one_rotation_gives_one_file() -> None:
    assert calendar(USUAL) == calendar(USUAL)
    assert b"DTSTAMP:20261126T130000Z" in calendar(USUAL)


def test_a_part_without_minutes_is_no_event() -> None:
    """DTEND has to be later than DTSTART."""
    bare = replace(ROTATION, minutes=replace(ROTATION.minutes, orientation=0, debrief=0))
    found = by_summary(calendar(with_rotation(bare)))
    assert not {"Orientation", "Debrief"} & found.keys()


# After a new rotation


def test_a_moved_stop_keeps_its_uid_and_the_number_grows() -> None:
    later = tuple(
        replace(one, slot=one.slot + 1, enter=one.enter + timedelta(minutes=21), leave=one.leave)
        for one in ROTATION.stops
    )
    made = replace(ROTATION, stops=later, sequence=4, made=ROTATION.made + timedelta(days=1))
    before, after = (by_summary(calendar(one)) for one in (USUAL, with_rotation(made)))
    assert before.keys() == after.keys()
    for name, one in before.items():
        assert one["uid"] == after[name]["uid"]
        assert (one["sequence"], after[name]["sequence"]) == (3, 4)
        assert one.decoded("dtstamp") < after[name].decoded("dtstamp")


def test_uids_differ_by_walk_team_and_visit_and_say_nothing() -> None:
    many = crowd(12, 40, 4)
    uids = [str(one["uid"]) for one in events(calendar(many))]
    assert len(set(uids)) == len(uids) == 50
    assert all(re.fullmatch("[0-9a-f]{32}", uid) for uid in uids)
    other = {str(one["uid"]) for one in events(calendar(replace(many, walk_id="cd" * 16)))}
    assert not other & set(uids)
    # No two pairs of words run into the same text.
    assert stop_uid("w", "A B", "V1") != stop_uid("w", "A", "B V1")


def test_a_stop_that_is_gone_is_cancelled_under_its_uid() -> None:
    one = by_summary(calendar(USUAL, gone=(GONE,)))["Cancelled: V9, team A"]
    assert (one["uid"], one["status"], one["transp"]) == (
        stop_uid(USUAL.walk_id, "A", "V9"),
        "CANCELLED",
        "TRANSPARENT",
    )
    assert one["sequence"] == 3
    assert b"METHOD:CANCEL" not in calendar(USUAL, gone=(GONE,))
    kept = [one for one in events(calendar(USUAL)) if one["status"] == "CONFIRMED"]
    assert len(kept) == len(ROTATION.stops) + 2


# What it says, and does not


def test_no_place_stands_in_it_unless_asked() -> None:
    assert all("location" not in one for one in events(calendar(USUAL)))
    assert b"alcove" not in calendar(USUAL)
    found = by_summary(calendar(USUAL, places={"V1": "Room 12; left, then up"}))
    assert str(found["V1, team A"]["location"]) == "Room 12; left, then up"
    assert "location" not in found["V2, team A"]


def test_an_unconfirmed_focus_is_called_so() -> None:
    said = "not yet confirmed by the host teachers"
    found = events(calendar(replace(USUAL, confirmation=None), gone=(GONE,)))
    assert all(said in str(one["description"]) for one in found)
    assert all(said not in str(one["description"]) for one in events(calendar(USUAL)))


def test_without_a_rotation_there_is_no_calendar() -> None:
    with pytest.raises(ValueError, match="no rotation"):
        calendar(EMPTY)


@given(TEXT)
def test_no_text_breaks_out_of_its_event(text: str) -> None:
    facts = planted(text)
    written = calendar(facts, places={text: text}, gone=(replace(GONE, team=text, code=text),))
    check_raw(written)
    found = events(written)
    assert len(found) == 4
    shown = one_line(text)
    assert str(found[1]["summary"]).startswith(f"{shown}, team {shown}".strip())
    assert str(found[1]["location"]) == shown.strip()
