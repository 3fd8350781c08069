"""A school's own words: read once, read again when changed, and never in anybody's way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.desks import desk_at
from walk.errors import WordingError
from walk.language.flags import Own
from walk.routine.start import health
from walk.routine.wording.own_words import is_read, own_words, read_own, standing, trouble

OURS = '[add]\npraise = ["nailed it"]\n'


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "one.walkdb"


def write(store: Path, text: str, at: int) -> Path:
    """The file beside the store, changed at so many seconds."""
    path = store.parent / "wording.toml"
    path.write_text(text, "utf-8")
    os.utime(path, (at, at))
    return path


def test_without_a_file_there_are_none(store: Path) -> None:
    assert (own_words(store), trouble(store), is_read(store)) == (None, "", True)
    assert own_words(Path("\0") / "one.walkdb") is None


def test_it_is_read_again_only_when_it_changes(store: Path) -> None:
    path = write(store, OURS, 1)
    assert not is_read(store)
    first = own_words(store)
    assert first == Own((("praise", "nailed it"),))
    assert is_read(store)
    assert own_words(store) is first
    write(store, OURS.replace("nailed it", "crushed it"), 2)
    assert not is_read(store)
    assert own_words(store) == Own((("praise", "crushed it"),))
    path.unlink()
    assert own_words(store) is None


def test_a_broken_file_is_told_once_until_it_changes(store: Path) -> None:
    write(store, "praise = 3", 1)
    assert own_words(store) is None
    said = trouble(store)
    assert said.startswith("Wording help goes on without your own words. wording.toml, line 1: ")
    assert trouble(store) == ""
    write(store, "[praise]", 2)
    assert trouble(store) != ""
    write(store, OURS, 3)
    assert trouble(store) == ""
    assert own_words(store)


def test_a_folder_of_that_name_raises_only_where_it_was_asked_for(store: Path) -> None:
    (store.parent / "wording.toml").mkdir()
    assert own_words(store) is None
    assert "it is a folder" in trouble(store)
    with pytest.raises(WordingError):
        read_own(store.parent / "wording.toml")


def test_the_doctor_says_whether_it_is_there_and_sound(store: Path) -> None:
    with desk_at(store) as desk:
        assert any(line.startswith("No own words for wording help") for line in health(desk).lines)
        path = write(store, OURS, 1)
        said = health(desk)
        line = f"Own words for wording help: {path} (1 to ask about, 0 to leave alone)"
        assert (line in said.lines, said.wrong) == (True, ())
        write(store, "praise = 3", 2)
        (wrong,) = health(desk).wrong
        assert wrong.startswith("wording.toml, line 1: praise")
    assert standing(store)[0] == ""
