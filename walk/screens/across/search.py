"""Search: what notes, trends and next steps of all walks say, as it is typed."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from typing import Any, ClassVar, NamedTuple
from weakref import WeakKeyDictionary

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key
from textual.widgets import Static

from walk.errors import WalkError
from walk.routine.across import search
from walk.routine.across.search import NO_PEOPLE, Answer, Hit, Search
from walk.routine.desk import Desk
from walk.routine.start import open_desk
from walk.screens import jobs
from walk.screens.base import WalkScreen
from walk.screens.jobs import Job
from walk.text import headline, one_line
from walk.widgets.dates import day_and_time
from walk.widgets.field import Field
from walk.widgets.hit_list import HitList, HitRow

JOB = "search"
EMPTY = (
    "Type words: notes, trends and next steps of every walk are looked through, newest first. "
    "Case and accents make no difference; “page four” in quotation marks stands together. "
    "Classrooms are not looked for."
)
LOOKING_S = 0.5
"""How long an answer may take before it is told that one is looked for, in seconds."""


class _Last(NamedTuple):
    """What was looked for, and where one stood in what was found."""

    said: str
    at: int = 0
    limit: int = search.PAGE


_LAST: WeakKeyDictionary[App[Any], _Last] = WeakKeyDictionary()
"""What was looked for last, so that coming back finds it. It is not stored."""


class Looker:
    """Answers in a thread of its own, with a desk that stays open there; the latest words alone."""

    def __init__(self, desk: Desk) -> None:
        self._path, self._clock = desk.store.path, desk.clock
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="walk-search")
        self._open = ExitStack()
        self._search: Search | None = None
        self._latest = 0

    async def ask(self, said: str, limit: int) -> Answer | None:
        """What is found; None where other words were asked for meanwhile."""
        self._latest += 1
        turn = self._latest
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self._thread, self._look, turn, said, limit)
        return answer if turn == self._latest else None

    def _look(self, turn: int, said: str, limit: int) -> Answer | None:
        if turn != self._latest:
            return None
        if self._search is None:
            desk = self._open.enter_context(
                open_desk(self._path, clock=self._clock, patience_s=jobs.PATIENCE_S)
            )
            self._search = Search(desk)
        return self._search.ask(said, limit=limit)

    def close(self) -> None:
        """Close the desk, in its own thread; nobody waits for it."""
        self._latest += 1
        self._thread.submit(self._open.close)
        self._thread.shutdown(wait=False)


class SeekField(Field):
    """What is looked for. The arrows go through what was found, and Enter opens it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.open", "open", id="search.open", tooltip="Open it in its place"),
        Binding("up", "screen.move(-1)", "up", id="search.up", show=False, tooltip="One up"),
        Binding("down", "screen.move(1)", "down", id="search.down", show=False, tooltip="One down"),
        Binding(
            "pageup", "screen.page(-1)", "", id="search.pageup", show=False, tooltip="A page up"
        ),
        Binding(
            "pagedown",
            "screen.page(1)",
            "",
            id="search.pagedown",
            show=False,
            tooltip="A page down",
        ),
    ]

    async def take(self, event: Key) -> None:
        """As every field; but in an empty line ? never is a word to look for."""
        if event.character == "?" and not self.text:
            event.stop()
            await self.app.run_action("screen.help")
            return
        await super().take(event)


