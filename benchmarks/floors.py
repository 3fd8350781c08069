"""The floors: the least that programs like this take, as tiny programs without any of ours.

`python -m benchmarks.floor_times` measures them all; `… floors textual` and `… floors form` are
the two Textual programs themselves. A ratio of walk is always to a floor of the same run.
"""

from __future__ import annotations

import sys
import time

READY = "READY 00:00"
"""What the Textual floors show as soon as they are painted."""


def textual() -> None:
    """The smallest app that takes notes: one screen-high TextArea and a clock each second."""
    from textual.app import App, ComposeResult
    from textual.widgets import Static, TextArea

    class Smallest(App[None]):
        CSS = "TextArea { height: 1fr; }"

        def compose(self) -> ComposeResult:
            yield Static(READY, id="clock")
            yield TextArea()

        def on_mount(self) -> None:
            self.query_one(TextArea).focus()
            self.began = time.monotonic()
            self.set_interval(1.0, self.tick)

        def tick(self) -> None:
            self.query_one("#clock", Static).update(_clock(time.monotonic() - self.began))

    Smallest().run()


def form() -> None:
    """What a screen of a walk has at least: header, two tables, a TextArea, a footer, a clock."""
    from textual.app import App, ComposeResult
    from textual.containers import Horizontal
    from textual.widgets import DataTable, Footer, Header, Static, TextArea

    class FormApp(App[None]):
        CSS = "#tables { height: 12; } DataTable { width: 1fr; } TextArea { height: 1fr; }"

        def compose(self) -> ComposeResult:
            yield Header()
            yield Static(READY, id="clock")
            with Horizontal(id="tables"):
                yield DataTable(id="left")
                yield DataTable(id="right")
            yield TextArea()
            yield Footer()

        def on_mount(self) -> None:
            for filled in self.query(DataTable):
                filled.add_columns("Visit", "At", "Words")
                filled.add_rows((f"V{n}", f"{n} min", f"line {n} of a note") for n in range(20))
            self.query_one(TextArea).focus()
            self.began = time.monotonic()
            self.set_interval(1.0, self.tick)

        def tick(self) -> None:
            self.query_one("#clock", Static).update(_clock(time.monotonic() - self.began))

    FormApp().run()


def _clock(seconds: float) -> str:
    return f"READY {int(seconds) // 60:02}:{int(seconds) % 60:02}"


class FsyncAppend:
    """The least that a durable save takes: append 4 KiB to a file and fsync it."""

    def __init__(self, path: object) -> None:
        import os

        self._os = os
        self._fd = os.open(str(path), os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        self._block = os.urandom(4096)

    def once(self) -> float:
        """Do it; the seconds it took."""
        began = time.perf_counter()
        self._os.write(self._fd, self._block)
        self._os.fsync(self._fd)
        return time.perf_counter() - began

    def close(self) -> None:
        """Close the file."""
        self._os.close(self._fd)


def load_csv(table: object, store: object) -> float:
    """The least that an import takes: csv reader, executemany, one index, WAL, FULL; seconds.

    Nothing is checked, nothing hashed, and a second run would add every row again.
    """
    import csv
    import sqlite3

    began = time.perf_counter()
    conn = sqlite3.connect(str(store), isolation_level=None)
    conn.execute("PRAGMA journal_mode=WAL")
    conn.execute("PRAGMA synchronous=FULL")
    conn.execute(
        "CREATE TABLE note(id INTEGER PRIMARY KEY, visit TEXT, at INTEGER, kind TEXT, "
        "look_for TEXT, text TEXT, walker TEXT)"
    )
    conn.execute("CREATE INDEX note_visit ON note(visit)")
    with open(str(table), newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        next(reader)
        conn.execute("BEGIN IMMEDIATE")
        conn.executemany(
            "INSERT INTO note(visit, at, kind, look_for, text, walker) VALUES (?,?,?,?,?,?)",
            reader,
        )
        conn.execute("COMMIT")
    conn.close()
    return time.perf_counter() - began


if __name__ == "__main__":
    {"textual": textual, "form": form}[sys.argv[1]]()
