"""Notes in a list with the line they come from: how they are read and drawn."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.events import DescendantFocus, Resize
from textual.widgets import Static

from walk.errors import Refused
from walk.jotting import understand
from walk.model import LookFor, Note, Visit
from walk.routine import writing
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.visiting import visit as visiting
from walk.routine.visiting.visit import Saved
from walk.screens.helping import Menu
from walk.screens.visiting import visit_words as words
from walk.screens.visiting.one_line import LineScreen
from walk.screens.visiting.who_writes import with_who
from walk.widgets.drafts import Line
from walk.widgets.guide import Inquiry
from walk.widgets.note_list import NoteHeading, NoteInFull, NoteList, NoteRow, more_above
from walk.widgets.rule_line import RuleLine

NARROW, SMALLEST, TALL = 72, (60, 18), 30
"""Cells: below which the screen is narrow; the least it needs; from which rows abound."""
SMALL_ROWS = 20
"""Rows from which the inquiry may stand in full."""


class ShownNotes(LineScreen):
    """Notes, the rule, the line, the menu: what is read and drawn.

    One note saved is one row drawn: no other note is read or drawn anew for it, unless it belongs
    between others.
    """

    tells_unconfirmed = False  # it stands behind the inquiry
    as_begun: ClassVar[bool] = False
    """True where notes stand as they were begun; else wonderings come after noticings."""

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is the visit's id."""
        super().__init__(desk, at, say)
        self.visit: Visit | None = None
        self.look_fors: list[LookFor] = []
        self.notes: dict[str, Note] = {}
        self.opened = False
        self.list = NoteList(self.composer.take_over)
        self.in_full = NoteInFull()
        self.notes_rule = RuleLine(id="notes-rule")
        self.inquiry = Inquiry()

    # What a subclass says

    @abstractmethod
    def read(self, visit: Visit) -> Sequence[Note] | None:
        """Read what this screen is about and return its notes; None when it went elsewhere."""

    @abstractmethod
    def add(self, line: Line) -> Saved:
        """Store a new note, its draft forgotten with it."""

    @abstractmethod
    def chosen(self, key: str) -> None:
        """A key of the menu was pressed."""

    @property
    def lists_look_fors(self) -> bool:
        """True where a question has to name the look-fors, as nothing else does."""
        return True

    def above(self) -> ComposeResult:
        """What stands between the inquiry and the notes."""
        yield from ()

    def below(self) -> ComposeResult:
        """What stands between the notes and the line."""
        yield from ()

    def rule_marks(self) -> list[str]:
        """What the rule says before what the line is."""
        return []

    def draw_tied(self, number: int) -> None:
        """Show which look-for the line, or the marked note, is tied to; 0 is none."""

    def answered(self, name: str, key: str) -> None:
        """A key answered a question of the subclass's own."""

    # What there is

    def work(self) -> ComposeResult:
        """The inquiry, the subclass's own, notes, rule, line and menu."""
        yield self.inquiry
        yield from self.above()
        yield self.notes_rule
        yield self.list
        yield from self.below()
        yield Static(words.SMALL, id="small", markup=False)
        yield self.rule
        yield self.in_full
        yield self.composer
        yield self.menu_line

    def reload(self) -> None:
        """Read visit and notes again; what is being typed is left alone."""
        try:
            self.visit = visiting.find(self.desk, self.at)
            if not self.desk.me:
                raise Refused("It is not known who is writing.", "Choose a walker on Home with w.")
        except Refused as error:
            self.go("home", say=str(error))
            return
        self._read_plan(self.visit)
        found = self.read(self.visit)
        if found is None:
            return
        # Noticings come before wonderings; each keep the order in which they were begun.
        late = "" if self.as_begun else "wondering"
        self.notes = {one.id: one for one in sorted(found, key=lambda one: one.note_kind == late)}
        self.show_notes()
        self.offer()
        if not self.opened:
            self.opened = True
            self.watch(self.list, "scroll_y", self._tell_above)
            self._take_up()

    def _read_plan(self, visit: Visit) -> None:
        self.look_fors = prepare.look_fors(self.desk)
        self.inquiry.words = visiting.inquiry(self.desk, visit)
        self.inquiry.note = prepare.unconfirmed(self.desk)
        self.composer.recorded = visit.mode == "recorded"

    def _take_up(self) -> None:
        """Go on with the line that was being typed here, and name what else is kept."""
        told = []
        if self.composer.empty:
            told.append(self.open_line(self.main()))
        else:  # typed already while nothing could be read
            self.target = self.main()
        kept = visiting.kept_rewordings(self.desk)
        told += [
            f"New words for note {place} are kept: ↑ and Enter"
            for place, note in enumerate(self.notes, 1)
            if note in kept
        ]
        self.first_words = " · ".join(filter(None, (self.first_words, *told))) or self.standing()

    def offer(self) -> None:
        """Set what Esc, / and Space ask, as things stand."""
        listed = self.lists_look_fors
        own = words.look_for_question("note look-for", self.look_fors, listed=listed)
        self.list.look_fors = own
        self.list.menu = words.note_menu(own)
        plain = not self.target.says
        self.composer.kinds = plain or bool(self.target.note)
        self.composer.look_fors = (
            words.look_for_question("look-for", self.look_fors, listed=listed) if plain else None
        )
        self.composer.menu = with_who(self.menu(), self.desk) if plain else None
        self.refresh_bindings()

    def menus(self) -> list[Menu]:
        """What Esc offers, and Space on the marked note."""
        more = self.list.menu if self.list.has_focus and self.list.marked else None
        return [*super().menus(), *([Menu("Space", more, self.list)] if more else [])]

    # Drawing

    def numbers(self) -> dict[str, int]:
        """The number of each look-for by its id."""
        return {one.id: number for number, one in enumerate(self.look_fors, 1)}

    def _row(self, note: Note, numbers: Mapping[str, int]) -> NoteRow:
        return words.note_row(note, numbers, writing.typed_words(self.desk, note))

    def show_notes(self) -> None:
        """Draw every note, the heading and the rule anew."""
        numbers = self.numbers()
        self.list.show_all([self._row(one, numbers) for one in self.notes.values()])
        self.draw_heading()
        self.draw_rule()

    def show_note(self, note: Note) -> None:
        """Draw the row of a note just stored; read all again only if rows change places."""
        before = self.notes.get(note.id)
        if self._moves(note, before):
            self.reload()
        else:
            self.notes[note.id] = note
            row = self._row(note, self.numbers())
            (self.list.change if before else self.list.add)(row)
            self.draw_heading()
        if not self.as_begun and note.id in self.notes:  # the newest is not always the last
            self.list.index = list(self.notes).index(note.id)
        self.draw_rule()

    def _moves(self, note: Note, before: Note | None) -> bool:
        """True where the note, new or changed, stands neither at the end nor where it stood."""
        if self.as_begun:
            return False
        if before is not None:
            return before.note_kind != note.note_kind
        last = next(reversed(self.notes.values()), note)
        return note.note_kind == "noticing" and last.note_kind == "wondering"

    def draw_heading(self) -> None:
        """Say above the notes how they are ordered."""
        told = "No notes yet: Enter saves the first"
        words = f"Noticings, then wonderings{more_above(self.list.above)}"
        self.notes_rule.words = words if self.notes else told
        self.notes_rule.right = "N notice  W wonder" if self.notes else ""

    def _tell_above(self) -> None:
        """Say that notes are out of sight, so that none seems lost."""
        for one in self.query(NoteHeading):
            one.above = self.list.above
        self.draw_heading()

    def draw_rule(self) -> None:
        """Say what the line, or the marked note, is."""
        marked = self.list.marked
        if self.focused is self.list and marked and marked.id in self.notes:
            note = self.notes[marked.id]
            self.in_full.words = note.words
            told = (visiting.understood(self.desk, note), writing.typed_words(self.desk, note))
            self.rule.words = words.note_rule(
                note, self.list.index + 1, len(self.notes), " · ".join(filter(None, told))
            )
            self.draw_tied(marked.number)
            return
        composer = self.composer
        jot = understand(composer.text[: words.LIVE_MOST], len(self.look_fors), composer.recorded)
        parts = self.rule_marks()
        if self.target.says:
            parts.append(self.target.says)
        number = self.numbers().get(composer.tied, jot.look_for or 0)
        if composer.kinds:
            parts.append(words.line_rule(composer.turned or jot.kind, number))
        self.rule.words = " · ".join(parts)
        self.draw_tied(number)

    def on_resize(self, event: Resize) -> None:
        """Another size: what fits changes."""
        self.fit(*event.size)
        self.tick()

    def fit(self, width: int, height: int) -> None:
        """Hide what there is no room for; the line being typed stays."""
        self.set_class(width < NARROW, "-narrow")
        self.set_class(height < 22, "-low")
        self.set_class(width < SMALLEST[0] or height < SMALLEST[1], "-tiny")
        self.inquiry.rows = 6 if height >= TALL else 4 if height >= SMALL_ROWS else 2
        self.in_full.styles.height = min(8, max(2, height // 8))

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Show the marked note in full while the keys work on the notes."""
        self.set_class(event.widget is self.list, "-notes")
        self.draw_rule()
