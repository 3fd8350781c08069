"""Whose words are these: quotations of every kind and the turns of speakers, in characters."""

from __future__ import annotations

import re
from bisect import bisect_right

Span = tuple[int, int]

_QUOTE = re.compile("[\"“”„«»‹›‘’']")
_OPEN = {"“": "”", "„": "“", "«": "»", "‹": "›", "‘": "’"}
_TURNED = {"»": "«", "›": "‹"}
_TURNED_QUOTE = re.compile(r"»(?=\S)[^«»\n]*«|›(?=\S)[^‹›\n]*‹")
"""The same marks the other way round, as they are written in German: »so«."""
_CLIPPED = re.compile(
    r"['‘’](?:cause|cos|coz|cuz|em|til|till|bout|round|n|tis|twas|[0-9]0s)\b", re.IGNORECASE
)
_BOUNDARY = frozenset(' \t\n\r\u00a0([{<-–—:;,/=>|"“„«')

# A speaker, then a colon anywhere in a line; or, where a line or sentence begins, a dash.
_WHO = r"""(?:[Tt]\d?|[Ss]{1,2}\d{0,2}|[Ss]t\d{1,2}|[Ss]tu(?:dent)?s?(?:[ ]?\#?(?:\d{1,2}|[A-D]))?
    |[Tt]eacher|[Tt]chr|[Cc]o-?[Tt](?:eacher)?|[Pp]ara|[Aa]ide|TA|[BG]\d{1,2}|[Pp]artner[ ][A-D1-9]
    |[Bb]oy(?:[ ]\d)?|[Gg]irl(?:[ ]\d)?|[Cc]hild(?:[ ]\d)?|[Kk]id(?:[ ]\d)?|[Cc]hat(?:[ ]box)?
    |[Rr]eader(?:[ ]\d)?|[Nn]arrator|[Cc]aller|[Cc]oach)"""
_TURN = re.compile(
    rf"""(?<![\w'’/]) (?P<who>{_WHO}) (?:[ ]\([^()\n]{{1,30}}\))?
        (?: [ \t]?:[ \t]* | (?P<dash>[ \t]+[-–—>]{{1,2}}[ \t]+ | [ \t]?>[ \t]+) )""",
    re.VERBOSE,
)
# Anybody named by a few words that end in a person, at the start of a line or sentence.
_OTHER_WHO = re.compile(
    r"""(?:^|\n|(?<=[.?!;"”])[ \t])[ \t]*(?:[-•*][ \t]*)?(?:\d{1,2}:\d{2}[ \t]*)?
        (?=[A-Za-z])(?:[\w.'’-]+[ ]){0,3}?
        (?:[Ll]ibrarian|[Dd]irector|[Ss]ub|[Cc]ounselor|[Nn]urse|[Pp]rincipal|[Ii]nstructor|[Cc]onductor
          |[Gg]uest|[Hh]ost|[Pp]resenter|[Cc]aptain|[Gg]irl|[Bb]oy|[Cc]hild|[Kk]id|[Pp]artner|[Pp]upil
          |[Ss]tudent|[Tt]eacher|ST|[Ss]enior|[Mm]om|[Dd]ad|[Pp]arent|[Vv]oice|[Ss]peaker|[Aa]ctor|[Jj]udge|[Rr]eferee|[Rr]ef
          |[Mm]rs?\.?|[Mm]s\.?|[Mm]iss|[Dd]r\.?|[Tt]enor|[Aa]lto|[Nn]eighbor|[Cc]lassmate|[Ff]riend|[Ll]eader)
        (?:[ ][\w'’]+){0,5}[ ]?:(?!\d)[ \t]*""",
    re.VERBOSE,
)
_LINE_START = re.compile(
    r"(?:^|\n|[.?!;/|\"”’')\]])[ \t]*(?:[-•*][ \t]*)?(?:\d{1,2}:\d{2}[ \t]*)?\Z"
)
# Where an unquoted turn is over although the line goes on: an arrow, or a sentence about people.
_TURN_ENDS = re.compile(
    r"""\n | -> | => | → | // | [ \t]\|[ \t] | \s[(\[]
      | (?<=[.?!])["”’']?[ \t]+(?=(?:(?:T|S\d+|Ss?|ss|SS|[Ss]tudents|[Tt]eacher|[Cc]lass
            |[Tt]he[ ](?:teacher|students?|class|kids)|[Oo]bserved|[Nn]ote)[ ]+[a-z]
            |\d{1,2}:\d{2}\b|\d+[ ](?:of[ ]|ss\b|students\b|hands\b)))""",
    re.VERBOSE,
)
_ONLY_MARK = re.compile(r"\s*(?:\d(?:[./]\d)?|[A-DF][+-]?|[+✓★*]+-?)\s*(?=[.;,\n]|\Z)")


