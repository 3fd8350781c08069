"""Purge: what goes of a walk, what stays and what nobody can reach; requests and receipts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from walk.routine.desk import Desk
from walk.routine.keeping import erase, forget_words, purge
from walk.routine.keeping.erase import Done, Request
from walk.routine.keeping.purge import View
from walk.screens import jobs
from walk.screens.ask import Ask, AskScreen, Values
from walk.screens.base import WalkScreen
from walk.screens.dialogs import ReadDialog
from walk.screens.keeping.erase import ask_erase, work_on
from walk.screens.over import open_over
from walk.screens.team import KeyedList
from walk.text import headline, one_line
from walk.widgets.choice_list import Choice, ChoiceList, heading
from walk.widgets.dates import day_and_time, short_date
from walk.widgets.field import Answer, Field

ON, OFF = "✓", "○"
LINES_MOST = 6
"""What goes and what stays is read whole before anybody confirms it."""
NEW = "read new"
"""The row of the receipt that was written last."""


class _Confirm(Field):
    """The line for the word that confirms: its Enter purges, where another field's saves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "done",
            "purge",
            id="purge.confirm",
            tooltip="In the line that confirms: purge, if it is right",
        )
    ]


class _ConfirmScreen(AskScreen):
    """Asks for the word."""

    def field_of(self, ask: Ask) -> Answer:
        """The one field."""
        return _Confirm(ask.words, one_row=ask.one_row, hint=ask.hint)


