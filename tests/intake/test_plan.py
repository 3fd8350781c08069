"""PLAN.toml and PLACES.toml: every key is read, and a mistake is told by line, table and key."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walk.errors import PlanError
from walk.intake.plan import (
    ABOUT,
    MODES,
    READY_KEYS,
    Place,
    Places,
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
    parse_places,
    parse_plan,
    read_places,
    read_plan,
)

FULL = """\
# Our plan. [[visit]] is a header only at the start of a line.
[walk]
id = "0192f0c1a2b37000800000000000abcd"
host_school = "Lincoln"
date = 2026-10-14
zone = "America/Chicago"
title = "Evidence in talk"
keep_until = "2026-12-13"
notice_given = 2026-10-01

[focus]
template = "accountable-talk"
statement = "Pressing students for evidence"
inquiry = ["In what ways am I pressing students for evidence?", "In what ways am I waiting?"]
set_by = "the grade 7 teachers"
teachers = 4
confirmed_on = 2026-09-30
professional_learning = "Talk moves, three sessions in September"

[[look_for]]
name = "Teacher asks for more"
text = "Press moves after a first answer"
about = "teacher"

[[look_for]]
name = "Point, read, measure"

[times]
start = 08:50:00
orientation = 10
visit = 10
write = 2
hall_talk = 3
move = 1
debrief = 30
slots = 4

[[bell]]
from = "09:40"
to = 09:45:00

[[visit]]
code = "V1"
mode = "In person"
windows = [["08:50", "09:40"], [10:00:00, "10:40"]]
grade_band = "6-8"
subject_band = "science"

[[visit]]
code = "V2"
mode = "virtual-live"

[[walker]]
label = "Ana"
roles = ["lead", "timekeeper"]
lens = "multilingual learners"
team = "A"
max_stops = 3

[[walker]]
label = "Ben"
roles = "recorder"

[rules]
stops_per_visit_at_most = 2
lens_in_every_visit = ["special education"]
team_size_at_most = 4
"""


def error_in(text: str) -> PlanError:
    """The error that a plan of this text raises."""
    with pytest.raises(PlanError) as caught:
        parse_plan(text)
    return caught.value


def changed(old: str, new: str) -> str:
    """The full plan with one thing in it changed."""
    assert FULL.count(old) == 1
    return FULL.replace(old, new)


def line_with(text: str, part: str) -> int:
    """The number of the one line that holds a part."""
    (number,) = [n for n, line in enumerate(text.split("\n"), 1) if part in line]
    return number


def test_every_table_and_key_is_read() -> None:
    assert parse_plan(FULL) == Plan(
        walk=PlanWalk(
            id="0192f0c1a2b37000800000000000abcd",
            host_school="Lincoln",
            date=dt.date(2026, 10, 14),
            zone="America/Chicago",
            title="Evidence in talk",
            keep_until=dt.date(2026, 12, 13),
            notice_given="2026-10-01",
        ),
        focus=PlanFocus(
            template="accountable-talk",
            statement="Pressing students for evidence",
            inquiry=(
                "In what ways am I pressing students for evidence?",
                "In what ways am I waiting?",
            ),
            set_by="the grade 7 teachers",
            teachers=4,
            confirmed_on=dt.date(2026, 9, 30),
            professional_learning="Talk moves, three sessions in September",
        ),
        look_fors=(
            PlanLookFor("Teacher asks for more", "Press moves after a first answer", "teacher"),
            PlanLookFor("Point, read, measure", "", "students"),
        ),
        times=PlanTimes(dt.time(8, 50), 10, 10, 2, 3, 1, 30, 4),
        bells=(PlanBell(dt.time(9, 40), dt.time(9, 45)),),
        visits=(
            PlanVisit(
                "V1",
                "in_person",
                ((dt.time(8, 50), dt.time(9, 40)), (dt.time(10), dt.time(10, 40))),
                "6-8",
                "science",
            ),
            PlanVisit("V2", "virtual_live"),
        ),
        walkers=(
            PlanWalker("Ana", ("lead", "timekeeper"), "multilingual learners", "A", 3),
            PlanWalker("Ben", ("recorder",)),
        ),
        rules=PlanRules(2, ("special education",), 4),
    )


AGREED = """\
[walk]
talk_spot = "by the stairs"
mode = "recorded"
cycle = "Evidence in talk"
cycle_stage = "Set goals"

