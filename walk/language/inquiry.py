"""Advice on how an inquiry is formed, while it is typed.

The patterns look at the form of English words and can be wrong, so each leans towards saying
nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from walk.language.check import check
from walk.language.names import find_names
from walk.text import one_line

_JUDGES = frozenset(("praise", "deficit", "rating"))
_SHOWN_LONGEST = 22  # cells of the judging words repeated in advice


@dataclass(frozen=True, slots=True)
class Advice:
    """How one point of form stands in an inquiry. It advises and blocks nothing."""

    ok: bool
    point: str
    """What it is about, fit for a label."""
    words: str
    """At most 76 characters, so that they stand whole on a screen of 80 columns."""


_FINE = {
    "start": "Begins as the teachers' own question.",
    "open": "Stays open: many answers are possible.",
    "one practice": "Looks at one practice.",
    "purpose": "Says what the practice is for.",
    "no target": "Sets no number to reach.",
    "no person": "No name caught the eye.",
    "no verdict": "No judging word caught the eye.",
}

_START = r"in what ways (?:am i|are we)\b"
_CLOSED = r"(?:am|are|is|was|were|do|does|did|have|has|can|could|will|would|should|might) "
_WHO = (
    r"(?:(?:all|every|each|more|my|our|the|these|multilingual|of) ){0,3}"
    r"(?:students?|learners?|child(?:ren)?|class|everyone|them|they|pairs|groups|peers)\b"
)
_SO_THAT = (
    rf"\b(?:so that|in order (?:to|that|for)|so {_WHO}|for {_WHO} to"
    rf"|to (?:help|let|enable|allow|support|give|invite) {_WHO})"
)
_HELPING = (
    rf"\b(?:help|support|enabl|allow|lett|invit)ing {_WHO}"
    r" (?!(?:in|with|by|on|at|during|when|while|as|through|and|or|who)\b)\w"
)
_JOINED = (
    r"\b(\w+) (?:and(?: also| then)?|as well as|plus|&) (?:\w+ly )?"
    r"(?!(?:mean|think|understand|reason|writ|read|listen|speak|learn|draw|feel|be|\w+th)ing\b)"
    r"\w+ing\b"
)
_TARGET = (
    r"%|\bper ?cent|\b(?:at least|no fewer than|out of) (?:\d|two|three|four|five|six|ten|half)"
    r"|\b(?:more than|up to) \d|\bhalf of (?:my|our|the) students|\b\d+(?: of |/)\d|\btest scores?"
    r"|\b\d+ (?:(?:more|different) )?(?:students|learners|children|times(?! table)|points)\b"
)
_VERDICT = (
    r"\b(?:(?:in)?effective(?:ly|ness)?|good|great|excellent|amazing|outstanding|best|bad(?:ly)?"
    r"|poor(?:ly)?|weak|fail(?:s|ed|ing)?|(?:un)?successful(?:ly)?|(?:in)?appropriate(?:ly)?"
    r"|(?:in)?adequate(?:ly)?|proper(?:ly)?|exemplary|(?:high-|low-)?quality|proficien(?:t|cy)"
    r"|complian(?:t|ce)|ratings?|rubric|how well)\b"
)
"""Words that judge in an inquiry, also where a note would mean them otherwise."""
_QUOTED = r'"[^"]*"|“[^“”]*”'


def inquiry_advice(inquiry: str) -> tuple[Advice, ...]:
    """How an inquiry is formed: one Advice for each point of _FINE, in that order.

    An empty one gets a beginning instead, as a single Advice on "start".
    """
    said = " ".join(inquiry.split()).strip("\"“”'‘’ ")
    if not said:
        words = 'You might begin: "In what ways am I … so that students …?"'
        return (Advice(False, "start", words),)
    start = re.match(_START, said, re.I)
    purpose = re.search(_SO_THAT, said, re.I) or re.search(_HELPING, said, re.I)
    target = re.search(_TARGET, said, re.I)
    person = any(find.sure for find in find_names(said))
    verdict = _verdict(said)
    mends = (
        "" if start else 'Begin with "In what ways am I …" or "In what ways are we …".',
        _mend_open(said),
        _mend_practice(said),
        "" if purpose else 'Say what it is for: "… so that students …".',
        "A number to reach makes it a target; ask how, not how many." if target else "",
        "Leave names and rooms out; the question belongs to all who host." if person else "",
        f'"{verdict}" judges; say what students would do, say or write.' if verdict else "",
    )
    points = zip(_FINE.items(), mends, strict=True)
    return tuple(Advice(not mend, point, mend or fine) for (point, fine), mend in points)


def _verdict(said: str) -> str:
    """The first words that judge, cut where they are long, or nothing."""
    # Words in quotation marks are someone's speech, which judges nothing here.
    own = re.sub(_QUOTED, lambda quoted: " " * len(quoted[0]), said)
    found = re.search(_VERDICT, own, re.I)
    places = [
        (flag.start, flag.end) for flag in check(said, "wondering") if flag.category in _JUDGES
    ]
    if found:
        places.append(found.span())
    start, end = min(places, default=(0, 0))
    return one_line(said[start:end], _SHOWN_LONGEST)


def _mend_open(said: str) -> str:
    closed = any(re.match(_CLOSED, part.strip(), re.I) for part in said.split("?"))
    if closed or re.search(r"\bor not\W*$", said, re.I):
        return 'This can be answered yes or no; "In what ways …" keeps it open.'
    return "" if said.endswith("?") else "End with a question mark; it is there to be explored."


def _mend_practice(said: str) -> str:
    if "?" in said.rstrip("?"):
        return "Two questions stand here; each can be an inquiry of its own."
    practice = re.split(_SO_THAT, re.sub(_START, "", said, count=1, flags=re.I), flags=re.I)[0]
    practice = practice.strip(" ?,")
    if not practice:
        return "Name the practice to look into: what is it that you do?"
    for joined in re.finditer(_JOINED, practice, re.I):
        # "students asking and answering": further on, such a pair is what students do.
        if joined.start() == 0 or not joined[1].endswith("ing"):
            return "Two practices may be joined here; in a short visit one is enough."
    return ""
