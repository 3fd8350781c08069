"""What sharing and collecting have in common: sticks and folders, and paths dropped or typed."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key, Paste
from textual.widgets import Static

from walk.errors import PackError
from walk.routine import folders
from walk.routine.desk import Desk
from walk.routine.folders import Inside, Spot
from walk.routine.zone import ahead_min
from walk.screens.ask import Ask, Values
from walk.screens.base import WalkScreen
from walk.screens.dialogs import FieldsDialog
from walk.screens.jobs import beside, of_the_disk
from walk.screens.over import open_over
from walk.screens.team import KeyedList
from walk.text import one_line
from walk.widgets.choice_list import Choice, ChoiceList, heading
from walk.widgets.dates import day_and_time
from walk.widgets.field import Answer, Field

PATH_BEGINS = "/~'\"\\"
"""Signs that a path begins with, as a terminal types one that is dropped on it."""
KINDS = {"stick": "Sticks and drives", "recent": "Used last", "usual": "On this laptop"}
LOOKING = "looking at sticks and folders …"
PARENT = "up"
USED_S = 0.3
"""How long the list waits for the folders used last."""
AGAIN_S = 3.0
"""How often it is looked whether a stick was plugged in."""


class GoOnField(Field):
    """A line that is taken, not saved."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "done",
            "take it",
            id="carry.take",
            tooltip="In a line that asks for a path or passphrase: take what stands there",
        ),
    ]


class TakeDialog(FieldsDialog):
    """One line that is asked for and not kept."""

    def field_of(self, ask: Ask) -> Answer:
        """The line."""
        return GoOnField(ask.words, one_row=True, hint=ask.hint)

    def help_words(self) -> str:
        """As of other fields, but nothing is saved."""
        return super().help_words().replace("Enter saves it.", "Enter takes it.")


