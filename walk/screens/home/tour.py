"""The tour: what a walk is and how the screens work, in one minute and five short pages."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from walk.screens.base import WalkScreen
from walk.screens.home.home import TOUR
from walk.widgets.choice_list import Choice, ChoiceList

PAGES: tuple[tuple[str, str], ...] = (
    (
        "A walk",
        "Teachers open their classrooms and say what they would like to look into: their focus, "
        "sharpened to a question of their own, the inquiry. Colleagues walk through as learners, "
        "for 10 to 15 minutes a visit.\n\n"
        "Nobody is rated. There are no scores, no names of teachers or students, and no room is "
        "compared with another.",
    ),
    (
        "Noticing and wondering",
        "A noticing is what a camera could have caught, free of praise and correction:\n"
        '   T: "Say more about that."   ·   14 of 22 wrote before talk\n\n'
        "A wondering is an honest open question that it raises:\n"
        "   What do students reach for when they are stuck?\n\n"
        "Verdicts and reasons can wait: stop at “because”.",
    ),
    (
        "In the room",
        "You type; the screen asks for nothing.\n\n"
        "   Enter  save the line\n"
        "   Tab    noticing or wondering; ? as first sign makes a wondering too\n"
        "   #2     as first or last word ties the second look-for\n"
        "   ↑      back to your notes\n"
        "   Esc    leave the room, more time, undo, help",
    ),
    (
        "After the room",
        "1  Silent write: each walker finishes their own form, alone, in 2 to 3 minutes.\n"
        "2  Hall talk: the team shares noticings, then wonderings, and moves on.\n"
        "3  Debrief: notes of all are grouped, authors hidden; what two or more classrooms "
        "show is a trend.\n"
        "4  Next steps: dated, owned also above the teacher, designed with the host teachers.",
    ),
    (
        "Your words",
        "All you type is saved at once, on this laptop only, and nothing is sent anywhere. "
        "Finishing a form gives it to your team when you share; until then it is yours alone.\n\n"
        "u undoes on most screens, ? explains each of them, and raw notes are cleared on the "
        "walk's keep-until date.",
    ),
)
"""(title, words) of each page."""


class TourScreen(WalkScreen):
    """One page at a time; Enter goes on, Esc leaves."""

    CSS_PATH = "tour.tcss"
    AUTO_FOCUS = "#tour-list"
    name_in_app = "tour"
    needs_walk = False
    tells_unconfirmed = False
    HELP_WORDS = "Five short pages about walks and this app. Nothing here changes anything."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "turn(1)", "next page", id="tour.next", show=False, tooltip="Next page"),
        Binding("left,backspace", "turn(-1)", "back", id="tour.back", tooltip="The page before"),
        Binding(
            "escape", "skip", "skip", id="tour.skip", tooltip="Leave the tour; t opens it again"
        ),
    ]

    def work(self) -> ComposeResult:
        """Title, words, and one row to go on."""
        yield Static(id="tour-title")
        yield Static(id="tour-words")
        yield ChoiceList(id="tour-list")

    def reload(self) -> None:
        """Show the page; the tour counts as seen once it was opened."""
        self.page = getattr(self, "page", 0)
        self.desk.store.set(TOUR, "seen")
        title, words = PAGES[self.page]
        self.title_line.left = "One-minute tour"
        self.title_line.right = f"{self.page + 1} of {len(PAGES)}"
        self.query_one("#tour-title", Static).update(Content(title))
        self.query_one("#tour-words", Static).update(Content(words))
        last = self.page == len(PAGES) - 1
        row = (
            Choice("home", "To Home")
            if last
            else Choice("next", f"Next: {PAGES[self.page + 1][0]}")
        )
        self.query_one("#tour-list", ChoiceList).show([row])

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """On to the next page, or Home from the last."""
        if event.choice.id == "home":
            self.go("home")
        else:
            self.action_turn(1)

    def action_turn(self, step: int) -> None:
        """Another page."""
        self.page = max(0, min(self.page + step, len(PAGES) - 1))
        with self.told():
            self.reload()

    def action_skip(self) -> None:
        """Leave for Home."""
        self.go("home")