[focus]
confirmed_on = 2026-09-30
confirmed_how = "by a show of hands"
confirmed_how_many = 0
no_learning_reason = ""

[meeting]
date = "2026-09-29"
groups = ["the grade 6 team"]
agreed = '''First,
\tand second'''
may_ask = "How do you know?"
not_visited = "tests"

[agreements]
local_agreement = "Article 12"
notice_days = 5
whom_to_tell = "the representative"
individual_notes = true
who_sees_raw = "the team"
type_in_room = false

[[readiness]]
key = "Learning"
done = true
who = "Ana"
on = 2026-10-01

[[readiness]]
key = "notice"
reason = "next week"

[[quiet]]
from = 2026-12-01
to = 2026-12-05
why = "test"

[[quiet]]
from = "2026-11-11"

[[visit]]
code = "V1"
inquiry = "Own?"
received_on = 2026-10-10

[rules]
open_roster = true
"""


def test_what_was_agreed_is_read() -> None:
    assert parse_plan(AGREED) == Plan(
        walk=PlanWalk(
            talk_spot="by the stairs",
            mode="recorded",
            cycle="Evidence in talk",
            cycle_stage="set goals",
        ),
        focus=PlanFocus(
            confirmed_on=dt.date(2026, 9, 30),
            confirmed_how="by a show of hands",
            confirmed_how_many=0,
            no_learning_reason="",
        ),
        meeting=PlanMeeting(
            dt.date(2026, 9, 29),
            ("the grade 6 team",),
            "First,\n\tand second",
            ("How do you know?",),
            "tests",
        ),
        agreements=PlanAgreements("Article 12", 5, "the representative", True, "the team", False),
        readiness=(
            PlanReadiness("learning", True, "", "Ana", dt.date(2026, 10, 1)),
            PlanReadiness("notice", False, "next week"),
        ),
        quiet=(
            PlanQuiet(dt.date(2026, 12, 1), dt.date(2026, 12, 5), "test"),
            PlanQuiet(dt.date(2026, 11, 11), dt.date(2026, 11, 11)),
        ),
        visits=(PlanVisit("V1", inquiry="Own?", received_on=dt.date(2026, 10, 10)),),
        rules=PlanRules(open_roster=True),
    )


@pytest.mark.parametrize(
    ("old", "new", "where", "part"),
    [
        ('"recorded"', '"hybrid"', "[walk]", "mode must be one of"),
        ('"by the stairs"', "3", "[walk]", "talk_spot must be words in quotation marks"),
        ('"Set goals"', '"plan"', "[walk]", "cycle_stage must be one of analyse, set_goals, learn"),
        ("no_learning_reason = ", "no_reason = ", "[focus]", "no_reason: not known here"),
        ("how_many = 0", "how_many = -1", "[focus]", "confirmed_how_many must be a whole number"),
        ('"2026-09-29"', '"29 Sep"', "[meeting]", "date must be a date"),
        ('["the grade 6 team"]', "[6]", "[meeting]", "groups must be words in quotation marks"),
        ('not_visited = "tests"', 'not_visited = "\\u001b"', "[meeting]", "a control character"),
        ('"tests"', f'"{"x" * 20_001}"', "[meeting]", "not_visited is longer than 20000"),
        ("notice_days = 5", "notice_days = 366", "[agreements]", "from 0 to 365"),
        ("individual_notes = true", 'individual_notes = "yes"', "[agreements]", "true or false"),
        ("type_in_room = false", "type_in_room = 0", "[agreements]", "must be true or false"),
        ('"the team"', '""', "[agreements]", "who_sees_raw is empty"),
        ('key = "Learning"', 'key = "lessons"', "[[readiness]] 1", "key must be one of community"),
        ('key = "notice"', 'key = "learning"', "[[readiness]] 2", "already that of"),
        ('key = "notice"', "", "[[readiness]] 2", "key is missing"),
        ("done = true", "done = 1", "[[readiness]] 1", "done must be true or false"),
        ("on = 2026-10-01", 'on = "soon"', "[[readiness]] 1", "on must be a date"),
        ("from = 2026-12-01", "", "[[quiet]] 1", "from is missing"),
        ("to = 2026-12-05", "to = 2026-11-05", "[[quiet]] 1", "to (2026-11-05) is before from"),
        ("received_on = 2026-10-10", "received_on = true", "[[visit]] 1", "received_on must be"),
        ("open_roster = true", "open_roster = []", "[rules]", "open_roster must be true or false"),
    ],
)
def test_an_agreement_that_does_not_hold_up(old: str, new: str, where: str, part: str) -> None:
    assert AGREED.count(old) == 1
    message = error_in(AGREED.replace(old, new)).message
    assert re.match(rf"PLAN\.toml, line \d+, {re.escape(where)}: ", message)
    assert part in message


def test_how_it_was_confirmed_needs_a_date() -> None:
    said = error_in('[focus]\nconfirmed_how = "by vote"\n').message
    assert said == "PLAN.toml, line 2, [focus]: confirmed_how stands without confirmed_on."
    assert "confirmed_how_many stands" in error_in("[focus]\nconfirmed_how_many = 3\n").message


@pytest.mark.parametrize("zone", ["Mars/Phobos", "../../etc/passwd", "/etc/localtime", "America"])
def test_a_zone_is_one_that_is_known(zone: str) -> None:
    assert "zone must be a time zone such as" in error_in(f'[walk]\nzone = "{zone}"\n').message


def test_the_keys_of_readiness_are_those_of_the_record() -> None:
    from typing import get_args

    from walk.model.agreements import ReadyKey

    assert get_args(ReadyKey) == READY_KEYS


def test_what_is_left_out_has_the_defaults_of_a_full_slot() -> None:
    plan = parse_plan('[[visit]]\ncode = "V1"\n')
    times = plan.times
    assert (times.orientation, times.visit, times.write) == (15, 12, 3)
    assert (times.hall_talk, times.move, times.debrief) == (4, 2, 45)
    assert (times.start, times.slots) == (None, 0)
    assert plan.visits == (PlanVisit("V1", "in_person", (), "", ""),)
    assert parse_plan("") == Plan()


def test_a_plan_is_frozen() -> None:
    plan = parse_plan(FULL)
    with pytest.raises(FrozenInstanceError):
        plan.walk.title = "other"  # type: ignore[misc]


def test_modes_and_about_are_those_of_the_records() -> None:
    from typing import get_args

    from walk.model.focus import About
    from walk.model.visit import Mode

    assert get_args(Mode) == MODES
    assert get_args(About) == ABOUT


@pytest.mark.parametrize(
    ("said", "mode"),
    [
        ("in person", "in_person"),
        ("Virtual Live", "virtual_live"),
        ("viewed-remotely", "viewed_remotely"),
        (" recorded ", "recorded"),
    ],
)
def test_a_mode_may_be_written_in_words(said: str, mode: str) -> None:
    assert parse_plan(f'[[visit]]\ncode = "V1"\nmode = "{said}"\n').visits[0].mode == mode


def test_one_inquiry_may_stand_without_brackets() -> None:
    assert parse_plan('[focus]\ninquiry = "In what ways am I …?"\n').focus.inquiry == (
        "In what ways am I …?",
    )


def test_a_mistake_is_told_with_file_line_table_and_key() -> None:
    error = error_in(changed('"virtual-live"', '"hybrid"'))
    assert error.message == (
        f"PLAN.toml, line {line_with(FULL, 'virtual-live')}, [[visit]] 2: mode must be one of "
        "in_person, virtual_live, recorded, viewed_remotely, not hybrid."
    )


@pytest.mark.parametrize(
    ("old", "new", "where", "part"),
    [
        ("date = 2026-10-14", 'date = "14 Oct"', "[walk]", "date must be a date such as"),
        ("date = 2026-10-14", "date = 2026-10-14T08:00:00", "[walk]", "date must be a date"),
        ("date = 2026-10-14", "date = 20261014", "[walk]", "date must be a date"),
        ('"2026-12-13"', '"2026-13-12"', "[walk]", "keep_until must be a date"),
        ('"Lincoln"', "7", "[walk]", "host_school must be words in quotation marks"),
        ("teachers = 4", 'teachers = ["a"]', "[focus]", "teachers must be a whole number"),
        ('set_by = "the', 'set_by = "the\\u001b[2J', "[focus]", "set_by holds a line break"),
        ('["In what', '["In\\nwhat', "[focus]", "inquiry holds a line break"),
        ('"Point, read, measure"', '"' + "x" * 29 + '"', "[[look_for]] 2", "longer than 28"),
        ('"Point, read, measure"', '""', "[[look_for]] 2", "name is empty"),
        ('about = "teacher"', 'about = "room"', "[[look_for]] 1", "about must be one of"),
        ("visit = 10", "visit = 0", "[times]", "visit must be a whole number from 1 to 600"),
        ("write = 2", "write = true", "[times]", "write must be a whole number from 0"),
        ("move = 1", "move = 1.5", "[times]", "move must be a whole number"),
        ("start = 08:50:00", 'start = "8h50"', "[times]", "start must be a time of day"),
        ("to = 09:45:00", 'to = "9:30"', "[[bell]] 1", "to (09:30) is before from (09:40)"),
        ('code = "V2"', 'code = "v1"', "[[visit]] 2", 'code "v1" is already that of [[visit]] 1'),
        ('label = "Ben"', 'label = "Ana"', "[[walker]] 2", "already that of [[walker]] 1"),
        ('"Point, read, measure"', '"teacher asks for more"', "[[look_for]] 2", "already that"),
        ('code = "V2"', f'code = "{"V" * 41}"', "[[visit]] 2", "code is longer than 40"),
        ("windows = [[", "windows = [10, [", "[[visit]] 1", "windows must be pairs of times"),
        ('"08:50", "09:40"', '"09:40", "08:50"', "[[visit]] 1", "windows end before they start"),
        ('"08:50", "09:40"', '"08:50", "24:10"', "[[visit]] 1", "windows must be a time of day"),
        ("max_stops = 3", "max_stops = -1", "[[walker]] 1", "max_stops must be a whole number"),
        ("team_size_at_most = 4", 'team_size_at_most = "4"', "[rules]", "must be a whole number"),
    ],
)
def test_a_value_that_does_not_hold_up(old: str, new: str, where: str, part: str) -> None:
    text = changed(old, new)
    error = error_in(text)
    assert error.message.startswith(f"PLAN.toml, line {line_with(FULL, old)}, {where}: ")
    assert part in error.message


def test_a_key_that_is_missing_is_told_at_its_table() -> None:
    assert error_in('\n[[visit]]\nmode = "recorded"\n').message == (
        "PLAN.toml, line 2, [[visit]] 1: code is missing."
    )
    assert "line 1, [[bell]] 1: to is missing" in error_in("[[bell]]\nfrom = 09:40:00\n").message


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('[walk]\ntitles = "x"\n', "line 2, [walk]: titles: not known here; the nearest is title"),
        ('[[visit]]\ncode = "V1"\nwindow = []\n', "line 3, [[visit]] 1: window: not known here"),
        ("[[visitt]]\n", "line 1: visitt: not known here; the nearest is visit"),
        ('title = "x"\n[walk]\n', "line 1: title: not known here"),
        ("[walk.more]\nx = 1\n", "[walk]: more: not known here"),
    ],
)
def test_an_unknown_key_or_table_is_told_with_the_nearest(text: str, part: str) -> None:
    error = error_in(text)
    assert part in error.message
    assert error.mend.startswith("Known here: ")


@pytest.mark.parametrize(
    "text",
    [
        '[[visit]]\ncode = "V1"\nroom = "12"\n',
        '[[visit]]\ncode = "V1"\nteacher_name = "x"\n',
        '[[visit]]\ncode = "V1"\nPlace = "x"\n',
        '[[walker]]\nlabel = "Ana"\nown_room_of = "V1"\n',
        '[[place]]\ncode = "V1"\n',
        'host_teachers = ["x"]\n',
    ],
)
def test_a_plan_names_no_place_and_no_teacher(text: str) -> None:
    error = error_in(text)
    assert "names no place and no teacher" in error.message
    assert "PLACES.toml" in error.mend


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[walk]\ntitle = "x\n', 2),
        ("[walk]\n\ntitle\n", 3),
        ("[walk]\nid = 'a'\nid = 'b'\n", 3),
        ("[times]\nvisit = " + "9" * 5000 + "\n", 2),
        ("[walk]\r\ntitle = ?\r\n", 2),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(text: str, line: int) -> None:
    error = error_in(text)
    assert error.message.startswith(f"PLAN.toml, line {line}: this cannot be read (")
    assert "quotation mark" in error.mend


@pytest.mark.parametrize(
    "key", [".".join(["a"] * 100_000), ".".join(['"a b"'] * 50_000), "[a" + ".b" * 99]
)
def test_a_key_of_very_many_parts_is_told_at_once(key: str) -> None:
    text = f'[walk]\ntitle = """one.\ntwo. . . . . . . ."""  # . . . . . . .\n{key} = 1\n'
    assert error_in(text).message == "PLAN.toml, line 4: a key has too many parts."


def test_a_quotation_mark_that_is_never_closed_is_told_at_once() -> None:
    assert "line 3: this cannot be read" in error_in("[walk]\n\nz = 3 " + '"\\' * 300_000).message


def test_brackets_without_end_are_told() -> None:
    assert "too many brackets" in error_in("a = " + "[" * 100_000).message


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[[walk]]\n", "line 1: walk is there once and is written [walk]"),
        ("walk = 3\n", "line 1: walk is there once and is written [walk]"),
        ('\n[visit]\ncode = "V1"\n', "line 2: visit may be there often and is written [[visit]]"),
        ('visit = ["V1"]\n', "line 1: visit may be there often and is written [[visit]]"),
    ],
)
def test_a_table_in_the_wrong_brackets_is_told(text: str, part: str) -> None:
    assert part in error_in(text).message


@pytest.mark.parametrize(
    ("text", "line"),
    [
        # Words that look like a header or a key, in texts over many lines and in comments.
        ("[focus]\nset_by = '''\n[walk]\ndate = 1\n'''\n[walk]\ndate = 1\n", 7),
        ('# [walk]\n#date = 1\n[walk] # date = 2\n"date" = 1\n', 4),
        ("[walk]\ntitle = '#'\n  date=1\n", 3),
        ("[walk]\ntitle = 'a\"b'\nzone = \"c'd # \\\"e\"\ndate = 1 # '''\n", 4),
        ("walk = { date = 1 }\n", 1),
        ("walk.date = 1\n", 1),
        ('[[visit]]\ncode = "V1"\nwindows = [\n  ["08:50", "09:40"],\n]\n[walk]\ndate=1\n', 7),
        ("[times]\nvisit = 12\n[[visit]]\ncode = 3\n", 4),
        ("visit = [{ code = 'V1' }, { code = 2 }]\n", 1),
    ],
)
def test_the_line_of_a_mistake_is_found(text: str, line: int) -> None:
    assert error_in(text).message.startswith(f"PLAN.toml, line {line}, ")


def test_a_file_is_read_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "PLAN.toml"
    for encoding in ("utf-8", "utf-8-sig"):
        path.write_text(FULL, encoding=encoding, newline="\r\n")
        assert read_plan(path) == parse_plan(FULL)


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (None, "cannot be read"),
        (b'[walk]\ntitle = "\xe9"\n', "our.toml, line 2: this is not UTF-8 text"),
        (b"#" * 1_000_001, "larger than 1,000,000 bytes"),
        (b"[wlak]\n", "our.toml, line 1: wlak: not known here; the nearest is walk"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_by_its_name(
    tmp_path: Path, data: bytes | None, part: str
) -> None:
    path = tmp_path / "our.toml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(PlanError) as caught:
        read_plan(path)
    assert part in caught.value.message


def test_places_are_read_apart(tmp_path: Path) -> None:
    path = tmp_path / "PLACES.toml"
    path.write_text(
        '[[place]]\ncode = "V1"\nplace = "Room 12"\nown_room_of = ["Ana"]\n'
        '[[place]]\ncode = "V2"\nown_room_of = "Ben"\n',
        encoding="utf-8",
    )
    assert read_places(path) == Places(
        (Place("V1", "Room 12", ("Ana",)), Place("V2", "", ("Ben",)))
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('[[place]]\nplace = "12"\n', "PLACES.toml, line 1, [[place]] 1: code is missing"),
        ('[[place]]\ncode = "V1"\nroom = "12"\n', "line 3, [[place]] 1: room: not known here"),
        ('[[place]]\ncode = "V1"\n[[place]]\ncode = "V1"\n', "line 4, [[place]] 2: code"),
        ("[walk]\n", "PLACES.toml, line 1: walk: not known here"),
    ],
)
def test_a_mistake_in_the_places_is_told(text: str, part: str) -> None:
    with pytest.raises(PlanError) as caught:
        parse_places(text)
    assert part in caught.value.message


def test_a_message_never_acts_on_a_terminal() -> None:
    messages = [
        error_in('[walk]\n"a\\u001b[2J\\u202e" = 1\n').message,
        error_in('[[visit]]\ncode = "V1"\nmode = "\\u202ex"\n').message,
    ]
    assert not {"\x1b", "\u202e"} & set("".join(messages))


scraps = st.sampled_from(
    [
        *("[walk]\n", "[[visit]]\n", "[times]\n", "[[bell]]\n", "[focus]\n", "code", "from", "to"),
        *("date", "visit", "inquiry", "windows", " = ", "=", "'''", '"""', '"', "\n", "V1", "3"),
        *("08:50:00", "2026-10-14", "[", "]", "{", "}", ",", "#", "true", "1.5", ".", "\\", "\r"),
    ]
)


