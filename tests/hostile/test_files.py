"""Files that people choose: any bytes in them are read or refused in words, whoever made them."""

from __future__ import annotations

import encodings.aliases
import io
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile.runs import ACTS
from tests.intake.sheets import table_book
from walk.disk import open_plain
from walk.errors import IntakeError, WalkError
from walk.exchange.pack import read_pack
from walk.focus import read_template
from walk.intake.columns_file import read_columns
from walk.intake.plan import read_places, read_plan
from walk.intake.table import read_notes
from walk.intake.whole_file import write_whole
from walk.routine import exports
from walk.routine.importing.table_maps import look
from walk.routine.wording.own_words import read_own

ROOT = Path(__file__).parents[2]
TOML = (
    *('"', "'", '"""', "'''", "\n", "[", "]", "[[", "]]", "=", "{", "}", ".", ",", "#", "\\u0000"),
    *(
        "\\ud800",
        "1979-05-27T07:32:00Z",
        "08:50:00",
        "24:00",
        "-1",
        "9" * 50,
        "inf",
        "nan",
        "1e400",
    ),
    *("[[visit]]", "[times]", "[walk]", "slots = 100000000", "visit = 0", "move = -5", "\x00"),
    *("date = 0001-01-01", 'zone = "../../etc/passwd"', "windows = [[]]", "max_stops = 0", "\x1b"),
    *('windows = [["23:59", "00:00"]]', "\u202e", "\ufeff", 'code = ""', "a.b.c.d = 1", "[]", "é"),
)
CSV = (
    *(",", ";", "\t", '"', '""', "\n", "\r", "\x00", "sep=;\n", "=cmd|x", "99:99", "1e999", "٣"),
    *("visit", "text", "\u2028", "x" * 70_000, '"' * 3000, "\x0c", "\x85", "\x1c", "\ufeff"),
)
XML = (
    *("\x00", '<!DOCTYPE x [<!ENTITY a "b">]>', "&a;", 'r="A1048577"', 'r="ZZZZZ9"', 't="s"'),
    *("<v>999999999</v>", "<v>-1</v>", "<v>1e999</v>", "</row>", "<row>", "</sheetData>"),
)
DOORS: dict[str, tuple[Path | str, tuple[str, ...], Callable[[Path], Any]]] = {
    "plan": (ROOT / "docs/plan-example.toml", TOML, read_plan),
    "places": (ROOT / "docs/places-example.toml", TOML, read_places),
    "columns": (ROOT / "docs/columns-example.toml", TOML, read_columns),
    "wording": ("wording.toml", TOML, read_own),
    "focus": (ROOT / "focus_templates/02_press_for_evidence.toml", TOML, read_template),
    "table": ("notes.csv", CSV, lambda path: list(read_notes(path))),
    "form export": ("notes.csv", CSV, look),
    "workbook": ("notes.xlsx", XML, lambda path: list(read_notes(path))),
    "pack": ("ana.walk", ('"', "{", "null", "\\u0000", "\x00"), read_pack),
}
"""Each kind of file: a good one, what its language is made of, and how it is read."""


@st.composite
def _harms(draw: st.DrawFn) -> list[tuple[float, int, int]]:
    """Where a file is harmed (as a part of its length), how many bytes go, and what comes."""
    one = st.tuples(st.floats(0, 1), st.integers(0, 60), st.integers(0, 1_000))
    return draw(st.lists(one, min_size=1, max_size=6))


def _harmed(data: bytes, harms: list[tuple[float, int, int]], tokens: tuple[str, ...]) -> bytes:
    for part, gone, choice in harms:
        at = int(part * len(data))
        come = tokens[choice % len(tokens)].encode() if choice < 900 else bytes([choice % 256])
        data = data[:at] + come + data[at + gone :]
    return data