class PurgeScreen(WalkScreen):
    """What other laptops ask for, the walk in hand, and what went so far."""

    CSS_PATH = "purge.tcss"
    AUTO_FOCUS = "KeyedList"
    name_in_app = "purge"
    needs_walk = False
    tells_unconfirmed = False
    HELP_WORDS = (
        "Purging takes the raw notes of a walk out of this laptop for good: notes, forms, hall "
        "talks, drafts, places, and all of it in backups. Trends, next steps, the plan and the "
        "counts of the summary stay, unless the whole walk is to go. It is confirmed by typing the "
        "date of the walk, and a receipt says what went and that no file holds it any more.\n"
        "On the lead's laptop the next pack asks the other laptops too. A request of another "
        "laptop does nothing by itself: Enter shows it, l puts it off until tomorrow.\n"
        "Packs that were handed out and printed pages are out of reach."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "purge(False)", "purge", id="purge.purge", tooltip="Purge the raw notes"),
        Binding("a", "purge(True)", "whole walk", id="purge.whole", tooltip="Purge all of it"),
        Binding(
            "o", "others", "others", id="purge.others", tooltip="Ask the other laptops too, or not"
        ),
        Binding(
            "s",
            "go('summary')",
            "summary",
            id="purge.summary",
            tooltip="See the summary and save it as a file before its examples go",
        ),
        Binding("l", "later", "later", id="purge.later", tooltip="Put a request off"),
        Binding("escape", "go('home')", "back", id="purge.out", tooltip="Back to Home"),
    ]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is a walk's id, which is opened; without it the one on the desk is meant."""
        super().__init__(desk, at, say)
        self.ask_others = True
        self.requests: dict[str, Request] = {}
        self.full: dict[str, tuple[str, str]] = {}
        """Title and words that Enter reads, by the row's id."""
        self.seen: View | None = None
        """The walk on the desk; None where there is none, and until it is read."""
        self.written: list[tuple[str, ...]] = []
        """The receipts so far, the newest first."""

    def work(self) -> ComposeResult:
        """One list."""
        yield KeyedList([heading("Looking at what is here …")], id="rows", lines_most=LINES_MOST)

    @property
    def rows(self) -> KeyedList:
        """The list."""
        return self.query_one("#rows", KeyedList)

    # Reading

    def tick(self) -> None:
        """The day and the time."""
        self.title_line.right = day_and_time(self.desk.local())

    def reload(self, mark: str = "") -> None:
        """Read requests, the walk and the receipts again; beside the screen, as it may take long.

        `mark` is the row to stand on then; without it the marker stays.
        """
        if self.at and self.at in self.desk.store.walks():
            self.desk.open_walk(self.at)
        self.at = ""
        jobs.beside(self, partial(self._look, mark), "look")

    async def _look(self, mark: str) -> None:
        with self.told():
            found = await jobs.aside(self.desk, _read_all)
            self.seen, asked, self.written = found
            self.requests = {f"asked {one.id}": one for one in asked}
            self.draw(mark)

    def draw(self, mark: str = "") -> None:
        """Show what was read."""
        title = f" · {self.seen.title}" if self.seen else ""
        self.title_line.left = f"Purge{title}"
        self.full = {}
        self.rows.show([*self._asked(), *self._walk(), *self._receipts()], mark)
        self.refresh_bindings()

    def _asked(self) -> Iterable[Choice]:
        if not self.requests:
            return
        yield heading("Other laptops ask; nothing goes until you confirm it here")
        for id_, one in self.requests.items():
            what = f"erase “{one_line(one.words, 60)}”" if one.note else f"purge {one.words}"
            if one.whole:
                what += " (the whole walk)"
            if not one.known:
                what += f" · {_stranger(one)}"
            put_off = "put off" if erase.is_put_off(self.desk, one.id) else ""
            day = short_date(one.asked_on, self.desk.today()) or "asked"
            yield Choice(id_, what, label=day, side=put_off)

    def _walk(self) -> Iterable[Choice]:
        seen = self.seen
        if seen is None:
            there = "Enter opens an earlier walk" if self.desk.store.walks() else "n begins a walk"
            yield heading(f"No walk is open. Esc leads Home: there {there}.")
            return
        when = short_date(seen.date, self.desk.today()) if seen.date else "No date"
        yield heading(f"{when} · {one_line(headline(seen.title), 60)}")
        if seen.done:
            yield heading(f"On this laptop: {seen.done}.")
        if seen.open:
            yield Choice("purge", "the raw notes go; trends, steps and counts stay …", label="p")
        yield Choice("whole", "the whole walk goes …", label="a")
        if seen.asks:
            sign = ON if self.ask_others else OFF
            yield Choice("others", "your next pack asks the other laptops too", label=f"o {sign}")
        yield Choice("summary", "the summary first: s there saves it as a file", label="s")
        yield heading("What that means; Enter opens a line in full")
        for name, words in (
            ("Goes", "; ".join(seen.goes)),
            ("Stays", "; ".join(seen.stays)),
            ("Out of reach", "; ".join(forget_words.OUT_OF_REACH)),
            ("Mind", " ".join(seen.warnings)),
        ):
            if words and (seen.open or name in ("Stays", "Out of reach")):
                yield self._read(f"read {name}", name, name, words)

    def _receipts(self) -> Iterable[Choice]:
        if self.written:
            yield heading("Receipts")
        for place, lines in enumerate(self.written):
            id_ = NEW if not place else f"read {place}"
            yield self._read(id_, "Receipt", "", "\n".join(lines), shown=lines[0])

    def _read(self, id_: str, title: str, label: str, words: str, shown: str = "") -> Choice:
        self.full[id_] = (title, words)
        return Choice(id_, shown or words, label=label)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key works where there is something for it."""
        if not self.is_mounted:
            return False
        if action == "purge":
            return self.seen is not None and (self.seen.open or parameters == (True,))
        if action == "others":
            return self.seen is not None and self.seen.asks
        if action == "later":
            return self._request() is not None
        return not (action == "go" and parameters == ("summary",) and self.seen is None)

    def _request(self) -> Request | None:
        row = self.rows.choice
        return self.requests.get(row.id) if row else None

    # Keys

    def on_choice_list_moved(self) -> None:
        """A request can be put off, another row cannot."""
        self.refresh_bindings()

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Do what the row says, or read it in full."""
        id_ = event.choice.id
        acts: dict[str, Callable[[], None]] = {
            "purge": partial(self.action_purge, False),
            "whole": partial(self.action_purge, True),
            "others": self.action_others,
            "summary": partial(self.go, "summary"),
        }
        if id_ in self.requests:
            with self.told():
                self._confirm(self.requests[id_])
        elif id_ in acts:
            acts[id_]()
        elif id_ in self.full:
            self.app.push_screen(ReadDialog(*self.full[id_]))

    def action_others(self) -> None:
        """Ask the other laptops too, or not."""
        self.ask_others = not self.ask_others
        self.draw("others")

    def action_later(self) -> None:
        """Put the marked request off."""
        request = self._request()
        if request:
            with self.told():
                erase.put_off(self.desk, request)
                self.reload(f"asked {request.id}")
                self.say("Put off until tomorrow; it stays listed here")

    def action_purge(self, whole: bool) -> None:
        """Ask once more, by a word to type, and purge."""
        if self.seen is not None:
            self._ask(whole, self.seen.asks and self.ask_others)

    def _confirm(self, request: Request) -> None:
        """Show what another laptop asks for."""
        if request.walk != self.desk.walk_id:
            self.desk.open_walk(request.walk)
            self.reload(f"asked {request.id}")
            self.say("Its walk is opened now: Enter shows what is asked")
            return
        if request.note:
            ask_erase(self, request.note, self.reload)
        else:
            self._ask(request.whole, False, _stranger(request) if not request.known else "")

    def _ask(self, whole: bool, ask: bool, warning: str = "") -> None:
        seen = self.seen
        if seen is None:
            return
        agreed: list[bool] = []

        def save(values: Values) -> None:
            purge.confirmed(self.desk, values[0])
            agreed.append(True)

        def closed(_: bool | None) -> None:
            if agreed:
                work = partial(_purge, whole, ask)
                work_on(self, "Purging …", work, self._done)

        like = f"{seen.date} or {purge.WORD}" if seen.date else purge.WORD
        what = "Purge the whole walk?" if whole else "Purge the raw notes?"
        others = "The next pack asks the other laptops." if ask else "This laptop alone is cleared."
        goes = "; ".join((*seen.goes, *(["trends, steps, plan and counts"] if whole else [])))
        if whole and ask:
            others += " Title and date stay for that; once more with o off takes them too."
        warned = seen.warned(whole=whole)
        note = " ".join(
            part
            for part in (f"{warning}." if warning else "", f"Goes: {goes}.", *warned, others)
            if part
        )
        note = f"{note} {forget_words.FOR_GOOD}"
        field = Ask(f"To confirm, type {like}", one_row=True)
        open_over(self, _ConfirmScreen(what, [field], save, note=note), closed)

    def _done(self, done: Done | None) -> None:
        """The walk is purged, or why not."""
        if self.desk.walk_id not in self.desk.store.walks():
            self.desk.walk_id = ""
        self.reload(NEW)
        if done is None:
            return
        self.say("Purged. Enter reads the receipt" if not done.waits else " ".join(done.lines))
        if not done.waits:
            self.app.push_screen(ReadDialog("Receipt", "\n".join(done.lines)))


def _read_all(desk: Desk) -> tuple[View | None, list[Request], list[tuple[str, ...]]]:
    """The walk on the desk, what other laptops ask for, and the receipts."""
    seen = purge.view(desk) if desk.walk_id in desk.store.walks() else None
    asked = [*purge.waiting(desk, put_off=True), *erase.waiting(desk, put_off=True)]
    return seen, asked, purge.receipts(desk)


def _stranger(request: Request) -> str:
    """Said of a request that did not come from where it should."""
    if request.note:
        return "by a laptop that neither wrote it nor made the plan"
    return "not from the laptop that made the plan"


def _purge(whole: bool, ask: bool, desk: Desk, tell: Callable[[str], None]) -> Done:
    return purge.purge(desk, whole=whole, ask=ask, progress=tell)
