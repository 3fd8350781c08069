"""What is being typed, and storing it: at once, then every quarter second, whatever is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.timer import Timer
from textual.widget import Widget

from walk.model import NoteKind

EVERY_S = 0.25
"""While someone types, the draft is stored this often."""
AFTER_FAILING_S = 2.0
"""And this long after it could not be stored: each try may keep the keys waiting."""


@dataclass(frozen=True, slots=True)
class Line:
    """What stood in the composer when Enter was pressed."""

    text: str
    kind: NoteKind | None
    """The kind turned to with Tab; None where the words themselves say it."""
    look_for: str
    """The id of the look-for tied by choice, or nothing."""
    before: str = ""
    """How it read before a stem was taken over, or nothing."""


@dataclass(frozen=True, slots=True)
class Extra:
    """What it takes to take a draft up again, besides its text."""

    kind: str = ""
    look_for: str = ""
    cursor: tuple[int, int] | None = None
    was: tuple[str, ...] = ()
    """Words whose place a stem has taken, the oldest first."""

    def text(self) -> str:
        """As JSON."""
        said = {"kind": self.kind, "look_for": self.look_for, "cursor": self.cursor}
        return json.dumps({**said, "was": self.was} if self.was else said)

    @classmethod
    def read(cls, text: str) -> Extra:
        """From JSON; what cannot be read is left out."""
        try:
            found: Any = json.loads(text) if text else {}
        except ValueError:
            found = {}
        if not isinstance(found, dict):
            return cls()
        kind, cursor = found.get("kind"), found.get("cursor")
        whole = isinstance(cursor, list) and [type(one) for one in cursor] == [int, int]
        was = found.get("was")
        return cls(
            kind=kind if kind in ("noticing", "wondering") else "",
            look_for=str(found.get("look_for") or ""),
            cursor=(cursor[0], cursor[1]) if whole and cursor else None,
            was=tuple(one for one in was if isinstance(one, str)) if isinstance(was, list) else (),
        )


class Drafts:
    """Stores a state (text, extra) by throttle: never later than a quarter second after a key."""

    def __init__(
        self,
        owner: Widget,
        state: Callable[[], tuple[str, str]],
        keep: Callable[[str, str], bool],
    ) -> None:
        """`state` says what stands there now; `keep` stores it and says whether it could."""
        self._owner = owner
        self._state = state
        self._keep = keep
        self._kept = ("", "")
        self._resting: Timer | None = None

    def is_kept(self) -> None:
        """What stands there now is stored, or is nothing that has to be."""
        self._kept = self._state()

    def changed(self) -> None:
        """Store it now, or as soon as the quarter second since the last time is over."""
        if self._resting is None:
            self.flush()

    def flush(self) -> bool:
        """Store it now, if it changed; True unless that failed."""
        state = self._state()
        if state == self._kept or (not state[0] and not self._kept[0]):
            return True
        done = self._keep(*state)
        if done:
            self._kept = state
        if self._resting is None and self._owner.is_running:
            self._resting = self._owner.set_timer(
                EVERY_S if done else AFTER_FAILING_S, self._rested
            )
        return done

    def _rested(self) -> None:
        self._resting = None
        self.flush()
