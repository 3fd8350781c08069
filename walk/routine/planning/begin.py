"""Beginning a small walk: what was chosen and typed so far, kept whole until the walk starts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from walk.errors import Refused, TemplateError
from walk.focus import (
    ABOUT,
    LOOK_FORS_FEWEST,
    LOOK_FORS_MOST,
    About,
    LookForTemplate,
    Template,
    read_template,
    template_paths,
)
from walk.model import MODE_WORDS, Confirmation, Mode
from walk.routine.dates import iso_date
from walk.routine.desk import Desk
from walk.routine.planning import prepare

OWN = "own"
"""Chosen in place of a template: the teachers' own focus."""
VISITS_USUAL = 3


@dataclass(frozen=True, slots=True)
class Wording:
    """A focus as it is to be; begun from a template, or empty, and then changed at will."""

    statement: str = ""
    inquiry: str = ""
    look_fors: tuple[LookForTemplate, ...] = ()
    caution: str = ""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What was chosen and typed so far. A change gives a new one; nothing typed is dropped."""

    chosen: str = ""
    """OWN, the id of a template, or nothing while nothing is chosen."""
    wordings: dict[str, Wording] = field(default_factory=dict)
    """What was made of each choice, so that looking at another one loses nothing."""
    visits: int = VISITS_USUAL
    learning: str = ""
    no_learning_reason: str = ""
    how: str = ""
    """How the host teachers confirmed; empty while they have not."""
    on: str = ""
    """When, as typed."""
    how_many: str = ""
    """How many teachers, as typed."""
    mode: Mode = "in_person"
    host_school: str = ""
    label: str = prepare.ME
    pending: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Look-fors still being written, by their place in the list: name, question, about."""

    @property
    def wording(self) -> Wording:
        """The wording of what is chosen."""
        return self.wordings.get(self.chosen, Wording())

    def choose(self, template: Template | None) -> Beginning:
        """Choose a template, or (None) the teachers' own focus; words typed for it are kept."""
        if template is None:
            return replace(self, chosen=OWN, wordings={OWN: Wording(), **self.wordings})
        fresh = Wording(template.focus, template.inquiry, template.look_fors, template.caution)
        wordings = {**self.wordings, template.id: self.wordings.get(template.id, fresh)}
        return replace(self, chosen=template.id, wordings=wordings)

    def reword(self, **changes: Any) -> Beginning:
        """Other words for what is chosen: statement, inquiry or look_fors."""
        changed = replace(self.wording, **changes)
        return replace(self, wordings={**self.wordings, self.chosen: changed})

    def type_digit(self, digit: int, *, first: bool) -> Beginning:
        """A digit of the number of classrooms: the first one replaces it, others join it."""
        joined = digit if first else self.visits * 10 + digit
        return replace(self, visits=joined if joined <= prepare.VISITS_MOST else digit)

    def with_visits(self, visits: int) -> Beginning:
        """Another number of classrooms, held within what a walk can visit."""
        return replace(self, visits=max(0, min(visits, prepare.VISITS_MOST)))

    def hold(self, key: str, values: Sequence[str]) -> Beginning:
        """Keep a look-for that is still being written; no values forget it."""
        pending = {name: one for name, one in self.pending.items() if name != key}
        return replace(self, pending={**pending, key: tuple(values)} if values else pending)

    def small_walk(self, today: str) -> prepare.SmallWalk:
        """What the walk is begun with; `today` is the ISO date a confirmation has by default."""
        if self.pending:
            raise Refused(
                "A look-for is still being written.",
                "Open Look-fors: Enter saves it, x takes it out.",
            )
        confirmation = None
        if self.how.strip():
            on = iso_date(self.on or today, "when it was confirmed")
            confirmation = Confirmation(how=self.how, on=on, how_many=count_of(self.how_many))
        return prepare.SmallWalk(
            statement=self.wording.statement,
            visits=self.visits,
            template="" if self.chosen == OWN else self.chosen,
            inquiry=self.wording.inquiry,
            look_fors=self.wording.look_fors,
            professional_learning=self.learning,
            no_learning_reason=self.no_learning_reason,
            confirmation=confirmation,
            mode=self.mode,
            host_school=self.host_school,
            label=self.label,
            caution=self.wording.caution,
        )

    def to_json(self) -> str:
        """All of it as JSON text, for the draft."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Beginning:
        """What `to_json` wrote; a fresh one for anything that cannot be read."""
        try:
            return _read(json.loads(text))
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
            return cls()


def _read(read: dict[str, Any]) -> Beginning:
    wordings = {
        str(key): Wording(
            str(one["statement"]),
            str(one["inquiry"]),
            tuple(_look_for(look_for) for look_for in one["look_fors"]),
            str(one["caution"]),
        )
        for key, one in read["wordings"].items()
    }
    mode = read["mode"] if read["mode"] in MODE_WORDS else "in_person"
    return Beginning(
        chosen=str(read["chosen"]),
        wordings=wordings,
        learning=str(read["learning"]),
        no_learning_reason=str(read["no_learning_reason"]),
        how=str(read["how"]),
        on=str(read["on"]),
        how_many=str(read["how_many"]),
        mode=cast(Mode, mode),
        host_school=str(read["host_school"]),
        label=str(read["label"]),
        pending={
            str(key): (str(one[0]), str(one[1]), str(one[2]))
            for key, one in read["pending"].items()
        },
    ).with_visits(int(read["visits"]))


def _look_for(read: dict[str, Any]) -> LookForTemplate:
    return LookForTemplate(str(read["name"]), str(read["text"]), about_of(str(read["about"])))


def about_of(text: str) -> About:
    """What a look-for is about, from its stored word; students where that says nothing."""
    return next((one for one in ABOUT if one == text), "students")


def count_of(text: str) -> int | None:
    """How many teachers, from what was typed; None when nothing was."""
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 4 and int(text)):
        raise Refused(
            "How many teachers confirmed is a whole number.", "Leave it empty if nobody counted."
        )
    return int(text)


def advice_on_look_fors(look_fors: Sequence[LookForTemplate]) -> tuple[tuple[bool, str, str], ...]:
    """How a list of look-fors stands: (stands well, point, words); it blocks nothing."""
    count = len(look_fors)
    fits = LOOK_FORS_FEWEST <= count <= LOOK_FORS_MOST
    wanted = f"{LOOK_FORS_FEWEST} to {LOOK_FORS_MOST} look-fors"
    words = f"{wanted} are enough to point the eyes; here are {count}."
    students = any(one.about == "students" for one in look_fors)
    return (
        (fits, wanted, words),
        (students, "students in view", "None is about what students do, say or write."),
    )


def templates(own: Path | None) -> tuple[tuple[Template, ...], tuple[str, ...]]:
    """Every focus template that can be read, and what is wrong with those that cannot."""
    problems: list[str] = []
    try:
        paths = template_paths(own)
    except TemplateError as problem:
        problems.append(str(problem))
        paths = template_paths(None)
    found = []
    for path in paths.values():
        try:
            found.append(read_template(path))
        except TemplateError as problem:
            problems.append(str(problem))
    return tuple(found), tuple(problems)


# The draft


def taken_up(desk: Desk) -> Beginning | None:
    """The walk that was being begun when the wizard was left, or None."""
    draft = next((one for one in desk.store.drafts() if one.place == prepare.BEGIN_DRAFT), None)
    return Beginning.from_json(draft.extra) if draft else None


def keep(desk: Desk, beginning: Beginning, words: str) -> None:
    """Store what was typed so far; `words` say to a person what it is."""
    desk.keep_draft(prepare.BEGIN_DRAFT, words.strip() or "a focus was chosen", beginning.to_json())


def forget(desk: Desk) -> None:
    """Nothing is being begun any more."""
    desk.keep_draft(prepare.BEGIN_DRAFT, "")


def start(desk: Desk, beginning: Beginning) -> str:
    """Begin the walk, put it on the desk and return its id; the draft has done its work."""
    small = beginning.small_walk(desk.today().isoformat())
    return prepare.begin(desk, small, draft_done=prepare.BEGIN_DRAFT)
