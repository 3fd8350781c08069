"""Roster: the walkers by a label of their own choice, their roles, lenses and teams."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from walk.errors import Refused
from walk.model import Walker
from walk.routine.planning import roster, times
from walk.screens.ask import Ask, Points, Values
from walk.screens.over import open_over
from walk.screens.pick import PickScreen
from walk.screens.planning.plan_list import NOT_SAVED, PlanListScreen
from walk.screens.planning.ticks import TickScreen
from walk.text import REPEATED, one_line, team_called
from walk.widgets.choice_list import Choice, heading

OPEN = "○"
"""Before what stands out; nothing of it stops a walk."""
NONE, OTHER = "none", "other"
LABEL_HINT = "initials or a word of their choice; no name is needed"


class RosterScreen(PlanListScreen):
    """The walkers team by team, and what stands out."""

    CSS_PATH = "roster.tcss"
    name_in_app = "roster"
    stage = roster.STAGE
    heading = "Roster"
    HELP_WORDS = (
        "The roster says who walks. A label is each walker's own choice: no name is asked for. "
        "A walker may hold several roles. A specialist walks as a full member and looks through "
        "a lens of their own; each team has a timekeeper. What stands out is said above the "
        "list, and none of it stops a walk. Only a walker without a form or a note can be taken "
        "out."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "go('prepare', 'roster')", "back", id="roster.back", tooltip="Back to Prepare"
        ),
        Binding("a", "add", "add", id="roster.add", tooltip="Add one walker or several"),
        Binding("o", "roles", "roles", id="roster.roles", tooltip="Tick the roles of this walker"),
        Binding("l", "lens", "lens", id="roster.lens", tooltip="Choose this walker's lens"),
        Binding("t", "team", "team", id="roster.team", tooltip="Put this walker on the next team"),
        Binding(
            "d",
            "deal",
            "deal",
            id="roster.deal",
            tooltip="Deal all walkers into teams: timekeepers and lenses are spread evenly",
        ),
        Binding(
            "x",
            "take_out",
            "take out",
            id="roster.take_out",
            tooltip="Take a walker out, or drop words that are not saved",
        ),
        Binding("u", "undo", "undo", id="roster.undo", tooltip="Undo the last change of the plan"),
        Binding("z,r", "redo", "redo", id="roster.redo", tooltip="Do again what was undone"),
    ]

    walkers: Sequence[Walker] = ()

    # Reading

    def read_rows(self) -> Sequence[Choice]:
        """What stands out, the walkers under their teams, and the cap on a team."""
        self.walkers = self.desk.walkers()
        most = self.desk.rules.team_size_at_most
        rows = [
            *self._above(),
            *self._teams(),
            heading(),
            Choice("walker new", "add walkers", label="a"),
            Choice("most all", f"at most {most} walkers" if most else "no cap", label="Team size"),
        ]
        unsaved = self.unsaved()
        return [
            Choice(row.id, row.words, row.label, NOT_SAVED) if row.id in unsaved else row
            for row in rows
        ]

    def _above(self) -> Iterable[Choice]:
        if not self.walkers:
            yield heading("Nobody is on the roster yet: a adds walkers.")
            return
        yield heading(_sentence(roster.balance(self.walkers)))
        for words in roster.warnings_of(self.walkers, self.desk.rules):
            yield heading(f"{OPEN} {_sentence(words)}")

    def _teams(self) -> Iterable[Choice]:
        named = any(one.team for one in self.walkers)
        for label, members in roster.teams_of(self.walkers).items():
            many = "1 walker" if len(members) == 1 else f"{len(members)} walkers"
            yield heading(f"{_team(label)} · {many}" if named else f"One team · {many}")
            yield from (self._row(one) for one in members)
        alone = roster.on_no_team(self.walkers)
        if alone:
            yield heading(f"On no team · {len(alone)}")
            yield from (self._row(one) for one in alone)

    def _row(self, walker: Walker) -> Choice:
        parts = [", ".join(walker.roles), f"lens: {walker.lens}" if walker.lens else ""]
        if walker.max_stops:
            stops = "stop" if walker.max_stops == 1 else "stops"
            parts.append(f"at most {walker.max_stops} {stops}")
        words = " · ".join(part for part in parts if part) or "walker"
        writing = "writing here" if walker.id == self.desk.me else ""
        return Choice(f"walker {walker.id}", words, walker.label, writing)

    @property
    def in_hand(self) -> Walker:
        """The marked walker; Refused where another row is marked."""
        _, id_ = self.marked()
        found = next((one for one in self.walkers if one.id == id_), None)
        if found is None:
            raise Refused("No walker is marked.", "Move to one with the arrows.")
        return found

    # Changing the marked row

    def change(self, kind: str, id: str) -> None:
        """A walker in all fields, more walkers, or the cap."""
        if kind == "most":
            self._ask_most()
        elif id == "new":
            self._ask_new()
        elif kind == "walker":
            self._ask_walker(self.in_hand)

    def _ask_new(self) -> None:
        asks = [Ask("Labels, with commas between several", hint=LABEL_HINT, advise=_on_labels)]
        added: list[Walker] = []

        def save(values: Values) -> None:
            added[:] = roster.add(self.desk, values[0])

        def saved() -> None:
            self.rows.mark(f"walker {added[0].id}")
            many = "1 walker" if len(added) == 1 else f"{len(added)} walkers"
            self.say_saved(f"{many} added")

        self.ask("walker new", "More walkers", asks, save, saved=saved)

    def _ask_walker(self, walker: Walker) -> None:
        stops = str(walker.max_stops) if walker.max_stops else ""
        asks = [
            Ask("Label", walker.label, LABEL_HINT, one_row=True, advise=_on_labels),
            Ask(
                "Roles, with commas between several",
                ", ".join(walker.roles),
                "such as: timekeeper, coach; first letters are enough",
                one_row=True,
                advise=_on_roles,
            ),
            Ask("Lens", walker.lens, f"such as: {roster.LENSES[0]}", one_row=True),
            Ask("Team", walker.team, "a letter or a word; empty with one team", one_row=True),
            Ask("At most how many stops", stops, "empty: no cap", one_row=True),
        ]

        def save(values: Values) -> None:
            label, roles, lens, team, most = values
            roster.change(
                self.desk,
                walker,
                label=label,
                roles=roster.roles_of(roles),
                lens=lens,
                team=team,
                max_stops=times.number_of(most, "At most how many stops", roster.STOPS_MOST),
            )

        self.ask(f"walker {walker.id}", _short(walker), asks, save)

    def _ask_most(self) -> None:
        most = self.desk.rules.team_size_at_most
        ask = Ask(
            "At most how many walkers in a team", str(most or ""), "empty: no cap", one_row=True
        )
        note = "Three or four are usual; some local agreements cap at two."

        def save(values: Values) -> None:
            times.set_team_size(self.desk, values[0])

        self.ask("most all", "Team size", [ask], save, note=note)

    # Keys

    def action_add(self) -> None:
        """Add walkers."""
        with self.told():
            if self.desk.walk:
                self._ask_new()

    def action_roles(self) -> None:
        """Tick the roles of the marked walker."""
        with self.told():
            walker = self.in_hand

            def ticked(roles: tuple[str, ...] | None) -> None:
                if roles is None or set(roles) == set(walker.roles):
                    return
                with self.told():
                    roster.change(self.desk, walker, roles=roles)
                    self.reload()
                    self.say_saved(f"{_short(walker)}: {', '.join(roles) or 'no role'}")

            note = "Others, in your own words: Enter on the walker."
            dialog = TickScreen(f"Roles of {_short(walker)}", roster.ROLES, walker.roles, note=note)
            open_over(self, dialog, ticked)

    def action_lens(self) -> None:
        """Choose the lens of the marked walker."""
        with self.told():
            walker = self.in_hand
            lenses = dict.fromkeys((*roster.LENSES, *(one.lens for one in self.walkers)))
            choices = [Choice(f"lens {one}", one) for one in lenses if one]
            choices += [Choice(OTHER, "other words …"), Choice(NONE, "no lens")]

            def picked(choice: str | None) -> None:
                with self.told():
                    if choice == OTHER:
                        self._ask_walker(walker)
                    elif choice:
                        lens = "" if choice == NONE else choice.removeprefix("lens ")
                        roster.change(self.desk, walker, lens=lens)
                        self.reload()
                        self.say_saved(f"{_short(walker)}: {lens or 'no lens'}")

            title = f"The lens of {_short(walker)}"
            note = "The expertise they look through."
            mark = f"lens {walker.lens}" if walker.lens else ""
            open_over(self, PickScreen(title, choices, mark=mark, note=note), picked)

    def action_team(self) -> None:
        """Put the marked walker on the next team, a new one, or none."""
        with self.told():
            walker = self.in_hand
            team = roster.next_team(self.walkers, walker)
            roster.change(self.desk, walker, team=team)
            self.reload()
            self.say_saved(f"{_short(walker)}: {_team(team, 'team') if team else 'on no team'}")

    def action_deal(self) -> None:
        """Deal all walkers into teams."""
        with self.told():
            if not self.desk.walkers():
                raise Refused("Nobody is on the roster yet.", "a adds walkers.")
            count = str(roster.teams_advised(self.desk))

            def save(values: Values) -> None:
                teams = times.number_of(values[0], "Teams", roster.WALKERS_MOST, 1)
                roster.deal(self.desk, teams)

            def saved() -> None:
                teams = roster.teams(self.desk)
                shown = " · ".join(f"{label} {len(members)}" for label, members in teams.items())
                self.say_saved(f"Dealt: {shown}; u undoes it")

            ask = Ask("How many teams", count, one_row=True)
            note = "All walkers get a team anew; timekeepers and lenses are spread evenly."
            self.ask("deal", "Deal into teams", [ask], save, note=note, saved=saved, draft=False)

    def action_take_out(self) -> None:
        """Drop unsaved words, else take the marked walker off the roster."""
        with self.told():
            if self.drop_unsaved():
                return
            walker = self.in_hand
            roster.take_out(self.desk, walker)
            self.reload()
            self.say_saved(f"{_short(walker)} taken out; u undoes it")


def _short(walker: Walker) -> str:
    """A label as a sentence of ours or a title repeats it."""
    return one_line(walker.label, REPEATED)


def _team(label: str, word: str = "Team") -> str:
    return team_called(one_line(label, REPEATED), word)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _on_labels(words: str) -> Points:
    """A gentle word where a label looks like a full name."""
    labels = [one for one in words[:2000].replace("\n", ",").split(",") if one.strip()][:20]
    if any(roster.looks_like_full_name(one) for one in labels):
        return [(False, "label", roster.FULL_NAME)]
    return []


def _on_roles(words: str) -> Points:
    """How the typed roles are read."""
    try:
        found = roster.roles_of(words[:2000])
    except Refused:
        return []
    return [(True, ", ".join(found), "")] if found else []
