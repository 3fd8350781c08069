"""Teacher note: written with, and for, one teacher who asked; it never leaves this laptop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from walk.debrief import code_mask
from walk.model import Focus, Note, TeacherNote, Visit
from walk.routine import purged
from walk.routine.desk import Desk
from walk.routine.planning import prepare
from walk.routine.reporting import teacher_note
from walk.routine.visiting import door
from walk.screens.ask import Values
from walk.screens.dialogs import ReadDialog
from walk.screens.jobs import beside, of_the_disk
from walk.screens.over import open_over
from walk.screens.reporting.letters import READ
from walk.screens.reporting.teacher_note_rows import NOTE, fields_of, note_rows, visit_rows
from walk.screens.team import LAST_KEYS, KeyedList, TeamScreen
from walk.screens.visiting.door import DoorScreen, Left
from walk.text import wrap
from walk.widgets.choice_list import ChoiceList, heading
from walk.widgets.prose import prose_width

APART = "Kept on this laptop alone: in no pack, no summary. It goes with the raw notes."
NOT_ASKED = "This teacher has not asked for a note. a says that they did; nobody else decides it."


class NoteRows(KeyedList):
    """The visits, or what a note holds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "open", id="note.open", tooltip="Open or write what is marked"),
    ]


class TeacherNoteScreen(TeamScreen):
    """First the visits, then the note on one of them."""

    CSS_PATH = "teacher_note.tcss"
    AUTO_FOCUS = "NoteRows"
    name_in_app = "teacher_note"
    stage = teacher_note.STAGE
    full_rows = (3, 4, 8)
    heading = "Teacher note"
    HELP_WORDS = (
        "A note to one teacher, on their own visit, only because they asked for it: a says so. It "
        "names what moved learning (Mark Progress: a move, and what students did then), "
        "noticings you pick, one or two open questions, and keeps room for the teacher's answer "
        "and what they want next. There is no praise and no correction in it, no other classroom, "
        "no trend and no count of trends.\n"
        "It stays on this laptop: no pack carries it, no summary holds it, and it goes with the "
        "raw notes. f reads it as it is printed, and saves it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "a",
            "asked",
            "asked for",
            id="note.asked",
            tooltip="The teacher of this visit asked for a note; again: they did not, and it goes",
        ),
        Binding(
            "space",
            "pick",
            "pick",
            id="note.pick",
            tooltip="Put the marked noticing into the note, or take it out",
        ),
        Binding(
            "n",
            "door",
            "likely names",
            id="note.door",
            tooltip="See what is left out in print, as something in it looks like a name",
        ),
        Binding("f", "on", "read and save", id="note.on", tooltip="Read it as printed; save it"),
        *LAST_KEYS,
    ]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is a visit, by its id or its code."""
        super().__init__(desk, at, say)
        self.visit: Visit | None = None
        self.note: TeacherNote | None = None
        self.both: Sequence[tuple[Visit, TeacherNote]] = ()
        self.noticings: Sequence[Note] = ()
        self._mask: Callable[[str], str] = str

    def body(self) -> ComposeResult:
        """What is always true of it, the rows, and the marked one in full."""
        yield Static(id="standing")
        yield NoteRows(id="list", lines_most=2)
        yield Static(id="full")

    def over_all(self, focus: Focus) -> str:
        """The inquiry of the visit in hand, which may be its own."""
        own = self.visit.inquiry if self.visit else ""
        return own or super().over_all(focus)

    @property
    def rows(self) -> NoteRows:
        """The list."""
        return self.query_one(NoteRows)

    # Reading

    def on_mount(self) -> None:
        """Load the rules of wording help meanwhile: a first look takes longer."""
        from walk.routine.wording import wording

        async def load() -> None:
            await of_the_disk(lambda: wording.look(wording.Words("")))

        beside(self, load, "wording")

    def read(self) -> None:
        """The visits, and the note on the one in hand."""
        visits = prepare.visits(self.desk)
        self._mask = code_mask(one.code for one in visits)
        self.both = [(one, teacher_note.of_visit(self.desk, one)) for one in visits]
        if self.at:
            self.visit = next((one for one in visits if self.at in (one.id, one.code)), None)
            self.at = ""
        if self.visit is not None:
            self.visit = next((one for one in visits if one.id == self.visit.id), None)
        self._show()

    def _show(self, mark: str = "") -> None:
        gone = purged.words(self.desk)
        told = [f"The {gone}."] if gone else [APART]
        if self.visit is None:
            self.note, self.noticings = None, ()
            rows = visit_rows(self.both)
        else:
            self.note = teacher_note.of_visit(self.desk, self.visit)
            self.noticings = teacher_note.may_pick(self.desk, self.visit)
            asked = self.note.asked and not gone
            rows = [heading(NOT_ASKED)]
            if asked:
                rows = note_rows(self.note, self.noticings, self._mask)
            if asked and (waits := self._waits()):
                told.append(f"{waits} (n)")
        self.title_line.left = f"Teacher note · {self.visit.code}" if self.visit else self.heading
        self.query_one("#standing", Static).update(Content("\n".join(told)))
        self.rows.show(rows, mark=mark)
        self._show_full()
        self.refresh_bindings()

    def _waits(self) -> str:
        assert self.visit is not None
        found = teacher_note.at_door(self.desk, self.visit)
        return door.told((one for one in found if one.waits), out=True)

    @property
    def in_hand(self) -> Note | None:
        """The noticing that the marker stands on."""
        row = self.rows.choice
        kind, _, id_ = row.id.partition(" ") if row else ("", "", "")
        return next((one for one in self.noticings if kind == NOTE and one.id == id_), None)

    @property
    def visit_in_hand(self) -> Visit | None:
        """The visit that is open, or marked."""
        row = self.rows.choice
        marked = next((one for one, _ in self.both if row and one.id == row.id), None)
        return self.visit or marked

    def _show_full(self) -> None:
        row = self.rows.choice
        note = self.in_hand
        words = self._mask(note.words) if note else row.words if row and self.visit else ""
        width = prose_width(self.app.size.width)
        lines = wrap(words, width)
        room = self.room()
        if len(lines) > room:
            lines = [*lines[: room - 1], "… Enter reads all"]
        full = self.query_one("#full", Static)
        full.display = self.visit is not None and row is not None
        full.update(Content("\n".join(lines)))

    @on(ChoiceList.Moved)
    def _moved(self) -> None:
        self._show_full()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key works where there is something for it."""
        allowed = super().check_action(action, parameters)
        if not allowed:
            return allowed
        asked = self.note is not None and self.note.asked
        if action == "asked":
            return self.visit_in_hand is not None and not purged.words(self.desk)
        if action == "pick":
            return asked and self.in_hand is not None
        return asked if action in ("door", "on") else True

    # Keys

    @on(ChoiceList.Chosen)
    def _chosen(self, event: ChoiceList.Chosen) -> None:
        if self.visit is None:
            self.at = event.choice.id
            with self.told():
                self.reload()
                self.rows.action_edge(-1)
        elif self.in_hand is not None:
            self.app.push_screen(ReadDialog("Noticing", self._mask(self.in_hand.words)))
        else:
            self._write(event.choice.id)

    def _write(self, row: str) -> None:
        note = self.note
        if note is None or not note.asked:
            return
        title, names, asks = fields_of(self.desk, note, row)
        if not asks:
            return

        def save(values: Values) -> str:
            fresh = teacher_note.of_visit(self.desk, self._visit())
            given = dict(zip(names, values, strict=True))
            teacher_note.change(self.desk, fresh, **given)
            waits = [
                one
                for one in teacher_note.at_door(self.desk, self._visit())
                if one.waits and one.field in names
            ]
            told = f"{door.likely(waits)}: not printed until cleared (n)" if waits else ""
            return told or "Kept on this laptop"

        self.ask(title, asks, save, place=f"teacher note:{note.visit}:{self.desk.me}:{row}")

    def _visit(self) -> Visit:
        assert self.visit is not None
        return self.visit

    def action_asked(self) -> None:
        """The teacher asked for a note; or did not, and then it goes."""
        visit = self.visit_in_hand
        if visit is None:
            return
        with self.told():
            asked = teacher_note.of_visit(self.desk, visit).asked
            teacher_note.ask(self.desk, visit, asked=not asked)
            self.reload()
            self.say_saved(f"No note for {visit.code}" if asked else f"A note for {visit.code}")

    def action_pick(self) -> None:
        """The noticing in hand is in the note, or no longer."""
        noticing, note = self.in_hand, self.note
        if noticing is not None and note is not None:
            with self.told():
                changed = teacher_note.pick(self.desk, note, noticing)
                self.reload()
                self.say_saved("Picked" if noticing.id in changed.noticings else "Taken out")

    def action_door(self) -> None:
        """Show what is left out in print, to clear or replace it."""
        if self.visit is not None:
            look = partial(teacher_note.at_door, self.desk, self.visit)
            open_over(self, DoorScreen(self.desk, look, shares=False, edits=()), self._left)

    def _left(self, _: Left | None) -> None:
        with self.told():
            self.reload()

    def action_on(self) -> None:
        """Read it as it is printed."""
        if self.visit is not None:
            self.go("letters", f"{READ}note:{self.visit.code}")

    def step_back(self) -> bool:
        """From a note to the visits, then to the letters."""
        if self.visit is None:
            self.go("letters")
            return True
        mark, self.visit = self.visit.id, None
        with self.told():
            self.reload()
            self.rows.mark(mark)
        return True
