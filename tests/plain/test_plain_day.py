"""A day in lines: a walk is begun or joined, packs come and go, and what fails is said."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desks import begin_small, desk_at, texts, the_visit
from tests.plain.talks import talk
from tests.routine.laptops import Laptops, laptops
from walk.errors import FullDisk
from walk.focus import template_paths
from walk.model import Focus, focus_id
from walk.plain.mends import HELP, in_plain
from walk.routine.desk import Desk
from walk.routine.following import steps
from walk.routine.planning import begin, places, prepare
from walk.routine.settling import receipts
from walk.routine.visiting import visit

__all__ = ["laptops"]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty store."""
    with desk_at(tmp_path / "day.walkdb") as desk:
        yield desk


# Beginning


def test_a_walk_is_begun_by_a_number_and_a_count(desk: Desk) -> None:
    said = talk(desk, "begin", "2", "4", "", "", "", "Ana", "1", "pens down")
    assert "Walk begun, with 4 visits." in said.text
    assert desk.label == "Ana"
    assert texts(desk) == ["pens down"]
    assert "the summary then prints that none was named" in said.text
    assert "Focus: not yet confirmed by the host teachers." in said.text


def test_the_teachers_own_words_their_learning_and_their_word_are_kept(desk: Desk) -> None:
    learned = ("talk moves, in May", "in the team meeting", "many", "3", "yes", "")
    talk(desk, "begin", "Reasons in talk", "In what ways am I asking?", "nine", "2", *learned)
    focus = desk.store.get(Focus, focus_id(desk.walk_id))
    assert focus is not None
    assert (focus.statement, focus.inquiries) == ("Reasons in talk", ("In what ways am I asking?",))
    assert focus.professional_learning == "talk moves, in May"
    assert focus.confirmation is not None
    assert (focus.confirmation.how, focus.confirmation.how_many) == ("in the team meeting", 3)


def test_what_was_answered_is_taken_up_when_the_input_ends_in_between(desk: Desk) -> None:
    talk(desk, "begin", "Reasons in talk", "", "5", "talk moves")
    found = begin.taken_up(desk)
    assert found is not None
    assert (found.visits, found.learning) == (5, "talk moves")
    said = talk(desk, "begin", "yes", "", "", "")
    assert "Walk begun, with 5 visits." in said.text


def test_every_shipped_focus_is_offered(desk: Desk) -> None:
    said = talk(desk, "begin", "99", "?", "")
    assert f"\n{len(template_paths(None))}. " in said.text
    assert "is no word here" in said.after("99")
    assert "No walk was begun." in said.text


def test_without_a_walk_every_room_leads_home_with_a_reason(desk: Desk) -> None:
    for room in ("board", "debrief", "group", "trends", "steps", "share", "door", "read"):
        said = talk(desk, "", first=room)
        assert "What helps: " in said.text, room
        assert said.code == 1


# Packs


def test_a_plan_comes_a_pack_goes_and_is_taken_back(laptops: Laptops, tmp_path: Path) -> None:
    ana = laptops.laptop("ana")
    stick = tmp_path / "My Stick"
    stick.mkdir()
    there = ("visit V1", "S1 points", "/leave", "/finish")
    joined = talk(ana, f"join {laptops.plan}", "9", "ana", *there)
    assert "Who you are, number or label: ana" in joined.text
    assert ana.label == "Ana"
    given = talk(ana, "share", "no such folder", f"'{stick}'", "share", str(stick / "a.walk"))
    assert "Goes in: 1 note, 1 form" in given.text
    assert "is no folder here" in given.text
    assert "the pack was read back as it was written" in given.text
    assert len(list(stick.glob("*.walk"))) == 2
    lead = laptops.lead
    taken = talk(lead, "collect", str(stick), "nothing there", "receipts", "1", "undo", str(stick))
    assert "Here from: Ana." in taken.text
    assert "is no path and no word here" in taken.after("nothing there")
    assert "The last collect is taken back" in taken.after("undo")
    assert texts(lead) == ["S1 points"]
    assert [bool(one.undone) for one in receipts.listed(lead)] == [False, True]
    again = talk(lead, "collect", str(stick / "a.walk"), "receipts", "home")
    assert again.after("receipts").split("\n")[0].endswith(", 1 pack")
    assert "Home. " in again.after("home")


