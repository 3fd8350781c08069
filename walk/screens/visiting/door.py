"""The door: what looks like a name, one by one, before the team or a reader gets the words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from walk.errors import WalkError
from walk.model import HallTalk, Note, Record
from walk.routine.desk import Desk
from walk.routine.visiting import door
from walk.routine.visiting.door import AtDoor
from walk.screens.base import WalkScreen
from walk.screens.over import Over
from walk.screens.team import KeyedList
from walk.text import one_line, wrap
from walk.widgets.choice_list import Choice, ChoiceList, heading
from walk.widgets.lines import SAVED, KeyLine, StateLine, TitleLine
from walk.widgets.prose import prose_width

if TYPE_CHECKING:
    from walk.language.names import Find

BEFORE = 24
"""Characters shown before a likely name that stands far into its words."""
ROOM = 5
"""Rows for the words in full."""
TO_THE_TEAM = "These wait with you until each is replaced or cleared."
TO_PRINT = "These are left out of print until replaced or cleared."
CLEAR = "Nothing waits here any more. Enter goes on; u takes the last step back."


@dataclass(frozen=True, slots=True)
class Left:
    """How the door was left."""

    shared: int = 0
    """Records that went through."""
    edit: AtDoor | None = None
    """What somebody wants to reword by hand."""


def went_to_reword(page: WalkScreen, result: Left | None, hint: str) -> bool:
    """Go where a note or hall talk can be reworded by hand; False where nobody wants that."""
    record = result.edit.record if result and result.edit else None
    if not isinstance(record, Note | HallTalk):
        return False
    spoken = isinstance(record, HallTalk) or record.hall
    page.go("hall" if spoken else "write", record.visit, hint)
    return True


class LikelyNames(KeyedList):
    """The likely names, a row each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "choose",
            "replace",
            id="door.replace",
            tooltip="Put what is offered in its place, such as T, S1 or the visit's code",
        ),
        Binding(
            "enter",
            "go_on",
            "go on",
            id="door.go_on",
            tooltip="Go on, where nothing waits any more",
        ),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter replaces where a row is marked, and goes on where none is left."""
        if action in ("choose", "go_on"):
            return (action == "go_on") == (self.choice is None)
        return super().check_action(action, parameters)

    def action_go_on(self) -> None:
        """Leave the door."""
        if isinstance(self.screen, DoorScreen):
            self.screen.action_back()


class DoorScreen(Over[Left]):
    """Each likely name with its words. Whatever is left here waits; nothing is lost."""

    CSS_PATH = "door.tcss"
    AUTO_FOCUS = "LikelyNames"
    heading = "At the door · likely names"
    HELP_WORDS = (
        "Here stands what looks like a name, a room or an address. Notes with one in them stay "
        "with you; the others have gone on. Enter puts what is offered in its place. n says that "
        "no person is meant, such as a character in a story, and holds for this whole walk. What "
        "is marked maybe stops nothing. Esc leaves the rest waiting.\n"
        "walk does not catch every name: read once more before you share."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "n",
            "no_person",
            "no person",
            id="door.no_person",
            tooltip="No person is meant by these words, on this whole walk",
        ),
        Binding(
            "escape", "back", "back", id="door.back", tooltip="Back; what is not cleared waits"
        ),
        Binding("e", "edit", "edit", id="door.edit", tooltip="Reword these words by hand"),
        Binding("u", "undo", "undo", id="door.undo", tooltip="Take the last step here back"),
        Binding("z", "redo", "redo", id="door.redo", tooltip="Do again what was undone"),
    ]

    def __init__(
        self,
        desk: Desk,
        read: Callable[[], Sequence[AtDoor]],
        *,
        shares: bool = True,
        edits: tuple[type[Record], ...] = (Note, HallTalk),
    ) -> None:
        """`read` says what stands here. With `shares` what is clear goes to the team on leaving;
        what is one of `edits` the screen beneath can reword by hand.
        """
        super().__init__()
        self.desk = desk
        self.look = read
        self.shares = shares
        self.edits = edits
        self.stood: dict[str, AtDoor] = {}
        """All that stood here, by the record's id."""
        self.rows: dict[str, tuple[AtDoor, Find]] = {}

    def compose(self) -> ComposeResult:
        """Title, the likely names, the words of one in full, state and keys."""
        yield TitleLine()
        yield Static(TO_THE_TEAM if self.shares else TO_PRINT, id="door-why", markup=False)
        yield LikelyNames(lines_most=2)
        yield Static(id="door-full")
        yield StateLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Read what stands here."""
        self.reload()

    # Reading

    def reload(self) -> None:
        """Read again and show it."""
        stands = self.look()
        for one in stands:
            self.stood.setdefault(one.record.id, one)
        pairs = [(one, find) for one in stands for find in one.finds]
        self.rows = {
            f"{one.record.id} {one.field} {find.start}": (one, find) for one, find in pairs
        }
        sure = [self._row(id_) for id_, (_, find) in self.rows.items() if find.sure]
        maybe = [self._row(id_) for id_, (_, find) in self.rows.items() if not find.sure]
        waits = len({one.record.id for one in stands if one.waits})
        self.query_one(TitleLine).left = self.heading
        self.query_one(TitleLine).right = f"{waits} waiting" if waits else ""
        rows = sure or [heading(CLEAR)]
        self.query_one("#door-why").display = bool(sure)
        if maybe:
            rows += [heading("Maybe a name; stops nothing"), *maybe]
        self.query_one(LikelyNames).show(rows)
        self._show_full()
        self.refresh_bindings()

    def _row(self, id_: str) -> Choice:
        one, find = self.rows[id_]
        start = max(0, find.start - BEFORE)
        words = ("…" if start else "") + one.words[start : find.end + 400]
        side = f"→ {find.offer}" if find.offer and one.changeable else ""
        return Choice(id_, words, label=one_line(find.words), side=side)

    @property
    def in_hand(self) -> tuple[AtDoor, Find] | None:
        """The likely name that the marker stands on."""
        row = self.query_one(LikelyNames).choice
        return self.rows.get(row.id) if row else None

    @on(ChoiceList.Moved)
    def _show_full(self) -> None:
        found = self.in_hand
        full = self.query_one("#door-full", Static)
        full.display = found is not None
        if found is None:
            return
        one, find = found
        width = prose_width(self.app.size.width)
        start = 0 if find.end < width * 3 else max(0, find.start - width)
        lines = wrap(("…" if start else "") + one.words[start : start + width * ROOM], width)
        if len(lines) > ROOM:
            lines = [*lines[: ROOM - 1], one_line(" ".join(lines[ROOM - 1 : ROOM + 1]), width)]
        full.update(Content.assemble("\n".join(lines), (f"\n{one.called}", "$text-muted")))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key works where there is something for it."""
        if not self.is_mounted:
            return False
        found = self.in_hand
        if action == "edit":
            return (
                found is not None
                and found[0].changeable
                and isinstance(found[0].record, self.edits)
            )
        return found is not None if action == "no_person" else True

    # Keys

    @on(ChoiceList.Chosen)
    def _replace(self, event: ChoiceList.Chosen) -> None:
        found = self.rows.get(event.choice.id)
        if found:
            one, find = found
            self._do(
                lambda: door.take_offer(self.desk, one, find),
                f"“{one_line(find.words, 30)}” is {find.offer} now",
            )

    def action_no_person(self) -> None:
        """No person is meant by the marked words."""
        found = self.in_hand
        if found:
            words = found[1].words
            self._do(
                lambda: door.no_person(self.desk, words),
                f"No person on this walk: “{one_line(words, 30)}”",
            )

    def action_undo(self) -> None:
        """Take the last step at the door back."""
        self._turn(self.desk.undo, "Undone", "Nothing to undo here")

    def action_redo(self) -> None:
        """Do the step again that was undone last."""
        self._turn(self.desk.redo, "Done again", "Nothing to redo here")

    def _turn(self, turn: Callable[[str], str | None], done: str, nothing: str) -> None:
        said: list[str] = []
        self._do(lambda: said.append(turn(door.STAGE) or ""), "")
        if said:
            words = f"{done}: {said[0]}" if said[0] else nothing
            self.query_one(StateLine).say(words)

    def _do(self, act: Callable[[], object], words: str) -> None:
        try:
            act()
            self.reload()
        except WalkError as error:
            self.query_one(StateLine).complain(str(error))
            return
        at = self.desk.local().strftime("%H:%M")
        self.query_one(StateLine).say(f"{words}{SAVED}{at}")

    def action_edit(self) -> None:
        """Leave, to reword the marked words by hand."""
        found = self.in_hand
        self._leave(found[0] if found else None)

    def action_back(self) -> None:
        """Leave; what is clear goes on, the rest waits."""
        self._leave(None)

    def _leave(self, edit: AtDoor | None) -> None:
        if not self.is_current:
            return
        try:
            shared = door.let_through(self.desk, self.stood.values()) if self.shares else 0
        except WalkError as error:
            self.query_one(StateLine).complain(str(error))
            return
        self.dismiss(Left(shared, edit))
