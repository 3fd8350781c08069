"""The notes whose words may say more of what was seen, once, as a list; nothing has to change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from walk.routine.wording.wording import Looked
from walk.screens.over import Over
from walk.text import one_line, wrap
from walk.widgets.choice_list import HANG, Choice, ChoiceList
from walk.widgets.lines import KeyLine

TITLE = "Words to look at once more"
NOTHING_MUST = "Nothing here has to change."
REWORD_HELP = "Put the marked note into other words"
KEEP_HELP = "Keep the marked note as it is; no reason is asked"
KEEP_ALL_HELP = "Keep all of them as they are"
QUESTION_ROWS = 2
"""Rows that one question may take."""


LINES_MOST = 10
"""Lines of a note and its questions."""


class NotesAndQuestions(ChoiceList):
    """Rows of a note in one line, and beneath it what is asked of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "reword", id="wordings.reword", tooltip=REWORD_HELP),
    ]

    def _pieces_of(self, words: str, room: int, hang: int) -> list[str]:
        note, *questions = words.split("\n")
        inner, set_in = max(8, room - HANG), " " * (HANG - hang)
        return [
            one_line(note, room),
            *(f"{set_in}{row}" for one in questions for row in wrap(one, inner)[:QUESTION_ROWS]),
        ]


class WordingList(Over[Looked | None]):
    """The result is the note to reword, or None."""

    CSS_PATH = "wording_list.tcss"
    AUTO_FOCUS = "NotesAndQuestions"
    heading = TITLE
    HELP_WORDS = (
        "These notes hold words that may say less than what was seen or heard. Beneath each stands "
        "a question about them. Enter puts a note into other words, k keeps it as it is, and a "
        "keeps them all. No reason is asked, nothing is counted and nothing has to change."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "keep", "keep", id="wordings.keep", tooltip=KEEP_HELP),
        Binding("a,K", "keep_all", "keep all", id="wordings.keep_all", tooltip=KEEP_ALL_HELP),
        Binding("escape", "back", "back", id="wordings.back", tooltip="Back; all stays as it is"),
    ]

    def __init__(
        self, read: Callable[[], Sequence[Looked]], keep: Callable[[Iterable[Looked]], None]
    ) -> None:
        """`read` says what is open in notes; `keep` remembers that they are meant as they are."""
        super().__init__()
        self._read = read
        self._keep = keep
        self.notes = self._by_note()
        self.rows = NotesAndQuestions(self._choices(), lines_most=LINES_MOST)

    def compose(self) -> ComposeResult:
        """Title, notes and keys."""
        with Vertical(id="wordings-box"):
            yield Static(Content(self.heading), id="wordings-title")
            yield Static(Content(NOTHING_MUST), id="wordings-note")
            yield self.rows
            yield KeyLine()

    def on_mount(self) -> None:
        """As high as its rows, as far as there is room."""
        self.rows.add_class("-short")

    def _by_note(self) -> dict[str, Looked]:
        return {one.of.note: one for one in self._read()}

    def _choices(self) -> list[Choice]:
        return [
            Choice(
                note,
                "\n".join(
                    (one_line(one.of.words[:300]), *(one_line(flag.message) for flag in one.flags))
                ),
                label="W" if one.of.kind == "wondering" else "N",
            )
            for note, one in self.notes.items()
        ]

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Enter on a note."""
        self._over(self.notes.get(event.choice.id))

    def action_keep(self) -> None:
        """Keep the marked note."""
        if self.rows.choice is not None:
            self._keep([self.notes[self.rows.choice.id]])
            self._show()

    def action_keep_all(self) -> None:
        """Keep them all."""
        self._keep(self.notes.values())
        self._show()

    def _show(self) -> None:
        self.notes = self._by_note()
        if self.notes:
            self.rows.show(self._choices())
        else:
            self._over(None)

    def action_back(self) -> None:
        """Back; all stays as it is."""
        self._over(None)

    def _over(self, result: Looked | None) -> None:
        """Close once, also when a key was pressed twice."""
        if self.is_current:
            self.dismiss(result)
