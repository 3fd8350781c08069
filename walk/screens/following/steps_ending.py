"""How a walk ends: wonderings chosen for the staff, closing, calling off, opening again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from walk.model import Closing
from walk.routine.debriefing.debrief import PoolNote
from walk.routine.following import plan_missing, steps
from walk.screens.ask import Ask, Values
from walk.screens.dialogs import KeyDialog
from walk.screens.team import TeamScreen


class EndingScreen(TeamScreen):
    """A screen of next steps that can also end the walk."""

    closing: Closing | None = None
    """How the walk ended; None while it is open."""

    @property
    def note_in_hand(self) -> PoolNote | None:
        """The wondering the marker stands on."""
        return None

    def do(self, act: Callable[[], Any], words: str) -> None:
        """Do it, read again, and tell it."""
        with self.told():
            act()
            self.reload()
            self.say_saved(words)

    # Wonderings for the staff

    def action_choose(self) -> None:
        """The staff summary holds the wondering in hand, or no longer."""
        note = self.note_in_hand
        if note is None:
            return
        if note.note.speech and note.note.id not in steps.for_staff(self.desk):
            self.app.push_screen(
                KeyDialog(
                    "Would colleagues know who said this?",
                    (("n", "no, use it"), ("y", "yes, leave it out")),
                    note.words,
                ),
                lambda answer: self._choose(note) if answer == "n" else None,
            )
            return
        self._choose(note)

    def _choose(self, note: PoolNote) -> None:
        with self.told():
            chosen = steps.choose_for_staff(self.desk, note.note)
            self.reload()
            self.say_saved("Chosen for the staff" if chosen else "No longer for the staff")

    # Closing

    def action_close_walk(self) -> None:
        """Close the walk, with a reason where something is missing."""
        missing = steps.missing_to_close(self.desk)
        old = self.closing or Closing(id="", walk="")
        why = old.reason or plan_missing.reasons(self.desk)
        asks = [Ask("Why without it; the reason is printed", why)] if missing else []
        asks += [
            Ask("Next look", old.next_look, "when, or after what; may stay empty", one_row=True),
            Ask("Contact", old.contact, "whom teachers can ask, and where", one_row=True),
        ]

        def save(values: Values) -> str:
            *reason, next_look, contact = values
            steps.close(self.desk, reason="".join(reason), next_look=next_look, contact=contact)
            return "Walk closed"

        note = "Missing: " + "; ".join(missing) + "." if missing else ""
        chosen = len(steps.for_staff(self.desk))
        told = f"Wonderings chosen for the staff: {chosen}. Esc and w choose some."
        self.ask(
            "Close the walk",
            asks,
            save,
            place=self._place("closing"),
            note=f"{note} {told}".strip(),
        )

    def _place(self, what: str) -> str:
        """Of a draft: of this walk alone."""
        return f"{what}:new:{self.desk.walk_id}"

    def action_call_off(self) -> None:
        """The walk did not take place."""

        def save(values: Values) -> str:
            steps.call_off(self.desk, values[0])
            return "Walk called off"

        self.ask(
            "Call the walk off?",
            [Ask("Reason, printed; may stay empty", "")],
            save,
            place=self._place("call off"),
            note="Enter: it did not take place. Esc: it does.",
        )

    def action_reopen(self) -> None:
        """Open a closed walk again."""
        self.do(lambda: steps.reopen(self.desk), "The walk is open again")