class CarryScreen(WalkScreen):
    """A list of folders over which a path may be dropped, pasted or typed at any time."""

    # In full: who is made from it may lie in another folder.
    CSS_PATH = Path(__file__).with_name("carry.tcss")
    AUTO_FOCUS = "KeyedList"
    path_asked: ClassVar[str] = "Which file or folder?"
    path_hint: ClassVar[str] = "/media/stick, or a file that ends in .walk"
    drop: ClassVar[str] = "Drop a file or folder on this window, or / types its path."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "slash",
            "type_path",
            "type a path",
            id="carry.path",
            tooltip="Type or paste the path of a file or folder; a dropped file types it by itself",
        ),
        Binding(
            "escape",
            "out",
            "back",
            id="carry.out",
            tooltip="One step back, then Home; work goes on",
        ),
    ]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """As every screen."""
        super().__init__(desk, at, say)
        self.spots: list[Spot] | None = None
        """The folders that are offered; None until the disks have answered."""
        self.inside: Inside | None = None
        """The folder that is looked into."""
        self.mark = ""
        """The row to stand on next."""

    # What a subclass fills in

    def top(self) -> Sequence[str]:
        """Lines above the list."""
        return ()

    def spot_side(self, spot: Spot) -> str:
        """What stands at the right of a folder that is offered."""
        return ""

    def inside_rows(self, inside: Inside) -> Sequence[Choice]:
        """What can be chosen of a folder that is looked into, above its folders."""
        return ()

    def other_rows(self) -> Sequence[Choice] | None:
        """What is shown in place of the folders; None shows them."""
        return None

    def pick(self, id: str) -> None:
        """A row of its own was chosen."""

    def check_paths(self, paths: list[Path]) -> None:
        """Refuse, where they were typed, paths that cannot be meant."""
        gone = next((one for one in paths if not os.path.lexists(one)), None)
        if gone is not None:
            raise PackError(
                f"{one_line(str(gone), 120)} is not there.",
                "Look at the name, and whether the stick is plugged in.",
            )

    async def take_paths(self, paths: list[Path]) -> None:
        """Paths were named; an error is told where they were typed."""

    # Composing and drawing

    list_made: ClassVar[type[KeyedList]] = KeyedList

    def work(self) -> ComposeResult:
        """What is said, and the list."""
        yield Static(id="told")
        yield self.list_made(id="rows", lines_most=2)

    def on_mount(self) -> None:
        """Ask the disks."""
        self.look_around()

    @property
    def rows(self) -> KeyedList:
        """The list."""
        return self.query_one("#rows", KeyedList)

    def tick(self) -> None:
        """The clock in the title, in whole minutes."""
        self.title_line.right = day_and_time(self.desk.local())

    def reload(self) -> None:
        """Draw what is known; the disks are asked apart from it."""
        self.draw()

    def draw(self) -> None:
        """Show the lines and the list."""
        self.query_one("#told", Static).update(Content("\n".join(self.top())))
        self.query_one("#told").display = bool(self.top())
        other = self.other_rows()
        self.rows.show(self._folder_rows() if other is None else list(other), self.mark)
        self.mark = ""
        self.refresh_bindings()

    def _folder_rows(self) -> list[Choice]:
        if self.inside is not None:
            return self._rows_inside(self.inside)
        if self.spots is None:
            return [heading(LOOKING)]
        rows: list[Choice] = []
        for kind, words in KINDS.items():
            here = [one for one in self.spots if one.kind == kind]
            if not here and kind == "stick":
                rows.append(heading("No stick or drive is plugged in; one that is shows here."))
            if here:
                rows.append(heading(words))
            rows += [self._spot_row(one) for one in here]
        return [*rows, heading(), heading(self.drop)]

    def _spot_row(self, spot: Spot) -> Choice:
        told = [str(spot.path)]
        told += [f"{spot.service} copies it to the net"] if spot.service else []
        return Choice(f"spot {spot.path}", " · ".join(told), spot.name, self.spot_side(spot))

    def _rows_inside(self, inside: Inside) -> list[Choice]:
        rows = [heading(str(inside.path))]
        if inside.why:
            rows.append(heading(f"It cannot be looked into: {inside.why}."))
        rows += self.inside_rows(inside)
        rows += [Choice(f"open {one}", f"{one.name}/") for one in inside.folders]
        if inside.left:
            rows.append(heading(f"{inside.left} more are not listed; / types a path."))
        if inside.path.parent != inside.path:
            rows.append(Choice(PARENT, f"..  up to {inside.path.parent}"))
        return rows

    # The disks

    def look_around(self) -> None:
        """Ask for sticks and usual folders in a thread, and again and again."""
        beside(self, self._look_around, "around")

    async def _look_around(self) -> None:
        found = await of_the_disk(lambda: folders.spots(()))
        if self.spots is not None:
            self._offer(found, ("stick", "usual"))
        else:
            await self._offer_first(found)
        self.set_timer(AGAIN_S, self.look_around)  # a stick may be plugged in at any time

    async def _offer_first(self, found: Sequence[Spot]) -> None:
        """Offer all at once, so that the marker stands on the first: a stick, else what was used.

        One of those used last may lie on a disk that sleeps, or is gone: it is not waited for.
        """
        used = asyncio.create_task(self._used_last())
        await asyncio.wait([used], timeout=USED_S)
        both = [*found, *used.result()] if used.done() else found
        self._offer(both, tuple(KINDS))
        if not used.done():
            self._offer(await used, ("recent",))

    async def _used_last(self) -> Sequence[Spot]:
        recent = folders.recent(self.desk)
        spots = await of_the_disk(lambda: folders.spots(recent))
        return [one for one in spots if one.kind == "recent"]

    def _offer(self, found: Sequence[Spot], kinds: Sequence[str]) -> None:
        """Offer the folders of these kinds; those of the others stay, each folder once."""
        before, first = self.spots or [], self.spots is None
        kept = [one for one in before if one.kind not in kinds]
        new = [one for one in found if one.kind in kinds]
        order = list(KINDS)
        spots: dict[Path, Spot] = {}
        for one in sorted((*kept, *new), key=lambda one: order.index(one.kind)):
            spots.setdefault(one.path, one)
        if first or list(spots.values()) != before:
            self.spots = list(spots.values())
            self.mark = self.mark or (self._first_spot() if first else "")
            self.draw()

    def _first_spot(self) -> str:
        return f"spot {self.spots[0].path}" if self.spots else ""

    def look_into(self, path: Path, mark: str = "") -> None:
        """Show what lies in a folder."""

        async def work() -> None:
            zone_min = ahead_min(self.desk.local())
            found = await of_the_disk(lambda: folders.inside(path, zone_min))
            self.inside, self.mark = found, mark
            self.draw()
            if not mark:
                self.rows.action_edge(-1)

        beside(self, work, "inside")

    # Keys

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Do what the row stands for."""
        kind, _, rest = event.choice.id.partition(" ")
        with self.told():
            if kind == "open":
                self.look_into(Path(rest))
            elif kind == PARENT and self.inside is not None:
                self.look_into(self.inside.path.parent, f"open {self.inside.path}")
            else:
                self.pick(event.choice.id)

    def action_out(self) -> None:
        """One step back, then Home."""
        if self.inside is not None:
            self.mark, self.inside = f"spot {self.inside.path}", None
            self.draw()
        else:
            self.go("home")

    def on_key(self, event: Key) -> None:
        """A path that begins otherwise than with a slash, as one is that a terminal quotes."""
        if event.character and event.character in PATH_BEGINS and self.may_take_paths():
            event.stop()
            self.ask_path(event.character)

    def on_paste(self, event: Paste) -> None:
        """A file was dropped on the window, or its path was pasted."""
        event.stop()
        if self.may_take_paths() and event.text.strip():
            self.ask_path(event.text)

    def may_take_paths(self) -> bool:
        """False while something else is under way here."""
        return True

    def action_type_path(self) -> None:
        """Type a path."""
        if self.may_take_paths():
            self.ask_path("" if sys.platform == "win32" else "/")

    def ask_path(self, begun: str) -> None:
        """Ask for a path that was begun; Enter takes it, and what is wrong is told there."""
        typed: list[Path] = []

        def save(values: Values) -> None:
            typed[:] = folders.paths_of(values[0])
            self.check_paths(typed)

        def closed(done: bool | None) -> None:
            if done:
                beside(self, partial(self.take_paths, list(typed)), "paths")

        ask = Ask("", begun.strip("\r\n"), self.path_hint, one_row=True)
        open_over(self, TakeDialog(self.path_asked, [ask], save), closed)


def ask_passphrase(
    below: WalkScreen,
    title: str,
    note: str,
    check: Callable[[str], object],
    then: Callable[[str], None],
    otherwise: Callable[[], None] = lambda: None,
) -> None:
    """Ask for a passphrase; `check` refuses it in place, `then` is given it."""
    typed: list[str] = []

    def save(values: Values) -> None:
        check(values[0])
        typed[:] = [values[0]]

    def closed(done: bool | None) -> None:
        with below.told():
            if done:
                then(typed[0])
            else:
                otherwise()

    ask = Ask("", "", "it is seen while you type, and is not kept", one_row=True)
    open_over(below, TakeDialog(title, [ask], save, note=note), closed)
