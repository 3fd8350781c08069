"""Commands whose input, output or error stream is closed from the start, as some launchers do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import shells
from tests.shells import Shell, table

shell = shells.shell
planned = shells.planned

_CLOSED = "import sys; sys.{} = None; from walk.__main__ import main; main()"
"""Python has None for such a stream, on every system."""


def closed(stream: str, store: Path, *said: str) -> subprocess.CompletedProcess[bytes]:
    """Run walk on a store without one of its streams."""
    return subprocess.run(
        [sys.executable, "-c", _CLOSED.format(stream), *said],
        input=b"",
        capture_output=True,
        env={**os.environ, "WALK_STORE": str(store)},
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("stream", "said", "told"),
    [
        ("stdin", (), "The app needs a terminal."),
        ("stdout", (), "The app needs a terminal."),
        ("stdin", ("language",), "The standard input is closed."),
        ("stdin", ("practice",), "Practice needs a terminal."),
        ("stdout", ("practice",), "Practice needs a terminal."),
        ("stdin", ("restore",), "Nothing is brought back without a yes."),
        ("stdout", ("restore",), "Nothing is brought back without a yes."),
        ("stdin", ("purge",), "Nothing was purged."),
    ],
)
def test_what_needs_somebody_is_refused_in_words(
    planned: Shell, stream: str, said: tuple[str, ...], told: str
) -> None:
    if said == ("restore",):
        planned("backup")
    done = closed(stream, planned.store, *said)
    assert done.returncode == 1
    assert told in done.stderr.decode()


def test_a_closed_output_keeps_no_command_from_its_work(planned: Shell) -> None:
    assert closed("stdout", planned.store, "demo").returncode == 0
    assert closed("stderr", planned.store, "purge", "--yes").returncode == 0
    assert "Purged on" in planned("purge", "--receipts").stdout


def test_a_table_comes_in_where_the_errors_go_nowhere(shell: Shell, tmp_path: Path) -> None:
    done = closed("stderr", shell.store, "import", table(tmp_path))
    assert done.returncode == 0
    assert done.stdout.startswith(b"2 added")
