"""Keeping: once the first screen is painted, a thread makes the backup of the day and looks in."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from textual.app import App

from walk.clock import Clock
from walk.errors import WalkError
from walk.routine.desk import Desk
from walk.screens.base import WalkScreen

PATIENCE_S = 5.0
"""How long the thread waits for another writer."""


def keep_backup(app: App[Any], desk: Desk) -> None:
    """Begin it; what is wrong is told on the screen that is open then. Nobody waits for it."""
    path, clock, crashed = desk.store.path, desk.clock, desk.after_a_crash
    to_clean = False
    with suppress(WalkError):
        to_clean = bool(desk.store.jobs())

    def run() -> None:
        from walk.routine.keeping import backups

        if to_clean:  # before the backup, or that would hold what has to go
            _finish_erasing(path, clock)
        told = backups.daily(path, clock, after_a_crash=crashed)
        if told:
            app.call_later(_tell, app, told)

    app.run_worker(run, name="keeping", group="keeping", thread=True, exit_on_error=False)


def _finish_erasing(path: Path, clock: Clock) -> None:
    """Clean the files after what was erased or purged, where that was cut off.

    What cannot be done now is tried again at the next start, and Purge lists what was.
    """
    from walk.routine.keeping import purge
    from walk.routine.start import open_desk

    with suppress(WalkError), open_desk(path, clock=clock, patience_s=PATIENCE_S) as own:
        purge.finish(own)


def _tell(app: App[Any], told: str) -> None:
    for screen in reversed(app.screen_stack):
        if isinstance(screen, WalkScreen):
            screen.state_line.complain(told)
            return
