"""What a typed line means: noticing or wondering, look-for, quoted speech, tally, place on a tape.

A line is only ever read, never reworded: the question mark that makes a wondering and the position
in a recorded segment are taken off its front, everything else stays as it was typed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

Span = tuple[int, int]  # first character, one after the last


@dataclass(frozen=True, slots=True)
class Tally:
    """A count of what was seen: `count` of `of`, of which kind (`unit`, may be empty), and where.

    `start` and `end` are characters of the words, the unit included.
    """

    count: int
    of: int
    unit: str
    start: int
    end: int


class Jot(NamedTuple):
    """What was understood from one line.

    `text`: the line as it is kept. `words`: the text without the look-for mark, where there is one.
    `look_for`: number of the look-for tied, from 1. `mark`: at which end the mark stood. `speech`:
    stretches of `words` that somebody said, quotation marks included, in order and apart.
    `position_s`: seconds into a recorded segment. `words` can be empty: then nothing was written.
    """

    kind: Literal["noticing", "wondering"]
    text: str
    look_for: int | None
    mark: Literal["first", "last", ""]
    words: str
    speech: tuple[Span, ...]
    tally: Tally | None
    position_s: int | None


_POSITION = re.compile(r"([0-9]{1,3}):([0-5][0-9])(?::([0-5][0-9]))?(?=\s|\Z)")
_FIRST_MARK = re.compile(r"#([1-9][0-9]?)(?:\s+|\Z)")
_LAST_MARK = re.compile(r"(?<=\s)#([1-9][0-9]?)\Z")

# A speaker's turn: at the start of a line, or after ; or / or the end of a sentence or a quotation.
_TURN = re.compile(
    r"""(?: ^ | [;/] | (?<=[.?!"”'’»«])(?=\s) ) [^\S\n]*
        (?: [TtSs]s? | Teacher | Students? (?:[ ][0-9]+)? ) [0-9]{0,2}
        (?: [ ]?: | [ ]?[-–—](?=\s) ) [^\S\n]*""",
    re.VERBOSE | re.MULTILINE,
)

_OPENING = re.compile(r"""["“„«'‘]|»(?=\S[^«»\n]*«)""")
_CLOSING = {
    '"': re.compile('["”]'),
    "“": re.compile('[”"]'),
    "„": re.compile('[“”"]'),
    "«": re.compile("»"),
    "»": re.compile("«"),  # the other way round, as in German
}
_SINGLE_CLOSING = re.compile(r"(?<=\S)['’](?!\w)")
_AFTER_WORD = frozenset(".,?!…)]}'’\"”»")
# Words that begin with an apostrophe look like the start of a quotation and are none.
_CLIPPED = re.compile(
    r"['‘](?:cause|cos|coz|cuz|em|til|till|bout|round|n|tis|twas|[0-9]0s)\b", re.I
)

_TALLY = re.compile(
    r"""(?<![\w/.,:\#$%+-]) (?P<count>[0-9]{1,3})
        (?: (?P<slash>/) | [^\S\n]+ (?P<out>out[^\S\n]+)? of [^\S\n]+ (?:the[^\S\n]+)? )
        (?P<of>[0-9]{1,3}) (?! \w | % | [/.,:-][0-9] )
        (?: [^\S\n]+ (?P<unit>[^\W\d_]+ (?:['’-][^\W\d_]+)*) )?""",
    re.VERBOSE | re.IGNORECASE,
)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NO_UNIT = _set(
    "a an and are as at both but by for from had has have if in is it no not of on or so than that "
    "the then they to was were when where which while who with"
)
_SCORES = _set("mark marks point points star stars")
_FRACTIONS = _set("cup cups full hour hours inch inches mile miles page way")
_PLACES = _set(
    "chapter day episode example exercise item lesson level line no number p page part pg problem "
    "q question rated round row score scored section slide step unit week"
)


def understand(line: str, look_for_count: int, recorded: bool = False) -> Jot:
    """Read one typed `line`.

    `look_for_count`: how many look-fors the walk has; a mark such as #2 beyond it is only words.
    `recorded`: the visit is a recorded segment, where a first word such as 4:30 or 1:02:03 gives
    the position. Never raises.
    """
    text, asked = _take_question(line.strip())
    position_s = None
    if recorded:
        text, position_s = _take_position(text)
        if position_s is not None and not asked:
            text, asked = _take_question(text)
    kind: Literal["noticing", "wondering"] = "wondering" if asked else "noticing"
    plain = _read(Jot(kind, text, None, "", text, (), None, position_s))
    return _tie(plain, look_for_count)


def _take_question(text: str) -> tuple[str, bool]:
    return (text[1:].lstrip(), True) if text.startswith("?") else (text, False)


def _take_position(text: str) -> tuple[str, int | None]:
    found = _POSITION.match(text)
    if not found:
        return text, None
    seconds = 0
    for part in found.groups():
        seconds = seconds if part is None else 60 * seconds + int(part)
    return text[found.end() :].lstrip(), seconds


def _tie(jot: Jot, look_for_count: int) -> Jot:
    """Tie a look-for where the first or the last word is its mark and stands in no quotation."""
    text = jot.text
    first = _FIRST_MARK.match(text)
    if first and int(first[1]) <= look_for_count:
        words = text[first.end() :]
        return _read(jot._replace(look_for=int(first[1]), mark="first", words=words))
    last = _LAST_MARK.search(text)
    if last and int(last[1]) <= look_for_count and not _inside(last.start(), _quotations(text)):
        words = text[: last.start()].rstrip()
        return _read(jot._replace(look_for=int(last[1]), mark="last", words=words))
    return jot


def _read(jot: Jot) -> Jot:
    """Fill in speech and tally from the words."""
    speech = _speech(jot.words)
    return jot._replace(speech=tuple(speech), tally=_tally(jot.words, speech))


def _quotations(text: str) -> list[Span]:
    """Stretches in quotation marks, marks included; an unclosed one ends with the turn."""
    turns = [turn.start() for turn in _TURN.finditer(text)]
    return [
        span
        for start, end in pairwise([0, *turns, len(text)])
        for span in _quotations_between(text, start, end)
    ]


def _quotations_between(text: str, start: int, end: int) -> Iterator[Span]:
    singles = [found.end() for found in _SINGLE_CLOSING.finditer(text, start, end)]
    done = start
    for found in _OPENING.finditer(text, start, end):
        at = found.start()
        if at < done or not _opens(text, at):
            continue
        if text[at] in _CLOSING:
            closing = _CLOSING[text[at]].search(text, at + 1, end)
            done = closing.end() if closing else end
        else:
            later = bisect_left(singles, at + 2)
            done = singles[later] if later < len(singles) else end
        if text[at + 1 : done].strip("\"“”'’»« \t\n"):
            yield at, at + len(text[at:done].rstrip())


def _opens(text: str, at: int) -> bool:
    """Whether the quotation mark at `at` can begin a quotation: no apostrophe, no inch, no end."""
    mark, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark in "“„«":
        return True
    if before.isalnum() or before in _AFTER_WORD:
        return mark == '"' and before.isalpha() and after.isalnum()
    return mark == '"' or not (after.isspace() or _CLIPPED.match(text, at))


def _speech(words: str) -> list[Span]:
    """What somebody said: quotations, and the turns of speakers that do not begin with one."""
    spans = _quotations(words)
    quoted = {start for start, _ in spans}
    turns = list(_TURN.finditer(words))
    starts = [*(turn.start() for turn in turns), len(words)]
    for turn, end in zip(turns, starts[1:], strict=True):
        start = turn.end()
        said = words[start:end].partition("\n")[0].rstrip()
        if said and start not in quoted:  # after a quotation the walker speaks again
            spans.append((start, start + len(said)))
    return _joined(sorted(spans))


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _tally(words: str, speech: list[Span]) -> Tally | None:
    """The first count out of a whole that the walker made, not one that somebody spoke."""
    for found in _TALLY.finditer(words):
        tally = _as_tally(found)
        if tally and not _inside(tally.start, speech) and not _numbers_a_place(words, tally.start):
            return tally
    return None


def _as_tally(found: re.Match[str]) -> Tally | None:
    count, of, unit = int(found["count"]), int(found["of"]), found["unit"] or ""
    end = found.end()
    if unit.lower() in _NO_UNIT:
        unit, end = "", found.end("of")
    # 4/5 and 4 out of 5 by themselves are scores or dates, and 3/4 cup is a fraction.
    bare = not unit and (found["slash"] or found["out"])
    fraction = found["slash"] and unit.lower() in _FRACTIONS
    if count > of or bare or fraction or unit.lower() in _SCORES:
        return None
    return Tally(count, of, unit, found.start(), end)


def _numbers_a_place(words: str, start: int) -> bool:
    """Whether the word before names a place in a row, as in page 4 of 7."""
    before = words[max(0, start - 20) : start].split()
    return bool(before) and before[-1].lower().rstrip(".") in _PLACES


def _inside(place: int, spans: list[Span]) -> bool:
    return any(start <= place < end for start, end in spans)
