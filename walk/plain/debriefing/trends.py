"""Trends in lines: a theme stated in one plain sentence, then asset or need, then what else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast, get_args

from walk.debrief import of_visits
from walk.errors import Refused
from walk.model import Decision, Polarity, Trend
from walk.plain.debriefing.group import counts
from walk.plain.debriefing.team import TeamRoom
from walk.plain.questions import number_in
from walk.plain.room import Word, spoken
from walk.routine.debriefing import coverage, debrief, stating
from walk.routine.debriefing.debrief import PoolNote, Table, ThemeView
from walk.routine.visiting import door
from walk.text import one_line

PARKED = "seen in one classroom only, so it is parked: kept in mind, never printed"
DECISIONS: tuple[Decision, ...] = tuple(one for one in get_args(Decision) if one)
UNDECIDED = "open"
ASK_WHO = "Would colleagues know who said this?"


class TrendsRoom(TeamRoom):
    """The themes by their numbers, stated or not."""

    name = "trends"
    title = "Trends"
    step = "trends"
    stage = debrief.STAGE
    about = (
        "Each theme is stated in one plain sentence: what was seen, across rooms. Only then, and "
        "in light of the inquiry, can the team say asset or need. A trend rests on at least two "
        "classrooms; what was seen in one is parked, kept in mind and never printed."
    )

    def open(self) -> None:
        """Say the step and the trends."""
        _ = self.desk.walk
        self.say_step()
        self.stand()

    def stand(self) -> None:
        """Every theme, as far as it is stated."""
        table = self._table
        for place, view in enumerate(table.themes, 1):
            self.say(f"{place}. {_line(view)}")
        if not table.themes:
            self.say("No themes yet. Group the notes first: back goes to the pool and the themes.")
        asked = coverage.questions(self.desk, table)
        if table.themes and asked:
            self.say(f"What may be missing: {len(asked)} to ask; missing says them.")

    @property
    def _table(self) -> Table:
        return debrief.table(self.desk)

    # Words

    def words(self) -> Sequence[Word]:
        """Stating, deciding, saying more, and the way on."""
        return [
            Word("state", "state theme T in one plain sentence", self._state, "T WORDS"),
            Word("asset", "asset, in light of the inquiry", self._deciding("asset"), "T"),
            Word("need", "need, in light of the inquiry", self._deciding("need"), "T"),
            Word("neither", "neither asset nor need yet", self._deciding(""), "T"),
            Word("evidence", "say the notes for it and against it", self._evidence, "T"),
            Word(
                "example", "note N is an example for the staff, or no longer", self._example, "T N"
            ),
            Word("against", "note N runs against theme T, or no longer", self._against, "T N"),
            Word("lens", "what a lens adds", self._more("lens_remarks"), "T WORDS"),
            Word("know", "what we would need to see or ask", self._more("to_know"), "T WORDS"),
            Word("practice", "keep, strengthen or reconsider it, or open", self._practice, "T HOW"),
            Word("takeback", "take the statement back; the theme stays", self._take_back, "T"),
            Word("missing", "questions about what may be missing", self._missing),
            *super().words(),
        ]

    def _of(self, said: str) -> tuple[ThemeView, str]:
        first, _, rest = said.partition(" ")
        themes = self._table.themes
        place = number_in(first, len(themes))
        if place is None:
            raise Refused("Say a theme by its number.", "An empty line says them all.")
        return themes[place - 1], rest.strip()

    def _stated(self, said: str) -> tuple[ThemeView, Trend, str]:
        view, rest = self._of(said)
        if view.trend is None:
            raise Refused(
                "This theme is not stated yet: description comes first.",
                "Say state and its number.",
            )
        return view, view.trend, rest

    def _state(self, said: str) -> None:
        view, rest = self._of(said)
        now = view.trend.statement if view.trend else ""
        self.say(f"{view.name}, {of_visits(view.spread.visits)}.")
        place = f"state:{view.theme.id}"
        words = rest or self.ask(
            "In plain words, what was seen, across rooms?",
            "Such as: Students …",
            now=now,
            place=place,
        )
        if words is None:
            return

        def save() -> None:
            trend = stating.state_trend(self.desk, view.theme, words)
            if trend.parked:
                self.say(f"Stated, but {PARKED}.")
                return
            self.say("Trend stated.", *_stays(self, trend))
            for _, _, advice in stating.advice(self.desk, trend.statement, typing=False)[:1]:
                self.say(f"Wording: {spoken(advice)}")

        self.save_words(place, words, save)

    def _deciding(self, polarity: Polarity) -> Callable[[str], None]:
        def act(said: str) -> None:
            _, trend, _ = self._stated(said)
            stating.decide(self.desk, trend, polarity)
            self.say(f"{polarity.capitalize() or 'Neither asset nor need'}: {trend.statement}")

        return act

    def _more(self, field: str) -> Callable[[str], None]:
        def act(said: str) -> None:
            view, trend, rest = self._stated(said)
            place = f"to_know:{trend.id}" if field == "to_know" else f"more:{view.theme.id}"
            words = rest or self.ask(
                "In words", "Type it in one line.", now=getattr(trend, field), place=place
            )
            if words is not None:
                self.save_words(place, words, lambda: self._keep(trend, {field: words}))

        return act

    def _keep(self, trend: Trend, changed: dict[str, str]) -> None:
        told = stating.say_more(
            self.desk,
            trend,
            lens_remarks=changed.get("lens_remarks", trend.lens_remarks),
            to_know=changed.get("to_know", trend.to_know),
            decision=cast("Decision", changed.get("decision", trend.decision)),
        )
        self.say(*(_stays(self, told) or ["Kept with the trend."]))

    def _practice(self, said: str) -> None:
        _, trend, how = self._stated(said)
        if trend.parked:
            raise Refused(f"It was {PARKED}.", "More evidence makes it a trend.")
        if how not in (*DECISIONS, UNDECIDED):
            raise Refused(
                "Say what is to become of the practice.", f"{', '.join(DECISIONS)}, open."
            )
        self._keep(trend, {"decision": "" if how == UNDECIDED else how})

    def _take_back(self, said: str) -> None:
        _, trend, _ = self._stated(said)
        stating.take_back(self.desk, trend)
        self.say("Statement taken back. undo brings it back.")

    def _missing(self, _: str) -> None:
        asked = coverage.questions(self.desk, self._table)
        self.say(*(asked or ["Nothing stands out as missing. Ask the team as well."]))

    # Evidence

    def _evidence(self, said: str) -> None:
        view, _ = self._of(said)
        self.say(f"{_line(view)}")
        theme, chosen = view.theme.id, view.trend.examples if view.trend else ()
        for place, one in enumerate(view.notes, 1):
            kind = "wonders" if one.note.note_kind == "wondering" else "supports it"
            kind = "runs against it" if theme in one.contrary_in else kind
            example = ", example" if one.note.id in chosen else ""
            self.say(f"{place}. {kind}{example}: {one_line(one.words)}")
        if trend := view.trend:
            for name, words in (("Through a lens", trend.lens_remarks), ("To know", trend.to_know)):
                self.say(*([f"{name}: {words}"] if words else []))

    def _note(self, view: ThemeView, said: str) -> PoolNote:
        place = number_in(said, len(view.notes))
        if place is None:
            raise Refused("Say a note by its number.", "evidence says them with their numbers.")
        return view.notes[place - 1]

    def _example(self, said: str) -> None:
        view, trend, rest = self._stated(said)
        one = self._note(view, rest)
        if trend.parked:
            raise Refused(f"It was {PARKED}.", "Examples are for what is printed.")
        if one.note.speech and one.note.id not in trend.examples:
            self.say(one_line(one.words))
            said_so = self.ask(f"{ASK_WHO} yes or no", "yes leaves it out, no chooses it.")
            if said_so is None or said_so.casefold() not in ("n", "no"):
                self.say("Left out.")
                return
        changed = stating.choose_example(self.desk, trend, one.note)
        self.say(f"{len(changed.examples)} of {stating.EXAMPLES_MOST} examples are chosen.")

    def _against(self, said: str) -> None:
        view, rest = self._of(said)
        runs = debrief.turn_contrary(self.desk, self._note(view, rest).note, view.theme)
        self.say("Runs against the theme." if runs else "Supports the theme.")


def _stays(room: TrendsRoom, trend: Trend) -> list[str]:
    """What in a trend looks like a name, so that it is not printed yet."""
    stays = door.not_printed(room.desk, trend)
    return [f"{stays.removesuffix(' (summary)')}; names, on Home."] if stays else []


def _line(view: ThemeView) -> str:
    trend = view.trend
    if trend is None:
        return f"Not stated yet, theme {view.name}: {counts(view)}."
    how = "parked" if trend.parked else trend.polarity or "neither asset nor need yet"
    practice = f", the practice: {trend.decision}" if trend.decision else ""
    return f"{how}: {one_line(trend.statement)} ({counts(view)}{practice})"
