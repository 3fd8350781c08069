"""Practice is a person's own: it goes on where they were, and never touches a walk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desks import begin_small, desk_at, write_form
from walk.language.practice import LONGEST, items
from walk.routine.desk import Desk
from walk.routine.exchanging import collect
from walk.routine.exchanging import share as sharing
from walk.routine.wording import practice

FIRST, SECOND = items()[:2]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path / "one.walkdb") as made:
        begin_small(made)
        write_form(made, "V1", "S1 points to line 4")
        yield made


def tables(desk: Desk) -> dict[str, Any]:
    """Every row of every table but that of settings, which is looked at apart."""
    with sqlite3.connect(f"file:{desk.store.path}?mode=ro", uri=True) as conn:
        names = [
            name
            for (name,) in conn.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
            )
            if name != "setting"
        ]
        found = {name: conn.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    conn.close()
    assert found["rev"]
    return found


def settings(desk: Desk) -> dict[str, str]:
    with sqlite3.connect(f"file:{desk.store.path}?mode=ro", uri=True) as conn:
        found = dict(conn.execute("SELECT key, value FROM setting").fetchall())
    conn.close()
    return found


def test_it_goes_on_where_the_person_was(desk: Desk) -> None:
    assert practice.progress(desk) == practice.Progress(FIRST.id)
    practice.keep_words(desk, FIRST, "19 of 22 sat")
    practice.looked_at(desk, FIRST)
    practice.go_to(desk, 1)
    now = practice.progress(desk)
    assert (now.item, now.words, now.looked) == (
        SECOND,
        {FIRST.id: "19 of 22 sat"},
        frozenset([FIRST.id]),
    )
    assert now.in_words() == "1 of 30 looked at"
    assert practice.unlooked(desk) == 1
    practice.keep_words(desk, FIRST, " ")
    assert practice.progress(desk).words == {}
    assert practice.go_to(desk, -3).item == FIRST
    assert practice.go_to(desk, 99).item is None
    assert practice.progress(desk).place == 30


def test_starting_over_forgets_all_of_it_and_nothing_else(desk: Desk) -> None:
    before = settings(desk)
    practice.keep_words(desk, FIRST, "19 of 22 sat")
    practice.go_to(desk, 4)
    assert practice.start_over(desk) == practice.Progress(FIRST.id)
    assert settings(desk) == before


def test_journal_and_tables_are_unchanged_and_one_setting_holds_it_all(desk: Desk) -> None:
    before, kept = tables(desk), settings(desk)
    for item in items():
        practice.keep_words(desk, item, f"my words on {item.id}")
        practice.looked_at(desk, item)
    practice.go_to(desk, 30)
    assert practice.unlooked(desk) is None
    assert tables(desk) == before
    now = settings(desk)
    assert now.pop(practice.KEY)
    assert now == kept
    assert desk.undo("practice") is None


def test_no_pack_and_no_other_walk_holds_it(desk: Desk, tmp_path: Path) -> None:
    practice.keep_words(desk, FIRST, "zebras at the rug")
    sharing.share(desk, tmp_path / "one.walk", plan_only=False)
    with desk_at(tmp_path / "two.walkdb") as other:
        collect.collect(other, [tmp_path / "one.walk"])
        assert not any("zebras" in str(one) for one in tables(other).values())
        assert practice.progress(other) == practice.Progress(FIRST.id)
    begin_small(desk)
    assert practice.progress(desk).words == {FIRST.id: "zebras at the rug"}


def test_it_works_without_any_walk(tmp_path: Path) -> None:
    with desk_at(tmp_path / "empty.walkdb") as desk:
        practice.looked_at(desk, FIRST)
        assert practice.progress(desk).looked == {FIRST.id}


@pytest.mark.parametrize(
    "kept",
    [
        3,
        [],
        {"at": 4, "looked": "all", "words": ["a"]},
        {"at": "gone", "looked": [1, "gone"], "words": {"gone": "a", FIRST.id: 3}},
    ],
)
def test_what_makes_no_sense_is_passed_over(desk: Desk, kept: object) -> None:
    desk.store.set(practice.KEY, kept)
    assert practice.progress(desk) == practice.Progress(FIRST.id)
    practice.keep_words(desk, FIRST, "w" * 20_000)
    assert len(practice.progress(desk).words[FIRST.id]) == LONGEST