def test_a_pack_that_is_there_is_replaced_only_on_a_yes(laptops: Laptops, tmp_path: Path) -> None:
    pack = tmp_path / "plan.walk"
    before = pack.stat().st_mtime_ns
    said = talk(laptops.lead, "share", str(pack), "no", str(pack), "yes")
    assert "is there already. Replace it? yes or no: no" in said.text
    assert "Nothing was written." in said.text
    assert pack.stat().st_mtime_ns != before


def test_a_plan_found_by_collect_asks_who_one_is(laptops: Laptops) -> None:
    ben = laptops.laptop("ben")
    said = talk(ben, "collect", str(laptops.plan), "", str(laptops.plan), "Ben")
    assert "Not joined; nothing was taken in." in said.text
    assert ben.label == "Ben"


def test_a_damaged_pack_is_named_and_a_pipe_ends_with_code_1(laptops: Laptops) -> None:
    bad = laptops.folder / "bad.walk"
    bad.write_bytes(b"PK no zip")
    said = talk(laptops.lead, "collect", str(bad))
    assert "bad.walk: not taken in." in said.text
    assert said.code == 1


# What fails


def test_what_cannot_be_saved_is_said_again_and_the_talk_goes_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_small(desk)
    full = FullDisk("The disk is full.", "Make room.")

    def refuse(*_: Any, **__: Any) -> None:
        raise full

    with monkeypatch.context() as patch:
        patch.setattr(desk.store, "keep_draft", refuse)
        visit.enter(desk, the_visit(desk, "V1"))
        patch.setattr(desk.store, "save", refuse)
        said = talk(desk, "visit V1", "pens down", "")
    assert "Not done: The disk is full.\nWhat helps: Make room." in said.after("pens down")
    assert said.after("pens down").endswith("to be copied:\npens down")
    assert said.code == 1


