"""Bodies that other programs write: what can be meant is read, and nothing of it ends a screen."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import pytest

from walk.model import Agreements, Note, QuietDays, Readiness, Trend
from walk.storage import search_index

ID = "0" * 32
T = TypeVar("T")


def read(**fields: Any) -> Note:
    """A note as a body says it."""
    return read_text(json.dumps({"text": "a", "visit": "v", **fields}))


def read_text(body: str) -> Note:
    return Note.from_body(bytes(16), bytes(16), body)


@pytest.mark.parametrize("said", [5.0, "5", "5.0"])
def test_a_whole_number_is_read_however_a_spreadsheet_writes_it(said: object) -> None:
    note = read(at_s=said, tally={"count": said, "of": 7})
    assert note.at_s == 5
    assert type(note.at_s) is int
    assert note.tally is not None
    assert note.changed(text="b").body() == (
        '{"at_s":5,"tally":{"count":5,"of":7},"text":"b","visit":"v"}'
    )


@pytest.mark.parametrize("said", [1, "true", "True"])
def test_yes_is_read_as_a_number_or_a_word(said: object) -> None:
    assert read(speech=said).speech is True


@pytest.mark.parametrize(
    "fields", [{"at_s": 5.5}, {"at_s": "soon"}, {"at_s": ""}, {"speech": 2}, {"text": 5}]
)
def test_what_means_no_such_thing_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="Expected"):
        read(**fields)


def test_half_a_sign_hides_no_words() -> None:
    """As a program leaves it that counts in UTF-16 and cut the text."""
    body = r'{"text":"S1 \ud83d\ude00 wrote \\ud83d and \ud83d","visit":"v","x":["\udc00"]}'
    note = read_text(body)
    assert note.text == "S1 \U0001f600 wrote \\ud83d and \ufffd"
    assert json.loads(note.changed(speech=True).body())["x"] == ["\ufffd"]
    assert search_index.said("note", body) == note.text


@pytest.mark.parametrize(
    "body", ['{"text":"a","visit":"v","x":1e400}', '{"text":"\\ud83', "\\ud83d"]
)
def test_what_is_no_json_is_refused(body: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_text(body)
    assert search_index.said("note", body) == ""


def deep_down(depth: int, act: Callable[[], T]) -> T:
    """Done with so many calls on the stack, as a screen may have."""
    return act() if depth == 0 else deep_down(depth - 1, act)


@pytest.mark.parametrize("levels", [40, 900, 20_000])
@pytest.mark.parametrize("ends", ["[]", ('[{"a":', "}]")])
def test_whether_a_body_can_be_read_does_not_hang_on_who_asks(levels: int, ends: Any) -> None:
    """What was once taken for readable would end the screen that asks from further down."""
    body = f'{{"text":"[{{","visit":"v","x":{ends[0] * levels}1{ends[1] * levels}}}'
    try:
        note = read_text(body)
    except (ValueError, RecursionError):
        assert levels > 40
        return
    calls = sys.getrecursionlimit() // 2
    assert deep_down(calls, note.newer_fields) == json.loads(note.newer)
    assert deep_down(calls, lambda: note.changed(text="b").body())


def test_another_part_is_no_part() -> None:
    trend, held = Trend(id=ID, walk=ID, theme=ID), Agreements(id=ID, walk=ID)
    with pytest.raises(ValueError, match="Expected"):
        trend.changed(counts=Readiness(key="oriented"))
    with pytest.raises(ValueError, match=r".+"):
        held.changed(readiness=[QuietDays(start="", end="")])
