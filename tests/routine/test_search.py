"""Search: what is found across walks, what stays hidden, and that no room can be asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at, the_visit, write_form
from tests.hostile import hostile_store
from tests.routine.forgetting import says
from walk.model import Note, Step
from walk.routine.across import search
from walk.routine.across.search import Answer, Hit, Search, as_json, get_ready
from walk.routine.debriefing import debrief, stating
from walk.routine.desk import Desk
from walk.routine.keeping import erase, purge
from walk.routine.planning import prepare
from walk.routine.start import health
from walk.routine.visiting import visit
from walk.storage import backup


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A laptop with a small walk."""
    with desk_at(tmp_path / "a.walkdb") as made:
        begin_small(made)
        yield made


def fill(desk: Desk) -> None:
    """Bring the index up to date."""
    for _ in get_ready(desk):
        pass


def ask(desk: Desk, said: str) -> Answer:
    """What is found, the same before and after the index is filled."""
    before = Search(desk).ask(said)
    fill(desk)
    after = Search(desk).ask(said)
    assert before.hits == after.hits
    return after


def words(answer: Answer) -> list[str]:
    """The words of the hits."""
    return [one.words for one in answer.hits]


def test_notes_trends_and_steps_open_in_their_place(desk: Desk) -> None:
    write_form(desk, "V1", "S1: “heron on page two”", "?what would a heron do?")
    write_form(desk, "V2", "14 of 22 drew a heron")
    notes = [one.record for one in desk.store.all(Note, desk.walk_id)]
    theme = debrief.make_theme(desk, "Birds")
    debrief.put(desk, [one for one in notes if one.note_kind == "noticing"], theme)
    stating.state_trend(desk, theme, "Students bring up herons")
    step = Step(id=desk.new_id(), walk=desk.walk_id, what="Read about the heron together")
    desk.save("steps", "step made", step)
    found = ask(desk, "HERON").hits
    assert [one.kind for one in found] == ["step", "trend", "noticing", "wondering", "noticing"]
    assert [(one.screen, one.at) for one in found[:2]] == [("steps", step.id), ("trends", theme.id)]
    assert {one.screen for one in found[2:]} == {"debrief"}
    assert {one.at for one in found[2:]} == {one.id for one in notes}
    assert {one.walk for one in found} == {desk.walk_id}
    assert [one.words[start:end] for one in found[2:3] for start, end in one.spots] == ["heron"]


def test_earlier_walks_are_found_with_title_and_date(desk: Desk) -> None:
    write_form(desk, "V1", "a heron")
    first = desk.walk
    begin_small(desk)
    write_form(desk, "V1", "another heron")
    found = ask(desk, "heron").hits
    assert [one.walk for one in found] == [desk.walk_id, first.id]
    assert (found[1].title, found[1].date) == (first.title, first.date)


def test_no_room_can_be_asked_for_and_none_is_shown(desk: Desk) -> None:
    write_form(desk, "V1", "as in V2, S3 draws a heron")
    write_form(desk, "V2", "a second one")
    assert ask(desk, "v2").hits == ()
    assert ask(desk, '"V2"').hits == ()
    assert ask(desk, "V2 heron").hits == ()
    (hit,) = ask(desk, "heron").hits
    assert hit.words == "as in [classroom], S3 draws a heron"
    assert hit.words[slice(*hit.spots[0])] == "heron"
    codes = {one.code for one in prepare.visits(desk)} | {one.id for one in prepare.visits(desk)}
    desk.save("prepare", "walk named", desk.walk.changed(title="After V2"))
    said = as_json(ask(desk, "heron"))
    assert said["hits"][0]["title"] == "After [classroom]"
    assert not any(code in str(said) for code in codes)


def test_nothing_of_a_hit_names_room_writer_or_time_of_day(desk: Desk) -> None:
    names = {field.name for field in fields(Hit)}
    assert names == {"kind", "id", "walk", "title", "date", "words", "spots", "screen", "at"}
    write_form(desk, "V1", "a heron")
    (said,) = as_json(ask(desk, "heron"))["hits"]
    assert said.keys() == {"kind", "id", "walk", "title", "date", "text", "matches"}
    assert desk.me not in str(said)