def test_where_only_the_note_fails_its_words_wait(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_small(desk)
    visit.enter(desk, the_visit(desk, "V1"))

    def refuse(*_: Any, **__: Any) -> None:
        raise FullDisk("The disk is full.", "Make room.")

    with monkeypatch.context() as patch:
        patch.setattr(visit, "add_note", refuse)
        said = talk(desk, "visit V1", "pens down", "pens up")
    assert "Home lists what is not saved yet." in said.text
    talk(desk, "visit V1", "/keep")
    assert texts(desk) == ["pens down\npens up"]


def mends() -> Iterator[str]:
    """What the rooms below the screens say to help, as far as it stands there in one piece."""
    files = [one for room in ("routine", "phases") for one in (ROOT / "walk" / room).rglob("*.py")]
    for path in files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and len(node.args) > 1:
                called, mend = node.func, node.args[1]
                if isinstance(called, ast.Name) and called.id in ("Refused", "WalkError"):
                    yield str(mend.value) if isinstance(mend, ast.Constant) else ""


def test_what_helps_names_no_key_of_the_full_screen() -> None:
    found = list(mends())
    assert len(found) > 100
    named = [one for one in found if re.search(r"\b(?:Esc|Del|Space|Tab)\b|\(u\)|\b[nw] on H", one)]
    assert named, "the routine names no keys any more, so walk/plain/mends.py can go"
    for one in named:
        assert not re.search(r"\b(?:Esc|Del|Space|Tab|Enter)\b|\([a-z]\)", in_plain(one)), one


@pytest.mark.parametrize(
    ("said", "here"),
    [
        (
            "n on Home begins one; so does `walk new`.",
            "begin on Home begins one; so does `walk new`.",
        ),
        ("Space goes on.", "next goes on."),
        ("Undo (u) brings it back.", "undo brings it back."),
        ("Leave the room first: Esc, then 1.", "Leave the room first: /leave."),
        ("Esc, then 9, then 3 turns it off.", "/wording off turns it off."),
        ("Esc, then 9, then 7 does it.", HELP),
        ("Make room.", "Make room."),
    ],
)
def test_a_key_becomes_the_word_that_does_the_same(said: str, here: str) -> None:
    assert in_plain(said) == here


def test_home_says_in_short_what_it_said_before(desk: Desk) -> None:
    begin_small(desk)
    prepare.add_walker(desk, "Ben")
    said = talk(desk, "who", "", "", "walks", "3", "77", "1")
    assert said.text.count("Inquiry: ") == 3  # on coming in, when asked, and in the room
    assert "Home. Writing: me. An empty line says all." in said.text
    assert "There is no other walk here." in said.after("walks")


def test_another_walk_is_opened(desk: Desk) -> None:
    first = begin_small(desk)
    second = begin_small(desk)
    assert desk.walk_id == second
    talk(desk, "walks", "1")
    assert desk.walk_id == first


def test_the_plan_in_short(desk: Desk) -> None:
    begin_small(desk)
    said = talk(
        desk,
        "prepare",
        "learning",
        "",
        "nobody studied together yet",
        "learning talk moves, in May",
        "confirm",
        "in the team meeting",
        "in May",
        "",
        "many",
        "3",
        "yes",
        "confirm",
        "add 2",
        "mode V2 rec",
        "mode V9 recorded",
        "windows V1 08:50-09:40",
        "windows V1 soon",
        "withdraw V3",
        "bring V3",
        "undo",
        "walker Ben",
        "label Ana",
        "label Ben",
        "",
    )
    plan = prepare.plan(desk)
    assert plan.focus.professional_learning == "talk moves, in May"
    assert plan.focus.confirmed
    assert [one.code for one in plan.visits] == ["V1", "V2", "V3", "V4", "V5"]
    assert plan.visits[0].windows == (("08:50", "09:40"),)
    assert plan.visits[1].mode == "recorded"
    assert plan.visits[2].withdrawn
    assert [one.label for one in plan.walkers] == ["Ana", "Ben"]
    assert "Another walker has this label." in said.after("label Ben")
    assert "Visit V1: in person, open 08:50 to 09:40, open." in said.text
    assert "Not done: " in said.after("windows V1 soon")


@pytest.mark.parametrize("stray", ["home", "quit", "board", "1", "walker Ben"])
def test_no_stray_line_says_that_the_host_teachers_have_confirmed(desk: Desk, stray: str) -> None:
    begin_small(desk)
    talk(desk, "prepare", "confirm", stray, "", "", "next")
    assert not prepare.plan(desk).focus.confirmed
    talk(desk, "begin", "2", "", "", "", stray, "", "next", "")
    assert not prepare.plan(desk).focus.confirmed


@pytest.mark.parametrize("stray", ["home", "quit", "board", "steps"])
def test_no_stray_line_closes_a_walk(desk: Desk, stray: str) -> None:
    begin_small(desk)
    talk(desk, "steps", "close", stray, "next", "", "")
    assert steps.closing(desk) is None


def test_another_label_takes_the_walkers_own_room_along(desk: Desk) -> None:
    begin_small(desk)
    places.set_place(desk, "V2", "", ("me",))
    said = talk(desk, "prepare", "label Ana", "")
    assert "Writing: Ana." in said.text
    assert places.own_rooms(desk) == {"V2": frozenset({"Ana"})}


def test_an_example_of_a_date_is_of_these_days(desk: Desk) -> None:
    begin_small(desk)
    said = talk(desk, "prepare", "confirm", "in the meeting", "?", "", "")
    assert "written like 2025-10-14" in said.text