@given(st.text() | st.lists(scraps).map("".join))
def test_any_text_gives_a_plan_or_a_plan_error(text: str) -> None:
    try:
        plan = parse_plan(text)
    except PlanError:
        return
    assert isinstance(plan, Plan)


names = st.sampled_from(["code", "mode", "windows", "date", "start", "teachers", "inquiry", "x"])
values = st.sampled_from(
    [
        *("1", "-1", "true", "1.5", "inf", "2026-10-14", "2026-10-14T08:00:00Z", "08:50:00"),
        *('""', '"V1"', '"recorded"', '"08:50"', "[]", "{}", '["a", 1]', '[["1"]]'),
        '[["08:50", "09:40"]]',
    ]
)


@given(
    st.sampled_from(["[walk]", "[focus]", "[times]", "[[visit]]", "[rules]"]),
    st.dictionaries(names, values),
)
def test_any_value_for_any_key_gives_a_plan_or_a_plan_error(
    header: str, keys: dict[str, str]
) -> None:
    text = "\n".join([header, *(f"{key} = {value}" for key, value in keys.items())])
    try:
        parse_plan(text)
        return
    except PlanError as error:
        message = error.message
    line = int(message.removeprefix("PLAN.toml, line ").split(",")[0])
    told = text.split("\n")[line - 1]
    assert told == header or told.split(" = ")[0] in message
