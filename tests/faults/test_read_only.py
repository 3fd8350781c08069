"""Read-only files and folders: every command says so with the mend, and changes nothing."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.desks import begin_small, desk_at
from tests.faults.commands import STORE, USES
from tests.faults.monkey import at_screen, lay_out
from tests.faults.read_only import refused, refused_command
from tests.terminal import Terminal
from walk.storage import backup

pytestmark = pytest.mark.faults

READERS = {
    *("new --write-back", "plan", "summary", "summary data", "visit-sheet", "teacher-note"),
    *("debrief-sheet", "agenda", "notice", "language", "steps", "history", "district", "search"),
    *("backup", "backup -o"),
}
"""What needs nothing but to read the store."""
NO_STORE = {"practice", "language"}


def told(problems: str) -> tuple[str, str]:
    """The cause and the mend in what a command told."""
    cause, mend = [line for line in problems.splitlines() if line][-2:]
    assert cause.startswith("walk: "), problems
    assert mend.startswith("      "), problems
    return cause, mend


def test_a_store_that_is_read_only_can_be_read_and_printed() -> None:
    for name, (code, _, problems) in refused("file").items():
        if name in READERS:
            assert code == 0, f"{name}: {problems}"
        elif name not in NO_STORE:
            assert code == 1, name
            cause, mend = told(problems)
            assert "read-only" in cause, name
            assert "Make the folder writable" in mend, name


@pytest.mark.parametrize("kind", ["folder", pytest.param("both", marks=pytest.mark.deep)])
def test_a_folder_that_is_read_only_is_told_by_every_command(kind: str) -> None:
    for name, (code, _, problems) in refused(kind).items():
        if name not in NO_STORE:
            assert code == 1, name
            cause, mend = told(problems)
            assert "read-only" in cause, name
            assert "Make the folder writable" in mend, name


def test_a_folder_that_takes_no_file_is_told_by_whatever_writes_one() -> None:
    found = refused("output")
    for name, use in USES.items():
        if "-o" in use.words:
            code, _, problems = found[name]
            assert code == 1, name
            cause, mend = told(problems)
            assert "could not be written" in cause or "cannot be written" in cause, name
            assert "folder" in mend, name


@pytest.mark.parametrize(
    ("closed", "words", "cause"),
    [
        ("walk.walkdb", ("steps",), "walk.walkdb cannot be read: you may not open it."),
        (".", ("steps",), "walk.walkdb cannot be read: you may not open it."),
        ("copy.walkdb", ("restore", "{copy.walkdb}"), "copy.walkdb cannot be read: you may not"),
        ("sub", ("new", "--write-back", "{sub/plan.toml}"), "plan.toml cannot be written: "),
    ],
)
def test_what_may_not_be_read_is_not_called_read_only(
    tmp_path: Path, closed: str, words: tuple[str, ...], cause: str
) -> None:
    place = tmp_path / "laptop"
    (place / "sub").mkdir(parents=True)
    store = place / "walk.walkdb"
    with desk_at(store) as desk:
        begin_small(desk)
        backup.make_at(store, place / "copy.walkdb")
    (place / closed).chmod(0)
    command = refused_command(
        store, *(str(place / one[1:-1]) if one[0] == "{" else one for one in words)
    )
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    (place / closed).chmod(0o700)
    assert done.returncode == 1
    told_cause, mend = told(done.stderr)
    assert cause in told_cause
    assert "read-only" not in told_cause
    assert "writable" not in mend


def test_the_app_on_a_file_that_is_read_only_shows_it_and_keeps_what_is_typed(
    tmp_path: Path,
) -> None:
    place = tmp_path / "laptop"
    place.mkdir()
    lay_out(place)
    at_screen(place / STORE, "visit")
    for one in place.glob(f"{STORE}*"):
        if one.is_file():
            one.chmod(0o400)
    with Terminal(refused_command(place / STORE)) as terminal:
        terminal.wait_for("read-only")
        terminal.wait_for("S1 points to line 4")
        terminal.send("S2 reads aloud", "enter")
        terminal.wait_for("S2 reads aloud")
        terminal.settle()
        assert "read-only" in terminal.text
        terminal.kill()
