"""Readiness: the focus meeting, what has to stand before a walk, and what was agreed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from walk.model import NO_LEGAL_STATUS, QuietDays
from walk.routine.planning import prepare, ready
from walk.routine.planning.ready import ReadyLine
from walk.screens.ask import Ask, Values
from walk.screens.dialogs import ReadDialog
from walk.screens.over import open_over
from walk.screens.pick import PickScreen
from walk.screens.planning.concerns import ConcernedScreen
from walk.screens.planning.prepare_rows import with_unsaved
from walk.screens.planning.ready_rows import (
    Before,
    date_hint,
    on_names,
    quiet_asks,
    ready_asks,
    rows,
)
from walk.widgets.choice_list import Choice
from walk.widgets.dates import short_date

MEETING = frozenset({"meeting", "may_ask", "change", "confirmed"})
"""Kinds of rows that are about the focus meeting."""
ADDS = {"quiet": "quiet days, such as a test week", "may_ask": "what visitors may ask students"}
"""What can be added, by the kind of row."""
KEEP_NOTE = "Raw notes are cleared on this date; the summary stays."
RULES = frozenset({"who_sees_raw", "talk_spot"})
"""Agreements in words that are rules of the walk."""
WORDS: dict[str, tuple[str, str, str]] = {
    "who_sees_raw": ("Who may see raw notes", "a group, such as: the walkers of this walk", ""),
    "local_agreement": (
        "The local agreement that this walk is held under",
        "such as: article 12 of the local agreement",
        NO_LEGAL_STATUS,
    ),
    "whom_to_tell": (
        "Whom a teacher tells when a wording is not what was agreed",
        "a role, such as: the union representative",
        "",
    ),
    "talk_spot": ("Where hall talks are held", "away from doors and ears", ""),
}
"""Agreements in words: title, hint and note, by the name of the field."""


class ReadyScreen(ConcernedScreen):
    """Every line of what comes before a walk; Enter changes the marked one in place."""

    CSS_PATH = "ready.tcss"
    name_in_app = "ready"
    stage = prepare.STAGE
    heading = "Prepare · before the walk"
    HELP_WORDS = (
        "Here stands what comes before a walk: what the focus meeting agreed, what has to be "
        "ready, how notes are used, and the days on which no walk should be.\n"
        "What is not yet ready asks for a reason, which the teachers can read. Nothing here stops "
        "a walk.\n"
        f"{NO_LEGAL_STATUS}"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "back", id="ready.back", tooltip="Back to Prepare"),
        Binding("y", "so", "it is so", id="ready.so", tooltip="The marked line is ready, today"),
        Binding("n", "not_yet", "not yet", id="ready.not", tooltip="Not ready yet, and why"),
        Binding("a", "add", "add", id="ready.add", tooltip="Add quiet days, or a question"),
        Binding(
            "x",
            "take_out",
            "take out",
            id="ready.out",
            tooltip="Take out quiet days or a question, or drop words that are not saved",
        ),
        Binding("u", "undo", "undo", id="ready.undo", tooltip="Undo the last change of the plan"),
        Binding("z,r", "redo", "redo", id="ready.redo", tooltip="Do again what was undone"),
    ]

    before: Before

    def read_rows(self) -> Sequence[Choice]:
        """Read everything that comes before the walk."""
        desk = self.desk
        self.before = Before(
            walk=desk.walk,
            rules=desk.rules,
            focus=prepare.focus(desk),
            meeting=ready.meeting(desk),
            agreements=ready.agreements(desk),
            readiness=ready.readiness(desk),
            concerns=self.read_concerns(),
        )
        return with_unsaved(rows(self.before, desk.today()), self.unsaved())

    def action_back(self) -> None:
        """Back to the page that led here."""
        self.go("prepare", "meeting" if self.marked()[0] in MEETING else "ready")

    # Changing the marked line

    def change(self, kind: str, id: str) -> None:
        """Change a line in place."""
        of_one: dict[str, Callable[[str], None]] = {
            "meeting": self._ask_meeting,
            "may_ask": self._ask_may_ask,
            "change": self._read_change,
            "ready": self._ask_ready,
            "quiet": self._ask_quiet,
        }
        plain: dict[str, Callable[[], None]] = {
            "confirmed": partial(self.go, "prepare", "confirmation"),
            "keep": self._ask_keep,
            "type_in_room": self._pick_in_room,
            "individual_notes": self._pick_notes,
            "notice_days": self._ask_days,
            "given": self._ask_given,
        }
        if kind.startswith("again"):
            self._look_at(id)
        elif kind in of_one:
            of_one[kind](id)
        elif kind in plain:
            plain[kind]()
        elif kind in WORDS:
            self._ask_words(kind)

    def _look_at(self, at: str) -> None:
        """Where what does not fit can be changed."""
        if at == "date":
            self.go("prepare", "date")
        else:
            self.change(at, "")

    # The focus meeting

    def _ask_meeting(self, part: str) -> None:
        held = self.before.meeting
        asks = {
            "date": Ask(
                "When was it held?", held.date, hint=date_hint(self.desk.today()), one_row=True
            ),
            "groups": Ask(
                "Which groups met, with commas between",
                ", ".join(held.groups),
                hint="such as: the grade 6 team, a building administrator",
                advise=on_names,
            ),
            "agreed": Ask("What was agreed about focus and inquiry", held.agreed),
            "not_visited": Ask(
                "What the teachers do not want visited",
                held.not_visited,
                hint="such as: tests, conferences with one student",
            ),
        }
        if part not in asks:
            return

        def save(values: Values) -> None:
            given: dict[str, Any] = {part: values[0]}
            ready.record_meeting(self.desk, **given)

        self.ask(f"meeting {part}", "Focus meeting", [asks[part]], save)

    def _ask_may_ask(self, rest: str) -> None:
        held = self.before.meeting.may_ask
        place = int(rest) if rest.isdigit() and int(rest) < len(held) else len(held)
        words = held[place] if place < len(held) else ""

        def save(values: Values) -> None:
            wanted = (*held[:place], values[0], *held[place + 1 :])
            ready.record_meeting(self.desk, may_ask=wanted)

        ask = Ask(
            "A question that visitors may ask students",
            words,
            hint="such as: What are you learning?",
        )
        note = "Asked quietly, and never while the teacher talks to the class."
        title = "What visitors may ask"
        self.ask(f"may_ask {rest}", title, [ask], save, note=note)

    def _read_change(self, rest: str) -> None:
        changes = self.before.focus.changes
        if rest.isdigit() and int(rest) < len(changes):
            one = changes[int(rest)]
            on = short_date(one.on, self.desk.today())
            title = f"Changed on {on}; until then the host teachers had confirmed:"
            self.app.push_screen(ReadDialog(title, one.before))

    # Readiness

    def _line(self, key: str) -> ReadyLine | None:
        return next((one for one in self.before.readiness if one.key == key), None)

    def _ask_ready(self, key: str, *, not_yet: bool = False) -> None:
        line = self._line(key)
        if line is None:
            return

        def save(values: Values) -> None:
            reason, who, on = values
            done = not (reason or not_yet)
            ready.say_ready(self.desk, key, done=done, reason=reason, who=who, on=on)

        asks = ready_asks(line, not_yet=not_yet, label=self.desk.label, today=self.desk.today())
        self.ask(f"ready {key}", "Readiness", asks, save, note=line.words)

    def action_so(self) -> None:
        """The marked prerequisite is so: said today, by whoever writes."""
        kind, key = self.marked()
        with self.told():
            if kind != "ready":
                self.say("Mark a line of readiness to say how it stands")
                return
            ready.say_ready(self.desk, key, done=True)
            self.reload()
            self.say_saved("Ready")

    def action_not_yet(self) -> None:
        """Ask why the marked prerequisite is not yet so."""
        kind, key = self.marked()
        with self.told():
            if kind == "ready":
                self._ask_ready(key, not_yet=True)
            else:
                self.say("Mark a line of readiness to say how it stands")

    # Agreements

    def _ask_keep(self) -> None:
        walk = self.before.walk

        def save(values: Values) -> None:
            prepare.describe_walk(
                self.desk, host_school=walk.host_school, date=walk.date, keep_until=values[0]
            )

        ask = Ask(
            "", walk.keep_until, hint=date_hint(self.desk.today(), prepare.KEEP_DAYS), one_row=True
        )
        self.ask("keep", "Keep until", [ask], save, note=KEEP_NOTE)

    def _ask_words(self, kind: str) -> None:
        title, hint, note = WORDS[kind]
        held = self.before.rules if kind in RULES else self.before.agreements
        advise = on_names if kind == "whom_to_tell" else None

        def save(values: Values) -> None:
            given: dict[str, Any] = {kind: values[0]}
            ready.agree(self.desk, **given)

        ask = Ask("", str(getattr(held, kind)), hint=hint, advise=advise)
        self.ask(kind, title, [ask], save, note=note)

    def _ask_days(self) -> None:
        held = self.before.agreements.notice_days

        def save(values: Values) -> None:
            ready.agree(self.desk, notice_days=ready.days_of(values[0]))

        ask = Ask("", str(held) if held else "", hint="such as 7; empty: none", one_row=True)
        self.ask("notice_days", "Days of notice that were agreed", [ask], save)

    def _ask_given(self) -> None:
        def save(values: Values) -> None:
            ready.agree(self.desk, notice_given=values[0])

        held = self.before.rules.notice_given
        ask = Ask("", held, hint=f"{date_hint(self.desk.today())}; empty: not yet", one_row=True)
        self.ask("given", "When the teachers were told", [ask], save)

    def _pick_in_room(self) -> None:
        words = ready.IN_ROOM_WORDS
        choices = [Choice("yes", words[True]), Choice("no", words[False])]

        def picked(id: str) -> None:
            ready.agree(self.desk, type_in_room=id == "yes")
            self._saved(words[id == "yes"])

        mark = "yes" if self.before.rules.type_in_room else "no"
        self._pick("In the room", choices, picked, mark=mark, note="The notice prints it.")

    def _pick_notes(self) -> None:
        words = ready.NOTES_WORDS
        choices = [Choice("no", words[False]), Choice("yes", words[True])]

        def picked(id: str) -> None:
            ready.agree(self.desk, individual_notes=id == "yes")
            self._saved(words[id == "yes"])

        mark = "yes" if self.before.agreements.individual_notes else "no"
        self._pick("A note to one teacher", choices, picked, mark=mark)

    def _pick(
        self,
        title: str,
        choices: Sequence[Choice],
        picked: Callable[[str], None],
        *,
        mark: str = "",
        note: str = "",
    ) -> None:
        def closed(found: str | None) -> None:
            if found is not None:
                with self.told():
                    picked(found)

        open_over(self, PickScreen(title, choices, mark=mark, note=note), closed)

    def _saved(self, words: str) -> None:
        self.reload()
        self.say_saved(words)

    # Quiet days

    def _quiet(self, rest: str) -> QuietDays | None:
        held = self.before.agreements.quiet_days
        return held[int(rest)] if rest.isdigit() and int(rest) < len(held) else None

    def _ask_quiet(self, rest: str) -> None:
        quiet = self._quiet(rest)

        def save(values: Values) -> None:
            ready.set_quiet(self.desk, quiet, *values)

        self.ask(
            f"quiet {rest}",
            "Days on which no walk should be",
            quiet_asks(quiet, self.desk.today()),
            save,
        )

    # Adding and taking out

    def action_add(self) -> None:
        """Add one more of what is marked; elsewhere ask what to add."""
        kind, _ = self.marked()
        with self.told():
            if not kind:
                self.reload()  # it says why there is nothing to add to
            elif kind in ADDS:
                self.change(kind, "new")
            else:
                choices = [Choice(one, words) for one, words in ADDS.items()]
                self._pick("Add", choices, lambda one: self.change(one, "new"))

    def action_take_out(self) -> None:
        """Drop unsaved words, else take out the marked question or quiet days."""
        kind, rest = self.marked()
        with self.told():
            if self.drop_unsaved():
                return
            if kind == "quiet" and (quiet := self._quiet(rest)):
                ready.drop_quiet(self.desk, quiet)
            elif kind == "may_ask" and rest.isdigit():
                asked = self.before.meeting.may_ask
                wanted = [words for place, words in enumerate(asked) if place != int(rest)]
                ready.record_meeting(self.desk, may_ask=wanted)
            else:
                self.say("Mark quiet days or a question to take it out")
                return
            self.reload()
            self.say_saved("Taken out; u brings it back")
