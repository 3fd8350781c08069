"""Joining: who are you on this plan's roster? Asked over the page on which the plan was opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from walk.errors import WalkError
from walk.exchange.receipt import counted
from walk.model import Walker
from walk.routine.desk import Desk
from walk.routine.exchanging import join
from walk.routine.exchanging.found import Found
from walk.routine.exchanging.join import PlanPack
from walk.screens import jobs
from walk.screens.ask import Ask, Values
from walk.screens.base import WalkScreen
from walk.screens.dialogs import FieldsDialog, KeyDialog
from walk.screens.jobs import Job
from walk.screens.over import open_over
from walk.screens.pick import PickScreen
from walk.text import one_line, team_called
from walk.widgets.choice_list import Choice
from walk.widgets.dates import short_date

NOT_LISTED = "not listed"
"""The id of the row that adds a label; a walker's id is hex, so it can never be one."""
PLACES_WORDS = (
    "They say which room each code stands for, and whose room it is. The lead's laptop needs them; "
    "others only where the lead wants it. They stay on this laptop and go with the first purge."
)
LISTED_MOST = 300
"""Walkers of a roster that are listed; further ones type their label."""
LABEL_HINT = "a label of your own choice: initials or a word"


def ask_who(page: WalkScreen, found: Found, done: Callable[[list[str]], None]) -> None:
    """Ask who joins, and join; `done` is told it in lines. The page says what goes wrong."""

    async def work() -> None:
        try:
            plan = await jobs.of_the_disk(lambda: join.look_at(found.path, pack=found.pack))
        except WalkError as error:
            page.state_line.complain(str(error))
            return
        _pick(page, plan, done)

    jobs.beside(page, work, "joining")


def _pick(page: WalkScreen, plan: PlanPack, done: Callable[[list[str]], None]) -> None:
    today = page.desk.today()
    when = short_date(plan.walk.date, today) if plan.walk.date else ""
    visits = counted(len(plan.visits), "visit", "visits")
    about = [plan.walk.title, plan.walk.host_school, when, visits]
    rows = [
        # PickScreen counts its rows, so the label stands in the words.
        Choice(one.id, f"{one.label} · {', '.join(one.roles) or 'walker'}", side=_team(one))
        for one in plan.walkers[:LISTED_MOST]
    ]
    if plan.open_roster:
        rows.append(Choice(NOT_LISTED, "not on the list: a new label …"))
    elif len(rows) < len(plan.walkers):
        rows.append(Choice(NOT_LISTED, "further down: type the label …"))

    def picked(walker: str | None) -> None:
        if walker == NOT_LISTED:
            _new_label(page, plan, done)
        elif walker:
            label = next(one.label for one in plan.walkers if one.id == walker)
            _ask_places(page, plan, label, done)
        else:
            page.say("Not joined; nothing was taken in")

    note = one_line(" · ".join(part for part in about if part), 110)
    open_over(page, PickScreen("Who are you on this walk?", rows, note=note), picked)


def _team(walker: Walker) -> str:
    return team_called(walker.team, "team") if walker.team else ""


def _new_label(page: WalkScreen, plan: PlanPack, done: Callable[[list[str]], None]) -> None:
    label: list[str] = []

    def save(values: Values) -> None:
        plan.check_label(values[0])
        label[:] = [values[0]]

    def closed(saved: bool | None) -> None:
        if saved:
            _ask_places(page, plan, label[0], done)

    asks = [Ask("Label", hint=LABEL_HINT, one_row=True)]
    open_over(page, FieldsDialog("Who are you on this walk?", asks, save), closed)


def _ask_places(
    page: WalkScreen, plan: PlanPack, label: str, done: Callable[[list[str]], None]
) -> None:
    if plan.places is None:
        _join(page, plan, label, None, done)
        return

    def answered(key: str | None) -> None:
        _join(page, plan, label, plan.places if key == "t" else None, done)

    title, choices = "Places lie beside the plan", (("t", "take them"), ("l", "leave them"))
    page.app.push_screen(KeyDialog(title, choices, PLACES_WORDS), answered)


def _join(
    page: WalkScreen,
    plan: PlanPack,
    label: str,
    places: Path | None,
    done: Callable[[list[str]], None],
) -> None:
    def work(desk: Desk, _: Job) -> list[str]:
        return join.join(desk, plan.path, label, places_file=places, plan=plan)

    def over(job: Job) -> None:
        app = page.app
        jobs.shown(app, job)
        # Whoever went on elsewhere is told there.
        open_pages = (one for one in reversed(app.screen_stack) if isinstance(one, WalkScreen))
        here = page if page.display else next(open_pages)
        with here.told():
            if job.error is not None:
                raise job.error
            if here is page or not here.desk.walk_id:
                here.desk.open_walk(plan.walk.id)
            if here is page:
                done(job.result)
            else:
                here.reload()
                here.say(" · ".join(job.result))

    jobs.begin(page.app, page.desk, Job("join", "joining"), work, over)
