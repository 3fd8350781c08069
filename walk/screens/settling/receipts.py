"""Receipts: what each collect brought, who is in and who is missing, and taking one back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from walk.exchange.receipt import PackReceipt, counted
from walk.routine.desk import Desk
from walk.routine.exchanging import collect
from walk.routine.settling import receipts
from walk.routine.settling.receipts import Kept
from walk.screens import jobs
from walk.screens.base import WalkScreen
from walk.screens.dialogs import KeyDialog, ReadDialog
from walk.screens.jobs import Job
from walk.screens.team import KeyedList
from walk.text import one_line
from walk.widgets.choice_list import Choice, ChoiceList, heading
from walk.widgets.dates import day_and_time

JOB = "undo collect"
NONE = "Nothing was collected here yet. c takes a plan, or everyone's packs."
SETTLE = "settle"
REQUESTS = "requests"


class ReceiptsScreen(WalkScreen):
    """One receipt at a time, the newest first."""

    CSS_PATH = "receipts.tcss"
    AUTO_FOCUS = "KeyedList"
    name_in_app = "receipts"
    needs_walk = False
    tells_unconfirmed = False
    HELP_WORDS = (
        "A receipt says what a collect brought: who is in, who is missing, what came and what was "
        "here already, what was withdrawn, what two laptops tell differently, and which packs did "
        "not come in and why. Enter reads a row in full. ← and → turn to earlier and later "
        "receipts.\n"
        "u takes the newest collect back: what it alone brought goes, except what something made "
        "on this laptop rests on; that is named. Collecting the same packs again brings it back."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(1)", "earlier", id="receipts.before", tooltip="The receipt before"),
        Binding("right", "turn(-1)", "later", id="receipts.after", tooltip="The receipt after"),
        Binding(
            "u",
            "undo_collect",
            "take back",
            id="receipts.undo",
            tooltip="Take the newest collect back",
        ),
        Binding(
            "c", "go('collect')", "collect", id="receipts.collect", tooltip="Collect more packs"
        ),
        Binding(
            "f",
            "go('conflicts')",
            "settle",
            id="receipts.settle",
            tooltip="Go through what two laptops tell differently",
        ),
        Binding("escape", "go('home')", "back", id="receipts.out", tooltip="Back to Home"),
    ]

    def __init__(self, desk: Desk, at: str = "", say: str = "") -> None:
        """As every screen."""
        super().__init__(desk, at, say)
        self.held: list[Kept] = []
        self.place = 0
        """Which receipt is shown; 0 is the newest."""
        self.full: dict[str, str] = {}
        """What Enter reads, by the row's id."""
        self.to_settle = 0

    def work(self) -> ComposeResult:
        """How it stands, and the rows."""
        yield Static(id="told")
        yield KeyedList(id="rows", lines_most=3)

    @property
    def rows(self) -> KeyedList:
        """The rows of the receipt."""
        return self.query_one("#rows", KeyedList)

    @property
    def kept(self) -> Kept | None:
        """The receipt that is shown."""
        return self.held[self.place] if self.place < len(self.held) else None

    # Reading

    def reload(self) -> None:
        """Read the receipts again."""
        before = self.kept
        self.held = receipts.listed(self.desk)
        ids = [one.id for one in self.held]
        self.place = ids.index(before.id) if before and before.id in ids and self.place else 0
        self.to_settle = receipts.to_settle(self.desk)
        job = jobs.job_of(self.app, JOB)
        if job is not None and job.ended:
            _taken_back(self, job)
        self.draw()

    def tick(self) -> None:
        """Which receipt it is."""
        kept = self.kept
        if kept is None:
            self.title_line.right = day_and_time(self.desk.local())
        else:
            of = f"{self.place + 1} of {len(self.held)}" if len(self.held) > 1 else ""
            when = day_and_time(kept.at)
            self.title_line.right = " · ".join(part for part in (of, when) if part)

    def draw(self) -> None:
        """Show the receipt."""
        self.title_line.left = "Receipt"
        self.tick()
        kept = self.kept
        self.full = {}
        job = jobs.job_of(self.app, JOB)
        if job is not None and not job.ended:
            lines = ["Taking the collect back …"]
        else:
            lines = [NONE] if kept is None else list(_head(kept))
        self.query_one("#told", Static).update(Content("\n".join(lines)))
        self.rows.show(list(self._rows(kept)) if kept else [])
        self.refresh_bindings()

    def _rows(self, kept: Kept) -> Iterable[Choice]:
        receipt = kept.receipt
        yield heading("Who was in before it was taken back" if kept.undone else "Who is in")
        yield self._row("in", ", ".join(receipt.walkers_in) or "nobody yet", "in")
        if receipt.missing_walkers:
            missing = ", ".join(receipt.missing_walkers)
            yield self._row("missing", f"{missing}: nothing of theirs is here yet", "missing")
        for number, words in enumerate(receipt.missing_numbers):
            yield self._row(f"numbers {number}", words, "not whole")
        yield from self._waiting(kept)
        for number, words in enumerate(receipt.to_know):
            yield self._row(f"know {number}", words, "to know")
        yield from self._packs(receipt.packs)

    def _waiting(self, kept: Kept) -> Iterable[Choice]:
        rows = []
        told = kept.receipt.total("conflicts")
        if told:
            now = f"; {self.to_settle} to settle now (f)" if self.place == 0 else ""
            both = "are told in two ways; both wordings are kept"
            one = "is told in two ways; both wordings are kept"
            words = f"{counted(told, f'record {one}', f'records {both}')}{now}"
            rows.append(Choice(SETTLE, words, label="two ways"))
        elif self.place == 0 and self.to_settle:
            # Such as a label that was used twice, or what an earlier collect brought.
            words = f"{self.to_settle} to settle (f): told in two ways, or a label used twice"
            rows.append(Choice(SETTLE, words, label="settle"))
        for words in kept.receipt.requests:
            rows.append(Choice(REQUESTS, words, label="asked"))
        if rows:
            yield heading("Waits for you")
            yield from rows

    def _packs(self, packs: Sequence[PackReceipt]) -> Iterable[Choice]:
        taken = [one for one in packs if not one.refused]
        refused = [one for one in packs if one.refused]
        if refused:
            yield heading("Not taken in")
        for number, one in enumerate(refused):
            named = one.file[:20] in one.refused
            words = one.refused if named else f"{one.file}: {one.refused}"
            yield self._row(f"refused {number}", words, "no")
        if taken:
            yield heading("Packs")
        for number, one in enumerate(taken):
            label = one.walker or ("plan" if one.kind == "plan" else "—")
            yield self._row(f"pack {number}", _pack_words(one), label)

    def _row(self, id: str, words: str, label: str) -> Choice:
        self.full[id] = words
        return Choice(id, words, label=label)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key works where there is something for it."""
        if not self.is_mounted:
            return super().check_action(action, parameters)
        if action == "turn":
            step = parameters[0]
            return isinstance(step, int) and 0 <= self.place + step < len(self.held)
        if action == "undo_collect":
            return bool(self.kept and self.kept.may_undo)
        if action == "go" and parameters and parameters[0] == "conflicts":
            return self.to_settle > 0
        return True

    # Keys

    def on_choice_list_chosen(self, event: ChoiceList.Chosen) -> None:
        """Read a row in full, or go to what waits."""
        id_ = event.choice.id
        if id_ == SETTLE and self.to_settle:
            self.go("conflicts")
        elif id_ == REQUESTS:
            self.go("home", say="What is asked stands on Home")
        elif id_ in self.full:
            self.app.push_screen(ReadDialog(event.choice.label, self.full[id_]))

    def action_turn(self, step: int) -> None:
        """An earlier or a later receipt."""
        if 0 <= self.place + step < len(self.held):
            self.place += step
            self.draw()
            self.rows.action_edge(-1)

    def action_undo_collect(self) -> None:
        """Ask, and take the newest collect back."""
        kept = self.kept
        if kept is None or not kept.may_undo:
            return
        added = counted(kept.receipt.total("added"), "entry", "entries")
        words = (
            f"It brought {added}. What it alone brought goes; what something made here rests on "
            "stays and is named. Nothing that was written on this laptop goes."
        )

        def answered(key: str | None) -> None:
            if key == "y":
                self._take_back()

        choices = (("y", "take it back"),)
        self.app.push_screen(KeyDialog("Take this collect back?", choices, words), answered)

    def _take_back(self) -> None:
        app = self.app

        def done(job: Job) -> None:
            _done(app, job)

        job = Job(JOB, "taking a collect back")
        jobs.begin(app, self.desk, job, lambda desk, _: collect.undo_collect(desk), done)
        self.draw()


def _head(kept: Kept) -> Iterable[str]:
    receipt = kept.receipt
    came = [one for one in receipt.packs if not one.refused]
    if kept.undone:
        yield from kept.undone
        return
    added, here = receipt.total("added"), receipt.total("already_here")
    if not came:
        yield "No pack could be taken in; each says why below."
        return
    told = counted(added, "new entry", "new entries") if added else "Nothing new"
    already = f", {here:,} here already" if here else ""
    yield f"{told} from {counted(len(came), 'pack', 'packs')}{already}."
    gone = receipt.total("withdrawn")
    if gone:
        yield f"{counted(gone, 'record was', 'records were')} withdrawn by who wrote them."
    out = len(receipt.packs) - len(came)
    if out:
        yield f"{counted(out, 'pack was', 'packs were')} not taken in; why stands below."


def _pack_words(pack: PackReceipt) -> str:
    file = one_line(pack.file, 60)
    if pack.same_as:
        return f"the same file as {one_line(pack.same_as, 60)} · {file}"
    return " · ".join([pack.came(), *(one.rstrip(".") for one in pack.to_know()), file])


def _done(app: App[Any], job: Job) -> None:
    page = next(one for one in reversed(app.screen_stack) if isinstance(one, WalkScreen))
    with page.told():
        if page.desk.walk_id and page.desk.walk_id not in page.desk.store.walks():
            page.desk.open_walk("")
        if isinstance(page, ReceiptsScreen) and not page.gone:
            page.reload()
            return
    jobs.shown(app, job)
    page.say(str(job.error) if job.error else " ".join(job.result))


def _taken_back(page: ReceiptsScreen, job: Job) -> None:
    """Show how taking back ended."""
    jobs.shown(page.app, job)
    if job.error is not None:
        raise job.error
    if not page.desk.walk_id:
        page.go("home", say=" ".join(job.result))
        return
    page.say_saved("Taken back")
