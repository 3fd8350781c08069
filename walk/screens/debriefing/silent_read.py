"""Silent read: one note after the other, or all in a list, without authors; marks to speak from."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from walk.routine.debriefing import protocol, silent_read
from walk.routine.debriefing.silent_read import ALOUD, Reading, ReadNote
from walk.routine.desk import Desk
from walk.screens.debriefing.note_reader import NoteReader, Page
from walk.screens.team import LAST_KEYS, STEP_KEYS, TeamScreen
from walk.text import one_line, wrap
from walk.widgets.choice_list import Choice, ChoiceList, heading
from walk.widgets.prose import prose_width

MARK = "●"
HEADS = {"noticing": "Noticings", "wondering": "Wonderings"}
WORDS_LOOKED_AT = 400


class SilentReadScreen(TeamScreen):
    """All notes of the pool, to be read alone. Nothing is changed here."""

    CSS_PATH = "silent_read.tcss"
    full_rows = (3, 5, 10)
    name_in_app = "silent_read"
    heading = "Debrief · Silent read"
    protocol_step = "read"
    HELP_WORDS = (
        "Read all notes in silence, noticings first, then wonderings. Who wrote a note, when, "
        "and in which room is not shown, and the order says nothing of it.\n"
        "Enter reads one note after the other, in full; Space marks what you want to say aloud in "
        "the go-round. The mark stays on this laptop and is for you alone. a shows only what you "
        "marked. l reads the notes of one lens on their own, where at least two walkers who carry "
        "it have written and what is left over is not one walker's: else it would name a person."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "say aloud", id="read.mark", tooltip="Mark it, to say it aloud"),
        Binding(
            "a",
            "aloud",
            "marked",
            id="read.aloud",
            tooltip="Only what you marked to say aloud; again: all",
        ),
        Binding(
            "l",
            "lens",
            "lens",
            id="read.lens",
            tooltip="The notes of one lens on their own; again: the next lens, then all",
        ),
        *STEP_KEYS,
        *LAST_KEYS,
    ]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is a note to stand on, or "aloud" for the marked ones."""
        super().__init__(desk, at, say)
        self.reading = Reading()
        self.marked: frozenset[str] = frozenset()
        self.lens = ""
        self.only_aloud = at == ALOUD

    def body(self) -> ComposeResult:
        """The list, or one note, and what is in hand in full."""
        yield Static(id="head")
        yield NoteReader(self._page, id="list", lines_most=2)
        yield Static(id="full")

    @property
    def rows(self) -> NoteReader:
        """The notes."""
        return self.query_one("#list", NoteReader)

    # Reading

    def read(self) -> None:
        """The pool, and what is marked."""
        self.reading = silent_read.reading(self.desk)
        self.marked = silent_read.aloud(self.desk)
        if self.lens not in self.reading.lenses:
            self.lens = ""
        self._show(self.at)
        self.at = ""

    @property
    def notes(self) -> list[ReadNote]:
        """The notes that are shown."""
        shown = self.reading.seen_through(self.lens)
        return [one for one in shown if not self.only_aloud or one.id in self.marked]

    def _show(self, mark: str = "") -> None:
        notes = self.notes
        parts = [self._counted(notes)]
        if self.lens:
            parts.append(f"lens: {self.lens}")
        if self.only_aloud:
            parts.append("only what you marked")
        if notes and len(parts) == 1:
            parts.append("in silence; nobody explains a note")
        self.query_one("#head", Static).update(Content(one_line(" · ".join(parts))))
        rows: list[Choice] = []
        for kind, words in HEADS.items():
            found = [self._row(one) for one in notes if one.kind == kind]
            rows += [heading(words), *found] if found else []
        if not rows:
            rows = [heading(self._nothing())]
            self.rows.one = False
        self.rows.show(rows, mark=mark)
        self._show_full()
        self.refresh_bindings()

    def _row(self, one: ReadNote) -> Choice:
        side = MARK if one.id in self.marked else ""
        return Choice(one.id, one.words[:WORDS_LOOKED_AT], side=side)

    def _counted(self, notes: list[ReadNote]) -> str:
        wonderings = sum(one.kind == "wondering" for one in notes)
        noticings = len(notes) - wonderings
        seen = "1 noticing" if noticings == 1 else f"{noticings} noticings"
        return f"{seen}, {wonderings} wondering{'' if wonderings == 1 else 's'}"

    def _nothing(self) -> str:
        if self.reading.purged:
            return "The raw notes were purged. Trends, next steps and the summary are still here."
        if self.only_aloud:
            return "Nothing is marked yet: a shows all notes, and Space marks one."
        return (
            "No notes here yet. Collect your colleagues' packs (c on Home); whoever has no laptop "
            "reads the printed debrief sheet."
        )

    @property
    def note_in_hand(self) -> ReadNote | None:
        """The note the marker stands on."""
        row = self.rows.choice
        return next((one for one in self.reading.notes if row and one.id == row.id), None)

    def _page(self) -> Page:
        """The note in hand, for reading it alone."""
        note, notes = self.note_in_hand, self.notes
        if note is None:
            return Page("", "")
        place = notes.index(note) + 1 if note in notes else 0
        told = f"{note.kind.capitalize()} · {place} of {len(notes)}"
        if note.id in self.marked:
            told += f" · {MARK} to say aloud"
        return Page(told, note.words)

    def _show_full(self) -> None:
        full = self.query_one("#full", Static)
        full.display = not self.rows.one and self.rows.choice is not None
        note = self.note_in_hand
        width = prose_width(self.app.size.width)
        lines = wrap(note.words, width) if note else []
        room = self.room()
        if len(lines) > room:
            last = one_line(lines[room - 1], width - 18)
            lines = [*lines[: room - 1], f"{last} … Enter reads all"]
        full.update(Content("\n".join(lines)))

    @on(ChoiceList.Moved)
    def _moved(self) -> None:
        self._show_full()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is undone here; steps go on only where the protocol goes."""
        allowed = super().check_action(action, parameters)
        if not allowed or action in ("undo", "redo"):
            return False
        if action in ("step_on", "step_back"):
            return self._standing is not None and self._standing.under_way
        if action == "mark":
            return self.note_in_hand is not None
        if action == "lens":
            return bool(self.reading.lenses or self.reading.alone)
        return allowed

    # Keys

    @on(ChoiceList.Chosen)
    def _chosen(self) -> None:
        """One note after the other, or the list again."""
        self.rows.one = not self.rows.one
        self._show_full()

    def step_back(self) -> bool:
        """From one note to the list, from the marked ones to all; else where the debrief stands."""
        if self.rows.one:
            self.rows.one = False
            self._show_full()
            return True
        if self.only_aloud or self.lens:
            self.only_aloud, self.lens = False, ""
            self._show()
            self.say("")
            return True
        return False

    def action_mark(self) -> None:
        """Mark the note in hand, or no longer."""
        note = self.note_in_hand
        if note is None:
            return
        with self.told():
            marked = silent_read.mark(self.desk, note.id)
            self.marked = silent_read.aloud(self.desk)
            self._show()
            self.say("Marked to say aloud; only this laptop knows" if marked else "Not marked")

    def action_aloud(self) -> None:
        """Only what is marked, or all."""
        self.only_aloud = not self.only_aloud
        self._show()
        self.say("a shows all notes again" if self.only_aloud else "")

    def action_lens(self) -> None:
        """The notes of the next lens, then all again."""
        lenses = ["", *self.reading.lenses]
        if len(lenses) == 1:
            self.say(
                f"{_listed(self.reading.alone)}: read alone it would show who wrote, as fewer "
                "than two who carry it have written"
            )
            return
        self.lens = lenses[(lenses.index(self.lens) + 1) % len(lenses)]
        self._show()
        self.rows.action_edge(-1)
        alone = _listed(self.reading.alone)
        left_out = f" · {alone} would show who wrote" if alone else ""
        self.say(f"l: next lens{left_out}" if self.lens else "All notes")

    def action_out(self) -> None:
        """Back within the screen, to the step of the debrief that is on, or Home."""
        if self.step_back():
            return
        now = self._standing
        if now is not None and now.running and now.step != self.protocol_step:
            self.go_to(protocol.place(now.step))
        else:
            self.go("home")


def _listed(lenses: tuple[str, ...]) -> str:
    return ", ".join(f"“{one_line(one, 30)}”" for one in lenses[:3])
