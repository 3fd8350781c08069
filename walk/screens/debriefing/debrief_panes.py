"""The two panes of grouping: notes and themes, what is in hand in full, the filter, the marks."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from walk.routine.debriefing import debrief
from walk.routine.debriefing.debrief import PoolNote, Table, ThemeView
from walk.routine.desk import Desk
from walk.screens.debriefing.debrief_rows import (
    ODD,
    POOL,
    WONDERINGS,
    about_note,
    about_theme,
    in_part,
    left_head,
    note_rows,
    notes_of,
    nothing_words,
    number_of,
    odd_words,
    recounted,
    right_head,
    theme_rows,
)
from walk.screens.dialogs import ReadDialog
from walk.screens.team import LOW, USUAL, KeyedList, TeamScreen
from walk.text import one_line, wrap
from walk.widgets.choice_list import Choice, ChoiceList, heading
from walk.widgets.prose import prose_width

PROMPT = "Describe what is there; stop at “because”"
ROOMY = "roomy"
"""The local setting that shows fewer rows, with room between them."""


class Notes(KeyedList):
    """The left list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "choose",
            "read",
            id="debrief.enter_note",
            show=False,
            tooltip="Read the note in full; of what is like a theme: put it there",
        )
    ]


class Themes(KeyedList):
    """The right list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "choose", "open", id="debrief.enter_theme", tooltip="Show the theme's notes"
        )
    ]


class DebriefPanes(TeamScreen):
    """What is shown and marked. The left list is the pool, wonderings, odd ones, or a theme's."""

    CSS_PATH = "debrief.tcss"
    AUTO_FOCUS = "#left"
    HORIZONTAL_BREAKPOINTS = [(0, "-close"), (110, "-wide")]
    full_rows = (3, 4, 8)

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is a theme or a note to stand on."""
        super().__init__(desk, at, say)
        self.showing = POOL
        """pool, wonderings, odd, or the id of the theme whose notes are shown."""
        self.marked: set[str] = set()
        self.wanted = ""
        """The words that a note must hold to be shown."""
        self.table = Table((), (), ())
        self.shown: tuple[PoolNote, ...] = ()
        """The notes of the left list, as far as the filter leaves them."""
        self._folded: dict[str, str] = {}
        self._own_act = False
        """True while what is read again was changed by an act here, which changes no note."""
        self._recount = ""
        self._roomy = False

    def body(self) -> ComposeResult:
        """The two panes and what is in hand in full."""
        yield Static(id="prompt")
        with Horizontal(id="panes"):
            with Vertical(id="left-pane"):
                yield Static(id="left-head", classes="head")
                yield from self.above_notes()
                yield Notes(id="left")
            with Vertical(id="right-pane"):
                yield Static(id="right-head", classes="head")
                yield Themes(id="right")
                yield Static(id="odd")
        yield Static(id="full")

    def above_notes(self) -> ComposeResult:
        """What stands between the head and the notes."""
        yield from ()

    @property
    def left(self) -> KeyedList:
        """The notes."""
        return self.query_one("#left", KeyedList)

    @property
    def right(self) -> KeyedList:
        """The themes."""
        return self.query_one("#right", KeyedList)

    @property
    def in_themes(self) -> bool:
        """The keys are with the themes."""
        return self.focused is self.right

    def room(self) -> int:
        """Rows for what is in hand in full; more of them where rows are to be read from afar."""
        if not self._roomy:
            return super().room()
        height = self.app.size.height
        return 4 if height < LOW else 5 if height <= USUAL else 10

    # Reading

    def reload(self) -> None:
        """Read everything again, as roomy as this laptop wants it."""
        self._roomy = bool(self.desk.store.setting(ROOMY, False))
        most = 2 if self.app.size.height <= USUAL else 3
        for pane in (self.left, self.right):
            pane.lines_most, pane.gap = (most, 1) if self._roomy else (1, 0)
        super().reload()

    def read(self) -> None:
        """Pool, themes and the note in hand."""
        before = self.table
        self.table = debrief.table(self.desk, before if self._own_act else None, self.at)
        self._recount = recounted(before, self.table) if self._own_act else ""
        if not self._own_act:
            self._folded.clear()
        self._own_act = False
        at, self.at = self.at, ""
        if at in self.table.notes:
            self.showing = self.where(at)
        if not self.can_show(self.showing):
            self.showing = POOL
        self.marked &= {one.note.id for one in self.notes}
        self._show_prompt()
        self.show_notes(at)
        self._show_themes(at)
        self.show_full()

    def can_show(self, showing: str) -> bool:
        """Whether there is such a list: a theme may be gone."""
        return showing in (POOL, WONDERINGS, ODD) or self.table.theme(showing) is not None

    def where(self, note: str) -> str:
        """What the left list has to show for a note to be seen."""
        for view in self.table.themes:
            if any(one.note.id == note for one in view.notes):
                return view.theme.id
        for showing in (WONDERINGS, ODD):
            if any(one.note.id == note for one in notes_of(self.table, showing)):
                return showing
        return POOL

    @property
    def theme_shown(self) -> ThemeView | None:
        """The theme whose notes the left list shows."""
        return self.table.theme(self.showing)

    @property
    def notes(self) -> tuple[PoolNote, ...]:
        """The notes of the left list, whatever the filter says."""
        return notes_of(self.table, self.showing)

    def show_notes(self, mark: str = "") -> None:
        """Show the notes that the filter leaves."""
        parts = self.wanted.casefold().split()
        self.shown = tuple(one for one in self.notes if self._holds(one, parts))
        rows = self.rows_of_notes() or [heading(self.nothing())]
        self._write("#left-head", Content(one_line(self.head())))
        self.left.show(rows, mark=mark)

    def rows_of_notes(self) -> list[Choice]:
        """A row for each note that is shown."""
        return note_rows(self.table, self.shown, self.showing, self.marked)

    def head(self) -> str:
        """What the left list is."""
        return left_head(self.table, self.showing, len(self.shown), self.wanted)

    def nothing(self) -> str:
        """What an empty list says."""
        return nothing_words(self.table, self.showing, self.wanted)

    def about(self, note: PoolNote) -> str:
        """What there is to know of the note in hand, on one line."""
        return about_note(self.table, note, len(self.marked))

    def key_to_read(self) -> str:
        """The key that shows a long note in full."""
        return "Enter"

    def _holds(self, one: PoolNote, parts: list[str]) -> bool:
        if not parts:
            return True
        folded = self._folded.setdefault(one.note.id, one.words.casefold())
        return all(part in folded for part in parts)

    def _show_themes(self, mark: str) -> None:
        self._write("#right-head", Content(right_head(self.table)))
        rows = theme_rows(self.table)
        self.right.show(
            rows or [heading("No themes yet. On a note, t makes the first one.")], mark=mark
        )
        words = odd_words(self.table)
        self.query_one("#odd").display = bool(words)
        self._write("#odd", Content(one_line(words)))

    def show_full(self) -> None:
        """Show what is in hand in full, as far as there is room."""
        width = prose_width(self.app.size.width)
        words, about = "", ""
        theme, note = self.theme_in_hand, self.note_in_hand
        if self.in_themes and theme:
            words, about = theme.name, about_theme(theme)
        elif not self.in_themes and note:
            words, about = note.words, self.about(note)
        lines = wrap(words, width)
        room = self.room() - 1
        if len(lines) > room:
            last = one_line(lines[room - 1], width - 18)
            lines = [*lines[: room - 1], f"{last} … {self.key_to_read()} reads all"]
        told = one_line(about, width)
        style = "bold" if self._roomy else ""
        self._write(
            "#full", Content.assemble(("\n".join(lines), style), ("\n" + told, "$text-muted"))
        )

    def _write(self, part: str, words: Content) -> None:
        """Put words into a part whose rows are fixed: nothing else has to move for them."""
        self.query_one(part, Static).update(words, layout=False)

    def _show_prompt(self) -> None:
        """Where to stop; after an act that changed what a trend rests on, that it was recounted."""
        prompt = self.query_one("#prompt")
        prompt.display = bool(self._recount) or not self._roomy
        prompt.set_class(bool(self._recount), "-told")
        self._write("#prompt", Content(self._recount or in_part(self.table) or PROMPT))

    # What is in hand

    @property
    def note_in_hand(self) -> PoolNote | None:
        """The note the left marker stands on."""
        row = self.left.choice
        return next((one for one in self.shown if row and one.note.id == row.id), None)

    @property
    def theme_in_hand(self) -> ThemeView | None:
        """The theme the right marker stands on."""
        row = self.right.choice
        return self.table.theme(row.id) if row else None

    def hand(self) -> list[PoolNote]:
        """The marked notes in their order, or else the note in hand."""
        marked = [one for one in self.notes if one.note.id in self.marked]
        if marked:
            return marked
        return [self.note_in_hand] if self.note_in_hand else []

    @on(ChoiceList.Moved)
    def _moved(self) -> None:
        self.show_full()

    def on_descendant_focus(self) -> None:
        """Another pane has the keys: other keys work, another thing is in hand."""
        if self._open:
            self.show_full()
            self.refresh_bindings()

    # Panes

    @on(ChoiceList.Chosen, "#left")
    def _chosen_note(self) -> None:
        self.note_chosen()

    def note_chosen(self) -> None:
        """Enter on a note reads it."""
        self.action_read_all()

    def action_read_all(self) -> None:
        """Show the note in hand in full."""
        note = self.note_in_hand
        if note:
            self.app.push_screen(ReadDialog(note.note.note_kind.capitalize(), note.words))

    @on(ChoiceList.Chosen, "#right")
    def _open_theme(self, message: ChoiceList.Chosen) -> None:
        self.open_list(message.choice.id)

    def open_list(self, showing: str) -> None:
        """Show the pool, the wonderings, the odd ones or a theme's notes, and go there."""
        self.showing = showing
        self.say("")  # what was told of another list no longer holds
        self.marked.clear()
        self.wanted = ""
        self.show_notes()
        self.left.action_edge(-1)
        self.set_focus(self.left)
        self.show_full()
        self.refresh_bindings()

    def action_lists(self) -> None:
        """The wonderings, then the odd ones, then the pool again."""
        turns = [POOL, WONDERINGS, *([ODD] if self.table.odd else [])]
        here = turns.index(self.showing) if self.showing in turns else -1
        self.open_list(turns[(here + 1) % len(turns)] if here >= 0 else POOL)

    def action_pane_right(self) -> None:
        """Go to the themes."""
        self.set_focus(self.right)

    def action_pane_left(self) -> None:
        """Go to the notes."""
        self.set_focus(self.left)

    def action_roomy(self) -> None:
        """Fewer rows with room between them, for a projector; or as many as fit again."""
        with self.told():
            self.desk.store.set(ROOMY, not self._roomy)
            self.reload()
            self.say("Fewer rows, to be read from afar" if self._roomy else "As many rows as fit")

    def step_back(self) -> bool:
        """From another list to the pool, then out."""
        if self.showing != POOL:
            opened = self.showing
            self.open_list(POOL)
            if number_of(self.table, opened):
                self.right.mark(opened)
                self.set_focus(self.right)
            return True
        return False
