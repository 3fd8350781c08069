"""Notes from the command line: finished and shared, kept in the room, refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import shells
from tests.desks import begin_small, the_visit
from tests.shells import Shell, notes, table
from walk.model import Form, Note
from walk.routine.planning import prepare
from walk.routine.start import open_desk
from walk.routine.visiting import visit

shell = shells.shell
planned = shells.planned


def test_a_note_from_the_shell_is_finished_and_shared(planned: Shell) -> None:
    assert planned("note", "v2", 'S: "line 4" 5/7 pairs', "--look-for", "2").stdout == (
        "Noticing saved for V2 · look-for Point, read, measure · quoted speech · "
        "tally 5 of 7 pairs\n"
    )
    assert planned("note", "V1", "what next", "--wondering", "--as", "ben").stdout == (
        "Wondering saved for V1\n"
    )
    with open_desk(planned.store) as desk:
        held = {one.record.text: one for one in desk.store.all(Note, desk.walk_id)}
        labels = {one.id: one.label for one in desk.walkers()}
        bens = held["what next"]
        assert (labels[bens.author], labels[bens.record.typed_by]) == ("Ben", "Ana")
        assert all(one.shared and one.record.from_paper for one in held.values())
        forms = [one.record for one in desk.store.all(Form, desk.walk_id)]
        assert all(one.finished_at and one.entered_at is None for one in forms)
        assert desk.label == "Ana"


def test_a_note_in_the_room_does_not_finish_the_form(shell: Shell) -> None:
    with open_desk(shell.store) as desk:
        begin_small(desk)
        visit.enter(desk, the_visit(desk, "V1"))
    shell("note", "V1", "typed beside the app")
    with open_desk(shell.store) as desk:
        form = visit.under_way(desk)
        assert form is not None
        assert form.finished_at is None
        (held,) = visit.notes(desk, form)
        assert held.record.at_s is not None
        assert not held.shared


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("V9", "x"), "V1, V2, V3"),
        (("V1", "x", "--as", "Zoe"), "Ana, Ben, Cleo"),
        (("V1", "x", "--look-for", "4"), "from 1 to 3"),
        (("V1", "x", "--look-for", "0"), "from 1 to 3"),
        (("V1", " "), "Type what you saw"),
        (("V1", "a\0b"), "damaged"),
        (("V1", "a\udcff"), "damaged"),
        (("V1", "x" * 20_001), "two or more parts"),
    ],
)
def test_a_note_that_cannot_be_saved_is_refused_in_words(
    planned: Shell, said: tuple[str, ...], words: str
) -> None:
    assert words in planned.refused("note", *said)
    assert notes(planned) == []


def test_a_visit_that_was_taken_back_takes_no_note(planned: Shell) -> None:
    with open_desk(planned.store) as desk:
        prepare.withdraw_visit(desk, the_visit(desk, "V2"))
    assert "no longer open" in planned.refused("note", "V2", "x")


def test_who_writes_is_asked_where_it_is_not_known(shell: Shell, tmp_path: Path) -> None:
    shell("import", table(tmp_path))
    assert "--as LABEL" in shell.refused("note", "V1", "x")
    shell("note", "V1", "x", "--as", "Ana")
    shell("note", "V1", "y")
    assert len(notes(shell)) == 4