def _inside(data: bytes, harms: list[tuple[float, int, int]], tokens: tuple[str, ...]) -> bytes:
    """A zip with one of its members harmed, so that the harm lies behind its checksums."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        names = old.namelist()
        chosen = names[harms[0][2] % len(names)]
        for name in names:
            held = old.read(name)
            new.writestr(name, _harmed(held, harms, tokens) if name == chosen else held)
    return packed.getvalue()


@pytest.mark.parametrize("door", DOORS)
@given(harms=_harms(), inside=st.booleans())
def test_a_harmed_file_is_read_or_refused_in_words(
    good_folder: Path, door: str, harms: list[tuple[float, int, int]], inside: bool
) -> None:
    source, tokens, read = DOORS[door]
    good = good_folder / source
    data = good.read_bytes()
    harm = _inside if inside and data.startswith(b"PK") else _harmed
    path = good_folder.parent / f"harmed{good.suffix}"
    path.write_bytes(harm(data, harms, tokens))
    told = _told(read, path)
    assert not ACTS.search(told), told
    assert len(told) < 2_000


def _told(read: Callable[[Path], Any], path: Path) -> str:
    """What a person is told of a file; nothing where it was read."""
    try:
        read(path)
    except WalkError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    "codec", ["punycode", "undefined", "hex", "utf-7", "big5", "cp037", "no-such", "unicode_escape"]
)
def test_a_workbook_written_in_a_strange_encoding_is_damaged(codec: str) -> None:
    """Python would load a codec of any name for it, and raise what that raises."""
    assert codec == "no-such" or codec.replace("-", "_") in {
        *encodings.aliases.aliases.values(),
        *("punycode", "undefined", "hex", "unicode_escape"),
    }
    packed = io.BytesIO()
    book = io.BytesIO(table_book([("visit", "text")]))
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            said = f'<?xml version="1.0" encoding="{codec}"?>'.encode()
            new.writestr(name, said + old.read(name).partition(b"?>")[2])
    with pytest.raises(IntakeError, match="damaged"):
        read_notes(packed.getvalue())


def test_a_workbook_whose_list_points_before_its_beginning_is_damaged() -> None:
    data = bytearray(table_book([("visit", "text")]))
    end = data.rfind(b"PK\x05\x06")
    start = int.from_bytes(data[end + 16 : end + 20], "little")
    data[end + 16 : end + 20] = (start + 5_000).to_bytes(4, "little")
    with pytest.raises(IntakeError, match="damaged"):
        read_notes(bytes(data))


# What is no file


ODD = ("pipe", "to pipe", "/dev/zero", "/dev/null", "a folder", "loop")


def test_only_plain_files_are_opened(runs: Any, fresh: Callable[[], list[str]]) -> None:
    """A pipe would be waited for without end, a device never ends."""
    fresh()
    for name in ODD:
        with pytest.raises(OSError, match=r".") as caught:
            open_plain(runs.folder / name)
        assert caught.value.strerror
    with open_plain(runs.folder / "noise") as file:
        assert file.read(2) == b"\0\1"


@pytest.mark.parametrize("name", ODD)
def test_nothing_is_written_over_that_is_no_file(
    runs: Any, fresh: Callable[[], list[str]], name: str
) -> None:
    fresh()
    path = runs.folder / name
    kind = os.lstat(path).st_mode
    with pytest.raises(WalkError, match="cannot be written"):
        exports.write_whole(path, "words")
    with pytest.raises(WalkError, match=r"cannot be written|changed by another program"):
        write_whole(path, b"words", before=None)
    assert os.lstat(path).st_mode == kind


def test_a_huge_file_is_not_read_to_be_written_over(tmp_path: Path) -> None:
    path = tmp_path / "huge.html"
    with path.open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(WalkError, match="larger than anything that walk writes"):
        exports.write_whole(path, "words")
    assert path.stat().st_size == 10**12


def test_a_folder_of_own_templates_with_a_pipe_in_it_is_read(
    runs: Any, fresh: Callable[[], list[str]]
) -> None:
    fresh()
    folder = runs.folder / "home/.local/share/walk/focus_templates"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "99_pipe.toml")
    shutil.copy(ROOT / "focus_templates/02_press_for_evidence.toml", folder / "98_own.toml")
    plan = runs.folder / "plan.toml"
    for arguments in (["new", str(plan)], ["doctor"], ["notice"]):
        ran = runs.run(
            *arguments, env=runs.environment(WALK_STORE=str(runs.folder / "walk.walkdb"))
        )
        assert not ran.wrong(), ran.wrong()
