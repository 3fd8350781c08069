"""How commands ask for a passphrase: hidden, twice for a new one, or from the environment."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import walk.exchange.write
from tests.desks import begin_small, desk_at, texts, write_form
from tests.exchange import age_by_hand
from walk import cli
from walk.commands.passphrase import VARIABLE, asked_once, asked_twice, may_ask, passphrase_option
from walk.errors import PackError, WalkError
from walk.exchange.locked import is_locked


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What somebody at a terminal will type, one line a question; every question is hidden."""
    lines: list[str] = []

    def answer(_words: str, **how: object) -> str:
        assert how["hide_input"]
        assert how["err"], "answers on stdout may be read by a program"
        return lines.pop(0)

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(click, "prompt", answer)
    return lines


def test_a_new_one_is_asked_twice(typed: list[str]) -> None:
    typed += ["four words to agree", "four words to agree"]
    assert asked_twice() == "four words to agree"
    assert typed == []


def test_two_that_differ_write_nothing(typed: list[str]) -> None:
    typed += ["four words to agree", "four words to agre"]
    with pytest.raises(PackError, match="not the same"):
        asked_twice()


def test_one_too_short_is_not_asked_again(typed: list[str]) -> None:
    typed += ["short", "short"]
    with pytest.raises(PackError, match="at least 8"):
        asked_twice()
    assert typed == ["short"]


def test_one_to_open_is_asked_once_whatever_its_length(typed: list[str]) -> None:
    typed += ["short"]
    assert asked_once("ana.walk") == "short"


def test_without_the_extra_nobody_types_in_vain(
    typed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    with pytest.raises(PackError, match="pip install"):
        asked_twice()


def test_the_environment_stands_in_for_the_question(
    typed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "four words to agree\n")
    assert asked_twice() == asked_once("ana.walk") == "four words to agree"
    assert may_ask()


def test_without_a_terminal_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    assert not may_ask()
    for ask in (asked_twice, lambda: asked_once("ana.walk")):
        with pytest.raises(PackError) as caught:
            ask()
        assert VARIABLE in caught.value.mend


def test_a_question_left_does_nothing(typed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(*_args: object, **_how: object) -> str:
        raise click.Abort

    monkeypatch.setattr(click, "prompt", leave)
    with pytest.raises(WalkError, match="Nothing was done"):
        asked_twice()


def test_the_passphrase_is_no_argument() -> None:
    """What stands in a command line is read by others, and stays in the shell's history."""

    @click.command()
    @passphrase_option
    def share(locked: bool) -> None: ...

    (option,) = share.params
    assert isinstance(option, click.Option)
    assert option.is_flag


def test_a_pack_locked_by_one_command_is_opened_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words reach no output, and without them nothing is taken in."""
    words = "four words to agree"
    monkeypatch.setattr(walk.exchange.write, "lock", age_by_hand.lock)
    here, there, pack = tmp_path / "a.walkdb", tmp_path / "b.walkdb", tmp_path / "notes.walk"

    def run(store: Path, *command: str, passphrase: str = "") -> Result:
        done = CliRunner(env={VARIABLE: passphrase or None}).invoke(
            cli.walk, ["--store", str(store), *command], prog_name="walk"
        )
        assert words not in done.output
        return done

    with desk_at(here) as desk:
        begin_small(desk)
        write_form(desk, "V1", "5 of 7 pairs wrote")
    assert run(here, "share", "-o", str(pack), "--passphrase", passphrase=words).exit_code == 0
    assert is_locked(pack.read_bytes())
    assert "5 of 7" not in str(pack.read_bytes())
    for passphrase, told in (("", "is locked with a passphrase"), ("other words", "does not open")):
        done = run(there, "collect", str(pack), passphrase=passphrase)
        assert done.exit_code == 1
        assert told in done.stderr
    assert run(there, "collect", str(pack), passphrase=words).exit_code == 0
    with desk_at(there) as desk:
        assert texts(desk) == ["5 of 7 pairs wrote"]