class SearchScreen(WalkScreen):
    """One line of words; below it what says them, newest first."""

    CSS_PATH = "search.tcss"
    AUTO_FOCUS = "SeekField"
    name_in_app = "search"
    needs_walk = False
    tells_unconfirmed = False
    HELP_WORDS = (
        "Search looks through the notes, trends and next steps of all walks in this store, what "
        "came in last first. All the words you type have to be there, in any order; case and "
        "accents make no difference, and three letters are enough to find a longer word. Words in "
        "quotation marks stand together.\n"
        "Enter opens the marked one where it stands: a note in its debrief, a trend among the "
        "trends, a step among the next steps; its walk is opened first. Esc goes to Home, and / "
        "there comes back to what was found.\n"
        "It is not told who wrote a note or in which classroom, and a visit code finds nothing. "
        "What another walker of this laptop has not shared is not found."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "out", "back", id="search.out", tooltip="Back to Home"),
    ]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """`at` is what to look for."""
        super().__init__(desk, at, say)
        self.answer = Answer("", asked=False)
        self.waiting = False
        """Words were typed whose answer is not there yet."""
        self.opens = False
        """Enter was pressed meanwhile: the first of what is found is opened."""
        self.limit = search.PAGE
        self.last = _Last(at)
        """What stands in the line at first, and where one stood in it."""
        self.failed = ""
        """Why the index cannot be filled, in words."""
        self.looker = Looker(desk)

    def work(self) -> ComposeResult:
        """The line, what was found, and words where nothing was."""
        if not self.at:
            self.last = _LAST.get(self.app, self.last)
        self.limit = self.last.limit
        yield SeekField(
            self.last.said,
            one_row=True,
            hint="words of a note, a trend or a next step, or ? for help",
        )
        yield Static(id="none")
        yield HitList(id="hits")

    @property
    def field(self) -> SeekField:
        """The line."""
        return self.query_one(SeekField)

    @property
    def hits(self) -> HitList:
        """What was found."""
        return self.query_one(HitList)

    # Looking

    def on_mount(self) -> None:
        """Bring the index up to date beside the screen; what is not in it yet comes as it fills."""
        self._fill()
        self.hits.mark(self.last.at)
        self.call_after_refresh(self.field.select_all)  # other words take the place of the last

    def _fill(self) -> None:
        if jobs.job_of(self.app, JOB) is None:
            jobs.begin(self.app, self.desk, Job(JOB, ""), _get_ready, self._is_ready)

    def _is_ready(self, job: Job) -> None:
        jobs.shown(self.app, job)
        if self.is_running and not self.gone:
            self.ask()
            if job.error:
                self.failed = str(job.error)

    def on_unmount(self) -> None:
        """Close what looked; the index goes on filling at the next search."""
        self.looker.close()
        if job := jobs.job_of(self.app, JOB):
            job.stop = True

    def tick(self) -> None:
        """The clock; and what the index holds by now."""
        self.title_line.left = "Search"
        self.title_line.right = day_and_time(self.desk.local())
        if self.answer.read < 100 and not self.waiting and not self.failed:
            self._fill()
            self.ask()

    def reload(self) -> None:
        """Look again: something was written."""
        self.ask()

    @on(Field.Edited)
    def _edited(self) -> None:
        self.opens = False
        self.limit = search.PAGE
        self.hits.mark(0)
        self.refresh_bindings()
        self.ask()

    def ask(self) -> None:
        """Look for what stands in the line, beside the screen."""
        said = self.field.text
        self.waiting = True
        jobs.beside(self, partial(self._ask, said), JOB)
        if said != self.answer.said:
            self.set_timer(LOOKING_S, partial(self._tell_waiting, said))

    def _tell_waiting(self, said: str) -> None:
        """What stands below the line is of the words before; that may last while others write."""
        if self.waiting and self.field.text == said and not self.gone:
            self.say(f"looking for “{one_line(said, 40)}” …")

    async def _ask(self, said: str) -> None:
        try:
            answer = await self.looker.ask(said, self.limit)
        except WalkError as error:
            self.waiting = self.opens = False
            self.state_line.complain(str(error))
            return
        if answer is None or self.gone:
            return
        self.waiting = False
        self.answer = answer
        self._show()
        if self.opens:
            self.opens = False
            self.action_open()

    def _show(self) -> None:
        answer = self.answer
        today = self.desk.today()
        self.hits.show(
            [HitRow(_head(one), one.words, one.spots, one.date) for one in answer.hits], today
        )
        self.hits.display = bool(answer.hits)
        none = self.query_one("#none", Static)
        none.display = not answer.hits
        none.update(Content(self._none_words()))
        if self.failed:
            self.state_line.complain(self.failed)
        else:
            self.say(self._told())

    def _none_words(self) -> str:
        said = self.answer.said.strip()
        if not said:
            return EMPTY
        if self.answer.names_somebody:
            return NO_PEOPLE
        if not self.answer.asked:
            return "Type at least one letter or digit."
        if self.answer.read < 100:
            return "Nothing yet: older notes are still being read in."
        if not self.desk.store.newest_entry():
            return "Nothing is written in this store yet. Esc, then n begins a walk."
        return f"Nothing here says “{one_line(said, 40)}”. Fewer or shorter words find more."

    def _told(self) -> str:
        answer = self.answer
        filling = f"reading in older notes: {answer.read} %" if answer.read < 100 else ""
        if not answer.asked:
            return filling
        many = f"{len(answer.hits)}{' or more' if answer.more else ''} found" if answer.hits else ""
        return " · ".join(part for part in (many, filling) if part)

    # Keys

    @on(HitList.Chosen)
    def _chosen(self) -> None:
        self.action_open()

    def action_move(self, step: int) -> None:
        """One up or down; from the last one on to older ones."""
        if not self.hits.move(step) and step > 0 and self.answer.more and not self.waiting:
            self.limit += search.PAGE
            self.hits.mark(self.hits.at + 1)
            self.ask()

    def action_page(self, side: int) -> None:
        """As many as the window holds."""
        self.hits.move(side * self.hits.in_view)

    def action_open(self) -> None:
        """Open the marked one where it stands."""
        if self.waiting:
            self.opens = True
            return
        if 0 <= self.hits.at < len(self.answer.hits):
            self._keep()
            self._open(self.answer.hits[self.hits.at])

    def _open(self, hit: Hit) -> None:
        with self.told():
            if hit.walk != self.desk.walk_id:
                self.desk.open_walk(hit.walk)
            self.go(
                hit.screen,
                hit.at,
                f"{hit.kind.capitalize()} of “{one_line(headline(hit.title), 40)}”",
            )

    def _keep(self) -> None:
        _LAST[self.app] = _Last(self.field.text, self.hits.at, self.limit)

    def action_out(self) -> None:
        """Home."""
        self._keep()
        self.go("home")


def _head(hit: Hit) -> str:
    return f"{hit.kind} · {headline(hit.title) or '(no title)'}"


def _get_ready(desk: Desk, job: Job) -> None:
    """Fill the index until it is done or the app closes."""
    for _ in search.get_ready(desk, lambda: job.stops):
        pass
