"""Mistakes in PLAN.toml and PLACES.toml: told with file, line, table and key."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.plan_text import FULL, error_in
from walk.errors import PlanError
from walk.intake.plan import Place, Places, Plan, parse_places, parse_plan, read_places, read_plan


def changed(old: str, new: str) -> str:
    """The full plan with one thing in it changed."""
    assert FULL.count(old) == 1
    return FULL.replace(old, new)


def line_with(text: str, part: str) -> int:
    """The number of the one line that holds a part."""
    (number,) = [n for n, line in enumerate(text.split("\n"), 1) if part in line]
    return number


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