def test_what_another_walker_of_this_laptop_has_not_shared_is_not_found(desk: Desk) -> None:
    form = visit.enter(desk, the_visit(desk, "V1"))
    visit.add_note(desk, form, "a heron of my own")
    assert words(ask(desk, "heron")) == ["a heron of my own"]
    desk.write_as(prepare.add_walker(desk, "Ben").id)
    assert ask(desk, "heron").hits == ()
    write_form(desk, "V2", "a heron for all")
    desk.write_as(prepare.add_walker(desk, "Eve").id)
    assert words(ask(desk, "heron")) == ["a heron for all"]


def test_who_owns_a_step_is_not_looked_up(desk: Desk) -> None:
    step = Step(id=desk.new_id(), walk=desk.walk_id, what="Plan time", owner="heron team")
    desk.save("steps", "step made", step)
    assert ask(desk, "heron").hits == ()


def test_older_ones_come_page_by_page(desk: Desk) -> None:
    write_form(desk, "V1", *(f"heron {number}" for number in range(25)))
    fill(desk)
    look = Search(desk)
    first = look.ask("heron")
    assert len(first.hits) == search.PAGE
    assert first.more
    both = look.ask("heron", limit=2 * search.PAGE)
    assert both.hits[: search.PAGE] == first.hits
    assert not both.more
    assert words(both)[search.PAGE :] == [f"heron {number}" for number in range(4, -1, -1)]


@pytest.mark.parametrize("said", ["", "  ", "?!", "🏳️", "“”"])
def test_nothing_to_look_for_is_told(desk: Desk, said: str) -> None:
    answer = ask(desk, said)
    assert not answer.asked
    assert answer.hits == ()


def test_what_is_learned_of_a_walk_is_learned_anew_once_it_changes(desk: Desk) -> None:
    write_form(desk, "V1", "a heron at V9")
    look = Search(desk)
    assert words(look.ask("heron")) == ["a heron at V9"]
    desk.save("prepare", "renamed", desk.walk.changed(title="Birds"))
    (hit,) = look.ask("heron").hits
    assert hit.title == "Birds"


def test_hostile_texts_are_shown_harmless(tmp_path: Path) -> None:
    with desk_at(hostile_store(tmp_path)) as desk:
        for said in ("pwned", "31mred", "שלום", "alert", "family", "1"):
            answer = ask(desk, said)
            assert answer.hits
            for hit in answer.hits:
                assert not set(map(ord, hit.words + hit.title)) & {*range(32), *range(127, 160)}


@pytest.mark.parametrize("purged", [False, True])
def test_no_byte_of_what_went_is_left_in_index_or_backups(tmp_path: Path, purged: bool) -> None:
    path = tmp_path / "a.walkdb"
    with desk_at(path) as desk:
        begin_small(desk)
        write_form(
            desk, "V1", "T zanzibarrow asked", *(f"S{n} said xylophone{n}" for n in range(60))
        )
        fill(desk)
        backup.make(path, desk.now().wall_ms, "daily")
        (note,) = (
            one.record for one in desk.store.all(Note, desk.walk_id) if "zanz" in one.record.text
        )
        assert says(path, "zanzibarrow", "anzibarrow") == ["zanzibarrow", "anzibarrow"]
        if purged:
            purge.purge(desk)
        else:
            erase.erase(desk, note.id)
        assert says(path, "zanzibarrow", "anzibarrow") == []
        assert ask(desk, "zanzibarrow").hits == ()
        assert len(ask(desk, "xylophone7").hits) == (0 if purged else 1)
        assert desk.store.wrong_in_search() == ""
    assert says(path, "zanzibarrow", "anzibarrow") == []


def test_the_doctor_says_how_far_the_index_goes_and_what_is_wrong(desk: Desk) -> None:
    write_form(desk, "V1", "a heron")
    assert any("Search index: 0 of" in line for line in health(desk).lines)
    fill(desk)
    assert not health(desk).wrong
    desk.store._conn.execute("UPDATE searched SET upto = 100000")
    assert any("walk doctor --rebuild" in line for line in health(desk).wrong)
    assert not health(desk, rebuild=True).wrong
    assert len(ask(desk, "heron").hits) == 1


@pytest.mark.parametrize("said", ["Ms Ortiz", "ms ortiz waits", "Maria Lopez", "Room 12"])
def test_nobody_and_no_room_is_looked_for(desk: Desk, said: str) -> None:
    """A note that waits at the door still holds the name; search must not line such notes up."""
    write_form(desk, "V1", "Ms Ortiz waits by the door of Room 12, Maria Lopez reads")
    answer = Search(desk).ask(said)
    assert answer.names_somebody
    assert answer.hits == ()
    assert Search(desk).ask("reads").hits