def quotations(text: str) -> list[Span]:
    """Stretches in quotation marks, marks included, in order and apart; unclosed to the line's end.

    A mark within a word, after a number (inches) or before a clipped word ('em) opens nothing.
    """
    if not _QUOTE.search(text):
        return []
    found: list[Span] = []
    stack: list[tuple[str, int]] = []  # what closes it, where it began
    closers = _single_closers(text)
    turned = {found.start() for found in _TURNED_QUOTE.finditer(text)}
    single_until = -1
    for mark in _QUOTE.finditer(text):
        place, sign = mark.start(), mark[0]
        if place <= single_until:
            continue
        if sign in "'’‘":
            end = _single_end(text, place, sign, closers)
            if end is not None:
                found.append((place, end))
                single_until = end - 1
        elif stack and (sign == stack[-1][0] or (sign in '"”' and stack[-1][0] in '"”')):
            if sign == '"' and _opens(text, place) and text[place - 1] in " \t\n(":
                stack.append(('"', place))
            else:
                found.append((stack.pop()[1], place + 1))
        elif sign in _OPEN:
            stack.append((_OPEN[sign], place))
        elif place in turned and _opens(text, place):
            stack.append((_TURNED[sign], place))
        elif sign == '"' and (_opens(text, place) or not stack):
            before = text[place - 1] if place else " "
            if not (before.isalnum() and not _letter_after(text, place)):
                stack.append(('"', place))
    for _, start in stack:
        end = text.find("\n", start)
        found.append((start, len(text) if end < 0 else end))
    return merged(found)


def turns(text: str, quoted: list[Span]) -> list[Span]:
    """Unquoted words after "T:", "S2:", "Student -": to the line's end or the walker's return.

    A turn that begins with a quotation mark ends with it; `quoted` are the quotations.
    """
    if (
        (":" not in text)
        and " -" not in text
        and " –" not in text
        and " —" not in text
        and ">" not in text
    ):
        return []
    starts = [start for start, _ in quoted]
    marks = [m for m in _TURN.finditer(text) if not _inside(m.start(), quoted, starts)]
    if ":" in text:
        others = [m for m in _OTHER_WHO.finditer(text) if not _inside(m.end() - 1, quoted, starts)]
        return _bounded(text, quoted, starts, _by_end([*_real(text, marks), *others]))
    return _bounded(text, quoted, starts, _real(text, marks))


def _real(text: str, marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """Turns with a colon, and those with a dash that begin a line or sentence."""
    return [
        m
        for m in marks
        if not m["dash"] or _LINE_START.search(text[max(0, m.start() - 12) : m.start()])
    ]


def _by_end(marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """In order, one for each place where speech begins."""
    return [found for _, found in sorted({m.end(): m for m in marks}.items())]


def _bounded(
    text: str, quoted: list[Span], starts: list[int], marks: list[re.Match[str]]
) -> list[Span]:
    """What each speaker says: to the next one, the line's end, or the walker's return."""
    found = []
    for number, mark in enumerate(marks):
        begin = mark.end()
        limit = len(text)
        if number + 1 < len(marks) and marks[number + 1].start() >= begin:
            limit = marks[number + 1].start()
        if _inside(begin, quoted, starts) or _ONLY_MARK.match(text, begin, limit):
            continue
        end = _TURN_ENDS.search(text, begin, limit)
        stop = end.start() if end else limit
        dash = mark.groupdict().get("dash")
        if dash and len(text[begin:stop].split()) < 3 and "?" not in text[begin:stop]:
            continue
        found.append((begin, stop))
    return found


def merged(spans: list[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap as one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def _inside(place: int, spans: list[Span], starts: list[int]) -> bool:
    number = bisect_right(starts, place) - 1
    return number >= 0 and place < spans[number][1]


def _opens(text: str, place: int) -> bool:
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    return before in _BOUNDARY and not after.isspace()


def _letter_after(text: str, place: int) -> bool:
    return place + 1 < len(text) and text[place + 1].isalnum()


def _single_closers(text: str) -> list[int]:
    """Places of single marks that could close: after a sign, before no letter."""
    return [
        m.start()
        for m in _QUOTE.finditer(text)
        if m[0] in "'’"
        and m.start()
        and not text[m.start() - 1].isspace()
        and not _letter_after(text, m.start())
    ]


def _single_end(text: str, place: int, sign: str, closers: list[int]) -> int | None:
    """One after the mark that closes the single mark at `place`, or None where it opens nothing."""
    if sign == "’" or not _opens(text, place) or _CLIPPED.match(text, place):
        return None
    line_end = text.find("\n", place)
    line_end = len(text) if line_end < 0 else line_end
    last = None
    for number in range(bisect_right(closers, place), len(closers)):
        here = closers[number]
        if here > line_end or (text[here] != "'" and sign == "'"):
            break
        last = here
        # "students' work" goes on; "… with friends' said S2" is over only at the last such mark.
        if text[here - 1] not in "sS" or text[here + 1 : here + 2] in ("", ".", ",", "?", "!", ";"):
            break
        if number - bisect_right(closers, place) > 6:
            break
    return None if last is None else last + 1
