"""The timed steps of the debrief: their minutes, what is read aloud at each, and the stop words.

It knows no clock and no walk: minutes and totals are given. Nothing here ever goes on by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

NOBODY_IS_JUDGED = "Speak of what was seen and heard, never of the person who was seen."


@dataclass(frozen=True, slots=True)
class ProtocolStep:
    """One step of the debrief."""

    id: str
    title: str
    """What is done, as the title line says it."""
    minutes: int
    """Whole minutes in a debrief of 45."""
    prompts: tuple[str, ...]
    """What the facilitator reads aloud."""
    optional: bool = False
    whole: bool = False
    """Never shortened."""


STEPS: tuple[ProtocolStep, ...] = (
    ProtocolStep(
        "norms",
        "Inquiry and norms",
        2,
        (
            "Read the inquiry aloud, word for word. It is the host teachers' question.",
            NOBODY_IS_JUDGED,
            "Description first: no verdicts, and no solutions before the last step.",
            "Notes have no authors here. Everyone speaks; nobody defends a note.",
        ),
    ),
    ProtocolStep(
        "predict",
        "What do we expect?",
        3,
        (
            "What do we expect the notes to say about the inquiry?",
            "If you were a student in these rooms and did all that was asked, what would you "
            "learn?",
            "Later, look back: what was not as we expected?",
        ),
        optional=True,
    ),
    ProtocolStep(
        "read",
        "Silent read",
        7,
        (
            "Read in silence, noticings first, then wonderings. Nobody explains a note.",
            "Mark what you want to say aloud.",
        ),
        whole=True,
    ),
    ProtocolStep(
        "describe",
        "Describe only",
        8,
        (
            "Go round, one thing each: “I read …”, “I saw …”, “I heard …”. Whoever has nothing "
            "to add passes.",
            "What did students say, do, write? What was the task asking of them?",
            "What else did anyone see about that?",
            "Who took part, and how? What did the teacher do just before?",
            "What did each lens show?",
        ),
        whole=True,
    ),
    ProtocolStep(
        "group",
        "Group like with like",
        10,
        (
            "Put like with like, across classrooms.",
            "Name each group in plain descriptive words: what was seen, not how good it was.",
            "Keep the odd ones, and what runs the other way, in view.",
        ),
    ),
    ProtocolStep(
        "trends",
        "State trends",
        5,
        (
            "Say each trend in one plain sentence. In light of the inquiry: asset or need?",
            "In how many classrooms was it seen? Where does the evidence run the other way?",
            "What are we assuming?",
        ),
    ),
    ProtocolStep(
        "wonderings",
        "Wonderings",
        3,
        (
            "Which wonderings go with each trend? Say them as real questions.",
            "What would it take to know? What would we need to see, or whom to ask?",
        ),
    ),
    ProtocolStep(
        "next",
        "Next steps and support",
        7,
        (
            "At each level: who does what by when, and with what support?",
            "What do the host teachers want to try? They design it with us.",
            "What will we look for, to know whether it helped?",
        ),
    ),
)
"""In their order. The minutes are those of a debrief of 45."""

IDS: tuple[str, ...] = tuple(one.id for one in STEPS)
USUAL: Mapping[str, int] = {one.id: one.minutes for one in STEPS}
TOTAL = sum(USUAL.values())
"""Minutes of the whole, when nothing was changed: 45."""
SHARED = ("group", "trends", "wonderings", "next")
"""The steps that give minutes when time runs short, each in proportion."""
KEPT = sum(USUAL[one] for one in ("norms", "read", "describe"))
LEAST = KEPT + len(SHARED)
"""Minutes below which no debrief is planned: silent read and describe stay whole."""
NEXT_MOST = 20
"""With more time next steps get it first, up to so many minutes."""


def step(id: str) -> ProtocolStep:
    """The step of that id; KeyError for none."""
    return STEPS[number(id) - 1]


def number(id: str) -> int:
    """Its place, from 1; KeyError for none."""
    if id not in IDS:
        raise KeyError(id)
    return IDS.index(id) + 1


# Minutes


def shorten(total: int) -> dict[str, int]:
    """Minutes of each step, so that all come to `total` minutes.

    Silent read and describe are never shortened. What do we expect goes first, minute by minute;
    then grouping, trends, wonderings and next steps give in proportion, down to a minute each. A
    longer debrief gives next steps more time first. Below `LEAST` the minutes come to `LEAST`.
    """
    minutes = dict(USUAL)
    if total >= TOTAL:
        _lengthen(minutes, total - TOTAL)
        return minutes
    minutes["predict"] = max(0, USUAL["predict"] - (TOTAL - total))
    left = max(total - KEPT - minutes["predict"], len(SHARED))
    minutes.update(dict.fromkeys(SHARED, 1))
    for _ in range(left - len(SHARED)):
        # One minute at a time to whom it is furthest short: no step ever loses by a longer total.
        lean = min(SHARED, key=lambda one: ((minutes[one] + 0.5) / USUAL[one], SHARED.index(one)))
        minutes[lean] += 1
    return minutes


def _lengthen(minutes: dict[str, int], more: int) -> None:
    first = min(more, NEXT_MOST - minutes["next"])
    minutes["next"] += first
    each, rest = divmod(more - first, len(SHARED))
    for place, one in enumerate(SHARED):
        minutes[one] += each + (place < rest)


def with_edits(total: int, edited: Mapping[str, int]) -> dict[str, int]:
    """The minutes of `shorten`, with those that the team set for a step in their place."""
    return {**shorten(total), **{one: edited[one] for one in IDS if one in edited}}


@dataclass(frozen=True, slots=True)
class Shortened:
    """A step that has other minutes than usual."""

    step: str
    usual: int
    minutes: int

    @property
    def words(self) -> str:
        """Which step, and by how much: "group like with like 5 min instead of 10"."""
        title = step(self.step).title
        if not self.minutes:
            return f"“{title}” is left out (usually {self.usual} min)"
        return f"“{title}” {self.minutes} min instead of {self.usual}"


def changed(minutes: Mapping[str, int]) -> list[Shortened]:
    """The steps whose minutes are not the usual ones, in their order."""
    return [
        Shortened(one, USUAL[one], minutes[one])
        for one in IDS
        if minutes.get(one, USUAL[one]) != USUAL[one]
    ]


def told(total: int, minutes: Mapping[str, int]) -> list[str]:
    """What is to be said of these minutes: which step was shortened and by how much, a line each.

    `total` is what was asked for; nothing is said of a usual debrief.
    """
    others = changed(minutes)
    lines = [one.words for one in others if one.minutes < one.usual]
    if lines:
        whole = [step(one).title.lower() for one in ("read", "describe") if _whole(minutes, one)]
        if whole:
            lines.append(f"Whole: {' and '.join(whole)}")
    lines += [one.words for one in others if one.minutes > one.usual]
    come = sum(minutes[one] for one in IDS)
    if come != total:
        lines.append(f"All steps take {come} min; {total} were planned.")
    return lines


def _whole(minutes: Mapping[str, int], id: str) -> bool:
    return minutes[id] >= USUAL[id]


def spent_words(spent: int, minutes: int) -> str:
    """How long a step has gone on: "8 of 10 min", then "10 of 10 min", then "over by 2 min"."""
    if spent <= minutes:
        return f"{spent} of {minutes} min"
    return f"over by {spent - minutes} min"


# Going on


def after(id: str, minutes: Mapping[str, int]) -> str:
    """The step that follows, past optional ones that have no minutes; nothing after the last."""
    return next((one for one in IDS[number(id) :] if _is_held(one, minutes)), "")


def before(id: str, minutes: Mapping[str, int], first: str = "") -> str:
    """The step before, not before `first`; nothing before the first one."""
    start = number(first) - 1 if first else 0
    earlier = IDS[start : max(start, number(id) - 1)]
    return next((one for one in reversed(earlier) if _is_held(one, minutes)), "")


def _is_held(id: str, minutes: Mapping[str, int]) -> bool:
    return not (step(id).optional and not minutes[id])


# The stop on "because"

_STOPS = (
    r"\b(?:because|due to|in order to|it seem(?:s|ed)|seem(?:s|ed) (?:like|to)|it appear(?:s|ed)"
    r"|appear(?:s|ed) to|(?:this|that|which|it) (?:shows?|showed|means?|meant|suggests?|suggested"
    r"|proves?|proved|implies|implied)|probably|obviously|clearly|I (?:think|feel|believe|guess)"
    r"|must have|should have|could have)\b"
)
# An apostrophe ends no quotation; nothing here is tried twice, however many quotes a text holds.
_QUOTED = (
    r"“[^”]*+(?:”|$)|„[^“”]*+(?:[“”]|$)|«[^»]*+(?:»|$)|\"[^\"]*+(?:\"|$)"
    r"|(?<!\w)['‘](?=\w)[^'’]*+(?:(?<=\w)['’](?=\w)[^'’]*+)*+(?:['’]|\Z)"
    r"|^[ \t]*+(?:T|Ss|[TS]\d*+)[ \t]*+:.*$"
)
"""What somebody else said: between quotation marks, or behind T: and S: to the end of the line."""


@cache
def _rules() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Stops and quotations; made when first asked, so that a start does not wait for them."""
    stops = re.compile(_STOPS.replace(" ", r"\s+"), re.IGNORECASE)
    return stops, re.compile(_QUOTED, re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Stop:
    """Words at which the facilitator stops, and where they stand."""

    words: str
    start: int
    end: int
    """Characters of the text, as a slice takes them."""
    line: str = field(default="", compare=False)
    """What is said: a question, never a verdict."""


def stop_at(text: str) -> Stop | None:
    """The first stop word outside of what is quoted; None where there is none."""
    stops, quoted = _rules()
    plain = quoted.sub(lambda found: " " * len(found.group()), text)
    found = stops.search(plain)
    if found is None:
        return None
    words = " ".join(text[found.start() : found.end()].split())
    line = f"stop at “{words}”: what did you see or hear?"
    return Stop(words, found.start(), found.end(), line)


def stop_words(text: str) -> str:
    """One line of advice where a text explains instead of describing; nothing where it does not."""
    found = stop_at(text)
    return found.line if found else ""
